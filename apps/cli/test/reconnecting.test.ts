import { describe, expect, it } from 'vitest';
import { Reconnecting } from '../src/chat/reconnecting.js';
import { LineScreen } from '../src/chat/line-screen.js';
import { Voice } from '../src/chat/voice.js';
import { PLAIN } from '../src/terminal/style.js';
import { fakeTerminal } from './screen-model.js';

const contact = 'gravy1ada';

function bench(): { reconnecting: Reconnecting; voice: Voice; rows: () => string[] } {
  const { terminal, model } = fakeTerminal(100);
  const voice = new Voice(new LineScreen(terminal, () => undefined), PLAIN);
  return { reconnecting: new Reconnecting(voice), voice, rows: () => model.rows };
}
const inSeconds = (seconds: number): number => Date.now() + seconds * 1000 - 200;

describe('Reconnecting', () => {
  it('says when, and renews its line as long as nothing came after it', () => {
    const { reconnecting, voice, rows } = bench();
    const failure = { code: 'unreachable', message: 'Nobody answers.' };
    reconnecting.retrying({ contact, attempt: 2, at: inSeconds(2), ...failure }, 'ada');
    expect(rows()).toEqual(['-- Connecting to ada again in 2 s. Nobody answers.']);
    reconnecting.retrying({ contact, attempt: 3, at: inSeconds(4), ...failure }, 'ada');
    expect(rows()).toEqual([
      '-- Connecting to ada again in 4 s. Nobody answers. If they host elsewhere now, ask them for the new',
      '   URL.',
    ]);
    voice.notice('ben connected.');
    reconnecting.retrying({ contact, attempt: 4, at: inSeconds(8), ...failure }, 'ada');
    expect(rows()).toHaveLength(5);
    expect(reconnecting.has(contact)).toBe(true);
    reconnecting.over(contact);
    expect(reconnecting.has(contact)).toBe(false);
  });

  it('has no reason to give for the first attempt', () => {
    const { reconnecting, rows } = bench();
    reconnecting.retrying({ contact, attempt: 1, at: inSeconds(8) }, 'ada');
    expect(rows()).toEqual(['-- Connecting to ada again in 8 s.']);
  });

  it('does not blame the address for what is not its fault', () => {
    const { reconnecting, rows } = bench();
    const failure = { code: 'io_error', message: 'The disk failed.' };
    reconnecting.retrying({ contact, attempt: 9, at: inSeconds(0), ...failure }, 'ada');
    expect(rows()).toEqual(['-- Connecting to ada again now. The disk failed.']);
  });
});
