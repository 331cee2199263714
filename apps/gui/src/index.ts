export { startGui } from './start-gui.js';
export type { Gui, GuiOptions } from './start-gui.js';
export { GuiError } from './gui-error.js';
export type { GuiErrorCode } from './gui-error.js';
export { announceGui } from './program/announce.js';
export type { AnnounceOptions } from './program/announce.js';
