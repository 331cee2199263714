// libsignal as an application uses it, with its stores in memory.
import * as signal from '@signalapp/libsignal-client';

class Sessions extends signal.SessionStore {
  readonly #records = new Map<string, signal.SessionRecord>();

  override async saveSession(
    name: signal.ProtocolAddress,
    record: signal.SessionRecord,
  ): Promise<void> {
    this.#records.set(name.toString(), record);
  }

  override async getSession(name: signal.ProtocolAddress): Promise<signal.SessionRecord | null> {
    return this.#records.get(name.toString()) ?? null;
  }

  override async getExistingSessions(
    names: signal.ProtocolAddress[],
  ): Promise<signal.SessionRecord[]> {
    return names.flatMap((name) => this.#records.get(name.toString()) ?? []);
  }
}

class Identities extends signal.IdentityKeyStore {
  readonly #pair: signal.IdentityKeyPair;
  readonly #known = new Map<string, signal.PublicKey>();

  constructor(pair: signal.IdentityKeyPair) {
    super();
    this.#pair = pair;
  }

  override async getIdentityKey(): Promise<signal.PrivateKey> {
    return this.#pair.privateKey;
  }

  override async getIdentityKeyPair(): Promise<signal.IdentityKeyPair> {
    return this.#pair;
  }

  override async getLocalRegistrationId(): Promise<number> {
    return 1;
  }

  override async saveIdentity(
    name: signal.ProtocolAddress,
    key: signal.PublicKey,
  ): Promise<signal.IdentityChange> {
    this.#known.set(name.toString(), key);
    return signal.IdentityChange.NewOrUnchanged;
  }

  override async isTrustedIdentity(): Promise<boolean> {
    return true;
  }

  override async getIdentity(name: signal.ProtocolAddress): Promise<signal.PublicKey | null> {
    return this.#known.get(name.toString()) ?? null;
  }
}

function found<T>(record: T | undefined): T {
  if (record === undefined) throw new Error('There is no such key.');
  return record;
}

class PreKeys extends signal.PreKeyStore {
  readonly #records = new Map<number, signal.PreKeyRecord>();

  override async savePreKey(id: number, record: signal.PreKeyRecord): Promise<void> {
    this.#records.set(id, record);
  }

  override async getPreKey(id: number): Promise<signal.PreKeyRecord> {
    return found(this.#records.get(id));
  }

  override async removePreKey(id: number): Promise<void> {
    this.#records.delete(id);
  }
}

class SignedPreKeys extends signal.SignedPreKeyStore {
  readonly #records = new Map<number, signal.SignedPreKeyRecord>();

  override async saveSignedPreKey(id: number, record: signal.SignedPreKeyRecord): Promise<void> {
    this.#records.set(id, record);
  }

  override async getSignedPreKey(id: number): Promise<signal.SignedPreKeyRecord> {
    return found(this.#records.get(id));
  }
}

class KyberPreKeys extends signal.KyberPreKeyStore {
  readonly #records = new Map<number, signal.KyberPreKeyRecord>();

  override async saveKyberPreKey(id: number, record: signal.KyberPreKeyRecord): Promise<void> {
    this.#records.set(id, record);
  }

  override async getKyberPreKey(id: number): Promise<signal.KyberPreKeyRecord> {
    return found(this.#records.get(id));
  }

  override async markKyberPreKeyUsed(): Promise<void> {
    // One that is used once is not kept here either.
  }
}

/** One user with a long-term key, and nothing else yet. */
class User {
  readonly address: signal.ProtocolAddress;
  readonly pair: signal.IdentityKeyPair;
  readonly sessions = new Sessions();
  readonly preKeys = new PreKeys();
  readonly signedPreKeys = new SignedPreKeys();
  readonly kyberPreKeys = new KyberPreKeys();
  readonly identities: Identities;

  constructor(name: string, pair: signal.IdentityKeyPair) {
    this.address = signal.ProtocolAddress.new(name, 1);
    this.pair = pair;
    this.identities = new Identities(pair);
  }

  /** Makes one prekey of each kind and signs those that are signed. */
  async publishPreKeys(): Promise<signal.PreKeyBundle> {
    const [preKey, signedPreKey] = [signal.PrivateKey.generate(), signal.PrivateKey.generate()];
    const kyber = signal.KEMKeyPair.generate();
    const sign = (key: { serialize(): Uint8Array<ArrayBuffer> }): Uint8Array<ArrayBuffer> =>
      this.pair.privateKey.sign(key.serialize());
    const signature = sign(signedPreKey.getPublicKey());
    const kyberSignature = sign(kyber.getPublicKey());
    await this.preKeys.savePreKey(1, signal.PreKeyRecord.new(1, preKey.getPublicKey(), preKey));
    const signedRecord = signal.SignedPreKeyRecord.new(
      2,
      1,
      signedPreKey.getPublicKey(),
      signedPreKey,
      signature,
    );
    await this.signedPreKeys.saveSignedPreKey(2, signedRecord);
    await this.kyberPreKeys.saveKyberPreKey(
      3,
      signal.KyberPreKeyRecord.new(3, 1, kyber, kyberSignature),
    );
    return signal.PreKeyBundle.new(
      1,
      1,
      1,
      preKey.getPublicKey(),
      2,
      signedPreKey.getPublicKey(),
      signature,
      this.pair.publicKey,
      3,
      kyber.getPublicKey(),
      kyberSignature,
    );
  }

  encrypt(body: Uint8Array<ArrayBuffer>, to: User): Promise<signal.CiphertextMessage> {
    return signal.signalEncrypt(body, to.address, this.address, this.sessions, this.identities);
  }

  async decryptFirst(message: signal.CiphertextMessage, from: User): Promise<Uint8Array> {
    return signal.signalDecryptPreKey(
      signal.PreKeySignalMessage.deserialize(message.serialize()),
      from.address,
      this.address,
      this.sessions,
      this.identities,
      this.preKeys,
      this.signedPreKeys,
      this.kyberPreKeys,
    );
  }

  async decrypt(message: signal.CiphertextMessage, from: User): Promise<Uint8Array> {
    const received = signal.SignalMessage.deserialize(message.serialize());
    return signal.signalDecrypt(
      received,
      from.address,
      this.address,
      this.sessions,
      this.identities,
    );
  }
}

const pairs = [signal.IdentityKeyPair.generate(), signal.IdentityKeyPair.generate()] as const;
const GREETING = new Uint8Array(2);

export interface SignalSession {
  readonly alice: User;
  readonly bob: User;
}

/**
 * PQXDH with its prekeys, up to the first message, read by its receiver. The long-term keys are made once. The caller has not
 * yet heard from the other then: that takes `confirm`.
 */
export async function connectSignal(): Promise<SignalSession> {
  const [alice, bob] = [new User('alice', pairs[0]), new User('bob', pairs[1])];
  const bundle = await bob.publishPreKeys();
  await signal.processPreKeyBundle(
    bundle,
    bob.address,
    alice.address,
    alice.sessions,
    alice.identities,
  );
  await bob.decryptFirst(await alice.encrypt(GREETING, bob), alice);
  return { alice, bob };
}

/** The first message back: only now have both proven that they hold their keys, as after our four messages. */
export async function confirm({ alice, bob }: SignalSession): Promise<void> {
  await alice.decrypt(await bob.encrypt(GREETING, alice), bob);
}
