import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gravy, GravyProcess, onlyJson, type StartOptions } from '../gravy-process.js';
import { type Json, PASSWORD, Stage } from './rpc-process.js';
import { writeAccount } from './quick-account.js';

const UNREACHABLE = 4;

interface Someone extends StartOptions {
  readonly id: string;
}

describe('strangers at the door of a host that asks', () => {
  let stage: Stage;
  let running: GravyProcess[];
  let ada: Someone;
  let ben: Someone;
  let host: GravyProcess;
  let url = '';

  const start = (who: StartOptions, ...words: string[]): GravyProcess => {
    const started = new GravyProcess(words, who);
    running.push(started);
    return started;
  };
  const somebody = async (name: string): Promise<Someone> => {
    const home = stage.home(name);
    writeAccount(home, name, PASSWORD);
    const [account] = onlyJson(await gravy(['account', 'list', '--json'], { home })) as [
      { id: string },
    ];
    return { home, password: PASSWORD, id: account.id };
  };
  const requestsOf = async ({ home }: Someone): Promise<Json[]> =>
    onlyJson(await gravy(['requests', 'list', '--json'], { home })) as Json[];

  beforeEach(async () => {
    stage = new Stage();
    running = [];
    [ada, ben] = await Promise.all([somebody('ada'), somebody('ben')]);
    await gravy(['contact', 'add', 'ada', ada.id], ben);
    host = start(ada, 'host', '--port', '0', '--ask');
    [, url = ''] = await host.says(/URL to share +(\S+)/u);
    await host.says(/Strangers may ask/u);
  });
  afterEach(async () => {
    await Promise.all(running.map((process) => process.stop('SIGKILL')));
    await stage.end();
  });

  /** The form of the id in which the host was told of a stranger. */
  const askedAs = async (): Promise<string> => {
    const [, short = ''] = await host.says(/Then \/accept (\S+) NAME/u);
    return short;
  };

  it('is told with the safety number, and let in with /accept while it waits', async () => {
    const guest = start(ben, 'connect', url, 'ada');
    const short = await askedAs();
    const [, first = ''] = /phone:\n +([\d ]+)\n/u.exec(host.stdout) ?? [];
    const verify = await gravy(['contact', 'verify', 'ada'], { home: ben.home });
    expect(verify.stdout).toContain(first);
    expect(host.stdout).not.toContain('ben');
    host.type(`/accept ${short} Ben`);
    await guest.says(/Connected to ada\./u);
    await host.says(/Ben connected\./u);
    guest.type('thank you');
    await host.says(/Ben: thank you/u);
    expect(await requestsOf(ada)).toEqual([]);
  });

  it('is sent away with /decline, may ask again, and with /block never', async () => {
    const first = start(ben, 'connect', url, 'ada');
    const short = await askedAs();
    host.type(`/decline ${short}`);
    expect((await first.finished).code).toBe(UNREACHABLE);
    expect(first.stderr).toMatch(/did not let you in.*\nNext: gravy account show/u);
    host.stdout = '';
    const second = start(ben, 'connect', url, 'ada');
    host.type(`/block ${await askedAs()}`);
    await host.says(/cannot ask again.*\n\/add NAME gravy1/u);
    expect((await second.finished).code).toBe(UNREACHABLE);
    host.stdout = '';
    expect((await gravy(['connect', url, 'ada'], ben)).code).toBe(UNREACHABLE);
    host.type('/requests');
    await host.says(/Nobody asks to be let in\./u);
    expect(host.stdout).not.toContain('A stranger asks');
    // Adding the key by hand overrules that.
    host.type(`/add Ben ${ben.id}`);
    await host.says(/Ben is a contact now/u);
    const third = start(ben, 'connect', url, 'ada');
    await third.says(/Connected to ada\./u);
  });

  it('can be answered from another terminal, also later', async () => {
    const guest = start(ben, 'connect', url, 'ada');
    await askedAs();
    await guest.stop('SIGKILL');
    const [request] = await requestsOf(ada);
    expect(request).toEqual({
      id: ben.id,
      receivedAt: expect.any(Number) as number,
      safetyNumber: expect.stringMatching(/^(\d{5} ?){12}$/u) as string,
    });
    const listed = await gravy(['requests', 'list'], { home: ada.home });
    const [, short = ''] = /^(gravy1\S+\.\.\.\S+) {2}asked /u.exec(listed.stdout) ?? [];
    const accept = (id: string): Promise<{ code: number | null; stdout: string; stderr: string }> =>
      gravy(['requests', 'accept', id, 'Ben'], { home: ada.home });
    expect((await accept(ben.id.slice(0, 8))).stderr).toMatch(/Nobody with this id/u);
    const accepted = await accept(short);
    expect(accepted.stdout).toMatch(/^Ben is a contact now.*(\n {4}(\d{5} {0,2}){4}){3}\n/su);
    expect((await accept(short)).stderr).toMatch(/Nobody with this id.*\nNext: gravy requests/u);
    const again = start(ben, 'connect', url, 'ada');
    await again.says(/Connected to ada\./u);
    await host.says(/Ben connected\./u);
  });

  it('decline and block through commands, by the beginning of the id', async () => {
    start(ben, 'connect', url, 'ada');
    await askedAs();
    const beginning = ben.id.slice(0, 14);
    const declined = await gravy(['requests', 'decline', beginning, '--block'], { home: ada.home });
    expect(declined.stdout).toContain(`gravy contact add NAME ${ben.id}`);
    const none = await gravy(['requests', 'list'], { home: ada.home });
    expect(none.stdout).toMatch(/^Nobody asks to be let in\./u);
  });
});
