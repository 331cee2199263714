import { openHome } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import { type Outcome, writeAside } from '../outcome.js';
import { askYesNo } from '../terminal/ask.js';
import { escapeLine } from '../terminal/escape.js';
import { formatPairs } from '../terminal/table.js';
import { canAsk } from '../terminal/terminal.js';

export async function showTunnelStatus(context: Context): Promise<Outcome> {
  const gravy = await openHome(context);
  const status = await gravy.call('tunnel.status', {});
  const { path, version, message } = status;
  const lines =
    path === undefined || version === undefined
      ? [escapeLine(message ?? ''), 'Gravy can download it for you: gravy tunnel install']
      : formatPairs(
          [
            ['cloudflared', escapeLine(version)],
            ['Found at', escapeLine(path)],
            ['Next', 'gravy host --tunnel quick'],
          ],
          context.style,
        );
  return { value: status, lines };
}

export async function installTunnel(context: Context, options: { yes?: true }): Promise<Outcome> {
  const { terminal } = context;
  const gravy = await openHome(context);
  const hasAgreed = options.yes === true || (await agrees(context));
  if (!hasAgreed) {
    throw new CliError('cancelled', 'Nothing was downloaded.', 'gravy tunnel install');
  }
  writeAside(context, ['Downloading ...']);
  const installed = await context.interruption.race(
    gravy.call('tunnel.install', { consent: true }),
  );
  const { path, version } = installed;
  return {
    value: installed,
    lines: [
      `cloudflared ${escapeLine(version)} is at ${escapeLine(path)}; its SHA-256 is the one that its release publishes.`,
      ...(terminal.output.isTTY === true
        ? ['Host through a tunnel: gravy host --tunnel quick']
        : []),
    ],
  };
}

async function agrees({ terminal }: Context): Promise<boolean> {
  if (!canAsk(terminal)) {
    throw new CliError(
      'confirmation_needed',
      'Downloading must be agreed to, and there is no terminal to ask for it.',
      'gravy tunnel install --yes',
    );
  }
  terminal.errors.write(
    'This downloads cloudflared, a program of Cloudflare, from its releases on GitHub into a private\n' +
      "folder of Gravy, and checks it. It is run only while you host through a tunnel. Cloudflare's terms\n" +
      'apply to its use.\n',
  );
  return askYesNo(terminal, 'Download it?');
}
