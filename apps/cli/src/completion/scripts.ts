import { bashScript } from './bash.js';
import type { TreeCommand } from './command-tree.js';
import { fishScript } from './fish.js';
import { zshScript } from './zsh.js';

/** Per shell: the script that completes `gravy`, and how people have it loaded. */
export const SHELLS = {
  bash: { script: bashScript, install: 'gravy completion bash >> ~/.bashrc' },
  zsh: { script: zshScript, install: 'gravy completion zsh > "${fpath[1]}/_gravy"' },
  fish: {
    script: fishScript,
    install: 'gravy completion fish > ~/.config/fish/completions/gravy.fish',
  },
} as const satisfies Record<
  string,
  { readonly script: (program: TreeCommand) => string; readonly install: string }
>;

export type Shell = keyof typeof SHELLS;
