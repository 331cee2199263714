import type { FileInfo } from '@gravy/messenger';

/** What a person can do about a file; accepting one that waits goes on with it. */
export type FileDeed = 'accept' | 'decline' | 'cancel';

/** Which deeds a file allows now. */
export function deedsFor({ direction, state }: FileInfo): readonly FileDeed[] {
  switch (state) {
    case 'offered':
      return direction === 'in' ? ['accept', 'decline'] : ['cancel'];
    case 'transferring':
      return ['cancel'];
    case 'paused':
      return direction === 'in' ? ['accept', 'cancel'] : ['cancel'];
    case 'done':
    case 'declined':
    case 'cancelled':
    case 'failed':
      return [];
    default:
      return state satisfies never;
  }
}

/** What a button for it says. */
export function wordFor(deed: FileDeed, { state }: FileInfo): string {
  switch (deed) {
    case 'accept':
      return state === 'paused' ? 'Go on' : 'Accept';
    case 'decline':
      return 'Decline';
    case 'cancel':
      return 'Cancel';
    default:
      return deed satisfies never;
  }
}
