// What accounts there are, for a program that has to start fast: without an account's store, and without the API.
export { listAccounts } from './account/list-accounts.js';
