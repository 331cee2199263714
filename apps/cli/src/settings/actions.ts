import { openAccount } from '../account/open-account.js';
import { CliError } from '../cli-error.js';
import type { Context } from '../context.js';
import type { Outcome } from '../outcome.js';
import { formatPairs } from '../terminal/table.js';
import { findSetting, SETTINGS } from './setting-keys.js';

/** For programs all settings come as `settings.get` gives them, whichever was asked for. */
export async function showSettings(context: Context, key: string | undefined): Promise<Outcome> {
  const wanted = key === undefined ? undefined : findSetting(key);
  const { gravy } = await openAccount(context);
  const settings = await gravy.call('settings.get', {});
  return {
    value: settings,
    lines:
      wanted === undefined
        ? formatPairs(
            SETTINGS.map((setting) => [setting.key, setting.show(settings)]),
            context.style,
          )
        : [wanted.show(settings)],
  };
}

export async function changeSetting(context: Context, key: string, text: string): Promise<Outcome> {
  const setting = findSetting(key);
  const change = setting.parse(text);
  if (change === undefined) {
    throw new CliError(
      'usage',
      `${setting.key} is ${setting.values}.`,
      `gravy settings set ${setting.key} VALUE`,
    );
  }
  const { gravy } = await openAccount(context);
  const settings = await gravy.call('settings.set', change);
  return {
    value: settings,
    lines: [`${setting.key} is ${setting.show(settings) || 'empty'} now.`],
  };
}
