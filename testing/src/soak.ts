/** How many of the full count a soak test runs: all, or the share that GRAVY_SOAK_SCALE says. */
export function soakCount(full: number): number {
  const scale = Number(process.env['GRAVY_SOAK_SCALE'] ?? '1');
  if (!(scale > 0)) throw new Error('GRAVY_SOAK_SCALE is a number above 0.');
  return Math.ceil(full * scale);
}

/** One line of figures, past what a test runner does with the console. */
export function reportSoak(name: string, figure: string): void {
  process.stdout.write(`soak: ${name}: ${figure}\n`);
}
