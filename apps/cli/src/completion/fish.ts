import { allCommands, type TreeCommand, type TreeOption, type Wanted } from './command-tree.js';

/** One `complete` line for each word, with a condition on the words before it. */
export function fishScript(program: TreeCommand): string {
  const commands = allCommands(program);
  const withValue = commands
    .flatMap(({ options }) => options)
    .flatMap(({ flag, wants }) => (wants === 'nothing' ? [] : [flag]));
  return `# Completes gravy in fish. Made by: gravy completion fish
function __gravy_path
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case ${[...new Set(withValue)].join(' ')}
                set skip 1
            case '-*'
            case '*'
                echo $word
        end
    end
end
function __gravy_at
    set -l words (__gravy_path)
    test (count $argv) -eq 0; or string match -q -- "$argv *" "$words "
end
function __gravy_exactly
    set -l words (__gravy_path)
    test "$words" = "$argv"
end
complete -c gravy -f
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, options, commands, takesFile }: TreeCommand): readonly string[] {
  return [
    ...commands.map(
      ({ name, summary }) =>
        `complete -c gravy -n ${quote(`__gravy_exactly ${path}`.trim())} -a ${name} -d ${quote(summary)}`,
    ),
    ...options.map((option) => optionLine(option, path)),
    ...(takesFile ? [`complete -c gravy -n ${quote(`__gravy_at ${path}`)} -F`] : []),
  ];
}

function optionLine({ flag, summary, wants }: TreeOption, path: string): string {
  const long = flag.replace(/^--/u, '');
  return `complete -c gravy -n ${quote(`__gravy_at ${path}`.trim())} -l ${long}${value(wants)} -d ${quote(summary)}`;
}

function value(wants: Wanted): string {
  switch (wants) {
    case 'nothing':
      return '';
    case 'text':
      return ' -x';
    case 'file':
      return ' -r -F';
    case 'folder':
      return ` -x -a '(__fish_complete_directories)'`;
    default:
      return ` -x -a ${quote(wants.join(' '))}`;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
