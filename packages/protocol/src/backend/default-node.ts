// What `#default-backend` means under the export condition "node".
export { nodeBackend as defaultBackend } from './node/node.js';
