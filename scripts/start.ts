// `npm start`: builds what has changed, then opens Gravy as a page; in a terminal, `npm start -- --no-open` prints its link.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';

const build = spawnSync(
  'turbo',
  ['run', 'build', '--filter=@gravy/gui', '--output-logs=errors-only'],
  {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    // Its progress is not the program's output; only errors are worth a line.
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: isWindows,
  },
);
if (build.status !== 0) {
  console.error('Building Gravy failed. Run "npm run build" to see why.');
  process.exit(1);
}
const gui = fileURLToPath(new URL('../apps/gui/dist/main.js', import.meta.url));
const program = spawnSync(process.execPath, [gui, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = program.status ?? 130;
