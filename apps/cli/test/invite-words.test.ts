import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { durationUpTo } from '../src/commands/duration.js';
import { inviteQr } from '../src/invite/invite-qr.js';
import { describeInvite, inviteState, isOnlyLocal } from '../src/invite/invite-words.js';
import { PLAIN } from '../src/terminal/style.js';
import { formatTable } from '../src/terminal/table.js';

describe('durationUpTo', () => {
  it.each([
    ['30s', 30_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ])('%s', (text, durationMs) => {
    expect(durationUpTo('30d')(text)).toBe(durationMs);
  });
  it.each(['', '0h', '24', 'h', '1w', '-1h', '1.5h', '31d', '9999999999d', ' 1h'])(
    'refuses %j',
    (text) => {
      expect(() => durationUpTo('30d')(text)).toThrow(InvalidArgumentError);
    },
  );
});

describe('an invite', () => {
  it('is said to lead to this machine only where it does', () => {
    expect(isOnlyLocal(['ws://127.0.0.1:8080', 'ws://[::1]:8080', 'ws://localhost'])).toBe(true);
    expect(isOnlyLocal(['ws://127.0.0.1:8080', 'ws://192.168.1.20:8080'])).toBe(false);
    expect(isOnlyLocal(['wss://localhost.example'])).toBe(false);
    const words = { expiresAt: 0, nowMs: 0 };
    expect(describeInvite({ ...words, urls: ['ws://127.0.0.1:1'] })).toHaveLength(3);
    expect(describeInvite({ ...words, urls: ['wss://a.example'] })).toHaveLength(2);
  });

  it('has its exact state, with whoever used it', () => {
    const invite = { id: 'i', createdAt: 0, expiresAt: 0, urls: [] };
    const names = new Map([['gravy1ben', 'Ben\u001b[2J']]);
    const state = (more: { state: 'open' | 'used' | 'revoked'; usedBy?: string }): string =>
      inviteState({ ...invite, ...more }, names);
    expect(state({ state: 'open' })).toBe('open');
    expect(state({ state: 'used', usedBy: 'gravy1ben' })).toBe('used by Ben<U+001B>[2J');
    expect(state({ state: 'revoked' })).toBe('revoked');
    expect(state({ state: 'revoked', usedBy: 'gravy1x' })).toBe('revoked, was used by gravy1x');
  });

  it('is drawn as a code only where all of it can be seen', async () => {
    const invite = `gravyinvite1${'q'.repeat(200)}`;
    const drawn = await inviteQr(invite, { columns: 80, rows: 40 }, PLAIN);
    expect(drawn.length).toBeGreaterThan(20);
    for (const screen of [{ columns: 80, rows: 24 }, { columns: 40, rows: 60 }, {}]) {
      const [line, ...rest] = await inviteQr(invite, screen, PLAIN);
      expect(line).toMatch(/needs a window of \d+ columns and \d+ rows/u);
      expect(rest).toEqual([]);
    }
  });
});

describe('formatTable', () => {
  const head = ['NAME', 'EMPTY', 'KEY', 'ADDRESS'];
  const rows = [['ben', '', 'verified', 'ws://192.168.1.20:8080']];
  it('leaves out empty columns, and on a narrow screen the last ones', () => {
    expect(formatTable(head, rows, PLAIN)).toEqual([
      'NAME  KEY       ADDRESS',
      'ben   verified  ws://192.168.1.20:8080',
    ]);
    expect(formatTable(head, rows, PLAIN, 38)).toHaveLength(2);
    expect(formatTable(head, rows, PLAIN, 37)).toEqual(['NAME  KEY', 'ben   verified']);
    expect(formatTable(head, rows, PLAIN, 2)).toEqual(['NAME', 'ben']);
  });
});
