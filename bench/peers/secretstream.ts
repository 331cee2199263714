import sodium from 'sodium-native';

const TAG = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
const OVERHEAD = sodium.crypto_secretstream_xchacha20poly1305_ABYTES;

/** libsodium's stream cipher from one end to the other; gives how many bytes of the body came out. */
export function openSecretstream(): (body: Buffer) => number {
  const key = Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES, 7);
  const header = Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES);
  const stateBytes = (sodium as unknown as Record<string, number>)[
    'crypto_secretstream_xchacha20poly1305_STATEBYTES'
  ];
  const [push, pull] = [Buffer.alloc(stateBytes ?? 52), Buffer.alloc(stateBytes ?? 52)];
  const calls = sodium as unknown as Record<string, (...options: unknown[]) => number>;
  const call = (name: string, ...options: unknown[]): number => {
    const found = calls[`crypto_secretstream_xchacha20poly1305_${name}`];
    if (!found) throw new Error(`sodium-native has no ${name}.`);
    return found(...options);
  };
  call('init_push', push, header, key);
  call('init_pull', pull, header, key);
  const tag = Buffer.alloc(1);
  return (body) => {
    const sealed = Buffer.allocUnsafe(body.length + OVERHEAD);
    call('push', push, sealed, body, null, TAG);
    const opened = Buffer.allocUnsafe(body.length);
    return call('pull', pull, opened, tag, sealed, null);
  };
}
