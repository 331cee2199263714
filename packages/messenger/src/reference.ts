export { rpcReference } from './api/reference.js';
