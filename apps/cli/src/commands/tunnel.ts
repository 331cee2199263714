import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { installTunnel, showTunnelStatus } from '../tunnel/actions.js';
import { addExamples, withOutcome } from './subcommand.js';

export function addTunnelCommands(program: Command, runtime: Runtime): void {
  const tunnel = program
    .command('tunnel')
    .description('the program that makes a host reachable from everywhere')
    .helpCommand(false);
  addExamples(tunnel, 'gravy tunnel status', 'gravy tunnel install');

  addExamples(
    tunnel
      .command('status')
      .description('which cloudflared would run')
      .action(withOutcome(runtime, showTunnelStatus)),
    'gravy tunnel status',
  );
  addExamples(
    tunnel
      .command('install')
      .description('download cloudflared, checked, once you agree')
      .option('--yes', 'agree without being asked')
      .action(withOutcome(runtime, installTunnel)),
    'gravy tunnel install',
    'gravy tunnel install --yes --json',
  );
}
