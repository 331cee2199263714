import { afterEach, describe, expect, it, vi } from 'vitest';
import { bringFile, discardBrought, fetchFile, saveWritten } from '../gravy/file-transport.js';
import { shareSession } from '../gravy/page-session.js';

function fakeBrowser(): { readonly requests: readonly string[] } {
  const requests: string[] = [];
  vi.stubGlobal('sessionStorage', { getItem: () => '{"token":"a token","serverKey":"a key"}' });
  vi.stubGlobal('fetch', (path: string, { headers }: { headers: Record<string, string> }) => {
    requests.push(`${path} ${headers['Authorization']}`);
    return Promise.resolve(Response.json({ path: '/parcels/x', code: 'a code' }));
  });
  return { requests };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('what passes over HTTP', () => {
  it.each([
    ['a file that is brought', bringFile],
    ['what is discarded', (link: { isOpen: boolean }) => discardBrought(link, '/parcels/x')],
    ['a file that is fetched', (link: { isOpen: boolean }) => fetchFile(link, 'id', 'contact')],
    [
      'what is written',
      (link: { isOpen: boolean }) => saveWritten(link, 'x', () => Promise.resolve()),
    ],
    ['a code for one more window', shareSession],
  ])('goes to nobody while it is not known who listens: %s', async (_what, pass) => {
    const { requests } = fakeBrowser();
    await expect(pass({ isOpen: false }, new File(['secret'], 'x'))).rejects.toMatchObject({
      code: 'connection_closed',
    });
    expect(requests).toEqual([]);
  });

  it('carries the token once the process has proved itself', async () => {
    const { requests } = fakeBrowser();
    expect(await bringFile({ isOpen: true }, new File(['x'], 'a b'))).toBe('/parcels/x');
    expect(await shareSession({ isOpen: true })).toBe('a code');
    expect(requests).toEqual(['/files?name=a%20b Bearer a token', '/session/share Bearer a token']);
  });
});
