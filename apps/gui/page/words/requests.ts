export const requests = {
  title: 'Requests',
  why: 'These people know your address and ask to be let in. Compare the safety number with whom you expect before you accept.',
  accept: 'Accept',
  decline: 'Decline',
  block: 'Decline and block',
  name: 'Name',
  asked: (time: string) => `asked ${time}`,
  number: 'Safety number',
} as const;
