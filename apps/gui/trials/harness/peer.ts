import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gravy, type GravyEvent, openGravy } from '@gravy/messenger';
import { PASSWORD, writeAccount } from './quick-account.ts';

/** Somebody at the other end without a page: Gravy's core in this process. */
export class Peer {
  readonly gravy: Gravy;
  readonly id: string;
  readonly #home: string;

  private constructor(gravy: Gravy, id: string, home: string) {
    this.gravy = gravy;
    this.id = id;
    this.#home = home;
  }

  static async start(name: string): Promise<Peer> {
    const home = await mkdtemp(join(tmpdir(), 'gravy-peer-'));
    await writeAccount(home, name);
    const gravy = await openGravy({ home });
    const { id } = await gravy.call('account.unlock', { name, password: PASSWORD });
    return new Peer(gravy, id, home);
  }

  /** What `pick` makes of the first event from now on that it makes something of. */
  first<T>(pick: (event: GravyEvent) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const stop = this.gravy.onEvent((event) => {
        const picked = pick(event);
        if (picked === undefined) return;
        stop();
        resolve(picked);
      });
    });
  }

  /** Resolves with the first event from now on that `fits`; it may count them. */
  async ofAll(fits: (event: GravyEvent) => boolean): Promise<void> {
    await this.first((event) => (fits(event) ? event : undefined));
  }

  async leave(): Promise<void> {
    await this.gravy.close();
    await rm(this.#home, { recursive: true, force: true });
  }
}
