export { openRpcDocument } from './api/open-rpc.js';
export { rpcReference } from './api/reference.js';
