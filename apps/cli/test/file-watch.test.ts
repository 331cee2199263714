import type { GravyClient, GravyEvent } from '@gravy/messenger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileEnd, FileWatch } from '../src/file/file-watch.js';

const TIMEOUT_MS = 30_000;
const LONG_MS = 86_400_000;
const SIZE = 1_000;

describe('following a file', () => {
  let tell: (event: GravyEvent) => void;
  let sessions: { contact: string }[];
  let end: FileEnd | undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    [sessions, end] = [[{ contact: 'gravy1ben' }], undefined];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const follow = (isLimited: boolean): void => {
    const gravy = {
      onEvent: (listener: typeof tell) => {
        tell = listener;
        return () => undefined;
      },
      call: async () => sessions,
    } as unknown as GravyClient;
    const options = { contact: 'gravy1ben', timeoutMs: TIMEOUT_MS, isLimited };
    const watch = new FileWatch(gravy, { ...options, onProgress: () => undefined });
    void watch.outcome().then((outcome) => (end = outcome));
    watch.follow('file');
  };
  const delivered = (): void =>
    tell({
      method: 'message.state',
      params: { id: 'file', contact: 'gravy1ben', state: 'delivered' },
    });
  const progress = (bytes: number): void =>
    tell({
      method: 'file.progress',
      params: { id: 'file', bytes, size: SIZE, bytesPerSecond: 1 },
    });
  const closed = (role: 'guest' | 'host', willReconnect: boolean): void =>
    tell({
      method: 'session.closed',
      params: { session: 's', contact: 'gravy1ben', role, reason: 'lost', willReconnect },
    });
  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

  it.each([true, false])(
    'ends when the offer is not delivered in time, limited: %s',
    async (is) => {
      follow(is);
      await pass(TIMEOUT_MS);
      expect(end).toEqual({ kind: 'silence', hasBegun: false });
    },
  );

  it('has no limit once it is delivered, unless there is to be one', async () => {
    follow(false);
    delivered();
    await pass(LONG_MS);
    progress(1);
    await pass(LONG_MS);
    expect(end).toBeUndefined();
    follow(true);
    delivered();
    progress(1);
    await pass(TIMEOUT_MS - 1);
    expect(end).toBeUndefined();
    await pass(1);
    expect(end).toEqual({ kind: 'silence', hasBegun: true });
  });

  it('does not count the time in which the whole is checked, while there is a session', async () => {
    follow(true);
    progress(SIZE - 1);
    await pass(LONG_MS);
    expect(end).toBeUndefined();
    closed('guest', true);
    await pass(TIMEOUT_MS);
    expect(end).toEqual({ kind: 'silence', hasBegun: true });
  });

  it('ends with the last session, if nobody here will bring another one about', async () => {
    follow(false);
    delivered();
    closed('guest', false); // a newer one has taken its place
    await pass(0);
    sessions = [];
    closed('guest', true);
    closed('host', false);
    await pass(LONG_MS);
    expect(end).toBeUndefined();
    closed('guest', false);
    await pass(0);
    expect(end).toEqual({ kind: 'apart' });
  });

  it('ends with the account, and where connecting again is given up', async () => {
    follow(false);
    tell({ method: 'account.closed', params: { name: 'ada', reason: 'owner_ended' } });
    await pass(0);
    expect(end).toEqual({ kind: 'account closed' });
    follow(false);
    tell({ method: 'session.gaveUp', params: { contact: 'gravy1ben', code: 'c', message: 'm' } });
    await pass(0);
    expect(end).toEqual({ kind: 'apart' });
  });
});
