import { createSocketClient, type GravyClient, type SocketClient } from '@gravy/messenger/page';
import { WORDS } from '../words.js';
import { forgetSecrets, type PageSecrets, pageSecrets } from './launch.js';
import { Observable } from './observable.js';
import { isProofOf, newNonce } from './server-proof.js';

/**
 *     opening --admitted--> open --closed--> waiting --time, or "Now"--> opening
 *     opening --not let in--> refused --another launch code--> opening
 */
export type LinkState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly client: GravyClient }
  | { readonly kind: 'waiting'; readonly retryAt: number; readonly reason: 'ended' | 'lost' }
  | {
      readonly kind: 'refused';
      readonly reason: 'no_token' | 'code' | 'unknown' | 'locked' | 'impostor';
    };

/** As the server closes sockets (src/server/rpc-socket.ts). */
const CLOSED_ENDED = 4000;
const CLOSED_UNKNOWN = 4401;
const CLOSED_LOCKED = 4429;

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 15_000;

/** The page's one WebSocket to the program on this machine, opened again whenever it is lost. */
export class Link {
  readonly state = new Observable<LinkState>({ kind: 'opening' });
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #socket: WebSocket | undefined;

  /** Whether the process that let this page in is there, and has proved that it is. */
  get isOpen(): boolean {
    return this.state.get().kind === 'open';
  }

  open(): void {
    clearTimeout(this.#retry);
    this.#drop();
    const secrets = pageSecrets();
    if (secrets === undefined) {
      this.state.set({ kind: 'refused', reason: 'no_token' });
      return;
    }
    // Once open, what is on the screen stays there while the socket is opened again.
    if (this.state.get().kind !== 'waiting') this.state.set({ kind: 'opening' });
    this.#connect(secrets);
  }

  /** Nobody is let in with the launch code that the page was opened with. */
  refuse(reason: 'code' | 'locked'): void {
    // An open page is no worse for a link that did not work.
    if (this.state.get().kind !== 'open') this.state.set({ kind: 'refused', reason });
  }

  #connect({ token, serverKey }: PageSecrets): void {
    const socket = new WebSocket(`ws://${location.host}/rpc`);
    this.#socket = socket;
    const nonce = newNonce();
    const client = createSocketClient({
      send: (message) => socket.send(message),
      close: () => socket.close(),
    });
    const isCurrent = (): boolean => this.#socket === socket;
    socket.addEventListener('open', () => socket.send(JSON.stringify({ token, nonce })));
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const state = this.state.get();
      if (state.kind === 'open' && state.client === client) client.receive(data);
      else void this.#checkServer({ data, serverKey, nonce, client, isCurrent });
    });
    socket.addEventListener('close', ({ code }) => {
      client.end(WORDS.link.callLost);
      if (isCurrent()) this.#closed(code);
    });
  }

  /** The first message must prove that this is the process that let the page in. */
  async #checkServer(first: {
    data: string;
    serverKey: string;
    nonce: string;
    client: SocketClient;
    isCurrent: () => boolean;
  }): Promise<void> {
    const { data, serverKey, nonce, client, isCurrent } = first;
    const isOurs = await isProofOf(data, serverKey, nonce);
    if (!isCurrent()) return;
    if (isOurs) {
      this.#admitted(client);
      return;
    }
    this.#drop();
    forgetSecrets();
    this.state.set({ kind: 'refused', reason: 'impostor' });
  }

  #admitted(client: SocketClient): void {
    this.#failures = 0;
    this.state.set({ kind: 'open', client });
  }

  #closed(code: number): void {
    if (code === CLOSED_LOCKED) {
      this.state.set({ kind: 'refused', reason: 'locked' });
      return;
    }
    if (code === CLOSED_UNKNOWN) {
      forgetSecrets();
      this.state.set({ kind: 'refused', reason: 'unknown' });
      return;
    }
    const state = this.state.get();
    const ended = code === CLOSED_ENDED || (state.kind === 'waiting' && state.reason === 'ended');
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** this.#failures, MAX_DELAY_MS);
    this.#failures += 1;
    this.state.set({
      kind: 'waiting',
      retryAt: Date.now() + delayMs,
      reason: ended ? 'ended' : 'lost',
    });
    this.#retry = setTimeout(() => this.open(), delayMs);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }
}
