import { acquireLock, type HistoryStore, type Lock, openHistory } from '@gravy/history';
import type { Identity } from '@gravy/identity';
import { openIdentityFile, replaceIdentityFile } from '@gravy/identity/file';
import { OwnKey, upgradePath } from '@gravy/protocol';
import { type CheckedCall, checkCall } from '../api/call.js';
import type { MethodName, ParamsOf, ResultOf } from '../api/methods.js';
import type { AccountInfo } from '../api/schemas.js';
import { Account } from '../core/account.js';
import { InvalidCallError } from '../api/client.js';
import type { LineService } from '../rpc/serve-lines.js';
import { accountHandlers } from './handlers/account-handlers.js';
import { listenOnControlSocket } from './control-socket.js';
import { discardCopies, exportAccount } from './backup/export-account.js';
import { HISTORY_KEY_INFO } from './history-key.js';
import type { AccountPaths, Home } from './home.js';
import { nodeFiles } from './files/node-files.js';
import { identityText, signerOf } from './identity-ports.js';
import { createNetwork } from './network.js';
import { systemClock } from './system-clock.js';
import { translateError } from './translate-error.js';
import { conversationWriter } from './write-conversation.js';
import { createTunnels, type TunnelSettings } from './tunnels.js';

/** An account that this process has open, alone. */
export interface OpenAccount extends LineService {
  readonly info: AccountInfo;
  /** What `call` does with a call that has been checked. */
  carryOut(call: CheckedCall): Promise<unknown>;
  close(): Promise<void>;
}

/** Everything undone in the reverse order of its doing, whether the opening failed half-way or the account ends. */
type Undo = () => void | Promise<void>;

/**
 * Puts the concrete libraries under the core, for one account. The identity stays the caller's to erase.
 * @throws HistoryError `in_use` if another process has the account open.
 */
export async function openAccount(options: {
  name: string;
  paths: AccountPaths;
  identity: Identity;
  home: Home;
  tunnels: TunnelSettings;
}): Promise<OpenAccount> {
  const { name, paths, identity, home } = options;
  const undo: Undo[] = [];
  const unwind = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const lock: Lock = acquireLock(paths.lock);
    undo.push(() => lock.release());
    await discardCopies(paths);
    const store = openStore(paths.history, identity);
    undo.push(() => store.close());
    const seed = identity.copySeed();
    const ownKey = OwnKey.fromSeed(seed);
    seed.fill(0);
    undo.push(() => ownKey.erase());

    const info = { name, id: identity.text };
    const account = new Account({
      ownId: info.id,
      profileName: name,
      store,
      text: identityText,
      signer: signerOf(ownKey),
      network: createNetwork(ownKey),
      tunnels: createTunnels({ home, path: upgradePath(ownKey.id), settings: options.tunnels }),
      files: nodeFiles,
      filesFolder: paths.files,
      writeConversation: conversationWriter(store),
      clock: systemClock,
    });
    undo.push(() => account.close());
    const handlers = accountHandlers({
      info,
      account,
      changePassword: async (oldPassword, newPassword) => {
        const unlocked = await openIdentityFile(paths.identity, oldPassword);
        try {
          await replaceIdentityFile(paths.identity, unlocked, newPassword);
        } finally {
          unlocked.erase();
        }
      },
      exportTo: (backup) => exportAccount({ name, paths, store, ...backup }),
    });
    const carryOut = async (call: CheckedCall): Promise<unknown> => {
      if (!Object.hasOwn(handlers, call.method)) {
        throw new InvalidCallError('method', 'This method is not served on an open account.');
      }
      // The handler of a method takes what the schema of the same method lets through.
      const handler = handlers[call.method as keyof typeof handlers] as (p: unknown) => unknown;
      try {
        return await handler(call.params);
      } catch (error) {
        throw translateError(error);
      }
    };
    const service: LineService = {
      onEvent: (listener) => account.events.onEvent(listener),
      call: async <M extends MethodName>(method: M, params: ParamsOf<M>): Promise<ResultOf<M>> =>
        (await carryOut(checkCall(method, params))) as ResultOf<M>,
    };
    const control = await listenOnControlSocket(paths.folder, service);
    undo.push(() => control.close());
    return { info, ...service, carryOut, close: unwind };
  } catch (error) {
    await unwind();
    throw error;
  }
}

function openStore(path: string, identity: Identity): HistoryStore {
  const key = identity.derive(HISTORY_KEY_INFO, 32);
  try {
    return openHistory({ path, key });
  } finally {
    key.fill(0);
  }
}
