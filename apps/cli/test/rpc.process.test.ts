import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAccount } from './e2e/quick-account.js';
import { gravy, GravyProcess, temporaryHome } from './gravy-process.js';

const password = 'correct horse';
let home = '';
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ home, remove } = await temporaryHome());
  writeAccount(home, 'ada', password);
});
afterAll(() => remove());

const SHOW = '{"jsonrpc":"2.0","id":1,"method":"account.show"}\n';

describe('gravy rpc', () => {
  it('answers line by line and ends with its input', async () => {
    const { code, stdout, stderr } = await gravy(['rpc'], { home, input: `nonsense\n${SHOW}` });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { error: { code: -32_700 } },
      { id: 1, error: { code: -32_000, data: { code: 'locked' } } },
    ]);
  });

  it('opens the account it is told to, where there is a password', async () => {
    const words = ['rpc', '--account', 'ada'];
    const opened = await gravy(words, { home, password, input: SHOW });
    expect(JSON.parse(opened.stdout)).toMatchObject({ result: { name: 'ada' } });
    const locked = await gravy(words, { home, input: SHOW });
    expect(JSON.parse(locked.stdout)).toHaveProperty('error.data.code', 'locked');
    const wrong = await gravy(words, { home, password: 'wrong', input: SHOW });
    expect(wrong).toMatchObject({ code: 3, stdout: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly at %s', async (signal) => {
    const running = new GravyProcess(['rpc', '--account', 'ada'], { home, password });
    running.type(SHOW.trim());
    await running.says(/"result"/u);
    expect(await running.stop(signal)).toMatchObject({ code: 130, stderr: '' });
    // The account is free again.
    expect((await gravy(['account', 'show'], { home, password })).code).toBe(0);
  });
});
