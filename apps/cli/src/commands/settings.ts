import type { Command } from 'commander';
import type { Runtime } from '../context.js';
import { changeSetting, showSettings } from '../settings/actions.js';
import { describeSettings } from '../settings/setting-keys.js';
import { addExamples, withOutcome } from './subcommand.js';

export function addSettingsCommands(program: Command, runtime: Runtime): void {
  const settings = program
    .command('settings')
    .description('what this account tells others, and how it behaves')
    .helpCommand(false)
    .addHelpText('after', `\nSettings:\n${describeSettings().join('\n')}`);
  addExamples(settings, 'gravy settings get', 'gravy settings set read-receipts on');

  addExamples(
    settings
      .command('get')
      .description('all settings, or one')
      .argument('[key]', 'which')
      .action(withOutcome(runtime, showSettings)),
    'gravy settings get',
    'gravy settings get typing',
  );
  addExamples(
    settings
      .command('set')
      .description('change a setting')
      .argument('<key>', 'which')
      .argument('<value>', 'on or off; a name; system, light or dark')
      .addHelpText('after', `\nSettings:\n${describeSettings().join('\n')}`)
      .action(withOutcome(runtime, changeSetting)),
    'gravy settings set read-receipts on',
    'gravy settings set profile-name "Ada L."',
    'gravy settings set profile-name ""',
  );
}
