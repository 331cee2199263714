import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MoveWatch } from '../../src/core/addresses/move-watch.js';
import { CoreParts, turns } from '../core-parts.js';

describe('an account that comes to host elsewhere', () => {
  let parts: CoreParts;
  let online: Set<string>;
  let dialled: string[];
  let visited: string[];
  let canDial: Set<string>;
  let hosts: string[];
  let moves: MoveWatch;

  const newWatch = (): MoveWatch =>
    new MoveWatch({
      plan: {
        isOnline: (contact) => online.has(contact),
        dial: (contact) => {
          dialled.push(contact);
          return canDial.has(contact);
        },
        hosts: () => hosts,
        visit: (contact) => {
          visited.push(contact);
          return contact === 'away' ? Promise.reject(new Error('away')) : Promise.resolve();
        },
      },
      settings: parts.store.settings,
      events: parts.events,
      ownId: 'gravy1own',
    });
  const stranded = (): unknown[] => parts.eventsOf('contact.stranded');

  beforeEach(async () => {
    parts = await CoreParts.open();
    [online, canDial] = [new Set(), new Set()];
    [dialled, visited, hosts] = [[], [], []];
    moves = newWatch();
    moves.movedTo('wss://first.example');
    await turns();
  });
  afterEach(() => parts.end());

  it('dials the guests it can, and says what to send to the others', () => {
    for (const guest of ['ben', 'carol', 'dave']) moves.sessionOpened(guest, 'host');
    moves.sessionOpened('erin', 'guest'); // whom this account went to: she knows nothing of its address
    online.add('dave');
    canDial.add('ben');
    moves.movedTo('wss://second.example');
    expect(dialled).toEqual(['ben', 'carol']);
    const line = 'gravy connect wss://second.example gravy1own';
    expect(stranded()).toEqual([{ contact: 'carol', url: 'wss://second.example', line }]);
  });

  it('says it of one who could be dialled and does not answer, and of nobody else', () => {
    moves.sessionOpened('ben', 'host');
    canDial.add('ben');
    moves.movedTo('wss://second.example');
    moves.unreachable('erin');
    expect(stranded()).toEqual([]);
    moves.unreachable('ben');
    expect(stranded()).toMatchObject([{ contact: 'ben' }]);
    moves.sessionOpened('ben', 'guest');
    moves.unreachable('ben');
    expect(stranded()).toHaveLength(1);
  });

  it('does nothing if it hosts where it did, also after a restart', async () => {
    moves.sessionOpened('ben', 'host');
    moves.movedTo('wss://first.example');
    hosts = ['carol'];
    newWatch().movedTo('wss://first.example');
    await turns();
    expect([dialled, visited, stranded()]).toEqual([[], [], []]);
  });

  it('visits contacts who host, one after the other, so that they hear of it after a restart too', async () => {
    hosts = ['away', 'online', 'frank'];
    online.add('online');
    newWatch().movedTo('wss://second.example');
    await turns();
    expect(visited).toEqual(['away', 'frank']);
  });

  it('forgets who is no contact any more', () => {
    moves.sessionOpened('ben', 'host');
    moves.forget('ben');
    moves.movedTo('wss://second.example');
    expect(dialled).toEqual([]);
  });
});
