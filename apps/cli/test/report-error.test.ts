import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { InvalidCallError, MessengerError } from '@gravy/messenger';
import { CliError } from '../src/cli-error.js';
import { describeError, writeError } from '../src/report-error.js';

function written(error: unknown, wantsJson: boolean): string {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  writeError(describeError(error), stream, wantsJson);
  return text;
}

describe('errors', () => {
  it.each([
    [new MessengerError('wrong_password', 'x'), 3],
    [new MessengerError('locked', 'x'), 3],
    [new MessengerError('unreachable', 'x'), 4],
    [new MessengerError('peer_not_authentic', 'x'), 4],
    [new MessengerError('not_accepted', 'x'), 4],
    [new MessengerError('port_in_use', 'x'), 1],
    [new MessengerError('invalid_id', 'x'), 1],
    [new InvalidCallError('params', 'x', 'name'), 2],
    [new CliError('password_needed', 'x'), 2],
    [new CliError('session_lost', 'x'), 4],
    [new CliError('not_delivered', 'x'), 5],
    [new CliError('interrupted', 'x'), 130],
    [new Error('x'), 1],
  ])('%s ends with its exit code', (error, exitCode) => {
    expect(describeError(error).exitCode).toBe(exitCode);
  });

  it('end with the next thing to type', () => {
    expect(written(new MessengerError('port_in_use', 'The port is taken.'), false)).toBe(
      'gravy: The port is taken.\nNext: gravy host --port 0\n',
    );
  });

  it('are JSON for programs', () => {
    expect(JSON.parse(written(new MessengerError('no_such_contact', 'Nobody.'), true))).toEqual({
      error: { code: 'no_such_contact', message: 'Nobody.', next: 'gravy contact list' },
    });
  });

  it('cannot act on the terminal', () => {
    expect(written(new CliError('usage', '\u001b[2J'), false)).toBe('gravy: <U+001B>[2J\n');
    expect(written(new CliError('usage', '\u009b2J'), true)).not.toContain('\u009b');
  });

  it('say nothing to whoever pressed Ctrl-C', () => {
    expect(written(new CliError('interrupted', 'Interrupted.'), false)).toBe('');
  });
});
