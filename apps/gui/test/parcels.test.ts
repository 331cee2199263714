import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FileInfo, FileState, GravyClient } from '@gravy/messenger';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parcelClient } from '../src/server/parcel-client.js';
import { Parcels } from '../src/server/parcels.js';
import { FORGOTTEN_MS, removeFinished, removeForgotten } from '../src/server/tidy-parcels.js';
import { openRpc, servePage } from './served-page.js';

const ADA = { id: 'gravy1ada', name: 'ada' };

interface Fake {
  readonly home: string;
  readonly parcels: Parcels;
  readonly gravy: GravyClient;
  readonly files: Pick<FileInfo, 'id' | 'direction' | 'state' | 'path'>[];
  readonly bring: (name: string) => Promise<string>;
  readonly left: () => Promise<readonly string[]>;
}

async function fake(): Promise<Fake> {
  const home = await mkdtemp(join(tmpdir(), 'gravy-gui-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const parcels = new Parcels(home);
  const files: Fake['files'] = [];
  const results: Readonly<Record<string, (params: { path: string }) => unknown>> = {
    'account.list': () => [ADA],
    'account.show': () => ADA,
    'contact.list': () => [{ id: 'gravy1ben' }],
    'file.list': () => files,
    'file.send': ({ path }) => {
      const id = `file ${files.length}`;
      files.push({ id, direction: 'out', state: 'transferring', path });
      return { id };
    },
  };
  const gravy = {
    call: (method: string, params: { path: string }) => Promise.resolve(results[method]?.(params)),
    onEvent: () => () => undefined,
  } as unknown as GravyClient;
  return {
    home,
    parcels,
    gravy,
    files,
    bring: (name) => parcels.receive(name, new Blob([name]).stream()),
    left: async () => {
      const folders = await readdir(join(home, 'parcels'));
      const names = await Promise.all(folders.map((one) => readdir(join(home, 'parcels', one))));
      return names
        .flat()
        .filter((name) => name !== '.sent')
        .toSorted();
    },
  };
}

async function age(path: string): Promise<void> {
  const then = (Date.now() - FORGOTTEN_MS - 1000) / 1000;
  const folder = dirname(path);
  for (const name of await readdir(folder)) await utimes(join(folder, name), then, then);
  await utimes(folder, then, then);
}

describe('a parcel', () => {
  it('is removed at once when its file cannot be sent', async () => {
    const page = await servePage();
    await page.gravy.call('account.create', { name: 'ada', password: 'a password' });
    const token = page.token();
    const response = await fetch(`${page.origin}/files?name=x`, {
      method: 'POST',
      headers: { Origin: page.origin, Authorization: `Bearer ${token}` },
      body: 'x',
    });
    const { path } = (await response.json()) as { path: string };
    const { socket, next } = await openRpc(page, token);
    const params = { contact: 'nobody', path };
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'file.send', params }));
    expect(await next()).toMatchObject({ error: { data: { code: 'no_such_contact' } } });
    expect(await readdir(join(page.home, 'parcels'))).toEqual([]);
  });

  it('is removed once its file has arrived, however many were sent after it', async () => {
    const { parcels, gravy, bring, left } = await fake();
    const path = await bring('first');
    const { id } = await parcelClient(gravy, parcels).call('file.send', { contact: 'ben', path });
    const unlisted = (): Promise<undefined> => Promise.resolve(undefined);
    await parcels.discardSent({ method: 'file.completed', params: { id } }, unlisted);
    expect(await left()).toEqual([]);
  });

  it('that nobody sends or fetches is removed after ten minutes, and when the page ends', async () => {
    const { parcels, gravy, bring, left } = await fake();
    await age(await bring('old'));
    const { path } = await parcels.expect('never fetched');
    await age(path);
    await bring('new');
    const sent = await bring('sent');
    await parcelClient(gravy, parcels).call('file.send', { contact: 'ben', path: sent });
    await age(sent);
    await removeForgotten(parcels, gravy, Date.now());
    expect(await left()).toEqual(['new', 'sent']);
    await parcels.discardLoose();
    expect(await left()).toEqual(['sent']);
  });

  it('of no account that is there is removed', async () => {
    const { parcels, gravy, bring, left } = await fake();
    const path = await bring('x');
    await parcels.keepFor('gravy1gone', path);
    await age(path);
    await removeFinished(parcels, gravy);
    expect(await left()).toEqual(['x']);
    await removeForgotten(parcels, gravy, Date.now());
    expect(await left()).toEqual([]);
  });

  it('that was sent meanwhile is removed when its account opens; what is not yet sent stays', async () => {
    const { home, parcels, gravy, files, bring, left } = await fake();
    const client = parcelClient(gravy, parcels);
    const states: readonly FileState[] = ['done', 'paused', 'offered', 'cancelled', 'transferring'];
    for (const state of states) {
      await client.call('file.send', { contact: 'ben', path: await bring(state) });
    }
    for (const [index, state] of states.entries()) {
      const file = files[index];
      if (file !== undefined) files[index] = { ...file, state };
    }
    const unknown = await bring('unknown');
    await parcels.keepFor(ADA.id, unknown);
    await age(unknown);
    // As after a restart: nothing is known but what lies there.
    const again = new Parcels(home);
    await parcelClient(gravy, again).call('account.unlock', { name: 'ada', password: 'x' });
    await expect.poll(left).toEqual(['offered', 'paused', 'transferring']);
  });
});
