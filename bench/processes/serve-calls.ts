/** What a child process can be asked to do, by name. Parameters and results are cloned. */
export type Calls = Readonly<Record<string, (...parameters: never[]) => unknown>>;

export interface Call {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: string };

/** Answers the calls of the process that started this one, and ends with it. */
export function serveCalls(calls: Calls): void {
  const carryOut = async ({ id, name, parameters }: Call): Promise<Answer> => {
    try {
      return { id, result: await calls[name]?.(...(parameters as never[])) };
    } catch (error) {
      return { id, failure: error instanceof Error ? (error.stack ?? error.message) : name };
    }
  };
  process.on('message', (call) => {
    void carryOut(call as Call).then((answer) => process.send?.(answer));
  });
  process.on('disconnect', () => process.exit());
}
