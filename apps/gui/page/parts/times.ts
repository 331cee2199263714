import { WORDS } from '../words.js';

const DAY_MS = 86_400_000;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dateOfYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function clockTime(at: number): string {
  return clock.format(at);
}

export function wholeTime(at: number): string {
  return whole.format(at);
}

/** With the date only if it was not today. */
export function shortTime(at: number): string {
  return dayOf(at) === dayOf(Date.now()) ? clock.format(at) : short.format(at);
}

/** A number that all moments of one local day share. */
export function dayOf(at: number): number {
  const day = new Date(at);
  return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / DAY_MS;
}

export function dayName(at: number): string {
  const ago = dayOf(Date.now()) - dayOf(at);
  if (ago === 0) return WORDS.conversation.today;
  if (ago === 1) return WORDS.conversation.yesterday;
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return (isThisYear ? date : dateOfYear).format(at);
}
