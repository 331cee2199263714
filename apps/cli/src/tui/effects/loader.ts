import type { GravyClient } from '@gravy/messenger';
import { LatestLoad } from '../../chat/latest-load.js';
import { type Data, type Part, PARTS } from '../state/data.js';
import type { Transition } from '../state/step.js';
import { takeData } from '../state/take-data.js';

/** Keeps the data of the open account in step with the core: one load of a part at a time. */
export class Loader {
  readonly #loads: ReadonlyMap<Part, LatestLoad>;
  readonly #show: (transition: Transition) => void;
  readonly #client: GravyClient;

  constructor(client: GravyClient, show: (transition: Transition) => void) {
    this.#client = client;
    this.#show = show;
    this.#loads = new Map(PARTS.map((part) => [part, new LatestLoad(() => this.#load(part))]));
  }

  async refresh(parts: readonly Part[]): Promise<void> {
    await Promise.all(parts.map(async (part) => this.#loads.get(part)?.refresh()));
  }

  async #load(part: Part): Promise<void> {
    const loaded = await this.#ask(part);
    this.#show((state) => takeData(state, loaded));
  }

  async #ask(part: Part): Promise<Partial<Data>> {
    switch (part) {
      case 'contacts':
        return { contacts: await this.#client.call('contact.list', {}) };
      case 'sessions':
        return { sessions: await this.#client.call('session.list', {}) };
      case 'host':
        return { host: await this.#client.call('host.status', {}) };
      case 'requests':
        return { requests: await this.#client.call('request.list', {}) };
      case 'files':
        return { files: await this.#client.call('file.list', {}) };
      default:
        return part satisfies never;
    }
  }
}
