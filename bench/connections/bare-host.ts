// A host of bare ws, which answers each message with the same bytes.
import { listenWithWs } from '../peers/bare-ws.ts';
import { serveCalls } from '../processes/serve-calls.ts';
import { heapInUse, usage } from '../processes/usage.ts';

const calls = { listen: () => listenWithWs(), usage, heapInUse };
export type BareHostCalls = typeof calls;

serveCalls(calls);
