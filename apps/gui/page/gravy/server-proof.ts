const NONCE_BYTES = 32;

export function newNonce(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
}

/** Whether a message proves, for this nonce, that its sender knows the key. */
export async function isProofOf(message: string, key: string, nonce: string): Promise<boolean> {
  try {
    const { params } = JSON.parse(message) as { params?: { proof?: unknown } };
    const text = new TextEncoder();
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const imported = await crypto.subtle.importKey('raw', text.encode(key), algorithm, false, [
      'sign',
    ]);
    const proof = await crypto.subtle.sign('HMAC', imported, text.encode(nonce));
    return params?.proof === toBase64Url(new Uint8Array(proof));
  } catch {
    return false;
  }
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
