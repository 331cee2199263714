// `pnpm bench [name...]`: all benchmarks, or those named.
import { browser } from './browser/browser.ts';
import { burst } from './burst/burst.ts';
import { connections } from './connections/connections.ts';
import { file } from './file/file.ts';
import { handshake } from './handshake.ts';
import { history } from './history.ts';
import { page } from './page/page.ts';
import { latency } from './latency/latency.ts';
import { publish, type Report } from './report.ts';
import { session } from './session.ts';
import { startup } from './startup.ts';

const BENCHES: Readonly<Record<string, () => Promise<Report>>> = {
  session,
  handshake,
  history,
  latency,
  burst,
  file,
  connections,
  browser,
  page,
  startup,
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.\n`,
  );
  process.exitCode = 1;
} else {
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (named.length === 0 || named.includes(name)) publish(await bench());
  }
}
