import { once } from 'node:events';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlAddress } from '../src/account/control-address.js';
import { PASSWORD, type Person, Program, Stage } from './chat-people.js';

describe('the process that has an account open', { timeout: 20_000 }, () => {
  let stage: Stage;
  let ada: Person;

  beforeEach(async () => {
    stage = new Stage();
    ada = await stage.quickPerson('ada');
  });
  afterEach(() => stage.end());

  const socketPath = (): string => join(ada.home, 'accounts', 'ada', 'control.sock');
  const attached = async (): Promise<Program> => {
    const program = await stage.program('ada');
    expect(await program.gravy.attach('ada')).toBe(true);
    return program;
  };
  /** Lines to the control socket, and the first lines that come back. */
  const speak = async (text: string, answers: number): Promise<unknown[]> => {
    const socket = connect(socketPath());
    let received = '';
    socket.setEncoding('utf8').write(text);
    while (received.split('\n').length <= answers) {
      const [chunk] = (await once(socket, 'data')) as [string];
      received += chunk;
    }
    socket.destroy();
    return received
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  };

  it('serves others without the password, with its events', async () => {
    const second = await attached();
    expect(await second.call('account.show', {})).toEqual({ name: 'ada', id: ada.id });
    await ada.program.call('contact.add', { id: ada.id, name: 'me' });
    expect(await second.event('contact.changed')).toEqual({ contact: ada.id });
    const sent = await second.call('message.send', { contact: 'me', text: 'note' });
    const { messages } = await ada.program.call('message.history', { contact: 'me' });
    expect(messages).toMatchObject([{ id: sent.id, text: 'note' }]);
  });

  it('is nobody while no process has the account open', async () => {
    await ada.program.call('account.lock', {});
    const second = await stage.program('ada');
    expect(await second.gravy.attach('ada')).toBe(false);
    await expect(second.gravy.attach('ben')).rejects.toMatchObject({ code: 'no_such_account' });
    await expect(second.call('account.show', {})).rejects.toMatchObject({ code: 'locked' });
  });

  it('may be this very process, which then goes on as it was', async () => {
    const hosting = await ada.program.call('host.start', { port: 0 });
    expect(await ada.program.gravy.attach('ada')).toBe(true);
    expect(await ada.program.call('host.status', {})).toMatchObject({ url: hosting.url });
    expect(ada.program.eventsOf('account.closed')).toEqual([]);
  });

  it('serves many at once, and tells each when it closes the account', async () => {
    const others = await Promise.all(Array.from({ length: 20 }, attached));
    await Promise.all(others.map((other) => other.call('contact.list', {})));
    await ada.program.call('account.lock', {});
    for (const other of others) {
      const closed = { name: 'ada', reason: 'owner_ended' };
      expect(await other.event('account.closed')).toEqual(closed);
      const attempt = other.call('contact.list', {});
      await expect(attempt).rejects.toMatchObject({ code: 'connection_closed' });
    }
  });

  it('has a socket that only its user can open, and that is gone with it', async () => {
    expect(statSync(socketPath()).mode & 0o777).toBe(0o600);
    await ada.program.call('account.lock', {});
    expect(existsSync(socketPath())).toBe(false);
  });

  it.each<[string, (path: string) => Promise<void> | void]>([
    ['a file', (path) => writeFileSync(path, 'stale')],
    [
      'a socket of something that is gone',
      async (path) => {
        const server = createServer().listen(`${path}.x`);
        await once(server, 'listening');
        writeFileSync(path, '');
        server.close();
        await once(server, 'close');
      },
    ],
  ])('takes the place of %s where its socket should be', async (_what, leave) => {
    await ada.program.call('account.lock', {});
    await leave(socketPath());
    await ada.program.call('account.unlock', { name: 'ada', password: PASSWORD });
    const second = await attached();
    expect(await second.call('contact.list', {})).toEqual([]);
  });

  it('does not let others open, make or delete accounts through it', async () => {
    const request = (id: number, method: string): string =>
      `${JSON.stringify({ jsonrpc: '2.0', id, method, params: { name: 'ada', password: 'x' } })}\n`;
    const methods = ['account.unlock', 'account.create', 'account.delete', 'account.lock', 'x.y'];
    const answers = await speak(methods.map((method, id) => request(id, method)).join(''), 5);
    for (const answer of answers) {
      expect([-32_601, -32_602]).toContain((answer as { error: { code: number } }).error.code);
    }
    expect(await ada.program.call('account.list', {})).toEqual([{ name: 'ada', id: ada.id }]);
    expect(await ada.program.call('account.show', {})).toEqual({ name: 'ada', id: ada.id });
  });

  it('answers nonsense by the book, tells events only to who asked, and goes on', async () => {
    const quiet = connect(socketPath());
    await once(quiet, 'connect');
    let heard = '';
    quiet.setEncoding('utf8').on('data', (text: string) => (heard += text));
    const answers = await speak(`nonsense\n[]\n${'x'.repeat(5 * 1024 * 1024)}\n`, 3);
    expect(answers.map((answer) => (answer as { error: { code: number } }).error.code)).toEqual([
      -32_700, -32_600, -32_600,
    ]);
    await ada.program.call('contact.add', { id: ada.id, name: 'me' });
    const show = '{"jsonrpc":"2.0","id":1,"method":"account.show"}\n';
    const answered = once(quiet, 'data');
    quiet.write(show);
    await answered;
    expect(JSON.parse(heard)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { name: 'ada', id: ada.id },
    });
    quiet.destroy();
  });

  it('is found although the path of the home is too long for a socket', async () => {
    const name = `far/${'away/'.repeat(30)}`;
    const far = await stage.program(name);
    const { id } = await far.call('account.create', { name: 'carol', password: PASSWORD });
    const address = controlAddress(join(stage.home(name), 'accounts', 'carol'));
    expect(Buffer.byteLength(address)).toBeLessThan(104);
    expect(statSync(address).mode & 0o777).toBe(0o600);
    const second = await Program.open(stage.home(name));
    expect(await second.gravy.attach('carol')).toBe(true);
    expect(await second.call('account.show', {})).toEqual({ name: 'carol', id });
    await second.gravy.close();
    await far.gravy.close();
    expect(existsSync(address)).toBe(false);
    rmSync(address, { force: true });
  });
});
