import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Gravy, openGravy } from '@gravy/messenger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../src/context.js';
import { checkHistory } from '../src/doctor/check-history.js';
import { Interruption } from '../src/interruption.js';
import { styleFor } from '../src/terminal/style.js';
import { writeAccount } from './e2e/quick-account.js';
import { temporaryHome } from './gravy-process.js';

const PASSWORD = 'correct horse';
const TEXTS = 60;

describe('gravy doctor with an account', { timeout: 30_000 }, () => {
  let gravy: Gravy;
  let remove: () => Promise<void>;
  let home: string;
  let history: string;
  let asked: PassThrough;
  let input: PassThrough;

  beforeEach(async () => {
    ({ home, remove } = await temporaryHome());
    history = join(home, 'accounts', 'ada', 'history.db');
    writeAccount(home, 'ada', PASSWORD);
    gravy = await openGravy({ home });
    const { id } = await gravy.call('account.unlock', { name: 'ada', password: PASSWORD });
    await gravy.call('contact.add', { id, name: 'me' });
    const texts = Array.from({ length: TEXTS }, (_, index) => `${index} ${'x'.repeat(2_000)}`);
    await Promise.all(texts.map((text) => gravy.call('message.send', { contact: 'me', text })));
    await gravy.call('account.lock', {});
    asked = new PassThrough();
    input = new PassThrough();
  });
  afterEach(async () => {
    await gravy.close();
    await remove();
  });

  const context = (given: { account?: string; password?: string; isTTY?: true }): Context => {
    const { account, password, isTTY = false } = given;
    Object.assign(input, { isTTY });
    return {
      terminal: { input, output: new PassThrough(), errors: Object.assign(asked, { isTTY }) },
      env: {},
      password,
      interruption: new Interruption(),
      cleanups: [],
      options: { home, color: false, ...(account === undefined ? {} : { account }) },
      style: styleFor({}, false, {}),
    };
  };
  const damage = (page: number): Buffer => {
    const bytes = readFileSync(history);
    const at = (page - 1) * 4_096 + 1_000;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(history, bytes);
    return bytes;
  };
  const middle = (): number => Math.floor(readFileSync(history).length / 4_096 / 2);

  it('says how to have the history looked at, which takes the password', async () => {
    const { checks } = await checkHistory(context({}), gravy, undefined);
    expect(checks).toMatchObject([
      { status: 'ok', message: expect.stringContaining('gravy doctor --account ada') },
    ]);
  });

  it('reads all of it, and says so', async () => {
    const { checks } = await checkHistory(context({ password: PASSWORD }), gravy, undefined);
    const message = expect.stringMatching(/^All \d+ pages of it read: 60 messages, 1 contact\.$/u);
    expect(checks).toMatchObject([{ name: 'history', status: 'ok', message }]);
  });

  it('without a terminal says what is damaged and what to type, and that works', async () => {
    const damaged = damage(middle());
    const found = await checkHistory(context({ password: PASSWORD }), gravy, undefined);
    const what = `Of its ${damaged.length / 4_096} pages 1 is damaged (${middle()}). What still reads: `;
    const message = expect.stringContaining(what);
    expect(found.checks).toMatchObject([{ status: 'failed', message }]);
    expect(found.lines).toEqual(['Next: gravy doctor --account ada --salvage ada-salvaged']);
    expect(await gravy.call('account.list', {})).toHaveLength(1);

    const made = await checkHistory(context({ password: PASSWORD }), gravy, 'ada-salvaged');
    expect(made.lines.join('\n')).toContain('gravy history show --account ada-salvaged NAME');
    await gravy.call('account.unlock', { name: 'ada-salvaged', password: PASSWORD });
    const { messages } = await gravy.call('message.history', { contact: 'me', limit: 100 });
    expect(messages.length).toBeGreaterThan(TEXTS - 5);
    expect(readFileSync(history).equals(damaged)).toBe(true);
  });

  it('on a terminal asks, and does what is answered', async () => {
    damage(middle());
    const answered = async (answer: string): Promise<readonly string[]> => {
      const checking = checkHistory(
        context({ account: 'ada', isTTY: true, password: PASSWORD }),
        gravy,
        undefined,
      );
      input.write(answer);
      await checking;
      return (await gravy.call('account.list', {})).map(({ name }) => name);
    };
    expect(await answered('n\n')).toEqual(['ada']);
    expect(await answered('yes\n')).toEqual(['ada', 'ada-salvaged']);
    const question = asked.read() as Buffer;
    expect(question.toString()).toContain(
      'Copy what still reads into a new account, ada-salvaged?',
    );
  });

  it('offers no copy where nothing reads, nor of a file that is something else', async () => {
    damage(1);
    const check = async (): Promise<unknown> =>
      (await checkHistory(context({ password: PASSWORD }), gravy, undefined)).checks;
    const message = expect.stringContaining('gravy account import FILE');
    expect(await check()).toMatchObject([{ status: 'failed', message }]);
    writeFileSync(history, 'x'.repeat(8_192));
    expect(await check()).toMatchObject([{ status: 'failed' }]);
    expect(readFileSync(history, 'utf8')).toBe('x'.repeat(8_192));
  });
});
