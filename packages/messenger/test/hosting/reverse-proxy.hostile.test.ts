// A guest who comes through a reverse proxy or a named tunnel of the host's own: its socket comes from this machine, and it from anywhere.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStandIn, mapPublicNames, startEdge } from '@gravy/cloudflared-stand-in';
import { decodeId } from '@gravy/identity';
import { afterEach, expect, it } from 'vitest';
import { signerOf } from '../../src/account/identity-ports.js';
import type { TunnelSettings } from '../../src/account/tunnels.js';
import {
  ADDRESS_CONTEXT,
  addressSignatureBody,
  encodeAddress,
} from '../../src/application/address-body.js';
import { encodeText } from '../../src/application/messages.js';
import { newMessageId } from '../../src/core/delivery/text-ids.js';
import { HostilePeer } from '../chat-hostile-peer.js';
import { type Person, Stage } from '../chat-people.js';

const TEXT = 32;
const ADDRESS = 41;
const URLS = ['ws://127.0.0.1:631', 'ws://192.168.1.1', 'wss://mallory.example'];

/** As Cloudflare gives it. */
const TOKEN = Buffer.from(JSON.stringify({ a: 'account', t: 'tunnel', s: 'secret' })).toString(
  'base64',
);
const PUBLIC_NAME = 'ada.example';
const PUBLIC_URL = `wss://${PUBLIC_NAME}`;

let stage: Stage;
let ada: Person;
let seq = 0;
const mallory = new HostilePeer(21);

async function begin(settings?: TunnelSettings): Promise<void> {
  stage = new Stage(settings);
  ada = await stage.quickPerson('ada');
  await ada.program.call('contact.add', { id: mallory.id, name: 'mallory' });
}
afterEach(() => stage.end());

/** What Ada believes of the addresses that Mallory says he has, once he came by this one. */
async function believed(url: string): Promise<readonly string[]> {
  const channel = await mallory.connect(url, decodeId(ada.id));
  seq += 1;
  const record = { seq, urls: URLS };
  const body = addressSignatureBody(mallory.key.id, record);
  const sig = signerOf(mallory.key).sign(ADDRESS_CONTEXT, body);
  await channel.send(ADDRESS, encodeAddress({ ...record, sig }));
  // Records are taken in order: once the text is told, the ADDRESS has been taken.
  await channel.send(TEXT, encodeText({ id: newMessageId(), at: 1, text: 'after it' }));
  await ada.program.received('after it');
  await channel.close();
  const [contact] = await ada.program.call('contact.list', {});
  return contact?.addresses ?? [];
}

it.each([
  [PUBLIC_URL, ['wss://mallory.example']],
  ['ws://192.168.1.2:80', URLS.slice(1)],
  [undefined, URLS],
] as const)('behind %s may announce %j', async (publicUrl, known) => {
  await begin();
  const { localUrl } = await ada.program.call('host.start', {
    port: 0,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  expect(await believed(localUrl)).toEqual(known);
});

// The dashboard leads a named tunnel to the port that the person hosts on, and not to one that Gravy would choose.
it.each(['127.0.0.1', '0.0.0.0', '::1'])(
  'through a named tunnel to a host on %s is from afar, and may not announce what is near',
  { timeout: 30_000 },
  async (hostname) => {
    const edge = await startEdge();
    const standIn = await createStandIn(edge);
    const undo = mapPublicNames(edge.port, [PUBLIC_NAME]);
    try {
      await begin({ cloudflared: standIn.path, limits: { settleMs: 20 } });
      const { localUrl } = await ada.program.call('host.start', { port: 0 });
      await ada.program.call('host.stop', {});
      const port = Number(new URL(localUrl).port);
      edge.addNamedTunnel(TOKEN, PUBLIC_NAME, port);
      const tokenFile = join(stage.folder, 'token');
      writeFileSync(tokenFile, TOKEN, { mode: 0o600 });
      const way = { tunnel: 'named', tokenFile, publicUrl: PUBLIC_URL } as const;
      await ada.program.call('host.start', { port, hostname, ...way });

      const channel = await mallory.connect(PUBLIC_URL, decodeId(ada.id));
      expect(await ada.program.call('session.list', {})).toMatchObject([
        { remote: edge.guestAddress, tunnel: true },
      ]);
      await channel.close();
      expect(await believed(PUBLIC_URL)).toEqual(['wss://mallory.example']);
      expect(await believed(`ws://127.0.0.1:${port}`)).toEqual(['wss://mallory.example']);
    } finally {
      undo();
      await stage.end();
      await edge.close();
      await standIn.remove();
    }
  },
);
