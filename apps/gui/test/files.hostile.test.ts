import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Parcels } from '../src/server/parcels.js';
import { rawRequest, requestLines } from './raw-request.js';
import { servePage, type ServedPage } from './served-page.js';

async function bring(
  page: ServedPage,
  name: string,
  body: string,
  token = page.token(),
): Promise<Response> {
  return fetch(`${page.origin}/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { Origin: page.origin, Authorization: `Bearer ${token}` },
    body,
  });
}

describe('files brought by the page', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..', 'file'],
    ['', 'file'],
    ['.bashrc', 'bashrc'],
    ['-rf', 'rf'],
    ['a/b\\c\u0000d\u202ee', 'a_b_c_d_e'],
    ['ä'.repeat(100), 'ä'.repeat(60)],
    [`x${'😀'.repeat(100)}`, `x${'😀'.repeat(29)}`],
    [`${'😀'.repeat(100)}.tar.pdf`, `${'😀'.repeat(29)}.pdf`],
    [`x.${'y'.repeat(200)}`, `x.${'y'.repeat(118)}`],
  ])('are called %j and stored as %j, for their owner alone', async (given, stored) => {
    const page = await servePage();
    const { path } = (await (await bring(page, given, 'content')).json()) as { path: string };
    expect(path.startsWith(join(page.home, 'parcels'))).toBe(true);
    expect(path.slice(dirname(path).length + 1)).toBe(stored);
    expect(await readFile(path, 'utf8')).toBe('content');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
  });

  it('may be empty', async () => {
    const page = await servePage();
    const { path } = (await (await bring(page, 'empty', '')).json()) as { path: string };
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('leave nothing when they break off', async () => {
    const page = await servePage();
    const lines = requestLines(
      page.port,
      { method: 'POST', path: '/files?name=half' },
      { Origin: page.origin, Authorization: `Bearer ${page.token()}`, 'Content-Length': '1000' },
    );
    await rawRequest(page.port, lines, 'not a thousand bytes');
    await expect.poll(() => readdir(join(page.home, 'parcels'))).toEqual([]);
  });

  it('need a token, and an open page', async () => {
    const page = await servePage();
    expect((await bring(page, 'x', 'x', 'wrong')).status).toBe(401);
    await page.gravy.call('account.create', { name: 'ada', password: 'a password' });
    const token = page.token();
    await page.post('/session/lock', { token });
    expect((await bring(page, 'x', 'x', token)).status).toBe(403);
    for (const path of ['/files/x?contact=y', '/parcels/x']) {
      const headers = { Authorization: `Bearer ${token}` };
      expect((await fetch(`${page.origin}${path}`, { headers })).status).toBe(403);
      expect((await fetch(`${page.origin}${path}`)).status).toBe(401);
    }
  });

  it('are all that can be discarded', async () => {
    const page = await servePage();
    const token = page.token();
    const kept = join(page.home, 'kept', 'file');
    await mkdir(dirname(kept));
    await writeFile(kept, 'x');
    const { path } = (await (await bring(page, 'x', 'x', token)).json()) as { path: string };
    const discard = async (target: string): Promise<void> => {
      await fetch(`${page.origin}/files?path=${encodeURIComponent(target)}`, {
        method: 'DELETE',
        headers: { Origin: page.origin, Authorization: `Bearer ${token}` },
      });
    };
    await discard(kept);
    await discard(join(page.home, 'parcels', 'x', '..', '..', 'kept', 'file'));
    await discard(join(page.home, 'parcels', 'file'));
    await discard(`${page.home}/parcels/../kept`);
    await discard(`${page.home}/parcels/x/../../kept/file`);
    expect(await readFile(kept, 'utf8')).toBe('x');
    await discard(path);
    expect(await readdir(join(page.home, 'parcels'))).toEqual([]);
  });
});

describe('files fetched by the page', () => {
  it('are attachments that nothing runs in, once, and known by nothing but a random id', async () => {
    const page = await servePage();
    const token = page.token();
    const name = `export ${'😀'.repeat(40)}.html`;
    const response = await page.post('/parcels', { token, body: { name } });
    const { id, path } = (await response.json()) as { id: string; path: string };
    await writeFile(path, '<script>1</script>');
    const fetchIt = (): Promise<Response> =>
      fetch(`${page.origin}/parcels/${id}`, { headers: { Authorization: `Bearer ${token}` } });
    const fetched = await fetchIt();
    expect(await fetched.text()).toBe('<script>1</script>');
    expect(Object.fromEntries(fetched.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''export%20${'%F0%9F%98%80'.repeat(27)}.html`,
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect((await fetchIt()).status).toBe(404);
    await expect.poll(() => readdir(join(page.home, 'parcels'))).toEqual([]);
  });

  it('are given whole when they cannot be removed afterwards', async () => {
    let attempts = 0;
    class StickyParcels extends Parcels {
      override discard(): Promise<void> {
        attempts += 1;
        return Promise.reject(new Error('EBUSY'));
      }
    }
    const page = await servePage((home) => new StickyParcels(home));
    const token = page.token();
    const response = await page.post('/parcels', { token, body: { name: 'x' } });
    const { id, path } = (await response.json()) as { id: string; path: string };
    await writeFile(path, 'whole');
    const headers = { Authorization: `Bearer ${token}` };
    expect(await (await fetch(`${page.origin}/parcels/${id}`, { headers })).text()).toBe('whole');
    // A rejection that nobody caught fails this run, as it would end the process.
    await expect.poll(() => attempts).toBe(1);
  });
});
