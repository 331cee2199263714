import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, host, type Json, type Person, Stage, PASSWORD } from './rpc-process.js';

const SMALL_ORDER = `01${'00'.repeat(31)}`;

describe('errors', { timeout: 30_000 }, () => {
  let stage: Stage;
  let ada: Person;

  beforeEach(async () => {
    stage = new Stage();
    ada = await stage.person('ada');
  });
  afterEach(() => stage.end());

  const files = (): string[] => {
    const folder = join(stage.home('ada'), 'accounts', 'ada');
    const names = readdirSync(folder).filter((name) => name !== 'control.sock');
    return names.toSorted().map((name) => {
      const digest = createHash('sha256').update(readFileSync(join(folder, name)));
      return `${name} ${digest.digest('hex')}`;
    });
  };

  it('a wrong password, a locked account and unknown accounts change nothing on disk', async () => {
    await ada.rpc.call('account.lock');
    const before = files();
    const unlock = (name: string, password: string): Promise<unknown> =>
      ada.rpc.errorOf('account.unlock', { name, password });
    expect(await unlock('ada', 'wrong')).toBe('wrong_password');
    expect(await unlock('nobody', PASSWORD)).toBe('no_such_account');
    expect(await ada.rpc.errorOf('contact.list')).toBe('locked');
    const again = { name: 'ADA', password: 'other' };
    expect(await ada.rpc.errorOf('account.create', again)).toBe('account_exists');
    expect(files()).toEqual(before);
    await ada.rpc.call('account.unlock', { name: 'ada', password: PASSWORD });
    const change = { oldPassword: 'wrong', newPassword: 'new' };
    expect(await ada.rpc.errorOf('account.changePassword', change)).toBe('wrong_password');
    await ada.rpc.call('account.changePassword', { oldPassword: PASSWORD, newPassword: 'new' });
    await ada.rpc.call('account.lock');
    expect(await unlock('ada', PASSWORD)).toBe('wrong_password');
    await ada.rpc.call('account.unlock', { name: 'ada', password: 'new' });
  });

  it('contacts: invalid, unsafe, double and unknown', async () => {
    const ben = await stage.person('ben');
    const add = (id: string, name: string): Promise<unknown> =>
      ada.rpc.errorOf('contact.add', { id, name });
    await ada.rpc.call('contact.add', { id: ben.id, name: 'Ben' });
    const mistyped = ben.id.slice(0, -1) + (ben.id.endsWith('q') ? 'p' : 'q');
    expect(await add(mistyped, 'x')).toBe('invalid_id');
    expect(await add('not a key', 'x')).toBe('invalid_id');
    expect(await add(SMALL_ORDER, 'x')).toBe('unsafe_id');
    expect(await add(ben.id, 'x')).toBe('contact_exists');
    expect(await add(ada.id, 'BEN')).toBe('contact_exists');
    expect(await add(ada.id, 'a\u202Eb')).toBe('invalid_name');
    expect(await ada.rpc.errorOf('contact.block', { contact: 'Carol' })).toBe('no_such_contact');
    const message = { contact: 'Ben', upTo: 'x' };
    expect(await ada.rpc.errorOf('message.markRead', message)).toBe('no_such_message');
    expect(await ada.rpc.call<Json[]>('contact.list')).toHaveLength(1);
  });

  it('connecting: nobody there, the wrong key, an unknown and a blocked guest', async () => {
    const [ben, carol] = await Promise.all([stage.person('ben'), stage.person('carol')]);
    await ben.rpc.call('contact.add', { id: ada.id, name: 'ada' });
    await ben.rpc.call('contact.add', { id: carol.id, name: 'carol' });
    const url = await host(ada);
    const failure = (contact: string, to: string): Promise<unknown> =>
      ben.rpc.errorOf('session.connect', { url: to, contact });
    expect(await failure('ada', 'ws://127.0.0.1:1')).toBe('unreachable');
    expect(await failure('ada', 'ftp://127.0.0.1')).toBe('invalid_url');
    expect(await failure('carol', url)).toBe('peer_not_authentic');
    expect(await failure('ada', url)).toBe('not_accepted');
    await ada.rpc.call('contact.add', { id: ben.id, name: 'ben' });
    await ada.rpc.call('contact.block', { contact: 'ben' });
    expect(await failure('ada', url)).toBe('not_accepted');
    await ada.rpc.call('contact.unblock', { contact: 'ben' });
    await connect(ben, ada, url);
    await ada.rpc.call('contact.remove', { contact: 'ben' });
    expect(await ben.rpc.event('session.closed')).toMatchObject({ reason: 'not_a_contact' });
    expect(await failure('ada', url)).toBe('not_accepted');
  });

  it('hosting: a port in use, twice, an address of another machine, a tunnel', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const start = (params: Json): Promise<unknown> => ada.rpc.errorOf('host.start', params);
    expect(await start({ port })).toBe('port_in_use');
    other.close();
    expect(await start({ port: 0, hostname: '192.0.2.1' })).toBe('address_unavailable');
    expect(await start({ port: 0, tunnel: 'quick' })).toBe('cloudflared_missing');
    expect(await start({ port: 70_000 })).toBe(-32_602);
    await host(ada);
    expect(await start({ port: 0 })).toBe('already_hosting');
  });

  it('malformed calls are answered by the book, and the process goes on', async () => {
    const { rpc } = ada;
    const answer = async (text: string): Promise<Json> => {
      const from = rpc.lines.length;
      rpc.write(text);
      return (await rpc.line((line) => line.error !== undefined, from)) as Json;
    };
    expect(await answer('{')).toMatchObject({ id: null, error: { code: -32_700 } });
    expect(await answer('[]')).toMatchObject({ id: null, error: { code: -32_600 } });
    expect(await answer('{"id":7}')).toMatchObject({ id: 7, error: { code: -32_600 } });
    expect(await answer('{"jsonrpc":"2.0","id":8,"method":"no.such"}')).toMatchObject({
      id: 8,
      error: { code: -32_601 },
    });
    expect(
      await answer('{"jsonrpc":"2.0","id":9,"method":"host.start","params":{"prot":1}}'),
    ).toMatchObject({ id: 9, error: { code: -32_602, data: { path: 'prot' } } });
    expect(
      await answer('{"jsonrpc":"2.0","id":10,"method":"host.start","params":{"port":"1"}}'),
    ).toMatchObject({ id: 10, error: { code: -32_602, data: { path: 'port' } } });
    expect(await answer('x'.repeat(5 * 1024 * 1024))).toMatchObject({ error: { code: -32_600 } });
    const from = rpc.lines.length;
    rpc.write('{"jsonrpc":"2.0","method":"account.show"}');
    rpc.write('[{"jsonrpc":"2.0","id":"a","method":"account.show"},5]');
    expect(await rpc.line((line) => line.id === 'a', from)).toMatchObject({
      result: { id: ada.id },
    });
    expect(rpc.lines.slice(from).map(({ id }) => id)).toEqual(['a', null]);
    expect(await rpc.call('account.show')).toEqual({ name: 'ada', id: ada.id });
  });

  it.each([
    ['identity.json', 'identity_damaged'],
    ['history.db', 'store_damaged'],
  ])('a damaged %s is %s and stays byte for byte as it was', async (name, code) => {
    await ada.rpc.call('account.lock');
    const path = join(stage.home('ada'), 'accounts', 'ada', name);
    const bytes = readFileSync(path);
    for (let at = 40; at < bytes.length; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const unlock = { name: 'ada', password: PASSWORD };
    expect(await ada.rpc.errorOf('account.unlock', unlock)).toBe(code);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(await ada.rpc.errorOf('contact.list')).toBe('locked');
  });
});
