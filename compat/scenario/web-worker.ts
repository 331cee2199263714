// The peer in a worker of a page.
import { messagePortDuplex, type MessagePortLike } from '@gravy/protocol';
import { answer } from './talk.ts';

await answer(messagePortDuplex(globalThis as unknown as MessagePortLike));
