// What accounts there are, for a program that has to start fast: without an account's store, and without the API.
export { defaultHome } from './account/home.js';
export { listAccounts } from './account/list-accounts.js';
