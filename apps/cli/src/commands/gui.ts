import type { Command } from 'commander';
import { contextOf, type Runtime } from '../context.js';
import { serveGui } from '../gui/serve-gui.js';
import { parsePort } from './port.js';
import { addExamples } from './subcommand.js';

export function addGuiCommand(program: Command, runtime: Runtime): void {
  addExamples(
    program
      .command('gui')
      .description('Gravy as a page in your browser, until Ctrl-C')
      .option(
        '--port <number>',
        'where to listen on 127.0.0.1 (default: a free port, another each time, which is safer)',
        parsePort,
        0,
      )
      .option('--no-open', 'print the link instead of opening a browser')
      .action((options: { port: number; open: boolean }, command: Command) =>
        serveGui(contextOf(command, runtime), options),
      ),
    'gravy gui',
    'gravy gui --no-open',
  );
}
