export const connect = {
  title: 'Connect',
  why: 'Paste an invite, or the address of a contact who hosts.',
  urlOrInvite: 'URL or invite',
  hint: 'gravyinvite1… or wss://…',
  contact: 'Contact',
  contactHint: 'name or public key',
  nameForMaker: 'Name for this contact',
  nameForMakerHint: 'optional',
  yourContacts: 'Your contacts',
  connect: 'Connect to server',
  connecting: 'Connecting…',
  needsUrl: 'Paste an invite or a URL.',
  needsContact: 'Say whom you expect there: choose a contact, or paste their public key.',
  noContacts:
    'No contacts yet. An invite brings its maker along; for a URL, add the contact on the Dashboard first.',
} as const;
