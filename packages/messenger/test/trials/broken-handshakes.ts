// Handshakes that break at a given byte, and what both ends must make of it: Spec 5.1 and 6.
import { expect } from 'vitest';
import { type HandshakeBytes, type Outcome, ProxiedHandshakes } from './proxied-handshakes.js';

export type Way = 'toServer' | 'toClient';
type Break = 'cutAt' | 'endAt';

/** What a guest may say of a handshake that broke: never that somebody else is there, nor anything unforeseen. */
const BROKEN_CODES = ['unreachable', 'connection_lost', 'not_accepted'];

export async function bytesOfHandshake(): Promise<HandshakeBytes> {
  const handshakes = await ProxiedHandshakes.open();
  try {
    return await handshakes.measure();
  } finally {
    await handshakes.close();
  }
}

/** Every offset at which a handshake can break in this direction, the beginning included. */
export function offsetsOf(bytes: HandshakeBytes, way: Way): number[] {
  return Array.from({ length: bytes[way] }, (_, offset) => offset);
}

/**
 * Breaks one handshake after the other at the offsets. No guest has a session then, and the host none
 * either, unless it had sent message 4 by then: that one ends as lost, and nothing came over it.
 */
export async function breakAtEach(options: {
  bytes: HandshakeBytes;
  way: Way;
  by: Break;
  offsets: readonly number[];
}): Promise<{ handshakes: number }> {
  const { bytes, way, by, offsets } = options;
  const handshakes = await ProxiedHandshakes.open();
  try {
    for (const offset of offsets) {
      const outcome = await handshakes.dial({ [way]: { [by]: offset } });
      const code = outcome.kind === 'failed' ? outcome.code : outcome.kind;
      expect(BROKEN_CODES, `${by} ${way} ${offset}: ${code}`).toContain(code);
    }
    // What comes last is served last: after this the host has seen all of them.
    await handshakes.measure();
    const sessions = await handshakes.hostSessions();
    const mayHaveAccepted =
      way === 'toClient' ? offsets.filter((offset) => offset >= bytes.toClientUpToReply).length : 0;
    expect(sessions.length, `${by} ${way}: sessions of the host`).toBeLessThanOrEqual(
      1 + mayHaveAccepted,
    );
    await handshakes.close();
    for (const session of sessions) {
      expect(await session.closed).toMatchObject({ kind: 'lost' });
      for await (const record of session.records) expect(record).toBeUndefined();
    }
    expect(handshakes.unauthenticatedCount).toBe(0);
    return { handshakes: offsets.length };
  } finally {
    await handshakes.close();
  }
}

/** Lets a handshake go silent after so many bytes, both ways; both ends stay open and hear nothing more. */
export function goSilent(
  handshakes: ProxiedHandshakes,
  options: { way: Way; offset: number; upgradeTimeoutMs: number },
): Promise<Outcome> {
  const { way, offset, upgradeTimeoutMs } = options;
  return handshakes.dial({ [way]: { haltAt: offset } }, { timeoutMs: upgradeTimeoutMs });
}
