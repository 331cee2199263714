import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contents, FilePeople, noise, sha256 } from './file-people.js';
import { hinderAppends } from './hinder-appends.js';

describe('the disk of who receives', { timeout: 60_000 }, () => {
  let people: FilePeople;
  let directory: string;

  beforeEach(async () => {
    people = await FilePeople.meet();
    directory = join(people.stage.folder, 'received');
    mkdirSync(directory);
  });
  afterEach(() => people.end());

  const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
  it.skipIf(!isRoot)(
    'when it is full the file waits, and goes on when asked (needs root)',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', directory]);
      try {
        const { ben } = people;
        const path = people.write('big.bin', noise(20_000_000));
        const id = await people.offer(path);
        await ben.program.call('file.accept', { id, directory });
        await ben.program.event('file.progress', (told) => told.id === id);
        writeFileSync(join(directory, 'ballast'), new Uint8Array(20_000_000), { flush: false });
      } catch (error) {
        // The ballast takes what is left, whoever of the two is first.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
      try {
        const [file] = await people.ben.program.call('file.list', {});
        const id = file?.id ?? '';
        const told = await people.ben.program.event('file.failed', (failed) => failed.id === id);
        expect(told).toMatchObject({ id, state: 'paused' });
        expect(told.reason).toMatch(/Make room/u);
        await people.ada.program.call('message.send', { contact: 'ben', text: 'never mind' });
        await people.ben.program.received('never mind');
        rmSync(join(directory, 'ballast'));
        await people.ben.program.call('file.accept', { id });
        const received = await people.arrived(id);
        expect(sha256(received)).toBe(sha256(join(people.stage.folder, 'to-send', 'big.bin')));
        expect(contents(directory)).toEqual(['big.bin']);
      } finally {
        execFileSync('umount', ['-l', directory]);
      }
    },
  );

  it('when it is slow, texts pass at once and nothing times out', async () => {
    const { ada, ben } = people;
    /** The longest that a chunk takes at about 1 MB/s. */
    const delayMs = 250;
    const letGo = hinderAppends(() => new Promise((resolve) => setTimeout(resolve, delayMs)));
    try {
      const path = people.write('slow.bin', noise(8_000_000));
      const id = await people.offer(path);
      await ben.program.call('file.accept', { id, directory });
      await ben.program.event('file.progress', (told) => told.id === id && told.bytes > 0);
      const delays: number[] = [];
      for (let index = 0; index < 10; index += 1) {
        const sentAt = performance.now();
        await ada.program.call('message.send', { contact: 'ben', text: `text ${index}` });
        await ben.program.received(`text ${index}`);
        delays.push(performance.now() - sentAt);
      }
      expect(await people.file(ben, id)).toMatchObject({ state: 'transferring' });
      // Behind the chunks on their way, 4 MiB at 1 MB/s, each would take four seconds.
      expect(Math.max(...delays)).toBeLessThan(2_000);
      expect(sha256(await people.arrived(id))).toBe(sha256(path));
      expect(ben.program.eventsOf('session.closed')).toEqual([]);
    } finally {
      letGo();
    }
  });
});
