import type { FileState } from '@gravy/messenger';

export const file = {
  folder: 'folder',
  accept: 'Accept',
  decline: 'Decline',
  cancel: 'Cancel',
  resume: 'Resume',
  save: 'Save a copy',
  at: 'Stored at',
  picture: (name: string) => `Picture ${name}`,
  progress: (name: string) => `Transfer of ${name}`,
  percent: (percent: number) => `${percent} %`,
  left: (seconds: number) => {
    if (seconds < 100) return `${seconds} s left`;
    const minutes = Math.round(seconds / 60);
    return minutes < 100 ? `${minutes} min left` : `${Math.round(minutes / 60)} h left`;
  },
  perSecond: (size: string) => `${size}/s`,
  gone: 'The file is not where it was stored any more.',
  states: {
    in: {
      offered: 'offered to you',
      transferring: 'arriving',
      paused: 'paused',
      done: 'received',
      declined: 'declined',
      cancelled: 'cancelled',
      failed: 'failed',
    },
    out: {
      offered: 'offered, waiting for them to accept',
      transferring: 'being sent',
      paused: 'paused',
      done: 'sent',
      declined: 'declined',
      cancelled: 'cancelled',
      failed: 'failed',
    },
  } satisfies Record<'in' | 'out', Record<FileState, string>>,
} as const;
