import type { Gravy } from '@gravy/messenger';
import { isMessengerError } from '../../report-error.js';
import { withNotice, type State } from '../state/state.js';
import { type Effect, step, type Transition } from '../state/step.js';
import { copySequence } from './clipboard.js';
import type { Loader } from './loader.js';
import type { Notifier } from './notifier.js';

/** What is done sooner shows nothing. */
const MOMENT_MS = 150;

type Task = Extract<Effect, { kind: 'task' }>;

/** What effects act on. */
export interface Surroundings {
  /** The core, which is still being loaded when the first frame is drawn. */
  readonly core: Promise<{ readonly gravy: Gravy; readonly loader: Loader }>;
  readonly notifier: Notifier;
  readonly write: (sequence: string) => void;
  readonly apply: (transition: Transition) => void;
  readonly quit: (error?: unknown) => void;
}

/** Carries out what transitions ask for. What fails is said where it was asked for. */
export class EffectRunner {
  readonly #world: Surroundings;

  constructor(world: Surroundings) {
    this.#world = world;
  }

  run(effect: Effect): void {
    const { notifier, write, quit } = this.#world;
    switch (effect.kind) {
      case 'task':
        this.#runTask(effect).catch(quit);
        return;
      case 'load':
        this.#load(effect).catch(quit);
        return;
      case 'copy':
        write(copySequence(effect.text));
        return;
      case 'notify':
        notifier.notify(effect.text, performance.now());
        return;
      case 'quit':
        quit();
        return;
      default:
        effect satisfies never;
    }
  }

  async #runTask({ place, waiting, patience, run, failed }: Task): Promise<void> {
    const { core, apply } = this.#world;
    const say = (text: string): void => apply((state) => step(withWaiting(state, place, text)));
    const timers = [
      ...(waiting === '' ? [] : [setTimeout(say, MOMENT_MS, waiting)]),
      ...(patience === undefined ? [] : [setTimeout(say, patience.afterMs, patience.text)]),
    ];
    try {
      const { gravy } = await core;
      const transition = await run(gravy);
      apply((state) => transition(withWaiting(state, place, undefined)));
    } catch (error) {
      const text = describe(error);
      apply((before) => {
        const state = withWaiting(failed?.(before) ?? before, place, undefined);
        return step(withNotice(state, place, { kind: 'bad', text }));
      });
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }

  async #load({ parts }: Extract<Effect, { kind: 'load' }>): Promise<void> {
    const { loader } = await this.#world.core;
    try {
      await loader.refresh(parts);
    } catch (error) {
      // The account was closed meanwhile, which an event of its own tells.
      if (!isMessengerError(error) || !isOver(error.code)) throw error;
    }
  }
}

const isOver = (code: string): boolean => code === 'locked' || code === 'connection_closed';

function withWaiting(state: State, place: string, text: string | undefined): State {
  const others = Object.entries(state.waiting).filter(([other]) => other !== place);
  return {
    ...state,
    waiting: Object.fromEntries(text === undefined ? others : [...others, [place, text]]),
  };
}

/** A notice is a paragraph: a line break in it would be drawn as a sign. */
function describe(error: unknown): string {
  return wordsFor(error).replaceAll(/\s*[\r\n]\s*/gu, ' ');
}

/** The core's messages say what happened, and what to do. */
function wordsFor(error: unknown): string {
  if (isMessengerError(error)) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && 'path' in error
    ? message
    : `Something unforeseen went wrong: ${message}`;
}
