import type { GravyClient } from '@gravy/messenger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Page } from '../gravy/page.js';

const ADA = { id: 'gravy1ada', name: 'ada' };
const RESULTS: Readonly<Record<string, unknown>> = {
  'account.show': ADA,
  'account.unlock': ADA,
  'account.list': [ADA],
};

/** A page that shows an account, over a program that does not think it locked. */
async function openPage(): Promise<{ page: Page; client: GravyClient }> {
  const client = {
    call: (method: string) => Promise.resolve(RESULTS[method] ?? []),
    onEvent: () => () => undefined,
  } as unknown as GravyClient;
  const page = new Page();
  page.link.state.set({ kind: 'open', client });
  await page.mirror.follow(client);
  expect(page.mirror.snapshot.get().account.kind).toBe('open');
  return { page, client };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('sessionStorage', { getItem: () => null });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('locking the page', () => {
  it('hides the account at once, and asks until the program has locked it too', async () => {
    const { page } = await openPage();
    const answers = [
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => Promise.resolve(new Response(null, { status: 500 })),
      () => Promise.resolve(new Response('{}')),
    ];
    let asked = 0;
    vi.stubGlobal('fetch', () => answers[asked++]?.());
    const locking = page.lock();
    expect(page.mirror.snapshot.get().account).toEqual({ kind: 'closed', accounts: [ADA] });
    await locking;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(3);
  });

  it('hides it from whoever comes while the program is gone, and when it is back', async () => {
    const { page, client } = await openPage();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    page.link.state.set({ kind: 'waiting', retryAt: 0, reason: 'lost' });
    await page.lock();
    await page.mirror.follow(client);
    expect(page.mirror.snapshot.get().account.kind).toBe('closed');
  });

  it('ends when the password is typed', async () => {
    const { page } = await openPage();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await page.lock();
    await page.call('account.unlock', { name: 'ada', password: 'x' });
    await page.mirror.readAccount();
    expect(page.mirror.snapshot.get().account.kind).toBe('open');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.mirror.snapshot.get().account.kind).toBe('open');
  });
});
