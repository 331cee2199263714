// The sending process of a plain ws pipe. One of its own: what ws leaves to be collected would count as Gravy's.
import { open } from 'node:fs/promises';
import { dialWithWs } from '../peers/bare-ws.ts';
import { serveCalls } from '../processes/serve-calls.ts';

const PIECE_BYTES = 262_107;

/** Milliseconds until the receiver has said that it is there. */
async function send(path: string, port: number): Promise<number> {
  const socket = await dialWithWs(port);
  const start = performance.now();
  const file = await open(path);
  const pieces = [Buffer.alloc(PIECE_BYTES), Buffer.alloc(PIECE_BYTES)] as const;
  let next = file.read(pieces[0]);
  for (let index = 0; ; index += 1) {
    const { bytesRead, buffer } = await next;
    if (bytesRead === 0) break;
    const sent = new Promise<void>((resolve) => {
      socket.send(buffer.subarray(0, bytesRead), () => resolve());
    });
    next = file.read(pieces[(index + 1) % 2] ?? pieces[0]);
    await sent;
  }
  await file.close();
  const done = new Promise((resolve) => socket.once('message', resolve));
  socket.send('end');
  await done;
  socket.close();
  return performance.now() - start;
}

const calls = { send };
export type WsSenderCalls = typeof calls;

serveCalls(calls);
