import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAccount } from './quick-account.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** The program as it is started: a file and its first arguments. */
export type Program = readonly [file: string, ...arguments_: string[]];
export const PROGRAM: Program = [process.execPath, MAIN];
export const PASSWORD = 'correct horse battery staple';
const EVENT_DEADLINE_MS = 20_000;

export type Json = Readonly<Record<string, unknown>>;
interface Line {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: Json;
  readonly result?: unknown;
  readonly error?: { code: number; message: string; data?: Json };
}

/** An error answer, as the program gave it. */
class RpcFailure extends Error {
  readonly rpcCode: number;
  readonly data: Json;

  constructor({ code, message, data }: NonNullable<Line['error']>) {
    super(message);
    this.rpcCode = code;
    this.data = data ?? {};
  }
}

/** `gravy rpc` in a process of its own. It reads and writes lines by itself, to check the format as well. */
export class RpcProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  readonly lines: Line[] = [];
  stderr = '';
  #hasEnded = false;
  #nextId = 1;
  #arrived: (() => void)[] = [];

  constructor(home: string, words: readonly string[] = ['rpc'], program: Program = PROGRAM) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      GRAVY_HOME: home,
      // No test may open a tunnel by mistake, whatever this machine has.
      GRAVY_CLOUDFLARED: join(home, 'no-cloudflared'),
    };
    const [file, ...rest] = [...program, ...words];
    this.child = spawn(file, rest, { env });
    this.child.stdin.on('error', () => undefined);
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    let unfinished = '';
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const texts = (unfinished + text).split('\n');
      unfinished = texts.pop() ?? '';
      for (const line of texts) {
        const value = JSON.parse(line) as Line | Line[];
        this.lines.push(...(Array.isArray(value) ? value : [value]));
      }
      for (const resolve of this.#arrived.splice(0)) resolve();
    });
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
    // Not at its exit: what it wrote before may still be on its way.
    void this.ended.then(() => {
      this.#hasEnded = true;
      for (const resolve of this.#arrived.splice(0)) resolve();
    });
  }

  async call<T = Json>(method: string, params: Json = {}): Promise<T> {
    const id = this.#nextId++;
    this.write(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    const answer = await this.line((line) => line.id === id && line.method === undefined);
    if (answer.error !== undefined) throw new RpcFailure(answer.error);
    return answer.result as T;
  }

  /** The code of the error that a call must give. */
  async errorOf(method: string, params: Json = {}): Promise<unknown> {
    try {
      await this.call(method, params);
    } catch (error) {
      if (error instanceof RpcFailure) return error.data['code'] ?? error.rpcCode;
      throw error;
    }
    throw new Error(`${method} succeeded`);
  }

  write(text: string): void {
    this.child.stdin.write(`${text}\n`);
  }

  /** The first event of this name, since `from`, whose parameters hold these values. */
  async event(method: string, match: Json = {}, from = 0): Promise<Json> {
    const found = await this.line(
      (line) =>
        line.method === method &&
        Object.entries(match).every(([key, value]) => line.params?.[key] === value),
      from,
    );
    return found.params ?? {};
  }

  /** The incoming message with this text. */
  async received(text: string, from = 0): Promise<Json> {
    const isIt = ({ method, params = {} }: Line): boolean =>
      method === 'message.received' && (params['message'] as Json)['text'] === text;
    return (await this.line(isIt, from)).params?.['message'] as Json;
  }

  /** The texts of all incoming messages so far, in the order in which they were told. */
  receivedTexts(): unknown[] {
    return this.#eventsOf('message.received').map(({ message }) => (message as Json)['text']);
  }

  /** The states of an outgoing message so far, in the order in which they were told. */
  statesOf(id: unknown): unknown[] {
    return this.#eventsOf('message.state')
      .filter((params) => params['id'] === id)
      .map(({ state }) => state);
  }

  async line(
    isIt: (line: Line) => boolean,
    from = 0,
    deadlineMs = EVENT_DEADLINE_MS,
  ): Promise<Line> {
    const deadline = AbortSignal.timeout(deadlineMs);
    for (;;) {
      const found = this.lines.slice(from).find(isIt);
      if (found !== undefined) return found;
      if (deadline.aborted || this.#hasEnded) {
        const seen = this.lines.map((line) => JSON.stringify(line).slice(0, 200)).join('\n');
        throw new Error(`It did not come. What came:\n${seen}\n${this.stderr}`);
      }
      await new Promise<void>((resolve) => {
        this.#arrived.push(resolve);
        deadline.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  #eventsOf(method: string): Json[] {
    return this.lines.filter((line) => line.method === method).map(({ params }) => params ?? {});
  }

  async end(): Promise<number | null> {
    this.child.stdin.end();
    return this.ended;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** Homes and processes of one test, all gone at its end. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'gravy-e2e-'));
  readonly #processes: RpcProcess[] = [];

  home(name: string): string {
    return join(this.folder, name);
  }

  rpc(name: string, words?: readonly string[], program?: Program): RpcProcess {
    const started = new RpcProcess(this.home(name), words, program);
    this.#processes.push(started);
    return started;
  }

  /** Runs a command of the program over somebody's home to its end, without input or password. */
  async command(
    name: string,
    words: readonly string[],
    input = '',
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const env = { PATH: process.env['PATH'] ?? '', GRAVY_HOME: this.home(name) };
    const child = spawn(process.execPath, [MAIN, ...words], {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // A command that ends before it has read its input is no error of the test.
    child.stdin.on('error', () => undefined).end(input);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  /** A person with an account from before, which costs the test no time, in a process and a home of their own. */
  async person(name: string): Promise<Person & { seed: Buffer }> {
    const { seed } = writeAccount(this.home(name), name, PASSWORD);
    const rpc = this.rpc(name);
    const account = { name, password: PASSWORD };
    const { id } = await rpc.call<{ id: string }>('account.unlock', account);
    return { name, id, rpc, seed };
  }

  async end(): Promise<void> {
    await Promise.all(this.#processes.map((running) => running.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Person {
  readonly name: string;
  readonly id: string;
  readonly rpc: RpcProcess;
}

export async function acquaint(left: Person, right: Person): Promise<void> {
  await left.rpc.call('contact.add', { id: right.id, name: right.name });
  await right.rpc.call('contact.add', { id: left.id, name: left.name });
}

export async function host(person: Person): Promise<string> {
  const { url } = await person.rpc.call<{ url: string }>('host.start', { port: 0 });
  return url;
}

export async function connect(guest: Person, to: Person, url: string): Promise<string> {
  const connected = guest.rpc.call<{ session: string }>('session.connect', {
    url,
    contact: to.name,
  });
  return (await connected).session;
}
