// Every `gravy` command line in the documents is one that the program as built knows, with its options. Prints file:line for each
// that is not. It asks the program's own help, once for each command.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { documents } from './documents.ts';

const MAIN = fileURLToPath(new URL('../apps/cli/dist/main.js', import.meta.url));
const helps = new Map<string, string>();

function helpOf(words: readonly string[]): string {
  const key = words.join(' ');
  const known = helps.get(key);
  if (known !== undefined) return known;
  const args = [MAIN, ...words, '--help'];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  helps.set(key, stdout);
  return stdout;
}

/** The commands below these words. */
function commandsOf(words: readonly string[]): ReadonlySet<string> {
  const [, list = ''] = /^Commands:\n((?: .*\n)+)/mu.exec(helpOf(words)) ?? [];
  return new Set(Array.from(list.matchAll(/^ {2}([a-z]+)/gmu), ([, name = '']) => name));
}

/** What is wrong with the words behind `gravy`. */
function faultsOf(words: readonly string[]): readonly string[] {
  const path: string[] = [];
  const names = words.filter((word) => !word.startsWith('-'));
  for (const name of names) {
    const commands = commandsOf(path);
    if (commands.size === 0) break;
    if (commands.has(name)) path.push(name);
    // `gravy invite` is a command that has others below it.
    else if (path.length === 0) return [`there is no command ${name}`];
    else break;
  }
  const help = helpOf(path);
  const options = words.flatMap((word) => /^--[a-z-]+/u.exec(word)?.[0] ?? []);
  return options
    .filter((option) => !new RegExp(`^ .*${option}\\b`, 'mu').test(help))
    .map((option) => `gravy ${path.join(' ')} has no ${option}`);
}

let count = 0;
for (const { path, text } of documents()) {
  for (const [block, , code = ''] of text.matchAll(/^```(sh)\b.*\n([^]*?)^```$/gmu)) {
    const start = text.indexOf(block);
    for (const [index, line] of code.split('\n').entries()) {
      const bare = line.replace(/\s#.*$/u, '').replaceAll(/"[^"]*"|'[^']*'/gu, 'TEXT');
      for (const [, words = ''] of bare.matchAll(
        /(?:^|\s{2,}|\| |\$\()gravy((?: [^\s|<>;&)]+)*)/gu,
      )) {
        count += 1;
        for (const fault of faultsOf(words.trim().split(' ').filter(Boolean))) {
          console.error(`${path}:${text.slice(0, start).split('\n').length + 1 + index}: ${fault}`);
          process.exitCode = 1;
        }
      }
    }
  }
}
console.log(`${count} commands looked at`);
