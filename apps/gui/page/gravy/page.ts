import type { GravyClient, GravyEvent, MethodName, ParamsOf, ResultOf } from '@gravy/messenger';
import { MessengerError } from '@gravy/messenger/page';
import { Conversation } from '../conversation/conversation.js';
import { WORDS } from '../words.js';
import { redeemLaunchCode, takeLaunchCode } from './launch.js';
import { Link } from './link.js';
import { Mirror } from './mirror.js';
import { lockPage } from './page-session.js';

/** What is typed and not sent yet. It stays in memory: browsers write everything else to disk. */
export interface Draft {
  readonly text: string;
  readonly replyTo?: string | undefined;
}

const LOCK_AGAIN_MS = 1000;
/** Who calls these with success has typed a password, of an account that is open from then on. */
const TAKES_PASSWORD: ReadonlySet<MethodName> = new Set([
  'account.unlock',
  'account.create',
  'account.import',
]);

/** Everything behind the screens: the link, what is known of Gravy, conversations, drafts. */
export class Page {
  readonly link = new Link();
  readonly mirror = new Mirror();
  readonly drafts = new Map<string, Draft>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #listeners = new Set<(event: GravyEvent) => void>();
  #account: string | undefined;
  #lockAgain: ReturnType<typeof setTimeout> | undefined;
  /** The name of the account this page showed last. */
  lastAccount: string | undefined;

  /** Lets the page in, by a launch code in its address or by what this tab was given before. */
  async start(): Promise<void> {
    this.link.state.subscribe(() => this.#linkChanged());
    this.mirror.snapshot.subscribe(() => this.#snapshotChanged());
    // A link opened in a tab that has the page already changes nothing but what stands behind the #.
    globalThis.addEventListener('hashchange', () => void this.#enter());
    await this.#enter();
  }

  get client(): GravyClient | undefined {
    const state = this.link.state.get();
    return state.kind === 'open' ? state.client : undefined;
  }

  readonly call = async <M extends MethodName>(
    method: M,
    params: ParamsOf<M>,
  ): Promise<ResultOf<M>> => {
    const { client } = this;
    if (client === undefined) throw new MessengerError('connection_closed', WORDS.link.notNow);
    const result = await client.call(method, params);
    if (TAKES_PASSWORD.has(method)) {
      clearTimeout(this.#lockAgain);
      this.mirror.reveal();
    }
    return result;
  };

  /** Calls `listener` for each event of Gravy, over whatever connection it comes. */
  onEvent(listener: (event: GravyEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  conversationWith(contact: string): Conversation {
    const known = this.#conversations.get(contact);
    if (known !== undefined) return known;
    const conversation = new Conversation(contact, () => this.client);
    this.#conversations.set(contact, conversation);
    void conversation.readNewest();
    return conversation;
  }

  /** What was read of a conversation is no longer so. */
  forgetConversation(contact: string): void {
    this.#conversations.delete(contact);
  }

  /**
   * Hides everything until the password is typed again; the account stays at work meanwhile. What is
   * on the screen goes first: the program may be gone, and must not be needed for that. It is then
   * asked until it has locked the page too, since one that is loaded anew only knows what it says.
   */
  async lock(): Promise<void> {
    clearTimeout(this.#lockAgain);
    this.mirror.hide();
    try {
      await lockPage(this.link);
    } catch {
      this.#lockAgain = setTimeout(() => void this.lock(), LOCK_AGAIN_MS);
      return;
    }
    await this.mirror.readAccount();
  }

  /** Whether it was locked in this window, and not opened since. */
  get isLocked(): boolean {
    return this.mirror.isHidden;
  }

  async #enter(): Promise<void> {
    const code = takeLaunchCode();
    if (code !== undefined) {
      const launch = await redeemLaunchCode(code);
      if (launch === 'locked' || launch === 'unknown') {
        this.link.refuse(launch === 'locked' ? 'locked' : 'code');
        return;
      }
    }
    this.link.open();
  }

  #linkChanged(): void {
    const { client } = this;
    if (client === undefined) return;
    client.onEvent((event) => this.#take(event));
    void this.mirror.follow(client).then(() => {
      for (const conversation of this.#conversations.values()) void conversation.readNewest();
    });
  }

  /** What was read of one account is of no use, and no business, to another. */
  #snapshotChanged(): void {
    const { account } = this.mirror.snapshot.get();
    if (account.kind !== 'open') {
      this.#conversations.clear();
      return;
    }
    if (this.#account !== account.info.id) this.drafts.clear();
    this.#account = account.info.id;
    this.lastAccount = account.info.name;
  }

  #take(event: GravyEvent): void {
    const contact = contactOf(event);
    for (const [id, conversation] of this.#conversations) {
      // Events of files do not say whose they are; only one conversation knows the file.
      if (contact === undefined || contact === id) conversation.take(event);
    }
    for (const listener of this.#listeners) listener(event);
  }
}

function contactOf(event: GravyEvent): string | undefined {
  if (event.method === 'message.received') return event.params.message.contact;
  if (event.method === 'file.offered') return event.params.file.contact;
  return 'contact' in event.params ? event.params.contact : undefined;
}
