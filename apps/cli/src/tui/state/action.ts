import type { FileInfo } from '@gravy/messenger';
import { deedsFor, type FileDeed } from '../../file/file-deeds.js';

/** Something a control does. What it needs beyond this it finds in the state. */
export type Action =
  | { readonly kind: 'show-create' | 'show-log-in' | 'create-account' | 'log-in' | 'log-out' }
  | { readonly kind: 'join'; readonly name: string }
  | { readonly kind: 'choose-account'; readonly name: string }
  | { readonly kind: 'copy'; readonly text: string; readonly place: string }
  | { readonly kind: 'show-text' | 'show-qr'; readonly title: string; readonly text: string }
  | { readonly kind: 'show'; readonly section: Section }
  | { readonly kind: 'unfold'; readonly contact: string }
  | { readonly kind: 'show-add-contact' | 'add-contact' }
  | { readonly kind: 'verify'; readonly contact: string }
  | { readonly kind: 'set-verified'; readonly contact: string; readonly isVerified: boolean }
  | { readonly kind: 'ask-delete-history' | 'ask-remove-contact'; readonly contact: string }
  | { readonly kind: 'delete-history' | 'remove-contact'; readonly contact: string }
  | { readonly kind: 'accept-request'; readonly id: string }
  | { readonly kind: 'decline-request' | 'block-request'; readonly id: string }
  | { readonly kind: 'choose'; readonly name: string; readonly value: string }
  | { readonly kind: 'toggle'; readonly name: string }
  | { readonly kind: 'start-server' | 'stop-server' | 'create-invite' | 'install-cloudflared' }
  | { readonly kind: 'kick'; readonly session: string }
  | { readonly kind: 'fill-contact'; readonly contact: string }
  | { readonly kind: 'connect' }
  | { readonly kind: 'search' | 'search-more' }
  | { readonly kind: FileAction; readonly id: string; readonly contact: string }
  | { readonly kind: 'close' | 'dismiss-advice' };

export type FileAction = `${FileDeed}-file`;

/** What the right side shows. */
export type Section =
  | { readonly kind: 'dashboard' | 'server' | 'connect' | 'search' | 'files' }
  | {
      readonly kind: 'conversation';
      readonly contact: string;
      /** Where to begin to read; without it, at the end. */
      readonly message?: string;
    };

/** Which actions a file offers now. */
export function fileActions(file: FileInfo): readonly FileAction[] {
  return deedsFor(file).map((deed) => `${deed}-file` as const);
}
