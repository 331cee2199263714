import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { connect as connectTcp, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquaint, connect, host, type Person, Stage } from './rpc-process.js';

const TEXT = 'The gravy boat sails at midnight';
const PASSWORD = 'correct horse battery staple';

describe('secrecy', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;
  let ben: Person;

  beforeEach(async () => {
    stage = new Stage();
    [ada, ben] = await Promise.all([stage.person('Adalbert'), stage.person('Benedikta')]);
    await acquaint(ada, ben);
  });
  afterEach(() => stage.end());

  /** Everything that must not be readable, in the forms in which it might be. */
  const secrets = (): Buffer[] => {
    const texts = [TEXT, PASSWORD, ada.name, ben.name, ada.id, ben.id];
    const ids = [ada, ben].map(({ id }) => rawId(id));
    return [
      ...texts.map((text) => Buffer.from(text)),
      ...texts.map((text) => Buffer.from(text, 'utf16le')),
      ...ids,
      ...ids.map((id) => Buffer.from(id.toString('hex'))),
      ...ids.map((id) => Buffer.from(id.toString('base64').slice(0, 42))),
    ];
  };

  it('the bytes of a session hold no text, name or id', async () => {
    const captured: Buffer[] = [];
    const target = new URL(await host(ada));
    const tap = createServer((client: Socket) => {
      const server = connectTcp(Number(target.port), target.hostname);
      for (const [from, to] of [
        [client, server],
        [server, client],
      ] as const) {
        from.on('data', (bytes: Buffer) => captured.push(bytes));
        from.on('error', () => to.destroy());
        from.pipe(to);
      }
    }).listen(0, '127.0.0.1');
    await once(tap, 'listening');
    const { port } = tap.address() as { port: number };

    const session = await connect(ben, ada, `ws://127.0.0.1:${port}`);
    for (const [from, to] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      await from.rpc.call('message.send', { contact: to.name, text: TEXT });
      await to.rpc.received(TEXT);
    }
    await ben.rpc.call('session.close', { session });
    await ada.rpc.event('session.closed');
    tap.close();

    const bytes = Buffer.concat(captured);
    expect(bytes.length).toBeGreaterThan(3_000);
    for (const secret of secrets()) expect(bytes.includes(secret)).toBe(false);
  });

  it('the files of an account hold no text, name or password, and are private', async () => {
    await ada.rpc.call('account.changePassword', { oldPassword: 'pw', newPassword: PASSWORD });
    await connect(ben, ada, await host(ada));
    await ben.rpc.call('message.send', { contact: ada.name, text: TEXT });
    await ada.rpc.received(TEXT);
    await ada.rpc.call('message.send', { contact: ben.name, text: TEXT });
    await ben.rpc.received(TEXT);

    const home = stage.home(ada.name);
    const entries = readdirSync(home, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['identity.json', 'history.db', 'history.db-wal', 'lock']),
    );
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      expect(statSync(path).mode & 0o077, path).toBe(0);
      if (!entry.isFile()) continue;
      const bytes = readFileSync(path);
      for (const secret of secrets()) {
        // The key file says whose it is: its own id is meant to be there.
        if (entry.name === 'identity.json' && secret.equals(Buffer.from(ada.id))) continue;
        expect(bytes.includes(secret), `${path} ${secret.toString('latin1')}`).toBe(false);
      }
    }
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });
});

/** The 32 bytes behind `gravy1...` (bech32m, without looking at its checksum). */
function rawId(text: string): Buffer {
  const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  const data = text.slice('gravy1'.length, -6);
  const bits = Array.from(data, (letter) => letters.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/gu) ?? [];
  expect(bytes).toHaveLength(32);
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
