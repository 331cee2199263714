// The receiving process of a plain ws pipe, which writes what comes to a file.
import { open } from 'node:fs/promises';
import { WebSocketServer } from 'ws';
import { serveCalls } from '../processes/serve-calls.ts';

/** What is written is brought to the medium before the end is confirmed, as with the others. */
async function listen(path: string): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket) => {
    const opened = open(path, 'w');
    let work: Promise<unknown> = opened;
    let waiting = 0;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        waiting += data.length;
        if (waiting > 4 * 2 ** 20) socket.pause();
        work = work.then(async () => {
          await (await opened).write(data);
          waiting -= data.length;
          socket.resume();
        });
        return;
      }
      void work.then(async () => {
        const file = await opened;
        await file.sync();
        await file.close();
        socket.send('done');
      });
    });
  });
  await new Promise((resolve) => server.on('listening', resolve));
  return (server.address() as { port: number }).port;
}

const calls = { listen };
export type WsReceiverCalls = typeof calls;

serveCalls(calls);
