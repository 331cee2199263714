import { diagnoseTunnels, findCloudflared, installCloudflared, TunnelError } from '@gravy/tunnel';
import type { ResultOf } from '../api/methods.js';
import type { Diagnosis } from '../api/schemas.js';
import type { Home } from './home.js';

/** The program that makes tunnels, as this home finds it: no account needs to be open for that. */
export class CloudflaredOfHome {
  readonly #home: Home;
  readonly #setting: string | undefined;

  constructor(home: Home, setting: string | undefined) {
    this.#home = home;
    this.#setting = setting;
  }

  async status(): Promise<ResultOf<'tunnel.status'>> {
    try {
      const { path, version } = await findCloudflared(this.#places());
      return { found: true, path, version };
    } catch (error) {
      if (!(error instanceof TunnelError)) throw error;
      return { found: false, message: error.message };
    }
  }

  /** The person has agreed. @throws TunnelError `install_failed` */
  async install(): Promise<ResultOf<'tunnel.install'>> {
    await this.#home.prepare();
    const { path, version } = await installCloudflared({
      consent: true,
      binFolder: this.#home.binFolder,
    });
    return { found: true, path, version };
  }

  diagnose(): Promise<readonly Diagnosis[]> {
    return diagnoseTunnels(this.#places());
  }

  #places(): { binFolder: string; setting?: string } {
    const { binFolder } = this.#home;
    return this.#setting === undefined ? { binFolder } : { binFolder, setting: this.#setting };
  }
}
