import { fileURLToPath } from 'node:url';
import { type Gravy, openGravy } from '@gravy/messenger';
import { GuiError } from './gui-error.js';
import { type RedirectFile, writeRedirectFile } from './redirect-file.js';
import { Doorkeeper } from './server/doorkeeper.js';
import { LAUNCH_CODE_MS } from './server/launch-codes.js';
import { type PageFile, readPageFiles } from './server/page-files.js';
import { Parcels } from './server/parcels.js';
import { removeFinished, removeForgotten } from './server/tidy-parcels.js';
import { serveWeb } from './server/web-server.js';

const TIDY_MS = 60_000;
/** As many as can be asked for at once. */
const MAX_LISTED = 500;

export interface GuiOptions {
  /** The folder of Gravy's data. */
  readonly home: string;
  /** Gravy as it is open over it in this process already; it then stays open when the page closes. */
  readonly gravy?: Gravy;
  /** Where to listen on 127.0.0.1; 0, the default, picks a free port. */
  readonly port?: number;
}

/** The page, served. */
export interface Gui {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, which lets nobody in by itself. */
  readonly origin: string;
  /** A URL that opens the page once, within 60 seconds. It is a secret: whoever has it gets in. */
  createLaunchUrl(): string;
  /** A file with mode 0600 that leads a browser to a fresh launch URL; removed by itself when that expires. */
  createRedirectFile(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Serves the page of Gravy on 127.0.0.1.
 * @throws GuiError
 */
export async function startGui(options: GuiOptions): Promise<Gui> {
  const { home, port = 0 } = options;
  const files = await builtPage();
  const gravy = options.gravy ?? (await openGravy({ home }));
  const closeOwn = async (): Promise<void> => {
    if (options.gravy === undefined) await gravy.close();
  };
  const doorkeeper = new Doorkeeper(() => performance.now());
  const parcels = new Parcels(home);
  const stopTidying = gravy.onEvent((event) => {
    // What cannot be removed now is in the person's own folder, and does no harm.
    parcels.discardSent(event, (id) => pathOfSent(gravy, id)).catch(() => undefined);
  });
  // Nor does what a process left behind that was killed, for longer than it takes to see that.
  const tidy = (): void => {
    removeForgotten(parcels, gravy, Date.now()).catch(() => undefined);
  };
  const server = await serveWeb({ gravy, doorkeeper, files, parcels }, port).catch(
    async (error: unknown) => {
      await closeOwn();
      throw error;
    },
  );
  tidy();
  const tidying = setInterval(tidy, TIDY_MS).unref();
  // Where an account is open already; otherwise once it is.
  removeFinished(parcels, gravy).catch(() => undefined);
  const redirects = new Map<RedirectFile, NodeJS.Timeout>();
  const createLaunchUrl = (): string => `${server.origin}/#launch=${doorkeeper.createLaunchCode()}`;

  return {
    port: server.port,
    origin: server.origin,
    createLaunchUrl,
    createRedirectFile: async () => {
      const redirect = await writeRedirectFile(createLaunchUrl());
      const expire = (): void => {
        redirects.delete(redirect);
        // Its code is worth nothing any more; a file that stays is no reason to end the process.
        redirect.remove().catch(() => undefined);
      };
      redirects.set(redirect, setTimeout(expire, LAUNCH_CODE_MS));
      return redirect.path;
    },
    close: async () => {
      for (const timer of redirects.values()) clearTimeout(timer);
      await Promise.allSettled([...redirects.keys()].map((redirect) => redirect.remove()));
      clearInterval(tidying);
      stopTidying();
      await server.close();
      await parcels.discardLoose();
      await closeOwn();
    },
  };
}

async function pathOfSent(gravy: Gravy, wanted: string): Promise<string | undefined> {
  const files = await gravy.call('file.list', { limit: MAX_LISTED });
  return files.find(({ id, direction }) => id === wanted && direction === 'out')?.path;
}

async function builtPage(): Promise<ReadonlyMap<string, PageFile>> {
  const folder = fileURLToPath(new URL('page/', import.meta.url));
  const files = await readPageFiles(folder).catch((cause: unknown) => {
    throw new GuiError('page_missing', `There is no page in ${folder}. ${HOW_TO_BUILD}`, { cause });
  });
  if (files.has('/')) return files;
  throw new GuiError('page_missing', `The page in ${folder} is not whole. ${HOW_TO_BUILD}`);
}

const HOW_TO_BUILD = 'Install @gravy/gui again; in a clone, run "npm run build".';
