// `npm run api-reports`: writes the API of every library, as built, into its folder `api/`, to be committed with the change.
import { changesOfApi } from './api-report.ts';
import { build } from './build.ts';
import { publishedPackages } from './published.ts';

build();
for (const published of publishedPackages()) {
  for (const change of changesOfApi(published, true)) {
    process.stderr.write(`${published.manifest.name}: ${change}\n`);
    process.exitCode = 1;
  }
}
