import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquaint, connect, host, type Person, Stage } from './rpc-process.js';

describe('files on the command line', { timeout: 60_000 }, () => {
  const stage = new Stage();
  let ada: Person;
  let ben: Person;

  beforeAll(async () => {
    [ada, ben] = [await stage.person('ada'), await stage.person('ben')];
    await acquaint(ada, ben);
    await connect(ben, ada, await host(ada));
    await ben.rpc.call('contact.list');
  });
  afterAll(() => stage.end());

  const write = (name: string, content: string): string => {
    writeFileSync(join(stage.folder, name), content);
    return join(stage.folder, name);
  };
  const offeredTo = async (person: Person, from: number): Promise<string> => {
    const { file } = await person.rpc.event('file.offered', {}, from);
    return (file as { id: string }).id;
  };

  it('are sent, accepted by the beginning of their id, and shown', async () => {
    const from = ben.rpc.lines.length;
    const path = write('notes.txt', 'what is in it');
    const sending = stage.command('ada', ['send', 'ben', '--file', path, '--json']);
    const id = await offeredTo(ben, from);
    const list = await stage.command('ben', ['files', 'list']);
    expect(list.stdout).toMatch(/ada\s+in\s+notes\.txt\s+13 B\s+offered to you/u);
    const directory = join(stage.folder, 'in');
    mkdirSync(directory);
    const accept = [
      'files',
      'accept',
      id.replace(/^-+/u, '').slice(0, 8),
      '--directory',
      directory,
    ];
    expect(await stage.command('ben', accept)).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout, stderr } = await sending;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ id, name: 'notes.txt', size: 13, state: 'done' });
    expect(readFileSync(join(directory, 'notes.txt'), 'utf8')).toBe('what is in it');
    const history = await stage.command('ben', ['history', 'show', 'ada']);
    expect(history.stdout).toContain(`"notes.txt", 13 B: done: ${join(directory, 'notes.txt')}`);
  });

  it('that are declined, cancelled or not accepted in time are not delivered', async () => {
    const path = write('unwanted.txt', 'x');
    for (const action of ['decline', 'cancel']) {
      const from = ben.rpc.lines.length;
      const sending = stage.command('ada', ['send', 'ben', '--file', path]);
      const id = await offeredTo(ben, from);
      const ended = await stage.command('ben', ['files', action, '--', id]);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      const { code, stderr } = await sending;
      expect(code).toBe(5);
      expect(stderr).toMatch(/not delivered \(declined\)|not delivered \(cancelled\)/u);
    }
    const late = await stage.command('ada', ['send', 'ben', '--file', path, '--timeout', '1s']);
    expect(late).toMatchObject({ code: 5 });
    expect(late.stderr).toContain('has not accepted it in time');
  });

  it('what is asked wrongly is said', async () => {
    const missing = await stage.command('ada', ['send', 'ben', '--file', 'missing']);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('There is no such file');
    const both = await stage.command('ada', ['send', 'ben', 'text', '--file', 'missing']);
    expect(both.code).toBe(2);
    const unknown = await stage.command('ben', ['files', 'accept', 'zzzzzzzz']);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('No file has that id');
  });
});
