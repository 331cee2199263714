import type { Command } from 'commander';
import { chosenAccount, openHome } from '../account/open-account.js';
import { givenPassword } from '../account/password.js';
import { type Context, contextOf, refuseJson, type Runtime } from '../context.js';
import { addExamples } from './subcommand.js';

export function addRpcCommand(program: Command, runtime: Runtime): void {
  addExamples(
    program
      .command('rpc')
      .description('JSON-RPC 2.0 for programs, one JSON object a line, on stdin and stdout')
      .action((_options: unknown, command: Command) => serveRpc(contextOf(command, runtime))),
    'gravy rpc',
    'gravy rpc --account ada --password-file password.txt',
    `echo '{"jsonrpc":"2.0","id":1,"method":"account.list"}' | gravy rpc`,
  );
}

async function serveRpc(context: Context): Promise<void> {
  refuseJson(context);
  const gravy = await openHome(context);
  if (context.options.account !== undefined) {
    const account = await chosenAccount(context);
    if (!(await gravy.attach(account.name))) {
      const password = await givenPassword(context);
      // Without one the program starts locked: account.unlock may come as the first call.
      if (password !== undefined) {
        await gravy.call('account.unlock', { name: account.name, password });
      }
    }
  }
  const { serveLines } = await import('@gravy/messenger');
  const { input, output } = context.terminal;
  await serveLines(gravy, { input, output });
}
