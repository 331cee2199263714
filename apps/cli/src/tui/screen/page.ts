import type { Action } from '../state/action.js';
import type { TextField } from '../state/text-field.js';
import type { Line, Span } from './span.js';

/** What a person can move to, and what Enter does there. */
export interface Control {
  /** Unique on its page. */
  readonly id: string;
  readonly label: string;
  /** Of a field: Enter submits; without one it moves on. */
  readonly action?: Action;
}

/** What a page consists of, top to bottom; how wide it is, it does not know. */
export type Block =
  | { readonly kind: 'gap' }
  | { readonly kind: 'heading'; readonly text: string; readonly aside?: string }
  | { readonly kind: 'text'; readonly spans: readonly Span[]; readonly indent?: number }
  /** Rows that only make sense as they are, as of a QR code. */
  | { readonly kind: 'picture'; readonly lines: readonly Line[] }
  | {
      readonly kind: 'field';
      readonly control: Control;
      readonly value: TextField;
      readonly isSecret?: boolean;
      /** What it would hold, said in words while it is empty. */
      readonly hint?: string;
    }
  | { readonly kind: 'buttons'; readonly controls: readonly Control[]; readonly indent?: number }
  /** One of several, or a thing that is on or off. */
  | {
      readonly kind: 'choice';
      readonly control: Control;
      readonly isChosen: boolean;
      readonly isOneOfMany: boolean;
      readonly note?: string;
    }
  /** A line that leads somewhere. */
  | { readonly kind: 'row'; readonly control: Control; readonly aside?: readonly Span[] };

export interface Page {
  readonly title: string;
  readonly blocks: readonly Block[];
  /** What stands first comes and goes by itself: it has the focus only once it was moved to. */
  readonly startsUnfocused?: boolean;
}

/** The controls in the order of Tab, each with the row of controls it stands in. */
export function controlsOf(page: Page): readonly (readonly Control[])[] {
  return page.blocks.flatMap((block): (readonly Control[])[] => {
    if (block.kind === 'buttons') return [block.controls];
    if (block.kind === 'field' || block.kind === 'choice' || block.kind === 'row') {
      return [[block.control]];
    }
    return [];
  });
}

/** The field of that name, if that is one. */
export function fieldAt(page: Page, id: string | undefined): Control | undefined {
  const block = page.blocks.find((other) => other.kind === 'field' && other.control.id === id);
  return block?.kind === 'field' ? block.control : undefined;
}
