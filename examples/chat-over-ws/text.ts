// What both sides mean by a record: one text, in a kind of this example's own (32 to 255 are free).
import type { Channel } from '@gravy/protocol';

const TEXT = 32;

export function sendText(channel: Channel<unknown>, text: string): Promise<void> {
  return channel.send(TEXT, new TextEncoder().encode(text));
}

/** The texts of the peer, until the channel ends. A kind that this example does not know ends it. */
export async function* texts(channel: Channel<unknown>): AsyncGenerator<string> {
  for await (const { kind, body } of channel.records) {
    if (kind !== TEXT) {
      await channel.reject();
      return;
    }
    yield new TextDecoder().decode(body);
  }
}
