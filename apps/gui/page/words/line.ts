export const line = {
  direct: 'connected, direct',
  tunnel: 'connected through the tunnel',
  unknown: 'not known until the connection to Gravy is back',
  offline: 'offline: messages will be sent when you are both online',
  retrying: (seconds: number) =>
    seconds <= 0 ? 'reconnecting now' : `reconnecting in ${seconds} s`,
  now: 'Now',
  gaveUp: 'not connecting any more',
  connect: 'Connect now',
  stranded:
    'Your address has changed, and this contact does not know yet. Send them this line another way:',
  copyLine: 'Copy line',
} as const;
