// The broken pipe of a reader that is gone would end the real program at its next word. This one lives on: the worst case.
process.stderr.on('error', () => {});

/** One line as cloudflared logs it. */
export function log(level: 'INF' | 'WRN' | 'ERR', text: string): void {
  process.stderr.write(`${new Date().toISOString().replace(/\.\d+/u, '')} ${level} ${text}\n`);
}

/** A line as its command-line library prints errors. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function logBox(lines: readonly string[]): void {
  const width = Math.max(...lines.map((line) => line.length));
  const border = `+${'-'.repeat(width + 4)}+`;
  log('INF', border);
  for (const line of lines) log('INF', `|  ${line.padEnd(width)}  |`);
  log('INF', border);
}
