import type { AccountInfo, Contact, ResultOf } from '@gravy/messenger';
import type { Action, Section } from './action.js';
import { type Data, NO_DATA } from './data.js';
import { EMPTY_FIELD, type TextField } from './text-field.js';

/**
 * Everything the screen shows follows from this.
 *
 *     start --log in, create--> open --log out, account closed--> start
 */
export interface State {
  readonly size: Size;
  readonly stage: Stage;
  readonly focus: Focus;
  /** Over the page, until it is closed. */
  readonly overlay: Overlay | undefined;
  /** Where the focus was before, on the page below. */
  readonly focusBelow: string | undefined;
  /** How far the page is scrolled; undefined follows what has the focus. */
  readonly scroll: number | undefined;
  /** What is being typed, by field; and what is chosen, by name. */
  readonly fields: Readonly<Record<string, TextField>>;
  readonly choices: Readonly<Record<string, string>>;
  /** What happened, where its cause is; it stays until it is no longer true. */
  readonly notices: Readonly<Record<string, Notice>>;
  /** What ends, or is lost, with the program: said at the first Ctrl-C, and the second quits. */
  readonly quitQuestion: string | undefined;
  /** What is going on for longer than a moment, by place. */
  readonly waiting: Readonly<Record<string, string>>;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Notice {
  readonly kind: 'good' | 'bad';
  readonly text: string;
}

export interface Focus {
  readonly area: 'sidebar' | 'page';
  /** On the page; undefined is the first one. */
  readonly control: string | undefined;
}

type Stage =
  | {
      readonly kind: 'start';
      /** Undefined until they are read. */
      readonly accounts: readonly AccountInfo[] | undefined;
      /**
       * `join`: another process has the chosen account open. `given`: the password came with the command,
       * so that there is nothing to type.
       */
      readonly form: 'log-in' | 'create' | 'join' | 'given';
      readonly chosen: string | undefined;
      /** Keys lead nowhere meanwhile: what is meant for a password must not reach what comes after it. */
      readonly isOpening: boolean;
    }
  | {
      readonly kind: 'open';
      readonly account: AccountInfo;
      /** Another process of the same user has it open, and this one works through it. */
      readonly isElsewhere: boolean;
      readonly section: Section;
      readonly data: Data;
      /** The contact whose actions the dashboard shows. */
      readonly unfolded: string | undefined;
      readonly isAddingContact: boolean;
      readonly invite: ResultOf<'invite.create'> | undefined;
      readonly found: Found | undefined;
      /** Said after creating, until it is dismissed: what a forgotten password means, and how to back up. */
      readonly advice: readonly string[];
    };

export type StartStage = Extract<Stage, { kind: 'start' }>;
export type OpenStage = Extract<Stage, { kind: 'open' }>;

export interface Found {
  readonly query: string;
  readonly matches: ResultOf<'message.search'>['matches'];
  readonly total: number;
}

export type Overlay =
  | { readonly kind: 'help' }
  | { readonly kind: 'qr'; readonly title: string; readonly rows: readonly string[] | undefined }
  /** A long text without spaces, by itself. */
  | { readonly kind: 'text'; readonly title: string; readonly text: string }
  | {
      readonly kind: 'safety-number';
      readonly contact: string;
      readonly number: string;
    }
  | {
      readonly kind: 'question';
      readonly title: string;
      readonly text: string;
      readonly yes: string;
      readonly action: Action;
    };

export const START: StartStage = {
  kind: 'start',
  accounts: undefined,
  form: 'log-in',
  chosen: undefined,
  isOpening: false,
};

export function initialState(size: Size): State {
  return {
    size,
    stage: START,
    focus: { area: 'page', control: undefined },
    overlay: undefined,
    focusBelow: undefined,
    scroll: undefined,
    fields: {},
    choices: {},
    notices: {},
    waiting: {},
    quitQuestion: undefined,
  };
}

export function openStage(
  account: AccountInfo,
  options: { isElsewhere: boolean; advice?: readonly string[] },
): OpenStage {
  return {
    kind: 'open',
    account,
    isElsewhere: options.isElsewhere,
    section: { kind: 'dashboard' },
    data: NO_DATA,
    unfolded: undefined,
    isAddingContact: false,
    invite: undefined,
    found: undefined,
    advice: options.advice ?? [],
  };
}

/** Whose conversation is shown; also undefined while that contact is not loaded yet. */
export function shownContact({ section, data }: OpenStage): Contact | undefined {
  if (section.kind !== 'conversation') return undefined;
  return data.contacts.find(({ id }) => id === section.contact);
}

export const fieldOf = (state: State, id: string): TextField => state.fields[id] ?? EMPTY_FIELD;
export const textOf = (state: State, id: string): string => fieldOf(state, id).text;

export function withField(state: State, id: string, field: TextField): State {
  return { ...state, fields: { ...state.fields, [id]: field } };
}

/** What was typed is forgotten: a password stays in memory no longer than it is needed. */
export function withoutFields(state: State, ...ids: readonly string[]): State {
  const kept = Object.entries(state.fields).filter(([id]) => !ids.includes(id));
  return { ...state, fields: Object.fromEntries(kept) };
}

export function withNotice(state: State, place: string, notice: Notice | undefined): State {
  const others = Object.entries(state.notices).filter(([other]) => other !== place);
  return {
    ...state,
    notices: Object.fromEntries(notice === undefined ? others : [...others, [place, notice]]),
  };
}

export function withStart(state: State, change: Partial<StartStage>): State {
  if (state.stage.kind !== 'start') return state;
  return { ...state, stage: { ...state.stage, ...change } };
}

export function withOpen(state: State, change: Partial<OpenStage>): State {
  if (state.stage.kind !== 'open') return state;
  return { ...state, stage: { ...state.stage, ...change } };
}

export function withData(state: State, change: (data: Data) => Data): State {
  if (state.stage.kind !== 'open') return state;
  return withOpen(state, { data: change(state.stage.data) });
}

/** To the top of another page, with its first control in focus. */
export function withFocus(state: State, focus: Partial<Focus>): State {
  return { ...state, focus: { ...state.focus, ...focus }, scroll: undefined };
}

export function withOverlay(state: State, overlay: Overlay): State {
  const focusBelow = state.overlay === undefined ? state.focus.control : state.focusBelow;
  return { ...withFocus(state, { control: undefined }), overlay, focusBelow };
}

export function withoutOverlay(state: State): State {
  if (state.overlay === undefined) return state;
  const closed = withFocus(state, { control: state.focusBelow });
  return { ...closed, overlay: undefined, focusBelow: undefined };
}
