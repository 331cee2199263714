// A benchmark's parts in processes of their own, called over IPC.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Call, Calls } from './serve-calls.ts';

/** A process that answers calls. `C` is the type of the calls that its module serves. */
export interface Child<C extends Calls> {
  call<N extends keyof C & string>(
    name: N,
    ...parameters: Parameters<C[N]>
  ): Promise<Awaited<ReturnType<C[N]>>>;
  /** Ends the process and waits for its end. */
  end(): Promise<void>;
}

/** Runs a module that calls `serveCalls`. Calls reject if the process ends before it has answered them. */
export function startChild<C extends Calls>(module: URL): Child<C> {
  const child = fork(module, { serialization: 'advanced' });
  const exited = once(child, 'exit');
  const waiting = new Map<number, PromiseWithResolvers<never>>();
  let nextId = 0;
  child.on('message', (message) => {
    const answer = message as Answer;
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('failure' in answer) call?.reject(new Error(answer.failure));
    else call?.resolve(answer.result as never);
  });
  void exited.then(() => {
    for (const call of waiting.values()) call.reject(new Error('A child process ended too early.'));
    waiting.clear();
  });
  return {
    call: (name, ...parameters) => {
      const call: Call = { id: nextId++, name, parameters };
      const answered = Promise.withResolvers<never>();
      waiting.set(call.id, answered);
      child.send(call);
      return answered.promise;
    },
    end: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
