// A session at one moment, as a value: Spec 3.2 and 4.4. Receiving and sealing are functions from one state to the next, so that
// what is refused has changed nothing.
import type { Erasable } from '../erasable.js';
import { startDirection, type Direction } from './direction.js';
import { UNUSED_EPOCH, type EpochUsage } from './epoch-usage.js';
import type { PeerClose } from './peer-close.js';
import type { OutstandingRekey } from './rekey/outstanding-rekey.js';
import type { RekeyAnswer } from './rekey/rekey-answer.js';
import type { Role } from './role.js';
import type { SessionSecrets } from './session-secrets.js';

interface SharedState {
  readonly sending: Direction;
  readonly receiving: Direction;
  /** rk */
  readonly root: Uint8Array;
  /** sid */
  readonly sessionId: Uint8Array;
  /** Of the current epoch. */
  readonly usage: EpochUsage;
  /** Whether our CLOSE has been sealed. */
  readonly hasClosed: boolean;
  readonly peerClose: PeerClose | undefined;
}

/** `epoch n --REKEY1--> outstanding --REKEY2 accepted--> epoch n+1, both directions` */
export interface ClientState extends SharedState {
  readonly rekey: OutstandingRekey | undefined;
}

/**
 * ```
 * epoch n --REKEY1 accepted--> owed --REKEY2 sent--> answered: sends n+1, receives n or n+1
 *                                   --first record of n+1 opens--> epoch n+1
 * ```
 */
export interface ServerState extends SharedState {
  readonly rekey:
    | { readonly kind: 'owed'; readonly answer: RekeyAnswer }
    | { readonly kind: 'answered'; readonly nextReceivingKey: Uint8Array }
    | undefined;
  /** Whether this epoch has had its REKEY_REQ. */
  readonly hasRequestedRekey: boolean;
}

export type SessionState = ClientState | ServerState;

function startShared(role: Role, secrets: SessionSecrets): SharedState {
  const { clientToServer, serverToClient, root, sessionId } = secrets;
  const isClient = role === 'client';
  return {
    sending: startDirection(isClient ? clientToServer : serverToClient),
    receiving: startDirection(isClient ? serverToClient : clientToServer),
    root,
    sessionId,
    usage: UNUSED_EPOCH,
    hasClosed: false,
    peerClose: undefined,
  };
}

export function startClientState(secrets: SessionSecrets): ClientState {
  return { ...startShared('client', secrets), rekey: undefined };
}

export function startServerState(secrets: SessionSecrets): ServerState {
  return { ...startShared('server', secrets), rekey: undefined, hasRequestedRekey: false };
}

/** Every secret of a state, to be erased when no later state holds it. */
export function secretsIn(state: SessionState): readonly Erasable[] {
  const { sending, receiving, root, sessionId, rekey } = state;
  const secrets: Erasable[] = [sending.chainKey, receiving.chainKey, root, sessionId];
  if (rekey === undefined) return secrets;
  if (!('kind' in rekey)) secrets.push(rekey.agreement, rekey.kem);
  else if (rekey.kind === 'answered') secrets.push(rekey.nextReceivingKey);
  else secrets.push(rekey.answer.root, rekey.answer.clientToServer, rekey.answer.serverToClient);
  return secrets;
}
