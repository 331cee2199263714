/** The `data` of a message event; undefined if it has none. */
export function dataOf(event: object): unknown {
  return 'data' in event ? event.data : undefined;
}
