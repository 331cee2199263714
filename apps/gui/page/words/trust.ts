export const trust = {
  verified: 'verified',
  notVerified: 'not verified',
  title: (name: string) => `Safety number with ${name}`,
  why: 'Compare these digits over another way: a call, or face to face. If they are the same on both screens, nobody sits in between.',
  qrLabel: 'QR code of the safety number',
  match: 'They match',
  undo: 'Not verified any more',
  isVerified: 'You have compared this number, and it matched.',
  groups: 'Safety number',
} as const;
