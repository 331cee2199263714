import { type Command, Option } from 'commander';
import {
  addContact,
  blockContact,
  listContacts,
  removeContact,
  renameContact,
  replaceKey,
  unblockContact,
  verifyContact,
} from '../contact/actions.js';
import type { Runtime } from '../context.js';
import { addExamples, withOutcome } from './subcommand.js';

export function addContactCommands(program: Command, runtime: Runtime): void {
  const contact = program
    .command('contact')
    .description('the people you know, by their keys')
    .helpCommand(false);
  addExamples(contact, 'gravy contact add ben gravy1...', 'gravy contact verify ben');

  addExamples(
    contact
      .command('add')
      .description('add a contact by the id they gave you')
      .argument('<name>', 'how you call them')
      .argument('<id>', 'what "gravy account show" prints for them')
      .option('--url <url>', 'where they host')
      .action(withOutcome(runtime, addContact)),
    'gravy contact add ben gravy1...',
    'gravy contact add ben gravy1... --url ws://192.168.1.20:8080',
  );
  addExamples(
    contact
      .command('list')
      .description('all contacts, and who is online')
      .action(withOutcome(runtime, listContacts)),
    'gravy contact list',
  );
  addExamples(
    contact
      .command('rename')
      .description('give a contact another name')
      .argument('<contact>', 'name or id')
      .argument('<name>', 'the new name')
      .action(withOutcome(runtime, renameContact)),
    'gravy contact rename ben "Ben at work"',
  );
  addExamples(
    contact
      .command('remove')
      .description('remove a contact and end its sessions; the history stays')
      .argument('<contact>', 'name or id')
      .action(withOutcome(runtime, removeContact)),
    'gravy contact remove ben',
  );
  addTrustCommands(contact, runtime);
}

function addTrustCommands(contact: Command, runtime: Runtime): void {
  addExamples(
    contact
      .command('block')
      .description('let a contact in no more')
      .argument('<contact>', 'name or id')
      .action(withOutcome(runtime, blockContact)),
    'gravy contact block ben',
  );
  addExamples(
    contact
      .command('unblock')
      .description('let a blocked contact in again')
      .argument('<contact>', 'name or id')
      .action(withOutcome(runtime, unblockContact)),
    'gravy contact unblock ben',
  );
  addExamples(
    contact
      .command('verify')
      .description('show the safety number, and record that both sides see the same')
      .argument('<contact>', 'name or id')
      .option('--yes', 'the numbers were compared and are the same')
      .addOption(new Option('--undo', 'the contact is not verified any more').conflicts('yes'))
      .action(withOutcome(runtime, verifyContact)),
    'gravy contact verify ben',
    'gravy contact verify ben --yes',
  );
  addExamples(
    contact
      .command('replace-key')
      .description('give a contact a new key; history stays, verification is reset')
      .argument('<contact>', 'name or id')
      .argument('<id>', 'their new id')
      .action(withOutcome(runtime, replaceKey)),
    'gravy contact replace-key ben gravy1...',
  );
}
