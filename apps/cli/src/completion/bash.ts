import { allCommands, type TreeCommand, type Wanted } from './command-tree.js';

/** For bash 3.2 (macOS) and later: no associative arrays, no bash-completion package needed. */
export function bashScript(program: TreeCommand): string {
  const commands = allCommands(program);
  const paths = commands.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`])).join(' | ');
  return `# Completes gravy in bash. Made by: gravy completion bash
_gravy_reply() {
  # One line, one answer: names of files may have spaces and stars.
  local line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$@")
}
_gravy() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' wanting='' position word
  for ((position = 1; position < COMP_CWORD; position++)); do
    word="\${COMP_WORDS[position]}"
    if [[ -n $wanting ]]; then wanting=''; continue; fi
    case "$word" in
      ${optionsWithValue(commands).join(' | ')}) wanting="$word" ;;
      -*) ;;
      *) case "\${path:+$path }$word" in ${paths}) path="\${path:+$path }$word" ;; esac ;;
    esac
  done
  local words=''
  COMPREPLY=()
  case "$wanting" in
${valueCases(commands).join('\n')}
    ?*) return ;;
  esac
  case "$path" in
${commands.map((command) => commandCase(command, program)).join('\n')}
  esac
  _gravy_reply -W "$words" -- "$current"
}
complete -o filenames -F _gravy gravy
`;
}

function optionsWithValue(commands: readonly TreeCommand[]): readonly string[] {
  const options = commands.flatMap((command) => command.options);
  return [...new Set(options.filter(({ wants }) => wants !== 'nothing').map(({ flag }) => flag))];
}

function valueCases(commands: readonly TreeCommand[]): readonly string[] {
  const options = commands.flatMap((command) => command.options);
  const generators = new Map(options.map(({ flag, wants }) => [flag, generator(wants)]));
  return Array.from(generators).flatMap(([flag, generate]) =>
    generate === undefined
      ? []
      : [`    ${flag}) _gravy_reply ${generate} -- "$current"; return ;;`],
  );
}

function generator(wants: Wanted): string | undefined {
  if (wants === 'file') return '-f';
  if (wants === 'folder') return '-d';
  return typeof wants === 'string' ? undefined : `-W '${wants.join(' ')}'`;
}

function commandCase(command: TreeCommand, program: TreeCommand): string {
  const { path, options, commands, takesFile } = command;
  const flags = [...options, ...(command === program ? [] : program.options)].map(
    ({ flag }) => flag,
  );
  const words = [...commands.map(({ name }) => name), ...new Set(flags)].join(' ');
  const files = takesFile
    ? ` [[ $current != -* ]] && { _gravy_reply -f -- "$current"; return; };`
    : '';
  return `    '${path}')${files} words='${words}' ;;`;
}
