export { nodeBackend } from './backend/node/node.js';
