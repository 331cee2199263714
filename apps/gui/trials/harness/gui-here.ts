import { type Gui, startGui } from '@gravy/gui';
import { type Gravy, openGravy } from '@gravy/messenger';
import type { GuiProgram } from './gui-program.ts';

/** For tests: other times, and another cloudflared. */
export type TunnelSettings = NonNullable<Parameters<typeof openGravy>[0]['tunnels']>;

/** The page served from this process: the same server over the same core, without the start of a program. */
export class GuiHere implements GuiProgram {
  readonly #gui: Gui;
  readonly #gravy: Gravy;

  private constructor(gui: Gui, gravy: Gravy) {
    this.#gui = gui;
    this.#gravy = gravy;
  }

  static async start(home: string, tunnels: TunnelSettings = {}): Promise<GuiHere> {
    const gravy = await openGravy({ home, tunnels });
    return new GuiHere(await startGui({ home, gravy }), gravy);
  }

  async link(): Promise<string> {
    return this.#gui.createLaunchUrl();
  }

  newLink(): Promise<string> {
    return this.link();
  }

  async kill(): Promise<void> {
    await this.#gui.close();
    await this.#gravy.close();
  }
}
