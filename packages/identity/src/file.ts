export {
  createIdentityFile,
  openIdentityFile,
  readIdentityFileId,
  replaceIdentityFile,
} from './identity-file.js';
