import type { Settings } from '@gravy/messenger';
import { CliError } from '../cli-error.js';
import { escapeLine } from '../terminal/escape.js';

type Change = { [K in keyof Settings]?: Settings[K] };

interface Setting {
  /** As it is typed. */
  readonly key: string;
  readonly summary: string;
  show(settings: Settings): string;
  /** Undefined if the text is no value of it. */
  parse(text: string): Change | undefined;
  readonly values: string;
}

const ON_OFF: Readonly<Record<string, boolean>> = { on: true, yes: true, off: false, no: false };

function onOff(
  key: string,
  name: 'readReceipts' | 'typing' | 'reconnect',
  summary: string,
): Setting {
  return {
    key,
    summary,
    values: 'on or off',
    show: (settings) => (settings[name] ? 'on' : 'off'),
    parse: (text) => {
      const value = ON_OFF[text.toLowerCase()];
      return value === undefined ? undefined : { [name]: value };
    },
  };
}

const THEMES = ['system', 'light', 'dark'] as const;

/** In the order in which they are listed. */
export const SETTINGS: readonly Setting[] = [
  onOff('read-receipts', 'readReceipts', 'say that you have read a text, and see it of others'),
  onOff('typing', 'typing', 'say that you are typing, and see it of others'),
  onOff('reconnect', 'reconnect', 'connect again by itself when a session is lost'),
  {
    key: 'profile-name',
    summary: 'what you would like to be called; "" says nothing',
    values: 'a name',
    show: ({ profileName }) => escapeLine(profileName),
    parse: (text) => ({ profileName: text }),
  },
  {
    key: 'theme',
    summary: 'colours of the page: system, light or dark',
    values: THEMES.join(', '),
    show: ({ theme }) => theme,
    parse: (text) => {
      const theme = THEMES.find((name) => name === text.toLowerCase());
      return theme === undefined ? undefined : { theme };
    },
  },
];

export function describeSettings(): string[] {
  const width = Math.max(...SETTINGS.map(({ key }) => key.length));
  return SETTINGS.map(({ key, summary }) => `  ${key.padEnd(width)}  ${summary}`);
}

/** @throws CliError `usage` */
export function findSetting(key: string): Setting {
  const found = SETTINGS.find((setting) => setting.key === key.toLowerCase());
  if (found !== undefined) return found;
  const keys = SETTINGS.map((setting) => setting.key).join(', ');
  throw new CliError('usage', `There is no such setting. There are ${keys}.`, 'gravy settings get');
}
