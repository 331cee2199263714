import { expect, it } from 'vitest';
import { readOptions, USAGE } from '../src/program/options.js';

it('takes a free port unless another is asked for, and recommends no fixed one', () => {
  expect(readOptions([])).toMatchObject({ kind: 'run', port: 0 });
  expect(readOptions(['--port', '8090'])).toMatchObject({ kind: 'run', port: 8090 });
  expect(USAGE).toMatch(/default: a free port[^-]*safer/u);
  expect(USAGE).not.toMatch(/--port \d/u);
});
