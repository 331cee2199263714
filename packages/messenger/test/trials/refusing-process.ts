// Refuses first messages as a host does, in a process of its own: Node as it comes, with nothing else to do.
// Node runs this file as it is, with the packages as they are built.
import { awaitHandshake, OwnKey, ProtocolError } from '@gravy/protocol';

export interface RefusalPlan {
  readonly hostSeed: number;
  readonly messages: readonly Uint8Array[];
  /** How many are refused in all, in turn. */
  readonly count: number;
}

export interface RefusalFigures {
  readonly refused: number;
  readonly cpuMs: number;
}

process.on('message', ({ hostSeed, messages, count }: RefusalPlan) => {
  const ownKey = OwnKey.fromSeed(new Uint8Array(32).fill(hostSeed));
  let refused = 0;
  const before = process.cpuUsage();
  for (let index = 0; index < count; index += 1) {
    try {
      awaitHandshake({ ownKey }).receive(messages[index % messages.length] ?? new Uint8Array(0));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      refused += 1;
    }
  }
  const { user, system } = process.cpuUsage(before);
  process.send?.({ refused, cpuMs: (user + system) / 1_000 } satisfies RefusalFigures);
  process.disconnect();
});
