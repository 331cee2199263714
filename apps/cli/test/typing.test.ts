import { describe, expect, it } from 'vitest';
import { parseTargetLine } from '../src/chat/connect-target.js';
import { parseAddArgument, parseChatLine } from '../src/chat/slash-line.js';
import { HiddenLine } from '../src/terminal/hidden-line.js';

describe('HiddenLine', () => {
  it('collects what is typed until Enter', () => {
    const line = new HiddenLine();
    expect(line.push('pa')).toBeUndefined();
    expect(line.push('ss\r')).toEqual({ kind: 'line', line: 'pass', rest: '' });
  });
  it('leaves what was pasted after Enter for the next question', () => {
    expect(new HiddenLine().push('one\ntwo\n')).toEqual({
      kind: 'line',
      line: 'one',
      rest: 'two\n',
    });
  });
  it('deletes whole characters, and the whole line', () => {
    expect(new HiddenLine().push('a👩‍👩‍👧‍👦\u007f\r')).toMatchObject({ line: 'a' });
    expect(new HiddenLine().push('wrong\u0015right\r')).toMatchObject({ line: 'right' });
  });
  it('ignores arrow keys and other controls', () => {
    expect(new HiddenLine().push('a\u001b[D\u0001b\r')).toMatchObject({ line: 'ab' });
  });
  it('is interrupted by Ctrl-C and ended by Ctrl-D on an empty line', () => {
    expect(new HiddenLine().push('a\u0003')).toEqual({ kind: 'interrupted' });
    expect(new HiddenLine().push('\u0004')).toEqual({ kind: 'end' });
    expect(new HiddenLine().push('a\u0004')).toBeUndefined();
  });
});

describe('parseChatLine', () => {
  it.each([
    ['hello', { kind: 'text', text: 'hello' }],
    ['  indented', { kind: 'text', text: '  indented' }],
    ['   ', { kind: 'nothing' }],
    ['//etc/hosts', { kind: 'text', text: '/etc/hosts' }],
    ['/to Ada Lovelace ', { kind: 'command', name: 'to', argument: 'Ada Lovelace' }],
    ['/QUIT', { kind: 'command', name: 'quit', argument: '' }],
    ['/', { kind: 'command', name: '', argument: '' }],
  ])('%j', (line, parsed) => {
    expect(parseChatLine(line)).toEqual(parsed);
  });
});

describe('the parameters of /add and /connect', () => {
  it('take names with spaces, quoted or not', () => {
    expect(parseAddArgument('Ada Lovelace gravy1xyz')).toEqual({
      name: 'Ada Lovelace',
      id: 'gravy1xyz',
    });
    expect(parseAddArgument('"Ada" gravy1xyz ws://127.0.0.1:8080')).toEqual({
      name: 'Ada',
      id: 'gravy1xyz',
      url: 'ws://127.0.0.1:8080',
    });
    expect(parseTargetLine('ws://127.0.0.1:8080 Ada Lovelace')).toEqual({
      kind: 'url',
      url: 'ws://127.0.0.1:8080',
      contact: 'Ada Lovelace',
    });
  });
  it('are an invite, or a contact alone', () => {
    const invite = 'GRAVYINVITE1QQ';
    expect(parseTargetLine(invite)).toEqual({ kind: 'invite', invite });
    expect(parseTargetLine(`${invite} "Ada L"`)).toEqual({ kind: 'invite', invite, name: 'Ada L' });
    expect(parseTargetLine('Ada Lovelace')).toEqual({ kind: 'contact', contact: 'Ada Lovelace' });
  });
  it('are refused when something is missing', () => {
    expect(parseAddArgument('')).toBeUndefined();
    expect(parseAddArgument('ada')).toBeUndefined();
    expect(parseTargetLine(' ')).toBeUndefined();
    expect(() => parseTargetLine('ws://127.0.0.1:8080')).toThrow(/the contact/u);
  });
});
