import { describe, expect, it } from 'vitest';
import { InvalidCallError } from '../src/api/client.js';
import { MessengerError } from '../src/errors.js';
import { errorFrom } from '../src/rpc/error-object.js';
import { failureFrom, parseIncoming, type Response } from '../src/rpc/json-rpc.js';

function errorCode(line: string): number | undefined {
  const incoming = parseIncoming(line);
  if (incoming.kind !== 'single' || 'kind' in incoming.entry) return undefined;
  return 'error' in incoming.entry ? incoming.entry.error.code : undefined;
}

describe('parseIncoming', () => {
  it.each([
    ['{', -32_700],
    ['', -32_700],
    ['\u0000', -32_700],
    ['[]', -32_600],
    ['null', -32_600],
    ['1', -32_600],
    ['"text"', -32_600],
    ['{"method":"account.list","id":1}', -32_600],
    ['{"jsonrpc":"1.0","method":"account.list","id":1}', -32_600],
    ['{"jsonrpc":"2.0","id":1}', -32_600],
    ['{"jsonrpc":"2.0","method":5,"id":1}', -32_600],
    ['{"jsonrpc":"2.0","method":"account.list","id":{}}', -32_600],
  ])('answers %s with %d', (line, code) => {
    expect(errorCode(line)).toBe(code);
  });

  it('keeps the id of a request that is otherwise wrong', () => {
    expect(parseIncoming('{"id":"a","method":"x"}')).toMatchObject({ entry: { id: 'a' } });
  });

  it('tells a request, a notification and a request with id null apart', () => {
    const request = '{"jsonrpc":"2.0","method":"account.list"';
    expect(parseIncoming(`${request},"id":7}`)).toEqual({
      kind: 'single',
      entry: { kind: 'request', id: 7, method: 'account.list', params: {} },
    });
    expect(parseIncoming(`${request}}`)).toEqual({
      kind: 'single',
      entry: { kind: 'request', method: 'account.list', params: {} },
    });
    expect(parseIncoming(`${request},"id":null}`)).toMatchObject({ entry: { id: null } });
  });

  it('takes the entries of a batch one by one', () => {
    const incoming = parseIncoming('[1,{"jsonrpc":"2.0","method":"a","id":1}]');
    expect(incoming).toMatchObject({
      kind: 'batch',
      entries: [{ error: { code: -32_600 } }, { kind: 'request', method: 'a' }],
    });
  });
});

describe('errors on the wire', () => {
  const roundTrip = (error: unknown): Error => {
    const response: Response = failureFrom(1, error);
    if (!('error' in response)) throw new Error('not an error');
    return errorFrom(response.error);
  };

  it('carry code, message and details to the other end', () => {
    const error = roundTrip(
      new MessengerError('account_in_use', 'It is open elsewhere.', { details: { pid: 42 } }),
    );
    expect(error).toBeInstanceOf(MessengerError);
    expect(error).toMatchObject({
      code: 'account_in_use',
      message: 'It is open elsewhere.',
      details: { pid: 42 },
    });
  });

  it('carry the path of a wrong parameter', () => {
    const error = roundTrip(new InvalidCallError('params', 'No.', 'urls.0'));
    expect(error).toMatchObject({ kind: 'params', path: 'urls.0' });
    expect(roundTrip(new InvalidCallError('method', 'No.'))).toMatchObject({ kind: 'method' });
  });

  it('say nothing of what was not foreseen', () => {
    const response = failureFrom(1, new Error('seed 00112233'));
    expect(JSON.stringify(response)).not.toContain('seed');
    expect(response).toMatchObject({ error: { code: -32_000, data: { code: 'internal' } } });
  });
});
