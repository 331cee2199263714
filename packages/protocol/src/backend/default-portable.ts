// What `#default-backend` means everywhere but under the export condition "node".
export { portableBackend as defaultBackend } from './portable.js';
