import { describe, expect, it } from 'vitest';
import { keyLine } from '../../src/tui/pages/key-line.js';
import { pageOf } from '../../src/tui/pages/page-of.js';
import { focusedControl } from '../../src/tui/screen/move.js';
import { quit, stay } from '../../src/tui/state/quit.js';
import { initialState, withFocus } from '../../src/tui/state/state.js';
import { takeData } from '../../src/tui/state/take-data.js';
import { BEN, ENTER, offerOf, openState, pressed, text } from './open-state.js';

describe('Ctrl-C', () => {
  const session = {
    id: 's',
    contact: BEN.id,
    role: 'host',
    openedAt: 0,
    remote: '',
    tunnel: false,
  } as const;
  const sessions = [session, { ...session, id: 't' }];
  const files = [{ ...offerOf('one'), state: 'transferring' } as const, offerOf('two')];

  it('quits at once when nothing ends with it', () => {
    expect(quit(openState(), 0).effects).toEqual([{ kind: 'quit' }]);
    expect(quit(initialState({ columns: 80, rows: 24 }), 0).effects).toEqual([{ kind: 'quit' }]);
  });

  it('says what ends, and quits at the second time', () => {
    const asked = quit(openState({}, { sessions, files }), 1);
    expect(asked.effects).toEqual([]);
    expect(asked.state.quitQuestion).toBe(
      'Ctrl-C again to quit: 2 sessions will end, 1 transfer will stop, 1 draft will be lost.',
    );
    const line = keyLine(asked.state).map((part) => part.text);
    expect(line.join('')).toContain('Ctrl-C again to quit: 2 sessions will end');
    expect(quit(asked.state, 1).effects).toEqual([{ kind: 'quit' }]);
    expect(quit(stay(asked.state).state, 1).effects).toEqual([]);
  });

  it('ends nothing of an account that another process has open', () => {
    const elsewhere = openState({ isElsewhere: true }, { sessions, files });
    expect(quit(elsewhere, 0).effects).toEqual([{ kind: 'quit' }]);
  });
});

describe('a conversation whose contact is removed elsewhere', () => {
  const open = openState({ section: { kind: 'conversation', contact: BEN.id } });

  it('gives way to the Dashboard, which says so and takes no key of the message', () => {
    const { state } = takeData(open, { contacts: [] });
    expect(state.stage).toMatchObject({ section: { kind: 'dashboard' } });
    expect(state.notices['removed']?.text).toContain('Ben was removed');
    const page = pageOf(state, 0);
    expect(page && focusedControl(page, state.focus.control)).toBeUndefined();
    const typed = pressed(state, text('n'), text(' '), ENTER);
    expect(typed.effects).toEqual([]);
    expect(typed.state).toEqual(state);
  });

  it('leaves whoever is in the sidebar there', () => {
    const { state } = takeData(withFocus(open, { area: 'sidebar' }), { contacts: [] });
    expect(state.focus.area).toBe('sidebar');
  });

  it('is kept while its contact is new, and can be left before it is loaded', () => {
    const early = openState(
      { section: { kind: 'conversation', contact: 'gravy1new' } },
      { contacts: [] },
    );
    const { state } = takeData(early, { contacts: [BEN] });
    expect(state.stage).toMatchObject({ section: { kind: 'conversation' } });
    expect(pressed(state, { kind: 'escape' }).state.focus.area).toBe('sidebar');
  });
});
