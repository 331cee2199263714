import { InvalidArgumentError } from 'commander';

const MAX_PORT = 65_535;

/** A port as typed; 0 leaves the choice to the system. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/u.test(text) || port > MAX_PORT) {
    throw new InvalidArgumentError(`It must be a number from 0 to ${MAX_PORT}.`);
  }
  return port;
}
