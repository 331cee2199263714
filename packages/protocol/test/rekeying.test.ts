// When which side acts on an epoch: Spec 4.1. The sessions stand in by what they tell; that they rekey is tested elsewhere.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClientRekeying } from '../src/channel/rekey/client-rekeying.js';
import { ServerRekeying } from '../src/channel/rekey/server-rekeying.js';
import {
  REKEY_AFTER_BYTES,
  REKEY_AFTER_RECORDS,
  REKEY_REQUEST_AFTER_BYTES,
  REKEY_REQUEST_AFTER_RECORDS,
} from '../src/limits.js';
import { PROTOCOL_KIND } from '../src/record/kind.js';
import type { ClientSession } from '../src/record/client-session.js';
import type { ServerSession } from '../src/record/server-session.js';
import { useHandTimers } from './hand-timers.js';

const { rekey1, rekey2, rekeyRequest } = PROTOCOL_KIND;
const TEXT = 32;

function toldBy() {
  return {
    epoch: 0,
    epochUsage: { records: 0, bytes: 0, hasApplicationRecord: false },
    isRekeyOutstanding: false,
    isRekeyOwed: false,
    mayRequestRekey: true,
  };
}

let session: ReturnType<typeof toldBy>;
let sent: number[];
let stop: () => void;
const options = {
  send: (kind: number) => void sent.push(kind),
  onTimeout: (): void => void sent.push(-1),
};

useHandTimers();
beforeEach(() => {
  session = toldBy();
  sent = [];
});
afterEach(() => stop());

const after = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const carried = (usage: Partial<ReturnType<typeof toldBy>['epochUsage']>): void => {
  session.epochUsage = { ...toldBy().epochUsage, ...usage };
};

describe('a client', () => {
  let rekeying: ClientRekeying;
  beforeEach(() => {
    rekeying = new ClientRekeying(session as unknown as ClientSession, options);
    stop = () => rekeying.stop();
  });

  test.each([
    ['records', REKEY_AFTER_RECORDS],
    ['bytes', REKEY_AFTER_BYTES],
  ] as const)('starts a rekey with the last of so many %s', (what, count) => {
    carried({ [what]: count - 1 });
    rekeying.afterRecord(TEXT);
    expect(sent).toEqual([]);
    carried({ [what]: count });
    rekeying.afterRecord(TEXT);
    expect(sent).toEqual([rekey1]);
  });

  test('starts one after 120 s with an application record, and gives the answer 60 s', async () => {
    carried({ hasApplicationRecord: true });
    await after(119_999);
    expect(sent).toEqual([]);
    await after(1);
    expect(sent).toEqual([rekey1]);
    session.isRekeyOutstanding = true;
    rekeying.afterRecord(TEXT);
    await after(59_999);
    expect(sent).toEqual([rekey1]);
    await after(1);
    expect(sent).toEqual([rekey1, -1]);
  });

  test('waits no longer once the answer is there, and the next epoch is as long', async () => {
    carried({ hasApplicationRecord: true });
    await after(120_000);
    Object.assign(session, { epoch: 1 });
    carried({});
    rekeying.afterRecord(rekey2);
    carried({ hasApplicationRecord: true });
    rekeying.afterRecord(TEXT);
    await after(119_999);
    expect(sent).toEqual([rekey1]);
    await after(1);
    expect(sent).toEqual([rekey1, rekey1]);
  });

  test('that is stopped starts none, asked or due, and counts no further epoch', async () => {
    rekeying.stop();
    rekeying.afterRecord(rekeyRequest);
    carried({ records: REKEY_AFTER_RECORDS });
    rekeying.afterRecord(TEXT);
    Object.assign(session, { epoch: 1 });
    rekeying.afterRecord(rekey2);
    expect(vi.getTimerCount()).toBe(0);
    await after(600_000);
    expect(sent).toEqual([]);
  });

  test('starts one when it is asked to', () => {
    rekeying.afterRecord(rekeyRequest);
    expect(sent).toEqual([rekey1]);
  });
});

describe('a server', () => {
  let rekeying: ServerRekeying;
  beforeEach(() => {
    rekeying = new ServerRekeying(session as unknown as ServerSession, options);
    stop = () => rekeying.stop();
  });

  test('answers what it owes, and nothing else', () => {
    rekeying.afterRecord();
    expect(sent).toEqual([]);
    session.isRekeyOwed = true;
    rekeying.afterRecord();
    expect(sent).toEqual([rekey2]);
  });

  test.each([
    ['records', REKEY_REQUEST_AFTER_RECORDS],
    ['bytes', REKEY_REQUEST_AFTER_BYTES],
  ] as const)('asks for a rekey with the last of so many %s', (what, count) => {
    carried({ [what]: count - 1 });
    rekeying.afterRecord();
    expect(sent).toEqual([]);
    carried({ [what]: count });
    rekeying.afterRecord();
    expect(sent).toEqual([rekeyRequest]);
  });

  test('asks after 150 s with an application record, without waiting for another record', async () => {
    carried({ hasApplicationRecord: true });
    await after(149_999);
    expect(sent).toEqual([]);
    await after(1);
    expect(sent).toEqual([rekeyRequest]);
  });

  test('that is stopped answers and asks no more', async () => {
    rekeying.stop();
    Object.assign(session, { epoch: 1, isRekeyOwed: true });
    carried({ records: REKEY_REQUEST_AFTER_RECORDS });
    rekeying.afterRecord();
    expect(vi.getTimerCount()).toBe(0);
    await after(600_000);
    expect(sent).toEqual([]);
  });

  test('counts anew in the next epoch', async () => {
    carried({ hasApplicationRecord: true });
    await after(120_000);
    Object.assign(session, { epoch: 1 });
    rekeying.afterRecord();
    await after(149_999);
    expect(sent).toEqual([]);
    await after(1);
    expect(sent).toEqual([rekeyRequest]);
  });
});
