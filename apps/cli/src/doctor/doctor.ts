import type { Diagnosis } from '@gravy/messenger';
import { openHome } from '../account/open-account.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { displayWidth } from '../terminal/width.js';
import { checkHistory } from './check-history.js';

const NAMES: Readonly<Record<string, string>> = {
  folder: 'data folder',
  disk: 'disk',
  clock: 'clock',
  ports: 'port 8080',
  binary: 'cloudflared',
  version: 'its version',
  config: 'its own config',
  environment: 'environment',
  dns: 'name look-up',
  edge: 'port 7844',
  history: 'history',
};

/**
 * `gravy doctor`: looks around, and says what to do. With an account it reads that one's history too,
 * and salvages what is left of a damaged one if it is told to. Fails only if the command itself does.
 */
export async function runDoctor(context: Context, options: { salvage?: string }): Promise<Outcome> {
  const gravy = await openHome(context);
  const around = await gravy.call('doctor.check', {});
  const history = await checkHistory(context, gravy, options.salvage);
  const checks = [...around, ...history.checks];
  return {
    value: checks,
    lines: [...checks.map((check) => formatCheck(check, context.style)), ...history.lines],
  };
}

function formatCheck({ name, status, message }: Diagnosis, style: Style): string {
  const mark = { ok: 'ok  ', note: style.bold('note'), failed: style.bold('FAIL') }[status];
  const label = NAMES[name] ?? name;
  const padding = ' '.repeat(Math.max(1, 16 - displayWidth(label)));
  return `${mark}  ${label}${padding}${escapeLine(message)}`;
}
