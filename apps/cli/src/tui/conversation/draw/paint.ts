import type { Style } from '../../../terminal/style.js';

/** Where and how a conversation is drawn. */
export interface Paint {
  readonly width: number;
  readonly height: number;
  readonly style: Style;
  readonly nowMs: number;
  readonly isFocused: boolean;
}
