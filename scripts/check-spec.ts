// Checks what holds code, specification, tests and documents together: cited sections exist, each requirement has an id and
// tests that show it, and relative links lead somewhere. Prints file:line for each fault; run from anywhere.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documents } from './documents.ts';

const SPECIFICATION = 'docs/spec/protocol.md';
const CONFORMANCE = 'docs/spec/conformance.md';
const THREAT_MODEL = 'docs/threat-model.md';
const NOT_YET = '(not yet implemented)';

/** What is checked: texts by their path from the root, and whether anything is at a path. */
export interface Repository {
  readonly files: ReadonlyMap<string, string>;
  readonly exists: (path: string) => boolean;
}

interface Line {
  readonly text: string;
  /** `path:number`. */
  readonly at: string;
}

function linesOf(path: string, text: string): readonly Line[] {
  return text.split('\n').map((line, index) => ({ text: line, at: `${path}:${index + 1}` }));
}

/** The lines of a document outside its code blocks, without inline code. */
function proseOf(path: string, text: string): readonly Line[] {
  let isCode = false;
  return linesOf(path, text).flatMap((line) => {
    const isFence = line.text.startsWith('```');
    if (isFence) isCode = !isCode;
    return isCode || isFence ? [] : [{ ...line, text: line.text.replaceAll(/`[^`]*`/gu, '') }];
  });
}

/** Each line with the number of the section it stands in. */
function sectionsOf(lines: readonly Line[]): readonly (Line & { readonly section: string })[] {
  let section = '';
  return lines.map((line) => {
    section = /^#{2,3} (\d+(?:\.\d+)?)/u.exec(line.text)?.[1] ?? section;
    return { ...line, section };
  });
}

const NUMBERS = String.raw`\d+(?:\.\d+)?(?:(?:, | and | to )\d+(?:\.\d+)?)*(?![\d.]*\d)`;

/** The numbers after a word: "sections 0 to 3, 5 and 6.1" gives 0, 3, 5 and 6.1. */
function citedAfter(word: string, text: string): readonly string[] {
  const citations = text.matchAll(new RegExp(String.raw`\b${word} (${NUMBERS})`, 'gu'));
  return [...citations].flatMap(([, numbers]) => numbers?.match(/\d+(?:\.\d+)?/gu) ?? []);
}

function checkCitations({ files }: Repository, sections: ReadonlySet<string>): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    if (path.endsWith('.md')) return [];
    return linesOf(path, text).flatMap(({ text: line, at }) =>
      citedAfter('Spec', line).flatMap((number) => {
        if (!sections.has(number)) return [`${at}: Spec ${number} does not exist`];
        const isVague = path.includes('/src/') && sections.has(`${number}.1`);
        return isVague ? [`${at}: Spec ${number} is a whole chapter; cite the section`] : [];
      }),
    );
  });
}

/** "2.7", "section 6" and "sections 0 to 3" in the specification itself; not the sections of RFCs, nor versions. */
function checkOwnReferences(
  lines: readonly Line[],
  sections: ReadonlySet<string>,
): readonly string[] {
  return lines.flatMap(({ text, at }) => {
    const own = text.replaceAll(/RFC \d+, sections? [\d.]*\d|\[R-[^\]]*\]|\d+(?:\.\d+){2,}/gu, '');
    const numbers = [...citedAfter('[Ss]ections?', own), ...(own.match(/\b\d\.\d{1,2}\b/gu) ?? [])];
    const missing = new Set(numbers.filter((number) => !sections.has(number)));
    return [...missing].map((number) => `${at}: section ${number} does not exist`);
  });
}

function checkLinks({ files, exists }: Repository): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith('.md')) return [];
    return proseOf(path, text).flatMap((line) =>
      [...line.text.matchAll(/\]\(([^)\s]+)\)/gu)].flatMap(([, link = '']) => {
        if (/^[a-z]+:/u.test(link)) return [];
        const [target = '', anchor] = link.split('#');
        const to = target === '' ? path : new URL(target, `file:///${path}`).pathname.slice(1);
        if (!exists(to)) return [`${line.at}: ${link} leads nowhere`];
        const isKnown = anchor === undefined || anchorsOf(files.get(to) ?? '').has(anchor);
        return isKnown ? [] : [`${line.at}: ${to} has no heading #${anchor}`];
      }),
    );
  });
}

/** The anchors that a document's headings get. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gmu)].map(([, title = '']) => title.toLowerCase());
  return new Set(
    headings.map((title) => title.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')),
  );
}

const ID = /\[(R-(\d+(?:\.\d+)?)-\d+)\]/gu;

/** Each MUST is followed by an id before its sentence ends; ids are unique and of their section. */
function checkRequirements(lines: readonly Line[]): readonly string[] {
  const seen = new Set<string>();
  return sectionsOf(lines).flatMap(({ text, at, section }) => {
    if (text.startsWith('The key words')) return [];
    const faults = [...text.matchAll(ID)].flatMap(([, id = '', of]) => {
      const isRepeated = seen.has(id);
      seen.add(id);
      if (isRepeated) return [`${at}: ${id} is used twice`];
      return of === section ? [] : [`${at}: ${id} stands in section ${section}`];
    });
    const sentences = text.split(/(?<=\[R-[^\]]*\])|(?<=[.!?]\)?) (?!\[R-)|(?<= \|) /u);
    const bare = sentences.filter(
      (sentence) => /\b(?:MUST|SHALL|REQUIRED)\b/u.test(sentence) && !sentence.endsWith(']'),
    );
    return [...faults, ...bare.map((sentence) => `${at}: no id after "${sentence.trim()}"`)];
  });
}

const FOLDERS: Readonly<Record<string, string>> = {
  cli: 'apps/cli',
  gui: 'apps/gui',
  'gui-trials': 'apps/gui/trials',
};

/** `protocol/x.test.ts` is `packages/protocol/test/x.test.ts`, `cli/x.test.ts` is of the app. */
function testPath(short: string): string {
  const [owner = '', ...rest] = short.split('/');
  return [FOLDERS[owner] ?? `packages/${owner}`, 'test', ...rest].join('/');
}

/** The title is the first argument of a call, so that a row of a table of inputs is not taken for a test. */
function hasTest(text: string, title: string): boolean {
  const quoted = [`'${title.replaceAll("'", String.raw`\'`)}'`, `"${title}"`, `\`${title}\``];
  return (
    title !== '' &&
    quoted.some((literal) => {
      const at = text.indexOf(`${literal},`);
      return at >= 0 && /\(\s*$/u.test(text.slice(0, at));
    })
  );
}

/** Each id has a row, and each row an id and tests that exist. */
function checkConformance({ files }: Repository, ids: ReadonlySet<string>): readonly string[] {
  const rows = linesOf(CONFORMANCE, files.get(CONFORMANCE) ?? '').flatMap(({ text, at }) => {
    const [, id = '', tests = ''] = /^\| (R-[\d.]+-\d+) +\| (.*?) +\|$/u.exec(text) ?? [];
    return id === '' ? [] : [{ id, tests, at }];
  });
  const missing = [...ids].filter((id) => rows.every((row) => row.id !== id));
  const seen = new Set<string>();
  return [
    ...missing.map((id) => `${CONFORMANCE}: ${id} has no row`),
    ...rows.flatMap(({ id, tests, at }) => {
      const isRepeated = seen.has(id);
      seen.add(id);
      if (isRepeated) return [`${at}: ${id} has two rows`];
      if (!ids.has(id)) return [`${at}: ${id} is not in the specification`];
      return tests === NOT_YET ? [] : missingTests(files, tests, at);
    }),
  ];
}

/** Tests in a cell of a table, each as `package/x.test.ts › title`, that do not exist. */
function missingTests(files: Repository['files'], tests: string, at: string): readonly string[] {
  return tests.split('<br>').flatMap((test) => {
    const [short = '', title = ''] = test.split(' › ');
    const text = files.get(testPath(short));
    if (text === undefined) return [`${at}: ${testPath(short)} does not exist`];
    return hasTest(text, title) ? [] : [`${at}: ${testPath(short)} has no test '${title}'`];
  });
}

/** What an adversary can and cannot do is shown by tests that exist. */
function checkThreatModel({ files }: Repository): readonly string[] {
  return linesOf(THREAT_MODEL, files.get(THREAT_MODEL) ?? '').flatMap(({ text, at }) => {
    const [, tests] = /^\| (?:can|cannot) +\| .*? \| (.*? › .*?) +\|$/u.exec(text) ?? [];
    return tests === undefined ? [] : missingTests(files, tests, at);
  });
}

/** The faults, each as `file:line: what is wrong`; none if all is well. */
export function checkSpecification(repository: Repository): readonly string[] {
  const text = repository.files.get(SPECIFICATION);
  if (text === undefined) return [`${SPECIFICATION} is missing`];
  const lines = proseOf(SPECIFICATION, text);
  const sections = new Set(sectionsOf(lines).map(({ section }) => section));
  const ids = new Set([...text.matchAll(ID)].map(([, id = '']) => id));
  return [
    ...checkCitations(repository, sections),
    ...checkOwnReferences(lines, sections),
    ...checkLinks(repository),
    ...checkRequirements(lines),
    ...checkConformance(repository, ids),
    ...checkThreatModel(repository),
  ];
}

/** Reads sources, tests and documents below the root, which is a URL that ends in a slash. */
export function readRepository(root: URL): Repository {
  const cwd = fileURLToPath(root);
  const patterns = [
    '{packages,apps}/*/{src,test}/**/*.{ts,tsx}',
    'apps/gui/trials/test/**/*.ts',
    'scripts/**/*.ts',
  ];
  const sources = globSync(patterns, { cwd, exclude: ['**/node_modules/**'] })
    .map((path) => path.replaceAll('\\', '/'))
    .map((path) => [path, readFileSync(new URL(path, root), 'utf8')] as const);
  return {
    files: new Map([...sources, ...documents(root).map(({ path, text }) => [path, text] as const)]),
    exists: (path) => existsSync(new URL(path, root)),
  };
}

if (import.meta.main) {
  const faults = checkSpecification(readRepository(new URL('../', import.meta.url)));
  for (const fault of faults) console.error(fault);
  console.log(
    `${faults.length === 0 ? 'No' : faults.length} faults in specification and documents`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}
