import type { ContactRegister } from './contact-register.js';
import { HistoryError } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import {
  type InviteClaim,
  inviteFromRow,
  type InviteRow,
  type NewInvite,
  type StoredInvite,
} from './invite-row.js';
import type { Database, Statement } from './sqlite.js';

/** How long an invite that has ended is still listed. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/**
 * Invites that were made here.
 *
 *     open --claim--> open for its bearer alone --+--revoke, or the end of its time--> ended, without psk
 *       `------------------------------------------'                          `--30 days--> forgotten
 */
export class InviteTable {
  readonly #commits: GroupCommit;
  readonly #register: ContactRegister;
  readonly #insert: Statement<unknown[], never>;
  readonly #byId: Statement<[Uint8Array], InviteRow>;
  readonly #all: Statement<[], InviteRow>;
  readonly #open: Statement<[number], InviteRow>;
  readonly #take: Statement<[Uint8Array, number, Uint8Array], never>;
  readonly #isBlockedStranger: Statement<[Uint8Array], { found: number }>;
  readonly #revoke: Statement<[number, Uint8Array], never>;
  readonly #revokeOf: Statement<[number, Uint8Array], never>;
  readonly #erase: Statement<[number], never>;
  readonly #forget: Statement<[number], never>;

  constructor(database: Database, commits: GroupCommit, register: ContactRegister) {
    this.#commits = commits;
    this.#register = register;
    this.#insert = database.prepare(
      `INSERT INTO invites (id, psk, created_at, expires_at, contact_name, urls)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#byId = database.prepare('SELECT * FROM invites WHERE id = ?');
    this.#all = database.prepare('SELECT * FROM invites ORDER BY key DESC');
    this.#open = database.prepare(
      'SELECT * FROM invites WHERE psk IS NOT NULL AND expires_at > ? ORDER BY key',
    );
    this.#take = database.prepare(
      'UPDATE invites SET bearer = ?, used_at = ? WHERE id = ? AND bearer IS NULL',
    );
    this.#isBlockedStranger = database.prepare(
      'SELECT 1 AS found FROM blocked_strangers WHERE id = ?',
    );
    const revoke = 'UPDATE invites SET psk = NULL, revoked_at = ? WHERE psk IS NOT NULL';
    this.#revoke = database.prepare(`${revoke} AND id = ?`);
    this.#revokeOf = database.prepare(`${revoke} AND bearer = ?`);
    this.#erase = database.prepare(
      'UPDATE invites SET psk = NULL WHERE psk IS NOT NULL AND expires_at <= ?',
    );
    this.#forget = database.prepare(
      'DELETE FROM invites WHERE min(expires_at, coalesce(revoked_at, expires_at)) < ?',
    );
  }

  /** Stores an invite; it is open from then on. */
  add(invite: NewInvite): Promise<void> {
    return this.#commits.write(() => {
      this.#insert.run(
        invite.id,
        invite.psk,
        invite.createdAt,
        invite.expiresAt,
        invite.contactName ?? null,
        JSON.stringify(invite.urls),
      );
    });
  }

  /** The invite of this id (16 bytes); undefined if there is none. */
  get(id: Uint8Array): StoredInvite | undefined {
    const row = this.#commits.read(() => this.#byId.get(id));
    return row === undefined ? undefined : inviteFromRow(row);
  }

  /** All that are not forgotten, newest first. */
  list(): readonly StoredInvite[] {
    return this.#commits.read(() => this.#all.all().map(inviteFromRow));
  }

  /** Those that still let somebody in at this time, oldest first: anybody, or the bearer who took it. */
  open(now: number): readonly StoredInvite[] {
    return this.#commits.read(() => this.#open.all(now).map(inviteFromRow));
  }

  /**
   * Gives an invite to who came with it, and makes them a contact unless they are one, under the
   * wanted name or one like it: both or nothing.
   *
   * - `claimed`: now, or earlier by the same bearer.
   * - `taken`: another bearer has it.
   * - `closed`: revoked, expired or unknown, or the bearer is blocked, who stays so.
   *
   * @throws HistoryError `misuse` if the contact is not the bearer
   */
  claim(claim: InviteClaim): Promise<'claimed' | 'taken' | 'closed'> {
    return this.#commits.write(() => {
      const { id, bearer, at, contact } = claim;
      if (!equal(contact.id, bearer)) {
        throw new HistoryError('misuse', 'The contact of a claim has the id of the bearer.');
      }
      const invite = this.#byId.get(id);
      if (invite === undefined || invite.psk === null || invite.expires_at <= at) return 'closed';
      const known = this.#register.byId(bearer);
      if (known?.blocked === 1 || this.#isBlockedStranger.get(bearer) !== undefined) {
        return 'closed';
      }
      if (invite.bearer !== null && !equal(invite.bearer, bearer)) return 'taken';
      this.#take.run(bearer, at, id);
      if (known === undefined) {
        this.#register.add({ ...contact, name: this.#register.freeNameLike(contact.name) });
      }
      return 'claimed';
    });
  }

  /** Ends an invite; its secret is erased. Resolves with false if it had ended, or there is none. */
  revoke(id: Uint8Array, at: number): Promise<boolean> {
    return this.#commits.write(() => this.#revoke.run(at, id).changes === 1);
  }

  /** Ends what this bearer took: it lets them in no more. */
  revokeOf(bearer: Uint8Array, at: number): Promise<void> {
    return this.#commits.write(() => void this.#revokeOf.run(at, bearer));
  }

  /** Erases the secrets of those whose time is over, and forgets those that ended more than 30 days ago. */
  prune(now: number): Promise<void> {
    return this.#commits.write(() => {
      this.#erase.run(now);
      this.#forget.run(now - REMEMBERED_MS);
    });
  }
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
