import type { Account } from '../../core/account.js';
import type { Handlers, MethodsOf } from './handler.js';

export function fileHandlers(account: Account): Handlers<MethodsOf<'file'>> {
  const { desk } = account.files;

  return {
    'file.send': (params) => desk.send(params),
    'file.accept': async (params) => {
      await desk.accept(params);
      return {};
    },
    'file.decline': async (params) => {
      await desk.decline(params);
      return {};
    },
    'file.cancel': async (params) => {
      await desk.cancel(params);
      return {};
    },
    'file.list': (params) => desk.list(params),
  };
}
