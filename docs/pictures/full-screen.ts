// The full-screen program in a pseudo-terminal, which util-linux's `script` makes, with an emulated terminal at the other end.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import xterm, { type Terminal } from '@xterm/headless';

const MAIN = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));

export interface FullScreen {
  readonly terminal: Terminal;
  press(keys: string): void;
  /** Resolves once the screen shows the text. */
  shows(text: string): Promise<void>;
  end(): void;
}

export function startFullScreen(options: {
  readonly home: string;
  readonly columns: number;
  readonly rows: number;
}): FullScreen {
  const { home, columns: cols, rows } = options;
  const terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true });
  const command = `stty cols ${cols} rows ${rows}; '${process.execPath}' '${MAIN}'`;
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', GRAVY_HOME: home },
  });
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    terminal.write(chunk, () => waiting.forEach((look) => look()));
  });
  const screen = (): string => {
    const { active } = terminal.buffer;
    const lines = Array.from({ length: rows }, (_, row) => active.getLine(active.baseY + row));
    return lines.map((line) => line?.translateToString(true) ?? '').join('\n');
  };
  return {
    terminal,
    press: (keys) => void child.stdin.write(keys),
    shows: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!screen().includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    end: () => void child.kill(),
  };
}
