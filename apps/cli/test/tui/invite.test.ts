import { describe, expect, it } from 'vitest';
import { pageOf } from '../../src/tui/pages/page-of.js';
import { layOut } from '../../src/tui/screen/layout.js';
import { perform } from '../../src/tui/state/perform.js';
import { fieldWith } from '../../src/tui/state/text-field.js';
import { type State, withField } from '../../src/tui/state/state.js';
import { openState } from './open-state.js';

const INVITE = `gravyinvite1${'q'.repeat(300)}`;

/** What a mouse marks on the rows that the invite takes, line breaks included. */
function marked(state: State): string {
  const page = pageOf(state, 0);
  if (page === undefined) throw new Error('There is a page.');
  const { lines } = layOut(page, { columns: state.size.columns, focus: undefined });
  const rows = lines.map((line) => line.map(({ text }) => text).join(''));
  const first = rows.findIndex((row) => row.startsWith('gravyinvite1'));
  return rows.slice(first, rows.indexOf('', first)).join('\n');
}

describe('an invite', () => {
  it('is shown by itself, so that it can be marked and pasted as a whole', async () => {
    const server = openState({ section: { kind: 'server' } });
    const action = { kind: 'show-text', title: 'Invite', text: INVITE } as const;
    const { state } = perform(server, action);
    expect(marked(state).split('\n')).toHaveLength(4);

    const connecting = withField(
      openState({ section: { kind: 'connect' } }),
      'connect.url',
      fieldWith(marked(state).replaceAll('\n', ' \r\n ')),
    );
    const [task] = perform(connecting, { kind: 'connect' }).effects;
    if (task?.kind !== 'task') throw new Error('There is a task.');
    const calls: unknown[] = [];
    const call = async (...parts: unknown[]): Promise<unknown> => {
      calls.push(parts);
      return { contact: 'gravy1ben' };
    };
    await task.run({ call } as unknown as Parameters<typeof task.run>[0]);
    expect(calls).toEqual([['session.connect', { invite: INVITE }]]);
  });
});
