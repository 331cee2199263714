export const link = {
  label: 'Connection to Gravy',
  opening: 'Connecting to Gravy on this machine…',
  callLost: 'The connection to Gravy on this machine was lost before it answered. Try again.',
  notNow:
    'There is no connection to Gravy on this machine right now. Wait a moment, and try again.',
  lost: 'The connection to Gravy on this machine is lost.',
  ended: 'Gravy on this machine was ended. Messages reach you again once it runs.',
  retryIn: (seconds: number) =>
    seconds <= 0 ? 'Trying again now.' : `Trying again in ${seconds} s.`,
  now: 'Now',
  refusedTitle: 'This window has no way in',
  refused: {
    no_token:
      'Only whoever can see your terminal gets in here, so that no other program or page can.',
    code: 'That link has been used, or its 60 seconds are over.',
    unknown:
      'Gravy was started again since this window was opened. Your accounts and messages are as they were.',
    locked:
      'Gravy does not know this window or its link, and too many others were wrong before it. Use a new link.',
    impostor:
      'Another program answers where Gravy was. Do not type your password here. Close this window, and start Gravy again.',
  },
  howToEnter:
    'In the terminal where Gravy runs, press Enter and open the link it prints. If Gravy does not run any more, start it again.',
  pasteLink: 'Launch link',
  pasteHint: 'http://127.0.0.1:…/#launch=…',
  openLink: 'Open',
  notALink: 'That is not a launch link. It begins with http://127.0.0.1 and has #launch= in it.',
} as const;
