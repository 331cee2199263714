import { useRef, useState } from 'react';
import { WORDS } from '../words.js';

/** Something that is asked for and takes its time: at most once at a time, its error beside it. */
export interface Action<A extends unknown[]> {
  readonly run: (...words: A) => Promise<void>;
  readonly isBusy: boolean;
  /** What went wrong last, until it is tried again. */
  readonly problem: string | undefined;
  readonly setProblem: (problem: string | undefined) => void;
}

export function useAction<A extends unknown[]>(work: (...words: A) => Promise<unknown>): Action<A> {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isRunning = useRef(false);
  const run = async (...words: A): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await work(...words);
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { run, isBusy, problem, setProblem };
}

/** Gravy's own errors say what happened and what to do; others are no text for people. */
export function messageOf(error: unknown): string {
  const isOurs =
    error instanceof Error &&
    (error.name === 'MessengerError' || error.name === 'InvalidCallError');
  return isOurs ? error.message : WORDS.unforeseen;
}
