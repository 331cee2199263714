import { once } from 'node:events';
import type * as GuiPackage from '@gravy/gui';
import { homeOf } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import { type Context, refuseJson } from '../context.js';

/** `gravy gui`: serves the page until somebody wants it to stop. */
export async function serveGui(
  context: Context,
  { port, open }: { port: number; open: boolean },
): Promise<void> {
  refuseJson(context);
  const { startGui, announceGui, GuiError } = await importGui();
  const { input, output } = context.terminal;
  const gui = await startGui({ home: homeOf(context), port }).catch((error: unknown) => {
    if (!(error instanceof GuiError)) throw error;
    const next = error.code === 'page_missing' ? undefined : 'gravy gui --port 0';
    throw new CliError(error.code, error.message, next);
  });
  context.cleanups.push(() => gui.close());
  const stopListening = await announceGui(gui, { opens: open, input, output });
  context.cleanups.push(stopListening);
  await once(context.interruption.signal, 'abort');
}

/** The page is a package of its own, which not everybody who chats in a terminal has. */
async function importGui(): Promise<typeof GuiPackage> {
  try {
    return await import('@gravy/gui');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new CliError(
      'gui_missing',
      'The page is a package of its own, and it is not installed beside this program.',
      'npm install --global @gravy/gui',
    );
  }
}
