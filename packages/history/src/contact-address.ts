/** Where a contact may be reached. */
export interface ContactAddress {
  readonly url: string;
  /** `user`: typed here, or out of an invite that was taken here. `contact`: announced by the contact in a signed record. */
  readonly origin: 'user' | 'contact';
  /** May be dialled only if it leads to a public address: nobody else decides what this machine knocks on in its own network. */
  readonly publicOnly: boolean;
}

export function encodeAddresses(addresses: readonly ContactAddress[]): string {
  return JSON.stringify(
    addresses.map(({ url, origin, publicOnly }) => ({ url, origin, publicOnly })),
  );
}

export function decodeAddresses(text: string): readonly ContactAddress[] {
  return JSON.parse(text) as readonly ContactAddress[];
}
