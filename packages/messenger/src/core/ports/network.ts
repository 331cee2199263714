// What the core needs of transport and protocol, with this account's key in them.
import type { Channel as ProtocolChannel } from '@gravy/protocol';

export { CLOSE_CODE, mayReconnectAfter } from '@gravy/protocol';
export type { ChannelEnd, CloseCode, ReceivedRecord } from '@gravy/protocol';

/** By which invite a guest came is settled before its channel is handed over. */
export type Channel = ProtocolChannel<unknown>;

/** Kinds from here on are ignored if unknown; from 32 to here, an unknown one ends the session (Spec 3.5). */
export const FIRST_IGNORABLE_KIND = 128;

/** How near the other end is, as far as the socket's address tells. */
export type Proximity = 'loopback' | 'private' | 'public';

/** An authenticated connection; the address is the socket's word and proves nothing. */
export interface Link {
  readonly channel: Channel;
  readonly remoteAddress: string;
  readonly proximity: Proximity;
  readonly tunnel: boolean;
}

export interface ListenAddress {
  readonly port: number;
  readonly hostname: string;
  /**
   * What guests come through. A `tunnel` connects from this machine, and says where each guest comes from;
   * who comes from elsewhere comes directly. A `proxy` of one's own may be on any machine, and does not say.
   */
  readonly through: 'nothing' | 'tunnel' | 'proxy';
  /** How many may be there that are not authenticated yet. */
  readonly places: number;
}

export interface Listener {
  readonly port: number;
  /** Stops listening and drops who is not authenticated yet; links stay. */
  close(): Promise<void>;
}

/** Somebody who has proven an id. */
export interface ProvenGuest {
  readonly id: Uint8Array;
  /** The invite it came by, as `openInvites` named it. */
  readonly invite: Uint8Array | undefined;
  /** Aborted when the guest is gone, or its 60 s are over. */
  readonly signal: AbortSignal;
  /** It waits for a person now, and does not count as unauthenticated meanwhile. */
  hold(): void;
}

/** What decides about a guest on its way in. */
export interface Doorkeeper {
  /**
   * A first message made for this host has come; false drops it before any public-key work. `address` is what has a limit of its
   * own, if anything has.
   */
  admitHandshake(address: string | undefined): boolean;
  /** Those a guest may come by, at most 32. */
  openInvites(): readonly { readonly key: Uint8Array; readonly psk: Uint8Array }[];
  /** Whether it may come in. */
  authorize(guest: ProvenGuest): boolean | Promise<boolean>;
  /** Both sides are authenticated. */
  receive(link: Link): void;
}

/** Where to find a contact. */
interface DialTarget {
  readonly url: string;
  readonly peerId: Uint8Array;
  /** Refuses what leads to an address that is not public (Spec 8.6). */
  readonly publicOnly: boolean;
  /** The secret of an invite. */
  readonly psk?: Uint8Array | undefined;
}

export interface Network {
  connect(target: DialTarget, signal: AbortSignal): Promise<Link>;
  /** Where a URL leads, as far as its text tells; a name that is not local counts as public. */
  proximityOf(url: string): Proximity;
  listen(address: ListenAddress, doorkeeper: Doorkeeper): Promise<Listener>;
}
