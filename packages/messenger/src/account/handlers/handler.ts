import type { CheckedParamsOf, MethodName, METHODS, ResultOf } from '../../api/methods.js';

/** The methods whose scope is the open account. */
type AccountMethod = {
  [M in MethodName]: (typeof METHODS)[M]['scope'] extends 'account' ? M : never;
}[MethodName];

type Handler<M extends MethodName> = (
  params: CheckedParamsOf<M>,
) => ResultOf<M> | Promise<ResultOf<M>>;

/** What answers the methods whose names are given. */
export type Handlers<M extends AccountMethod = AccountMethod> = {
  readonly [N in M]: Handler<N>;
};

/** The methods whose names begin with one of these words. */
export type MethodsOf<Word extends string> = Extract<AccountMethod, `${Word}.${string}`>;
