import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gravy, GravyProcess, temporaryHome } from './gravy-process.js';

let home = '';
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ home, remove } = await temporaryHome());
});
afterAll(() => remove());

describe('gravy gui', () => {
  it('serves the page, prints where, and another link when Enter is pressed', async () => {
    const program = new GravyProcess(['gui', '--no-open'], { home });
    const [, origin = ''] = await program.says(/Gravy is at (http:\/\/127\.0\.0\.1:\d+)\n/u);
    const [, first = ''] = await program.says(/#launch=(\S+)\n/u);
    const [, redirect = ''] = await program.says(/leads there:\n {2}(.+)\n/u);
    expect((await stat(redirect)).mode & 0o777).toBe(0o600);
    await program.says(/ssh -L \d+:127\.0\.0\.1:\d+/u);
    const page = await fetch(origin);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Gravy');
    program.child.stdin.write('\n');
    const [, second = ''] = await program.says(/Press Enter[^]*#launch=(\S+)\n/u);
    expect(second).not.toBe(first);
    program.child.kill('SIGINT');
    expect(await program.finished).toMatchObject({ code: 130, stderr: '' });
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
    await expect(stat(redirect)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says what to do when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await gravy(['gui', '--port', String(port)], { home });
    expect(code).toBe(1);
    expect(stderr).toContain('gravy gui --port 0');
    taken.close();
    await once(taken, 'close');
  });

  it('is wrong usage with a port that is none, or with --json', async () => {
    expect((await gravy(['gui', '--port', '70000'], { home })).code).toBe(2);
    expect((await gravy(['gui', '--json'], { home })).code).toBe(2);
  });
});
