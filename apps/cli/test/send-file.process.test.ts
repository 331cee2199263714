import { writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Gravy, openGravy } from '@gravy/messenger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gravy, gravyAlone, temporaryHome } from './gravy-process.js';

const PASSWORD = 'correct horse battery staple';

describe('gravy send --file', { timeout: 60_000 }, () => {
  let ada: { home: string; remove: () => Promise<void> };
  let bens: { home: string; remove: () => Promise<void> };
  let ben: Gravy;
  let adasId: string;
  let path: string;

  beforeEach(async () => {
    [ada, bens] = [await temporaryHome(), await temporaryHome()];
    ben = await openGravy({ home: bens.home });
    const { id } = await ben.call('account.create', { name: 'ben', password: PASSWORD });
    const { url } = await ben.call('host.start', { port: 0 });
    const options = { home: ada.home, password: PASSWORD };
    await gravy(['account', 'create', 'ada'], options);
    await gravy(['contact', 'add', 'ben', id, '--url', url], options);
    const shown = await gravy(['account', 'show', '--json'], options);
    adasId = (JSON.parse(shown.stdout) as { id: string }).id;
    await ben.call('contact.add', { id: adasId, name: 'ada' });
    path = join(ada.home, 'film.mov');
    writeFileSync(path, new Uint8Array(3_000_000));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await ben.close();
    await Promise.all([ada.remove(), bens.remove()]);
  });

  it('waits for the other side to accept for longer than for anything else', async () => {
    // The 30 seconds of the default pass sooner.
    const { setTimeout } = globalThis;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
      act: () => void,
      ms: number,
      ...rest: []
    ) => setTimeout(act, ms === 30_000 ? 3_000 : ms, ...rest)) as typeof setTimeout);
    const stop = ben.onEvent((event) => {
      if (event.method !== 'file.offered') return;
      const { id } = event.params.file;
      void wait(5_000).then(() => ben.call('file.accept', { id }));
    });
    const sent = await gravy(['send', 'ben', '--file', path], {
      home: ada.home,
      password: PASSWORD,
    });
    stop();
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toContain('Delivered to ben');
  });

  it('waits while the other side brings the whole to its disk, also with a limit', async () => {
    await ben.call('settings.set', { autoAccept: { [adasId]: 10_000_000 } });
    const probe = await open(path);
    const handles = Object.getPrototypeOf(probe) as FileHandle;
    await probe.close();
    vi.spyOn(handles, 'sync').mockImplementation(() => wait(3_000));
    const sent = await gravyAlone(['send', 'ben', '--file', path, '--timeout', '2s'], {
      home: ada.home,
      password: PASSWORD,
    });
    expect(sent).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends when the other side ends the session, with the offer kept', async () => {
    ben.onEvent((event) => {
      if (event.method !== 'file.offered') return;
      void ben.call('session.list', {}).then(([session]) => {
        if (session !== undefined) void ben.call('session.close', { session: session.id });
      });
    });
    const sent = await gravyAlone(['send', 'ben', '--file', path], {
      home: ada.home,
      password: PASSWORD,
    });
    expect(sent.code).toBe(5);
    expect(sent.stderr).toContain('The session with ben has ended. The offer is kept');
  });
});
