import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { announceGui } from '../src/program/announce.js';
import type { Gui } from '../src/start-gui.js';

it('gives a link, and goes on, when no file can be written', async () => {
  const gui: Gui = {
    port: 1,
    origin: 'http://127.0.0.1:1',
    createLaunchUrl: () => 'http://127.0.0.1:1/#launch=x',
    createRedirectFile: () => Promise.reject(new Error('The disk is full.')),
    close: () => Promise.resolve(),
  };
  const input = new PassThrough();
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) };
  const stop = await announceGui(gui, { opens: false, input, output });
  const links = (): number => written.join('').split('#launch=x').length - 1;
  expect(links()).toBe(1);
  input.write('\n');
  await expect.poll(links).toBe(2);
  expect(written.at(-1)).toContain('could not be written');
  stop();
});
