import type { GravyClient, GravyEvent } from '@gravy/messenger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileEnd, FileWatch } from '../src/file/file-watch.js';

describe('who sends a file waits', () => {
  let tell: (event: GravyEvent) => void;
  let end: FileEnd | undefined;

  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const begin = (timeoutMs: number | undefined): void => {
    end = undefined;
    const onEvent = (listener: typeof tell): (() => void) => {
      tell = listener;
      return () => undefined;
    };
    const gravy = { onEvent } as Partial<GravyClient> as GravyClient;
    const watch = new FileWatch(gravy, { timeoutMs, onProgress: () => undefined });
    watch.follow('id');
    void watch.outcome().then((outcome) => (end = outcome));
  };
  const taken = (bytes: number): void => {
    const params = { id: 'id', bytes, size: 10, bytesPerSecond: 1 };
    tell({ method: 'file.progress', params });
  };

  it('as long as it takes', async () => {
    begin(undefined);
    await vi.advanceTimersByTimeAsync(86_400_000);
    taken(1);
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(end).toBeUndefined();
  });

  it('or as long as they say while nothing happens', async () => {
    begin(30_000);
    await vi.advanceTimersByTimeAsync(29_000);
    taken(1);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(end).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(end).toEqual({ kind: 'silence', hasBegun: true });
  });

  it('and for a slow disk to write, and a check, once all has been taken', async () => {
    begin(30_000);
    taken(10);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(end).toBeUndefined();
    tell({ method: 'file.completed', params: { id: 'id', path: '/x' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(end).toEqual({ kind: 'done' });
  });
});
