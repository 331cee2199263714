// A guest who comes through a reverse proxy of the host's own: its socket comes from this machine, and it from anywhere.
import { decodeId } from '@gravy/identity';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signerOf } from '../../src/account/identity-ports.js';
import {
  ADDRESS_CONTEXT,
  addressSignatureBody,
  encodeAddress,
} from '../../src/application/address-body.js';
import { encodeText } from '../../src/application/messages.js';
import { newMessageId } from '../../src/core/delivery/text-ids.js';
import { HostilePeer } from '../chat-hostile-peer.js';
import { type Person, Stage } from '../chat-people.js';

const TEXT = 32;
const ADDRESS = 41;
const URLS = ['ws://127.0.0.1:631', 'ws://192.168.1.1', 'wss://mallory.example'];

let stage: Stage;
let ada: Person;
const mallory = new HostilePeer(21);

beforeEach(async () => {
  stage = new Stage();
  ada = await stage.quickPerson('ada');
  await ada.program.call('contact.add', { id: mallory.id, name: 'mallory' });
});
afterEach(() => stage.end());

it.each([
  ['wss://ada.example', ['wss://mallory.example']],
  ['ws://192.168.1.2:80', URLS.slice(1)],
  [undefined, URLS],
] as const)('behind %s may announce %j', async (publicUrl, known) => {
  const { localUrl } = await ada.program.call('host.start', {
    port: 0,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  const channel = await mallory.connect(localUrl, decodeId(ada.id));
  const record = { seq: 1, urls: URLS };
  const body = addressSignatureBody(mallory.key.id, record);
  const sig = signerOf(mallory.key).sign(ADDRESS_CONTEXT, body);
  await channel.send(ADDRESS, encodeAddress({ ...record, sig }));
  // Records are taken in order: once the text is told, the ADDRESS has been taken.
  await channel.send(TEXT, encodeText({ id: newMessageId(), at: 1, text: 'after it' }));
  await ada.program.received('after it');
  await channel.close();
  const [contact] = await ada.program.call('contact.list', {});
  expect(contact?.addresses).toEqual(known);
});
