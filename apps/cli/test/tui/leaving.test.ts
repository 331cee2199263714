import { describe, expect, it } from 'vitest';
import { pageOf } from '../../src/tui/pages/page-of.js';
import { focusedControl } from '../../src/tui/state/move.js';
import { withFocus } from '../../src/tui/state/state.js';
import { takeData } from '../../src/tui/state/take-data.js';
import { BEN, ENTER, openState, pressed, text } from './open-state.js';

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
