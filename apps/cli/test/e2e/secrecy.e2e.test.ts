import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawId } from './id-text.js';
import {
  PASSWORD,
  PROGRAM,
  Stage,
  acquaint,
  connect,
  host,
  type Person,
  type Program,
} from './rpc-process.js';
import { TcpTap } from './tcp-tap.js';
import { payloadsIn } from './websocket-frames.js';

const TEXT = 'The gravy boat sails at midnight';
/** Header and tag of a record, Spec 3, around the smallest bucket. */
const SMALLEST_RECORD_BYTES = 14 + 256 + 16;

describe('secrecy', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person & { seed: Buffer };
  let ben: Person & { seed: Buffer };

  beforeEach(async () => {
    stage = new Stage();
    [ada, ben] = await Promise.all([stage.person('Adalbert'), stage.person('Benedikta')]);
    await acquaint(ada, ben);
  });
  afterEach(() => stage.end());

  /** Everything that must not be readable, in the forms in which it might be. */
  const secrets = (): Buffer[] => {
    const texts = [TEXT, PASSWORD, ada.name, ben.name, ada.id, ben.id];
    const keys = [ada, ben].flatMap(({ id, seed }) => [rawId(id), seed]);
    return [
      ...texts.map((text) => Buffer.from(text)),
      ...texts.map((text) => Buffer.from(text, 'utf16le')),
      ...keys,
      ...keys.map((key) => Buffer.from(key.toString('hex'))),
      ...keys.map((key) => Buffer.from(key.toString('hex').toUpperCase())),
      ...keys.map((key) => Buffer.from(key.toString('base64').slice(0, 42))),
      ...keys.map((key) => Buffer.from(key.toString('base64url').slice(0, 42))),
    ];
  };
  const chat = async (): Promise<void> => {
    for (const [from, to] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      const sent = await from.rpc.call('message.send', { contact: to.name, text: TEXT });
      await from.rpc.event('message.state', { id: sent['id'], state: 'delivered' });
    }
  };
  const expectSecret = (home: string): string[] => {
    const entries = readdirSync(home, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      expect(statSync(path).mode & 0o077, path).toBe(0);
      if (!entry.isFile()) continue;
      expect(statSync(path).mode & 0o777, path).toBe(0o600);
      const bytes = readFileSync(path);
      for (const secret of secrets()) {
        // The key file says whose it is: its own id is meant to be there.
        if (entry.name === 'identity.json' && bytes.includes(`"id": "${secret.toString()}"`)) {
          continue;
        }
        expect(bytes.includes(secret), `${path} ${show(secret)}`).toBe(false);
      }
    }
    expect(statSync(home).mode & 0o777).toBe(0o700);
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };

  it('the bytes of a session hold no text, name, id or key, nor the length of a text', async () => {
    const tap = await TcpTap.before(await host(ada));
    const session = await connect(ben, ada, tap.url);
    await chat();
    await ben.rpc.call('message.send', { contact: ada.name, text: 'x' });
    await ada.rpc.received('x');
    await ben.rpc.call('session.close', { session });
    await ada.rpc.event('session.closed');
    tap.close();

    const toHost = payloadsIn(Buffer.concat(tap.captured['to host']));
    const toGuest = payloadsIn(Buffer.concat(tap.captured['to guest']));
    // What is looked for would be found: these are the messages of Spec 2 and 3, without their masks.
    expect(toHost.map(({ length }) => length).slice(0, 2)).toEqual([1252, 149]);
    expect(toGuest.map(({ length }) => length).slice(0, 2)).toEqual([1137, 117]);
    // Texts of any length below the bucket's, acknowledgements and the end are all of one size.
    const records = [...toHost, ...toGuest].filter((payload) => payload.readUInt8(0) === 0x10);
    expect(records.length).toBeGreaterThan(7);
    for (const { length } of records) expect(length).toBe(SMALLEST_RECORD_BYTES);

    const captured = Buffer.concat([tap.bytes, ...toHost, ...toGuest]);
    expect(captured.indexOf('Sec-WebSocket-Key')).toBeGreaterThan(0);
    for (const secret of secrets()) expect(captured.indexOf(secret), show(secret)).toBe(-1);
  });

  it('the files of both hold no text, name, password or key, at work and after a kill', async () => {
    await connect(ben, ada, await host(ada));
    await chat();
    const files = expectSecret(stage.home(ada.name));
    expect(files).toEqual(
      expect.arrayContaining(['identity.json', 'history.db', 'history.db-wal', 'lock']),
    );
    await ada.rpc.kill();
    expectSecret(stage.home(ada.name));
    expect(await ben.rpc.end()).toBe(0);
    expectSecret(stage.home(ben.name));
  });

  it('the files are private although the folder was not, and the umask allows all', async () => {
    const home = stage.home('Carola');
    mkdirSync(home, { mode: 0o777 });
    const shell: Program = ['/bin/sh', '-c', 'umask 000 && exec "$0" "$@"', ...PROGRAM];
    const rpc = stage.rpc('Carola', ['rpc'], shell);
    await rpc.call('account.create', { name: 'Carola', password: PASSWORD });
    await rpc.call('contact.add', { id: ada.id, name: ada.name });
    await rpc.call('message.send', { contact: ada.name, text: TEXT });
    expect(expectSecret(home)).toContain('history.db');
    await rpc.kill();
  });

  it.skipIf(process.platform !== 'linux')(
    'a password from a file is neither among the arguments nor in the environment',
    async () => {
      await ada.rpc.end();
      const file = join(stage.folder, 'password.txt');
      writeFileSync(file, `${PASSWORD}\n`, { mode: 0o600 });
      const words = ['rpc', '--account', ada.name, '--password-file', file];
      const rpc = stage.rpc(ada.name, words);
      expect(await rpc.call('account.show')).toMatchObject({ id: ada.id });
      for (const what of ['cmdline', 'environ']) {
        const shown = readFileSync(`/proc/${rpc.child.pid}/${what}`, 'latin1');
        expect(shown).toContain(what === 'cmdline' ? file : 'GRAVY_HOME');
        expect(shown).not.toContain(PASSWORD);
      }
      const answered = rpc.lines.map((line) => JSON.stringify(line)).join('\n');
      expect(answered + rpc.stderr).not.toContain(PASSWORD);
    },
  );
});

function show(secret: Buffer): string {
  return `${secret.toString('latin1')} (${secret.toString('hex')})`;
}
