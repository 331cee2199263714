import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { exportAccount, importAccount } from '../account/backup.js';
import {
  changePassword,
  createAccount,
  deleteAccount,
  listAccounts,
  showAccount,
} from '../account/actions.js';
import { addExamples, withOutcome } from './subcommand.js';

export function addAccountCommands(program: Command, runtime: Runtime): void {
  const account = program
    .command('account')
    .description('your accounts: a key, contacts, history')
    .helpCommand(false);
  addExamples(account, 'gravy account create ada', 'gravy account show');

  addExamples(
    account
      .command('create')
      .description('make an account; its password cannot be recovered')
      .argument('<name>', 'how you call it; it is also the name of its folder')
      .action(withOutcome(runtime, createAccount)),
    'gravy account create ada',
    'gravy account create ada --password-file password.txt',
  );
  addExamples(
    account
      .command('list')
      .description('all accounts of this home')
      .action(withOutcome(runtime, listAccounts)),
    'gravy account list',
  );
  addExamples(
    account
      .command('show')
      .description('name and id of an account; the id is what contacts need')
      .option('--qr', 'also as a QR code')
      .action(withOutcome(runtime, showAccount)),
    'gravy account show --qr',
    'gravy account show --account ada --json',
  );
  addExamples(
    account
      .command('passwd')
      .description('choose another password')
      .option('--new-password-file <file>', 'file of one line with the new password')
      .action(withOutcome(runtime, changePassword)),
    'gravy account passwd',
    'gravy account passwd --password-file old.txt --new-password-file new.txt',
  );
  addExamples(
    account
      .command('export')
      .description('write key, contacts and history to one file, with a password of its own')
      .argument('<file>', 'a new file; received files are not in it')
      .option('--backup-password-file <file>', 'file of one line with the password of the backup')
      .action(withOutcome(runtime, exportAccount)),
    'gravy account export ada.gravy',
    'gravy account export ada.gravy --password-file p.txt --backup-password-file b.txt',
  );
  addExamples(
    account
      .command('import')
      .description('make an account out of such a file')
      .argument('<file>')
      .option('--name <name>', 'another name than it had')
      .option('--backup-password-file <file>', 'file of one line with the password of the backup')
      .action(withOutcome(runtime, importAccount)),
    'gravy account import ada.gravy',
    'gravy account import ada.gravy --name ada2 --backup-password-file b.txt --password-file p.txt',
  );
  addExamples(
    account
      .command('delete')
      .description('delete an account with its key, contacts and history')
      .argument('<name>')
      .option('--confirm <name>', 'the name once more, instead of typing it when asked')
      .action(withOutcome(runtime, deleteAccount)),
    'gravy account delete ada',
    'gravy account delete ada --confirm ada',
  );
}
