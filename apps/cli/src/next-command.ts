import type { ErrorCode } from '@gravy/messenger';

const NEXT: Partial<Readonly<Record<ErrorCode, string>>> = {
  wrong_password: 'the same command again; without --password-file and GRAVY_PASSWORD it asks',
  locked: 'the same command with --password-file FILE',
  account_exists: 'gravy account list',
  no_such_account: 'gravy account list',
  account_in_use: 'the same command again, once that process has ended',
  invalid_name: 'the same command with another name',
  no_such_contact: 'gravy contact list',
  contact_exists: 'gravy contact list',
  invalid_id: 'gravy contact add NAME ID, with the id that "gravy account show" prints for them',
  unsafe_id: 'gravy contact add NAME ID, with an id that you asked them for again',
  port_in_use: 'gravy host --port 0',
  port_forbidden: 'gravy host --port 8080',
  address_unavailable: 'gravy host --hostname 127.0.0.1',
  already_hosting: 'gravy invite, gravy sessions list, or end the process that hosts',
  invalid_url: 'gravy connect ws://127.0.0.1:8080 NAME',
  unreachable: 'gravy connect URL NAME, once they run "gravy host" and gave you its URL',
  peer_not_authentic:
    'gravy contact list, and compare their id with what "gravy account show" prints for them',
  not_accepted: 'gravy account show, and ask them to add you: gravy contact add NAME ID',
  no_such_session: 'gravy sessions list',
  no_such_message: 'gravy history show NAME',
  invalid_invite: 'gravy connect -, and paste the whole invite',
  invite_used: 'ask them for another invite: they type gravy invite',
  invite_expired: 'ask them for another invite: they type gravy invite',
  no_such_invite: 'gravy invite list',
  too_many_invites: 'gravy invite list, and then gravy invite revoke ID',
  not_hosting: 'gravy host --invite',
  no_such_request: 'gravy requests list',
  no_address: 'gravy connect URL NAME, with the URL that they host at',
  not_public: 'gravy connect URL NAME, with the URL that they host at',
  tunnel_unavailable: 'gravy doctor, or host on your own network: gravy host --hostname 0.0.0.0',
  cloudflared_missing: 'gravy tunnel install',
  install_failed: 'gravy doctor',
  file_exists: 'the same command with another file',
  store_damaged: 'gravy doctor --account NAME, which reads what is left of it',
  store_too_new: 'npm install --global @gravy/cli@latest',
  identity_too_new: 'npm install --global @gravy/cli@latest',
  connection_closed: 'the same command again',
};

/** What to type after an error of the core; its message has already said what happened. */
export function nextCommand(code: ErrorCode): string | undefined {
  return NEXT[code];
}
