/** The history's key is derived from the key file's seed under this name, so that it needs no password of its own. */
export const HISTORY_KEY_INFO = 'gravy/1 history';
