import { type Command, InvalidArgumentError } from 'commander';
import { connectAndChat } from '../chat/connect-chat.js';
import { hostAndChat } from '../chat/host-chat.js';
import { contextOf, type Runtime } from '../context.js';
import { runProgram } from '../program/run-program.js';
import { addExamples } from './subcommand.js';

const DEFAULT_PORT = 8080;
const MAX_PORT = 65_535;

export function addChatCommands(program: Command, runtime: Runtime): void {
  addExamples(
    program
      .command('host')
      .description('wait for contacts, and chat with whoever connects')
      .option('--port <number>', 'where to listen; 0 picks a free port', parsePort, DEFAULT_PORT)
      .option('--hostname <name>', 'on which address of this machine', '127.0.0.1')
      .action((options: { port: number; hostname: string }, command: Command) =>
        hostAndChat(contextOf(command, runtime), options),
      ),
    'gravy host',
    'gravy host --port 0 --hostname 0.0.0.0',
  );
  addExamples(
    program
      .command('connect')
      .description('connect to a contact who hosts, and chat')
      .argument('<url>', 'what "gravy host" shows them')
      .argument('<contact>', 'name or id')
      .action((url: string, contact: string, _options: unknown, command: Command) =>
        connectAndChat(contextOf(command, runtime), url, contact),
      ),
    'gravy connect ws://192.168.1.20:8080 ben',
  );
  program.action((_options: unknown, command: Command) =>
    runProgram(contextOf(command, runtime), command),
  );
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/u.test(text) || port > MAX_PORT) {
    throw new InvalidArgumentError(`It must be a number from 0 to ${MAX_PORT}.`);
  }
  return port;
}
