const MAX_INPUTS = 100;

/** What was sent before, newest last; and which of it is looked at, with what was being written meanwhile. */
export interface InputHistory {
  readonly inputs: readonly string[];
  readonly recalled: { readonly index: number; readonly draft: string } | undefined;
}

export const NO_INPUTS: InputHistory = { inputs: [], recalled: undefined };

export function withInput({ inputs }: InputHistory, text: string): InputHistory {
  const kept = inputs.filter((input) => input !== text).slice(1 - MAX_INPUTS);
  return { inputs: [...kept, text], recalled: undefined };
}

/** Undefined if there is nothing before, or after. */
export function recall(
  history: InputHistory,
  current: string,
  step: -1 | 1,
): { history: InputHistory; text: string } | undefined {
  const { inputs, recalled } = history;
  const index = (recalled?.index ?? inputs.length) + step;
  const draft = recalled?.draft ?? current;
  if (index === inputs.length && recalled !== undefined) {
    return { history: { inputs, recalled: undefined }, text: draft };
  }
  const text = inputs[index];
  return text === undefined ? undefined : { history: { inputs, recalled: { index, draft } }, text };
}
