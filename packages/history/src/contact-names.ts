import type { ContactRegister } from './contact-register.js';
import { contactFromRow, type StoredContact } from './contact-row.js';
import type { GroupCommit } from './group-commit.js';

/** Nobody writes to many more people at a time; looking one up in the file is slower, and no more than that. */
const MAX_KNOWN = 64;

/** Contacts by their names, kept in memory: whoever writes to somebody names them each time. */
export class ContactNames {
  readonly #commits: GroupCommit;
  readonly #register: ContactRegister;
  readonly #known = new Map<string, StoredContact>();
  #changes = 0;
  #lostTransactions = 0;

  constructor(commits: GroupCommit, register: ContactRegister) {
    this.#commits = commits;
    this.#register = register;
  }

  /** The listed contact of this name. Not to be called inside a write, which may be undone. */
  find(name: string): StoredContact | undefined {
    return this.#commits.read(() => {
      this.#refresh();
      const known = this.#known.get(name);
      if (known !== undefined) return known;
      const row = this.#register.byName(name);
      return row === undefined ? undefined : this.#remember(name, contactFromRow(row));
    });
  }

  #remember(name: string, contact: StoredContact): StoredContact {
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(name, contact);
    return contact;
  }

  #refresh(): void {
    const { changes } = this.#register;
    const { lostTransactions } = this.#commits;
    if (changes === this.#changes && lostTransactions === this.#lostTransactions) return;
    this.#changes = changes;
    this.#lostTransactions = lostTransactions;
    this.#known.clear();
  }
}
