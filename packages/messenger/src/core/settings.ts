import { type Settings, settingsSchema } from '../api/schemas.js';
import type { SettingStore } from './ports/store.js';

const KEY = 'settings';

/** What the person has chosen. Whatever tells others something is off until it is turned on. */
export class AccountSettings {
  readonly #store: SettingStore;
  readonly #defaults: Settings;
  #current: Settings;

  /** `profileName`: what contacts are told until the person says otherwise. */
  constructor(options: { store: SettingStore; profileName: string }) {
    this.#store = options.store;
    this.#defaults = {
      readReceipts: false,
      typing: false,
      reconnect: true,
      profileName: options.profileName,
      theme: 'system',
      autoAccept: {},
    };
    this.#current = this.#read();
  }

  get current(): Settings {
    return this.#current;
  }

  async change(changes: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings> {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const next = settingsSchema.parse({ ...this.#current, ...Object.fromEntries(given) });
    await this.#store.set(KEY, JSON.stringify(next));
    this.#current = next;
    return next;
  }

  /** What was chosen for a contact ends with it. */
  async forget(contact: string): Promise<void> {
    if (this.#current.autoAccept[contact] === undefined) return;
    const others = Object.entries(this.#current.autoAccept).filter(([id]) => id !== contact);
    await this.change({ autoAccept: Object.fromEntries(others) });
  }

  /** What a newer version wrote and this one does not understand is left out of sight, not out of the file's history. */
  #read(): Settings {
    const text = this.#store.get(KEY);
    if (text === undefined) return this.#defaults;
    const stored = JSON.parse(text) as Record<string, unknown>;
    const known = Object.entries(this.#defaults).map(([key, fallback]) => {
      const field = settingsSchema.shape[key as keyof Settings].safeParse(stored[key]);
      return [key, field.success ? field.data : fallback] as const;
    });
    return Object.fromEntries(known) as unknown as Settings;
  }
}
