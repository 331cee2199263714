import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStreamClient, type GravyClient, type GravyEvent } from '@gravy/messenger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM } from './rpc-process.js';

describe('the client of the library, over a process of the program', { timeout: 20_000 }, () => {
  let home: string;
  let child: ChildProcess;
  let ended: Promise<unknown[]>;
  let client: GravyClient;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'gravy-e2e-client-'));
    const [file, ...rest] = [...PROGRAM, 'rpc', '--home', home];
    const env = { PATH: process.env['PATH'] ?? '' };
    const started = spawn(file, rest, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = started;
    ended = once(started, 'close');
    child = started;
    client = createStreamClient({ input: stdout, output: stdin, end: () => stdin.end() });
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(home, { recursive: true, force: true });
  });

  it('carries results, events and errors of both kinds, typed', async () => {
    const account = await client.call('account.create', { name: 'ada', password: 'pw' });
    const me = await client.call('contact.add', { id: account.id, name: 'me' });
    expect(me).toMatchObject({ id: account.id, online: false, unread: 0 });
    const { url } = await client.call('host.start', { port: 0 });
    const received = Promise.withResolvers<GravyEvent>();
    const stop = client.onEvent((event) => {
      if (event.method === 'message.received') received.resolve(event);
    });
    await client.call('session.connect', { url, contact: 'me' });
    const text = 'a\u2028b\n"c" \u{1F44B}';
    await client.call('message.send', { contact: 'me', text });
    expect(await received.promise).toMatchObject({ params: { message: { text } } });
    stop();

    const unknown = client.call('contact.remove', { contact: 'nobody' });
    await expect(unknown).rejects.toMatchObject({
      name: 'MessengerError',
      code: 'no_such_contact',
    });
    const empty = client.call('message.send', { contact: 'me', text: '' });
    await expect(empty).rejects.toMatchObject({ name: 'InvalidCallError', path: 'text' });
  });

  it('tells open calls and its owner when the process dies', async () => {
    expect(await client.call('account.list', {})).toEqual([]);
    child.kill('SIGSTOP');
    const unanswered = client.call('account.list', {});
    child.kill('SIGKILL');
    await expect(unanswered).rejects.toMatchObject({ code: 'connection_closed' });
    await client.closed;
    await expect(client.call('account.list', {})).rejects.toMatchObject({
      code: 'connection_closed',
    });
  });

  it('lets the process end in order when it closes', async () => {
    expect(await client.call('account.list', {})).toEqual([]);
    await client.close();
    expect(await ended).toEqual([0, null]);
  });
});
