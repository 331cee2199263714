import { HistoryError, type HistoryErrorCode } from '@gravy/history';
import { IdentityError, type IdentityErrorCode } from '@gravy/identity';
import { ProtocolError, type ProtocolErrorCode } from '@gravy/protocol';
import { TransportError, type TransportErrorCode } from '@gravy/transport';
import { TunnelError, type TunnelErrorCode } from '@gravy/tunnel';
import { InvalidCallError } from '../api/client.js';
import { type ErrorCode, MessengerError } from '../errors.js';

type Translation = ErrorCode | readonly [code: ErrorCode, message: string];

const NOT_AUTHENTIC: Translation = [
  'peer_not_authentic',
  'The far end is not the contact you know: its key differs, or the URL leads to somebody else. Compare the URL and the public key with your contact.',
];
const NO_ANSWER: Translation = [
  'unreachable',
  'Something answered at this address, but it did not complete the handshake. Check the URL, or try again.',
];

const GIVEN_UP: Translation = [
  'connection_closed',
  'The attempt was given up because the account was locked.',
];

const FROM_PROTOCOL: Readonly<Partial<Record<ProtocolErrorCode, Translation>>> = {
  invalid_peer_id: 'invalid_id',
  unsafe_peer_id: 'unsafe_id',
  peer_not_authentic: NOT_AUTHENTIC,
  not_accepted: [
    'not_accepted',
    'The host did not let you in. Ask your contact to add your public key (account.show) and try again.',
  ],
  connection_lost: NO_ANSWER,
  malformed_message: NO_ANSWER,
  timeout: NO_ANSWER,
  aborted: GIVEN_UP,
};

const FROM_TRANSPORT: Readonly<Record<TransportErrorCode, Translation>> = {
  port_in_use: 'port_in_use',
  port_forbidden: 'port_forbidden',
  address_unavailable: 'address_unavailable',
  invalid_url: 'invalid_url',
  not_public: 'unreachable',
  unreachable: 'unreachable',
  refused_by_server: NOT_AUTHENTIC,
  aborted: GIVEN_UP,
  connection_lost: NO_ANSWER,
};

const FROM_IDENTITY: Readonly<Partial<Record<IdentityErrorCode, Translation>>> = {
  invalid_id: 'invalid_id',
  unsafe_id: 'unsafe_id',
  invalid_invite: 'invalid_invite',
  wrong_password: 'wrong_password',
  identity_damaged: 'identity_damaged',
  identity_too_new: 'identity_too_new',
  identity_exists: 'account_exists',
};

const FROM_HISTORY: Readonly<Partial<Record<HistoryErrorCode, Translation>>> = {
  store_damaged: 'store_damaged',
  store_truncated: 'store_damaged',
  wrong_key: 'store_damaged',
  not_a_store: 'store_damaged',
  store_exists: 'account_exists',
  store_too_new: 'store_too_new',
  in_use: 'account_in_use',
  disk_full: 'disk_full',
  io_error: 'io_error',
  no_permission: 'no_permission',
  unsupported_node: 'unsupported_node',
  contact_exists: 'contact_exists',
  no_such_contact: 'no_such_contact',
  closed: 'locked',
};

const FROM_TUNNEL: Readonly<Record<TunnelErrorCode, Translation>> = {
  cloudflared_missing: 'cloudflared_missing',
  cloudflared_unusable: 'cloudflared_missing',
  install_failed: 'install_failed',
  aborted: GIVEN_UP,
  misuse: 'tunnel_unavailable',
  rate_limited: 'tunnel_unavailable',
  api_unreachable: 'tunnel_unavailable',
  service_down: 'tunnel_unavailable',
  edge_unreachable: 'tunnel_unavailable',
  no_answer: 'tunnel_unavailable',
  exited: 'tunnel_unavailable',
  updated_itself: 'tunnel_unavailable',
  connection_lost: 'tunnel_unavailable',
  not_reachable: 'tunnel_unavailable',
  token_unusable: 'tunnel_unavailable',
  watchdog_failed: 'tunnel_unavailable',
  folder_unusable: 'tunnel_unavailable',
};

const FROM_FILE_SYSTEM: Readonly<Record<string, readonly [code: ErrorCode, message: string]>> = {
  ENOSPC: ['disk_full', 'The disk is full; nothing was changed. Make room and try again.'],
  EDQUOT: [
    'disk_full',
    'Your share of the disk is used up; nothing was changed. Make room and try again.',
  ],
  EACCES: ['no_permission', 'A file of the account may not be used. Check its permissions.'],
  EPERM: ['no_permission', 'A file of the account may not be used. Check its permissions.'],
  EROFS: ['no_permission', 'The folder of the account is read-only. Make it writable.'],
  EIO: ['io_error', 'Reading or writing failed. Check the disk, and try again.'],
};

/** What a library's error means to a user of the messenger; an unforeseen error stays what it is. */
export function translateError(error: unknown): unknown {
  if (error instanceof MessengerError || error instanceof InvalidCallError) return error;
  if (error instanceof ProtocolError) return translated(error, FROM_PROTOCOL[error.code]);
  if (error instanceof TransportError) {
    const isMissing = error.code !== 'refused_by_server' || error.status === 404;
    return translated(error, isMissing ? FROM_TRANSPORT[error.code] : NO_ANSWER);
  }
  if (error instanceof IdentityError) return translated(error, FROM_IDENTITY[error.code]);
  if (error instanceof TunnelError) return translated(error, FROM_TUNNEL[error.code]);
  if (error instanceof HistoryError) {
    const details = error.pid === undefined ? {} : { pid: error.pid };
    return translated(error, FROM_HISTORY[error.code], details);
  }
  if (!(error instanceof Error) || !('code' in error)) return error;
  return translated(error, FROM_FILE_SYSTEM[String(error.code)]);
}

function translated(
  error: Error,
  translation: Translation | undefined,
  details: Readonly<Record<string, number>> = {},
): unknown {
  if (translation === undefined) return error;
  const [code, message] =
    typeof translation === 'string' ? [translation, error.message] : translation;
  return new MessengerError(code, message, { cause: error, details });
}
