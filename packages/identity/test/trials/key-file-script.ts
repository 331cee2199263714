/** A file of the built library, for scripts that run in a process of their own. */
export const distribution = (file: string): string =>
  new URL(`../../dist/${file}`, import.meta.url).href;

export const seed = new Uint8Array(32).fill(1);

/** The least that a key file may ask for: what is tested is writing it. */
export const leastCost = { cost: { N: 2, r: 1, p: 1 } };
