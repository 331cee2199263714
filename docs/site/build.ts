// `npm run docs`: builds the site into docs/.vitepress/dist, the API reference in its folder api/; `npm run docs -- dev` shows the pages
// while they are written. Whatever a build has to complain of fails it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const docs = fileURLToPath(new URL('..', import.meta.url));
const vitepress = fileURLToPath(
  new URL('../node_modules/vitepress/bin/vitepress.js', import.meta.url),
);

if (process.argv[2] === 'dev') {
  spawnSync(process.execPath, [vitepress, 'dev', docs], { stdio: 'inherit' });
} else {
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitepress, 'build', docs], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const complaints = `${stdout}${stderr}`.match(/^.*\b(?:warn\w*|error|fail\w*)\b.*$/gimu) ?? [];
  const reference = fileURLToPath(new URL('../api/generate.ts', import.meta.url));
  const out = fileURLToPath(new URL('../.vitepress/dist/api', import.meta.url));
  const made = spawnSync(process.execPath, [reference, out], { stdio: 'inherit' });
  process.exitCode = status === 0 && complaints.length === 0 && made.status === 0 ? 0 : 1;
  if (process.exitCode === 1) console.error('The documentation was not built cleanly; see above.');
}
