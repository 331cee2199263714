// Builds what has changed; the checks look at what comes out.
import { ROOT } from './published.ts';
import { runTool } from './run-tool.ts';

/** @throws if something does not build; its errors are on the terminal then */
export function build(): void {
  const { isOk } = runTool('turbo', ['run', 'build', '--output-logs=errors-only'], {
    cwd: ROOT,
    isQuiet: true,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  });
  if (!isOk) throw new Error('Building failed.');
}
