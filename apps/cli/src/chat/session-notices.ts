import type { CloseReason, Role } from '@gravy/messenger';

/** Who connected, as a sentence; `name` is escaped. */
export function describeBeginning(name: string, role: Role, isVerified: boolean): string {
  const advice = isVerified ? '' : ` Not verified yet: /verify ${name}`;
  return `${role === 'guest' ? `Connected to ${name}.` : `${name} connected.`}${advice}`;
}

/** Why a session ended, as a sentence; `name` is escaped. */
export function describeEnd(name: string, role: Role, reason: CloseReason): string {
  switch (reason) {
    case 'exit':
      return `You ended the session with ${name}.`;
    case 'kicked':
      return role === 'host' ? `You ended the session of ${name}.` : `${name} ended your session.`;
    case 'peer_exit':
      return `${name} left.`;
    case 'lost':
      return `The connection to ${name} was lost.`;
    case 'protocol_error':
      return `The session with ${name} was ended: what came did not follow the protocol.`;
    case 'superseded':
      return `A newer session with ${name} took the place of an older one.`;
    case 'shutdown':
      return `The session with ${name} ended: one side stopped its program or its hosting.`;
    case 'session_age':
      return `The session with ${name} was ended because it was very old.`;
    case 'rekey_timeout':
      return `The session with ${name} was ended: fresh keys were not agreed on in time.`;
    case 'not_a_contact':
      return `The session with ${name} ended: one of you is no contact of the other any more.`;
    default:
      return reason satisfies never;
  }
}

/** Whether the other person, or this one, meant the session to end. */
export function isDeliberate(reason: CloseReason): boolean {
  return (
    reason === 'exit' || reason === 'kicked' || reason === 'peer_exit' || reason === 'shutdown'
  );
}
