import { allCommands, type TreeCommand, type TreeOption, type Wanted } from './command-tree.js';

/** One function for each command, as zsh's own _arguments wants it. */
export function zshScript(program: TreeCommand): string {
  const functions = allCommands(program).map((command) => functionOf(command, program));
  return `#compdef gravy
# Completes gravy in zsh. Made by: gravy completion zsh
${functions.join('\n')}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _gravy "$@"
else
  compdef _gravy gravy
fi
`;
}

function functionOf(command: TreeCommand, program: TreeCommand): string {
  const inherited = command === program ? [] : program.options;
  const options = unique([...command.options, ...inherited]).map(argumentOf);
  const name = nameOf(command.path);
  if (command.commands.length === 0) {
    const rest = command.takesFile ? `'*:file:_files'` : `'*: :'`;
    return `${name}() {\n  _arguments ${[...options, rest].join(' \\\n    ')}\n}`;
  }
  const described = command.commands.map(
    (child) => `    ${quote(`${child.name}:${child.summary}`)}`,
  );
  const cases = command.commands.map((child) => `    ${child.name}) ${nameOf(child.path)} ;;`);
  return `${name}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands=(
${described.join('\n')}
  )
  _arguments -C ${options.join(' \\\n    ')} \\
    '1: :->command' '*:: :->rest'
  case $state in
    command) _describe 'command' commands ;;
    rest) case $line[1] in
${cases.join('\n')}
    esac ;;
  esac
}`;
}

function nameOf(path: string): string {
  return path === '' ? '_gravy' : `_gravy_${path.replaceAll(/[ -]/gu, '_')}`;
}

function argumentOf({ flag, summary, wants }: TreeOption): string {
  const description = summary.replaceAll(/[[\]:\\]/gu, '\\$&');
  return quote(`${flag}[${description}]${action(wants)}`);
}

function action(wants: Wanted): string {
  switch (wants) {
    case 'nothing':
      return '';
    case 'text':
      return ': : ';
    case 'file':
      return ':file:_files';
    case 'folder':
      return ':folder:_files -/';
    default:
      return `:value:(${wants.join(' ')})`;
  }
}

function unique(options: readonly TreeOption[]): readonly TreeOption[] {
  return [...new Map(options.map((option) => [option.flag, option])).values()];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
