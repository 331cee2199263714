/**
 * Every code an application error can carry, as it appears in `data.code` of a JSON-RPC error, with
 * its cause and the remedy.
 */
export const ERRORS = {
  wrong_password: { when: 'the password does not open the account', remedy: 'type it again' },
  locked: { when: 'no account is open', remedy: '`account.unlock` or `account.create`' },
  account_exists: { when: 'the name is taken', remedy: 'another name, or `account.unlock`' },
  no_such_account: { when: 'no account has that name', remedy: '`account.list` shows all' },
  account_in_use: {
    when: 'a process that does not answer has the account open; its `pid` is in `data`',
    remedy: 'end that process',
  },
  invalid_name: { when: 'a name is empty, too long or has odd characters', remedy: 'another name' },
  identity_damaged: {
    when: 'the key file is not what was written; it is left as it is',
    remedy: 'put a backup of identity.json in its place',
  },
  identity_too_new: { when: 'a newer version wrote the key file', remedy: 'update Gravy' },
  no_such_contact: { when: 'no contact has that name or id', remedy: '`contact.list` shows all' },
  contact_exists: {
    when: 'a contact has that name or id already',
    remedy: 'another name, or `contact.replaceKey`',
  },
  invalid_id: { when: 'the text is not a public key', remedy: 'copy the whole key again' },
  unsafe_id: {
    when: 'the key is one that everybody can use',
    remedy: 'do not add it; ask for the real key',
  },
  port_in_use: { when: 'another program listens on the port', remedy: 'another port, or 0' },
  port_forbidden: { when: 'this user may not use the port', remedy: 'a port above 1023' },
  address_unavailable: {
    when: 'the host name is not an address of this machine',
    remedy: '127.0.0.1, or 0.0.0.0 for all',
  },
  already_hosting: { when: 'this account hosts already', remedy: '`host.stop` first' },
  invalid_url: { when: 'the URL is not one of a host', remedy: 'ws:// or wss://, host, port' },
  unreachable: { when: 'nobody completes a handshake there', remedy: 'check URL and network' },
  peer_not_authentic: {
    when: 'the far end does not hold the key of the contact',
    remedy: 'compare URL and key with your contact',
  },
  not_accepted: {
    when: 'the host does not let this key in',
    remedy: 'ask your contact to add your key',
  },
  no_such_session: { when: 'no open session has that id', remedy: '`session.list` shows all' },
  no_such_message: {
    when: 'no message of the conversation has that id',
    remedy: '`message.history` lists them',
  },
  already_sent: {
    when: 'the message is on its way or has arrived',
    remedy: 'nothing takes it back; `message.delete` removes it here',
  },
  ambiguous_message: {
    when: 'messages of several contacts have that id',
    remedy: 'give `contact` too',
  },
  invalid_invite: { when: 'the text is not an invite', remedy: 'copy the whole invite again' },
  invite_used: {
    when: 'somebody has used the invite, or it was revoked: the host does not say which',
    remedy: 'ask for another one',
  },
  invite_expired: { when: 'its time is over', remedy: 'ask for another one' },
  no_such_invite: { when: 'no invite has that id', remedy: '`invite.list` shows all' },
  too_many_invites: { when: '32 invites are open', remedy: '`invite.revoke` one' },
  not_hosting: {
    when: 'an invite needs an address, and this account does not host',
    remedy: '`host.start` first, or give `urls`',
  },
  no_such_request: { when: 'nobody of that id asks', remedy: '`request.list` shows all' },
  no_address: { when: 'no address of the contact is known', remedy: 'give `url`' },
  not_public: {
    when: 'an address that the contact announced leads into a private network',
    remedy: 'give the address yourself, as `url`, if you mean to dial it',
  },
  file_exists: { when: 'there is a file of that name', remedy: 'another path' },
  invalid_backup: {
    when: 'the file is no backup of an account, or damaged',
    remedy: 'another copy of it',
  },
  no_such_file: {
    when: 'there is no such file or folder, or no transfer has that id',
    remedy: 'check the path; `file.list` shows transfers',
  },
  file_changed: {
    when: 'the file is not what was offered any more',
    remedy: 'offer it again',
  },
  transfer_over: { when: 'the transfer has ended', remedy: 'ask for the file again' },
  too_large: { when: 'a text has more than 65,536 bytes', remedy: 'split it' },
  tunnel_unavailable: {
    when: 'the tunnel did not come up',
    remedy: 'as the message says; `doctor.check` looks closer',
  },
  cloudflared_missing: {
    when: 'the program that makes tunnels was not found, or is too old',
    remedy: '`tunnel.install`, or install it by hand',
  },
  install_failed: {
    when: 'cloudflared could not be downloaded, or is not what its release says',
    remedy: 'try again, or install it by hand',
  },
  disk_full: { when: 'the disk is full; nothing was lost', remedy: 'make room, try again' },
  io_error: { when: 'the disk failed', remedy: 'check it, try again' },
  no_permission: { when: 'a file or folder may not be used', remedy: 'mend its permissions' },
  store_damaged: {
    when: 'the history cannot be read; it is left as it is',
    remedy: 'account.examine says what still reads, account.salvage copies it; or import a backup',
  },
  store_too_new: { when: 'a newer version wrote the history', remedy: 'update Gravy' },
  unsupported_node: { when: 'Node is older than 22.18', remedy: 'update Node' },
  connection_closed: {
    when: 'the process that has the account open has ended, or the account was locked meanwhile',
    remedy: 'try again',
  },
  internal: { when: 'something unforeseen happened', remedy: 'report it' },
} as const satisfies Record<string, { when: string; remedy: string }>;

/** A code that an application error can carry; `ERRORS` has cause and remedy of each. */
export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(ERRORS, text);
}

/** An outcome a caller can act on: `code` for programs, `message` (what happened, what to do) for people. */
export class MessengerError extends Error {
  readonly code: ErrorCode;
  /** Further facts for programs, JSON values only: for example the `pid` that holds an account. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Readonly<Record<string, string | number>> } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'MessengerError';
    this.code = code;
    this.details = options.details ?? {};
  }
}
