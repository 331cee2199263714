import type { Session } from '../../record/session.js';
import { ClientRekeying } from './client-rekeying.js';
import type { Rekeying, RekeyingOptions } from './rekeying.js';
import { ServerRekeying } from './server-rekeying.js';

export function rekeyingOf(session: Session, options: RekeyingOptions): Rekeying {
  return session.role === 'client'
    ? new ClientRekeying(session, options)
    : new ServerRekeying(session, options);
}
