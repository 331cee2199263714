import { type Gravy, MessengerError } from '@gravy/messenger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EffectRunner } from '../../src/tui/effects/effect-runner.js';
import { Loader } from '../../src/tui/effects/loader.js';
import { Notifier } from '../../src/tui/effects/notifier.js';
import { initialState } from '../../src/tui/state/state.js';
import { step, type Transition } from '../../src/tui/state/step.js';
import { Store } from '../../src/tui/store.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function running(): { store: Store; written: string[]; quit: ReturnType<typeof vi.fn> } {
  const written: string[] = [];
  const write = (sequence: string): number => written.push(sequence);
  const quit = vi.fn<(error?: unknown) => void>();
  const gravy = {} as Gravy;
  const runner: EffectRunner = new EffectRunner({
    core: Promise.resolve({ gravy, loader: new Loader(gravy, () => undefined) }),
    notifier: new Notifier('none', write),
    write,
    apply: (transition) => store.apply(transition),
    quit,
  });
  const store = new Store(initialState({ columns: 80, rows: 24 }), (effect) => runner.run(effect));
  return { store, written, quit };
}

function begin(store: Store, work: Promise<Transition>): void {
  store.apply((state) =>
    step(state, {
      kind: 'task',
      place: 'here',
      waiting: 'Working ...',
      patience: { afterMs: 4_000, text: 'Still working.' },
      run: () => work,
    }),
  );
}

describe('a task', () => {
  it('says that it goes on only after a moment, and again after a while', async () => {
    const { store } = running();
    const { promise, resolve } = Promise.withResolvers<Transition>();
    begin(store, promise);
    await vi.advanceTimersByTimeAsync(149);
    expect(store.state.waiting).toEqual({});
    await vi.advanceTimersByTimeAsync(1);
    expect(store.state.waiting).toEqual({ here: 'Working ...' });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(store.state.waiting).toEqual({ here: 'Still working.' });
    resolve((state) => step({ ...state, choices: { done: 'yes' } }));
    await vi.advanceTimersByTimeAsync(0);
    expect(store.state).toMatchObject({ waiting: {}, choices: { done: 'yes' } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says what went wrong where it was begun', async () => {
    const { store, quit } = running();
    const error = new MessengerError('unreachable', 'Nobody answers there. Ask for the URL again.');
    begin(store, Promise.reject(error));
    await vi.advanceTimersByTimeAsync(0);
    expect(store.state.notices).toEqual({ here: { kind: 'bad', text: error.message } });
    expect(store.state.waiting).toEqual({});
    expect(quit).not.toHaveBeenCalled();
  });
});

it('says what was not foreseen in one line', async () => {
  const { store } = running();
  begin(store, Promise.reject(new Error('first\n  second\r\nthird')));
  await vi.advanceTimersByTimeAsync(0);
  expect(store.state.notices['here']?.text).toBe(
    'Something unforeseen went wrong: first second third',
  );
});

describe('the store', () => {
  it('draws what a person does at once, and news together', () => {
    const { store } = running();
    const draw = vi.fn<() => void>();
    store.subscribe(draw);
    store.apply((state) => step(state));
    expect(draw).toHaveBeenCalledTimes(1);
    for (let news = 0; news < 1_000; news += 1) store.applySoon((state) => step(state));
    expect(draw).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(40);
    expect(draw).toHaveBeenCalledTimes(2);
    store.stop();
  });

  it('copies by OSC 52', () => {
    const { store, written } = running();
    store.apply((state) => step(state, { kind: 'copy', text: 'gravy1é' }));
    expect(written).toEqual([`\u001b]52;c;${Buffer.from('gravy1é').toString('base64')}\u0007`]);
  });
});
