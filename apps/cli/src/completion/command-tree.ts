import type { Command, Option } from 'commander';

/** What an option wants after it. */
export type Wanted = 'nothing' | 'text' | 'file' | 'folder' | readonly string[];

export interface TreeOption {
  readonly flag: string;
  readonly summary: string;
  readonly wants: Wanted;
}

/** A command as completion sees it; the first is the program itself. */
export interface TreeCommand {
  /** The words that lead to it, for example `account create`; empty for the program. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly options: readonly TreeOption[];
  readonly commands: readonly TreeCommand[];
  /** Whether one of its arguments is the path of a file. */
  readonly takesFile: boolean;
}

/** The commands as they are declared for the parser: what can be completed cannot differ from what is understood. */
export function commandTree(command: Command, path: readonly string[] = []): TreeCommand {
  return {
    path: path.join(' '),
    name: command.name(),
    summary: command.description(),
    options: [
      ...command.options.filter(({ hidden }) => !hidden).map(treeOption),
      { flag: '--help', summary: 'show help for a command', wants: 'nothing' },
    ],
    commands: command.commands.map((child) => commandTree(child, [...path, child.name()])),
    takesFile: command.registeredArguments.some((argument) => argument.name() === 'file'),
  };
}

/** The command and all below it, parents first. */
export function allCommands(command: TreeCommand): readonly TreeCommand[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

function treeOption(option: Option): TreeOption {
  return { flag: option.long ?? option.flags, summary: option.description, wants: wanted(option) };
}

function wanted({ flags, argChoices, required, optional }: Option): Wanted {
  if (argChoices !== undefined) return argChoices;
  if (!required && !optional) return 'nothing';
  if (/[<[](file|path)[>\]]/u.test(flags)) return 'file';
  return /[<[]dir[>\]]/u.test(flags) ? 'folder' : 'text';
}
