import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that is free now. It may be taken before cloudflared gets there, which then says so and ends.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return address.port;
}
