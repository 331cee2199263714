import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeId } from '@gravy/identity';
import { openIdentityFile } from '@gravy/identity/file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquaint, PASSWORD, type Person, Stage } from './chat-people.js';

const TEXT = 'The gravy boat sails at midnight';

describe('on disk', { timeout: 20_000 }, () => {
  const stage = new Stage();
  let ada: Person;
  let ben: Person;

  beforeAll(async () => {
    [ada, ben] = await Promise.all([stage.person('Adalbert'), stage.person('Benedikta')]);
    await acquaint(ada, ben);
    const { url } = await ada.program.call('host.start', { port: 0 });
    await ben.program.call('session.connect', { url, contact: ada.name });
    for (let index = 0; index < 20; index++) {
      const text = `${TEXT} ${index}`;
      await ben.program.call('message.send', { contact: ada.name, text });
      await ada.program.received(text);
    }
  });
  afterAll(() => stage.end());

  const files = ({ home }: Person): { name: string; bytes: Buffer }[] =>
    readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => ({ name, bytes: readFileSync(join(parentPath, name)) }));
  const identityOf = ({ home, name }: Person): ReturnType<typeof openIdentityFile> =>
    openIdentityFile(join(home, 'accounts', name, 'identity.json'), PASSWORD);

  /** A value in every form in which a careless program would write it. */
  const formsOf = (value: Uint8Array): Buffer[] => {
    const bytes = Buffer.from(value);
    const hex = bytes.toString('hex');
    const base64 = bytes.toString('base64').replace(/[^=]=*$/u, '');
    const texts = [hex, hex.toUpperCase(), base64, bytes.toJSON().data.join(',')];
    return [bytes, Buffer.from(bytes.toReversed()), ...texts.map((text) => Buffer.from(text))];
  };
  const expectNowhere = (person: Person, forms: readonly Buffer[], what: string): void => {
    for (const { name, bytes } of files(person)) {
      for (const [index, form] of forms.entries()) {
        expect(bytes.indexOf(form), `${what}, form ${index}, in ${name}`).toBe(-1);
      }
    }
  };

  it('there is neither the seed nor what is derived from it', async () => {
    for (const person of [ada, ben]) {
      const identity = await identityOf(person);
      expect(identity.text).toBe(person.id);
      const seed = identity.copySeed();
      expect(seed.some((byte) => byte !== 0)).toBe(true);
      expectNowhere(person, formsOf(seed), 'seed');
      expectNowhere(person, formsOf(seed.subarray(0, 16)), 'half of the seed');
      const historyKey = identity.derive('gravy/1 history', 32);
      expectNowhere(person, formsOf(historyKey), 'key of the history');
      identity.erase();
    }
  });

  it('there is no text, no name and no password', () => {
    const words = [TEXT, PASSWORD, ada.name, ben.name, 'ws://127.0.0.1'];
    for (const person of [ada, ben]) {
      for (const word of words) {
        expectNowhere(person, [Buffer.from(word), Buffer.from(word, 'utf16le')], word);
      }
    }
  });

  it('there is no id but the own one, in the key file', () => {
    for (const person of [ada, ben]) {
      for (const { id } of [ada, ben]) {
        const forms = formsOf(decodeId(id));
        expectNowhere(person, forms, 'id');
        const holders = files(person).filter(({ bytes }) => bytes.includes(id));
        expect(holders.map(({ name }) => name)).toEqual(id === person.id ? ['identity.json'] : []);
      }
    }
  });

  it('nothing is left of a text that was stored, in the write-ahead log neither', async () => {
    expect(files(ada).map(({ name }) => name)).toContain('history.db-wal');
    await ada.program.call('account.lock', {});
    expect(files(ada).map(({ name }) => name)).not.toContain('history.db-wal');
    expectNowhere(ada, [Buffer.from(TEXT)], 'text');
    await ada.program.call('account.unlock', { name: ada.name, password: PASSWORD });
    const history = await ada.program.call('message.history', { contact: ben.name });
    expect(history.messages.map(({ text }) => text)).toContain(`${TEXT} 19`);
  });
});
