import type { TextProps } from 'ink';
import type { Tone } from './screen/span.js';

/** How each tone looks: the terminal's own colours, which its owner has chosen to be readable. */
export type Theme = Readonly<Record<Tone, TextProps>>;

const COLOURED: Theme = {
  plain: {},
  bold: { bold: true },
  dim: { dimColor: true },
  accent: { color: 'cyan' },
  warning: { color: 'yellow' },
  inverse: { inverse: true, bold: true },
  code: { color: 'black', backgroundColor: 'white' },
};

/** No colours (https://no-color.org); what stands out does so by its weight and its marks. */
const COLOURLESS: Theme = {
  plain: {},
  bold: { bold: true },
  dim: {},
  accent: {},
  warning: { bold: true },
  inverse: { inverse: true },
  code: {},
};

export function themeFor(wantsColour: boolean, env: NodeJS.ProcessEnv): Theme {
  return wantsColour && (env['NO_COLOR'] ?? '') === '' ? COLOURED : COLOURLESS;
}
