// What the host hands to its guest, by a way both trust: where it listens, who it is, and a secret that lets one person in.
export interface Ticket {
  /** `ws://host:port` */
  readonly url: string;
  /** The host's public key, 32 bytes. */
  readonly id: Uint8Array;
  /** 32 random bytes, for one guest. */
  readonly psk: Uint8Array;
}

/** One line of text. What stands behind `#` is never sent to a server, not even by a browser. */
export function encodeTicket({ url, id, psk }: Ticket): string {
  return `${url}#${toHex(id)}.${toHex(psk)}`;
}

/** Throws for what is no ticket. */
export function decodeTicket(text: string): Ticket {
  const [, url, id, psk] = /^(.+)#([0-9a-f]{64})\.([0-9a-f]{64})$/u.exec(text.trim()) ?? [];
  if (url === undefined || id === undefined || psk === undefined) {
    throw new Error('This is not a whole ticket. Copy all of the line.');
  }
  return { url, id: fromHex(id), psk: fromHex(psk) };
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../gu) ?? [], (byte) => Number.parseInt(byte, 16));
}
