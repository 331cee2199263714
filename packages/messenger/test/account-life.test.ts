import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHODS } from '../src/api/methods.js';
import { PASSWORD, type Program, Stage } from './chat-people.js';

describe('an account', { timeout: 20_000 }, () => {
  const stage = new Stage();
  let program: Program;
  let id: string;

  beforeAll(async () => {
    program = await stage.program('ada');
  });
  afterAll(() => stage.end());

  const code = async (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'done',
      (error: { code?: unknown; path?: unknown }) => error.code ?? error.path,
    );
  const unlock = (name: string, password = PASSWORD): Promise<unknown> =>
    program.call('account.unlock', { name, password });

  it('is none at first, and everything that needs one says so', async () => {
    expect(await program.call('account.list', {})).toEqual([]);
    const needAccount = Object.entries(METHODS).filter(([, { scope }]) => scope === 'account');
    for (const [method] of needAccount) {
      const attempt = program.gravy.call(method as 'account.show', {});
      // Some parameters are missing: also then the account is what is missing first, or the parameter.
      expect(['locked', ...MISSING], method).toContain(await code(attempt));
    }
    expect(await code(program.call('account.show', {}))).toBe('locked');
    expect(await code(unlock('ada'))).toBe('no_such_account');
    expect(await program.call('account.lock', {})).toEqual({});
  });

  it('is made with a key of its own, open, in a folder nobody else can enter', async () => {
    const created = await program.call('account.create', { name: 'ada', password: PASSWORD });
    expect(created).toEqual({ name: 'ada', id: expect.stringMatching(/^gravy1/u) as string });
    ({ id } = created);
    expect(await program.call('account.show', {})).toEqual(created);
    const folder = join(stage.home('ada'), 'accounts', 'ada');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).toSorted()).toEqual([
      'control.sock',
      'history.db',
      'history.db-shm',
      'history.db-wal',
      'identity.json',
      'lock',
    ]);
  });

  it('keeps its contacts and texts while it is locked', async () => {
    await program.call('contact.add', { id, name: 'me', url: 'ws://127.0.0.1:9' });
    await program.call('message.send', { contact: 'me', text: 'kept' });
    await program.call('account.lock', {});
    expect(program.eventsOf('account.closed')).toEqual([{ name: 'ada', reason: 'locked' }]);
    expect(await code(program.call('contact.list', {}))).toBe('locked');
    expect(await code(unlock('ada', 'wrong'))).toBe('wrong_password');
    expect(await program.call('account.list', {})).toEqual([{ name: 'ada', id }]);

    expect(await unlock('ADA')).toEqual({ name: 'ada', id });
    expect(await program.call('contact.list', {})).toMatchObject([
      { id, name: 'me', addresses: ['ws://127.0.0.1:9'], lastMessage: { text: 'kept' } },
    ]);
  });

  it('opened again while it is open stays as it is, with what it does', async () => {
    const { url } = await program.call('host.start', { port: 0 });
    const { session } = await program.call('session.connect', { url, contact: 'me' });
    expect(await code(unlock('ada', 'wrong'))).toBe('wrong_password');
    expect(await unlock('ada')).toEqual({ name: 'ada', id });
    expect((await program.call('session.list', {})).map((open) => open.id)).toContain(session);
    expect(await program.call('host.status', {})).toMatchObject({ running: true, url });
  });

  it.each(['', '.', '..', '../x', 'a/b', 'a\\b', ' a', 'a ', 'con', 'x'.repeat(49), 'a\u0000b'])(
    'cannot be called %j, and the one that is open stays',
    async (name) => {
      const attempt = program.call('account.create', { name, password: PASSWORD });
      expect(await code(attempt)).toBe(name === '' ? 'name' : 'invalid_name');
      expect(await program.call('account.show', {})).toEqual({ name: 'ada', id });
      expect(readdirSync(join(stage.home('ada'), 'accounts'))).toEqual(['ada']);
    },
  );

  it('gives way to another one, which has its own contacts', async () => {
    const other = await program.call('account.create', { name: 'Ädä 日本', password: 'other' });
    expect(other.id).not.toBe(id);
    expect(await program.call('contact.list', {})).toEqual([]);
    expect(await program.call('host.status', {})).toMatchObject({ running: false });
    const taken = program.call('account.create', { name: 'A\u0308DA\u0308 日本', password: 'x' });
    expect(await code(taken)).toBe('account_exists');
    expect((await program.call('account.list', {})).map(({ name }) => name)).toEqual([
      'ada',
      'Ädä 日本',
    ]);
    expect(await code(unlock('ada', 'other'))).toBe('wrong_password');
    expect(await program.call('account.show', {})).toEqual(other);
  });

  it('is deleted only when it is named twice, with all it had', async () => {
    const attempt = (confirm: string): Promise<unknown> =>
      program.call('account.delete', { name: 'Ädä 日本', confirm });
    expect(await code(attempt('ada'))).toBe('confirm');
    expect(await program.call('account.show', {})).toMatchObject({ name: 'Ädä 日本' });
    await attempt('Ädä 日本');
    expect(await code(program.call('account.show', {}))).toBe('locked');
    expect(readdirSync(join(stage.home('ada'), 'accounts'))).toEqual(['ada']);
    expect(await unlock('ada')).toEqual({ name: 'ada', id });
  });

  it('is not made over a history whose key file is missing', async () => {
    const folder = join(stage.home('ada'), 'accounts', 'lost');
    mkdirSync(folder);
    writeFileSync(join(folder, 'history.db'), 'precious');
    const attempt = program.call('account.create', { name: 'lost', password: PASSWORD });
    await expect(attempt).rejects.toMatchObject({ code: 'account_exists' });
    expect(readdirSync(folder)).toEqual(['history.db']);
    rmSync(folder, { recursive: true });
  });

  it('has a new password at once, and the old one opens it no more', async () => {
    const change = (oldPassword: string, newPassword: string): Promise<unknown> =>
      program.call('account.changePassword', { oldPassword, newPassword });
    expect(await code(change('wrong', 'new'))).toBe('wrong_password');
    await change(PASSWORD, 'n\u00e9w');
    await program.call('account.lock', {});
    expect(await code(unlock('ada'))).toBe('wrong_password');
    expect(await unlock('ada', 'n\u00e9w')).toEqual({ name: 'ada', id });
    expect(await program.call('contact.list', {})).toMatchObject([{ name: 'me' }]);
  });
});

/** Parameters without which a method cannot be called. */
const MISSING = ['oldPassword', 'id', 'contact', 'url', 'session', 'path', 'query'];
