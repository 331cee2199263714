const START = 10;
const END = 4;

/** An id as people tell it from others at a glance; it stands whole wherever it matters. */
export function shortId(id: string): string {
  return id.length <= START + END + 1 ? id : `${id.slice(0, START)}…${id.slice(-END)}`;
}
