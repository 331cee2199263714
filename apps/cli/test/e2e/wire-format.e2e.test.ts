import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM } from './rpc-process.js';

// JSON-RPC 2.0 (https://www.jsonrpc.org/specification), one object a line, read and written here by hand.
const LIST = '"jsonrpc":"2.0","method":"account.list"';
const INVALID_REQUEST = -32_600;
const METHOD_NOT_FOUND = -32_601;
const INVALID_PARAMS = -32_602;
const PARSE_ERROR = -32_700;

describe('the lines of gravy rpc', { timeout: 20_000 }, () => {
  let home = '';

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'gravy-e2e-wire-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** Everything that one process writes in answer to these pieces of input, cut at LF. */
  const answersTo = async (...pieces: readonly (string | Buffer)[]): Promise<string[]> => {
    const [file, ...rest] = [...PROGRAM, 'rpc', '--home', home];
    const env = { PATH: process.env['PATH'] ?? '' };
    const child = spawn(file, rest, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => output.push(bytes));
    for (const piece of pieces) {
      // A pipe may join what is written in one turn: the next piece waits until this one is gone.
      await new Promise<void>((resolve) => child.stdin.write(piece, () => resolve()));
    }
    child.stdin.end();
    expect(await once(child, 'close')).toEqual([0, null]);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(output));
    expect(text === '' || text.endsWith('\n')).toBe(true);
    return text.split('\n').slice(0, -1);
  };
  const parsed = async (...lines: readonly string[]): Promise<unknown[]> =>
    (await answersTo(lines.map((line) => `${line}\n`).join(''))).map(
      (line) => JSON.parse(line) as unknown,
    );
  const failed = (id: unknown, code: number): unknown => ({
    jsonrpc: '2.0',
    id,
    error: expect.objectContaining({ code, message: expect.any(String) as string }) as unknown,
  });

  it('are answers with the id of the request and nothing besides', async () => {
    const ids = ['"text"', '0', '-7', '1.5', '""', 'null', '"\u{1F44B}\u2028"'];
    const answers = await parsed(...ids.map((id) => `{${LIST},"id":${id}}`));
    expect(answers).toHaveLength(ids.length);
    for (const id of ids) {
      expect(answers).toContainEqual({ jsonrpc: '2.0', id: JSON.parse(id) as unknown, result: [] });
    }
  });

  it('are none for notifications, not even for those that fail', async () => {
    const answers = await parsed(
      `{${LIST}}`,
      `{${LIST},"params":{"unknown":1}}`,
      '{"jsonrpc":"2.0","method":"no.such"}',
      '{"jsonrpc":"2.0","method":"contact.list"}',
      `[{${LIST}},{${LIST}}]`,
      '',
      '  \t ',
    );
    expect(answers).toEqual([]);
  });

  it('answer a batch by one array, without what needs no answer', async () => {
    const batch = [
      `{${LIST},"id":1}`,
      `{${LIST}}`,
      '{"jsonrpc":"2.0","id":2,"method":"no.such"}',
      '5',
      '{"id":3}',
      `{${LIST},"id":4,"params":{"unknown":1}}`,
      '[]',
    ];
    const [answers, ...others] = await parsed(`[${batch.join(',')}]`);
    expect(others).toEqual([]);
    expect(answers).toHaveLength(6);
    expect(answers).toEqual(
      expect.arrayContaining([
        { jsonrpc: '2.0', id: 1, result: [] },
        failed(2, METHOD_NOT_FOUND),
        failed(3, INVALID_REQUEST),
        failed(4, INVALID_PARAMS),
        failed(null, INVALID_REQUEST),
      ]),
    );
    expect(await parsed('[]')).toEqual([failed(null, INVALID_REQUEST)]);
  });

  it.each([
    [PARSE_ERROR, ['{', 'no', '{"a":}', "{'a':1}", '[1,', '\u0000']],
    [INVALID_REQUEST, ['5', '"text"', 'null', 'true', '{}', '{"jsonrpc":"2.0"}']],
    [INVALID_REQUEST, ['{}', '[]', 'true'].map((id) => `{${LIST},"id":${id}}`)],
  ])('refuse by %i what is no request', async (code, lines) => {
    expect(await parsed(...lines)).toEqual(lines.map(() => failed(null, code)));
  });

  it('refuse versions, methods and parameters that are not of the contract', async () => {
    const call = (id: number, method: string, params = '{}'): string =>
      `{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}`;
    const answers = await parsed(
      '{"jsonrpc":"1.0","id":1,"method":"account.list"}',
      '{"id":2,"method":"account.list"}',
      call(3, 'Account.List'),
      call(4, '__proto__'),
      call(5, 'toString'),
      call(6, 'account.list', '[]'),
      call(7, 'account.list', '"text"'),
      call(8, 'account.list', '{"__proto__":1}'),
      call(9, 'account.create', '{"name":"x"}'),
      call(10, 'account.create', '{"name":5,"password":"x"}'),
      call(11, 'account.create', '{"name":"x","password":"x","admin":true}'),
      call(12, 'account.list', `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    );
    const at = (id: number, path: string): unknown =>
      expect.objectContaining({
        id,
        error: expect.objectContaining({ code: INVALID_PARAMS, data: { path } }) as unknown,
      });
    expect(answers).toHaveLength(12);
    expect(answers).toEqual(
      expect.arrayContaining([
        failed(1, INVALID_REQUEST),
        failed(2, INVALID_REQUEST),
        failed(3, METHOD_NOT_FOUND),
        failed(4, METHOD_NOT_FOUND),
        failed(5, METHOD_NOT_FOUND),
        at(6, ''),
        at(7, ''),
        at(8, '__proto__'),
        at(9, 'password'),
        at(10, 'name'),
        at(11, 'admin'),
        at(12, ''),
      ]),
    );
  });

  it('are found however the bytes are cut, and end with LF alone', async () => {
    const request = Buffer.from(`{${LIST},"id":"\u{1F44B}\u2028\u2029é"}`);
    const middle = request.indexOf(0x9f); // within the first character of four bytes
    const [first, ...others] = await answersTo(
      request.subarray(0, middle),
      request.subarray(middle),
      Buffer.concat([Buffer.from('\r\n'), request, Buffer.from('\n'), request]),
    );
    expect(others).toEqual([first, first]);
    const same = { jsonrpc: '2.0', id: '\u{1F44B}\u2028\u2029é', result: [] };
    expect(JSON.parse(first ?? '')).toEqual(same);
    // Nothing in a line that any reader could take for its end.
    expect(first).not.toMatch(/[\r\u0085\u2028\u2029]/u);
  });

  it('must be UTF-8: a broken text is refused, not mended', async () => {
    const [answer = ''] = await answersTo(`{${LIST},"id":"`, Buffer.of(0xff), '"}\n');
    expect(JSON.parse(answer)).toEqual(failed(null, PARSE_ERROR));
  });
});
