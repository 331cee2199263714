// `node bench/write-page.ts`: docs/benchmarks.md out of results/, so that nobody copies figures by hand.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Machine } from './machine.ts';
import type { Figure } from './report.ts';

interface Result {
  readonly name: string;
  readonly at: string;
  readonly machine: Machine;
  readonly figures: readonly (Figure & { readonly isMet?: boolean })[];
}

const ORDER: readonly string[] = [
  'session',
  'handshake',
  'browser',
  'latency',
  'burst',
  'connections',
  'history',
  'file',
  'startup',
  'page',
];

function resultOf(name: string): Result | undefined {
  const path = new URL(`results/${name}.json`, import.meta.url);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Result) : undefined;
}

const numberText = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);

function goalText({ goal, isMet }: Result['figures'][number]): string {
  if (goal === undefined) return '';
  const words = 'atLeast' in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
  return `${words}: ${isMet === true ? 'met' : '**missed**'}`;
}

function sectionOf({ name, at, machine, figures }: Result): string {
  const rows = figures.map((figure) => {
    const { what, value, unit, range, byProcessor } = figure;
    const cells = [
      what.replaceAll('|', '\\|'),
      `${numberText(value)} ${unit}`,
      range === undefined ? '' : `${numberText(range[0])} to ${numberText(range[1])}`,
      byProcessor === undefined ? '' : numberText(byProcessor),
      goalText(figure),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `## ${name}

\`npm run bench ${name}\`, ${at.slice(0, 10)}, load ${machine.load.toFixed(1)}.

| what | figure | middle half | by processor time | goal |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

const results = ORDER.map(resultOf).filter((result) => result !== undefined);
const { machine } = results[0] ?? {};
if (machine === undefined) throw new Error('There are no results yet: npm run bench');
const missing = ORDER.filter((name) => !results.some((result) => result.name === name));

const page = `# Benchmarks

What was measured last, beside others in the same run: ${machine.cores} cores of ${machine.processor}, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node.replace(/^v/u, '')}, OpenSSL ${machine.openssl}; ${Object.entries(
  machine.peers,
)
  .map(([name, version]) => `${name} ${version}`)
  .join(
    ', ',
  )}. A virtual machine on a host that others use, too: repeat a figure before you rely on it. [bench/README.md](../bench/README.md) says what is compared with what, and how it is made fair; the reasons for what is missed stand in the [decisions](decisions/README.md) 0012, 0013, 0016 and 0022.

Written by \`node bench/write-page.ts\` from the results of the runs.
${missing.length === 0 ? '' : `\nNot measured yet: ${missing.join(', ')}.\n`}
${results.map(sectionOf).join('\n')}`;
writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), page);
