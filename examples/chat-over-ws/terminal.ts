// A chat in a terminal: lines that are typed are sent, texts that come are printed.
import type { Channel } from '@gravy/protocol';
import { sendText, texts } from './text.ts';

/** Resolves when either side has ended the channel; the end of the input ends it too. */
export async function chat(channel: Channel<unknown>, lines: AsyncIterable<string>): Promise<void> {
  void sendLines(channel, lines).catch(() => channel.close());
  for await (const text of texts(channel)) console.log(`They: ${printable(text)}`);
  const end = await channel.closed;
  console.log(end.kind === 'lost' ? 'The connection is lost.' : 'The chat has ended.');
  process.stdin.destroy();
}

async function sendLines(channel: Channel<unknown>, lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) await sendText(channel, line);
  await channel.close();
}

/** What a peer writes may hold sequences that a terminal obeys. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '\uFFFD');
}
