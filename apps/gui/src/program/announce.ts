import { createInterface } from 'node:readline';
import type { Gui } from '../start-gui.js';
import { hasDisplay, openInBrowser } from './open-browser.js';

export interface AnnounceOptions {
  /** Whether a browser is to be opened, if there is a screen for it. */
  readonly opens: boolean;
  /** Each line of it asks for a new link; its end means nothing. */
  readonly input: NodeJS.ReadableStream;
  readonly output: { write(text: string): unknown };
}

/** Opens the page for who has started it, or says how to get there. Returns what ends the listening for Enter. */
export async function announceGui(gui: Gui, options: AnnounceOptions): Promise<() => void> {
  const { opens, input, output } = options;
  output.write(`Gravy is at ${gui.origin}\n`);
  const wants = opens && hasDisplay(process.platform, process.env);
  const file = wants ? await redirectFile(gui) : undefined;
  if (file !== undefined && (await openInBrowser(file, process.platform))) {
    output.write(
      'It opens in your browser. If nothing shows up, press Enter for a link. Ctrl-C ends Gravy.\n',
    );
  } else {
    output.write(await linkText(gui));
    output.write('Press Enter for a new link. Ctrl-C ends Gravy.\n');
  }
  const lines = createInterface({ input });
  lines.on('line', () => void linkText(gui).then((text) => output.write(text)));
  return () => lines.close();
}

/** Undefined where none can be written, on a full disk for example; the link works without it. */
async function redirectFile(gui: Gui): Promise<string | undefined> {
  return gui.createRedirectFile().catch(() => undefined);
}

async function linkText(gui: Gui): Promise<string> {
  const file = await redirectFile(gui);
  return [
    '',
    'Open this link within 60 seconds; it works once, and whoever has it gets in:',
    `  ${gui.createLaunchUrl()}`,
    ...(file === undefined
      ? ['(A file that leads there could not be written.)']
      : ['or this file, which leads there:', `  ${file}`]),
    'From another machine, first forward the port, then open the link there:',
    `  ssh -L ${gui.port}:127.0.0.1:${gui.port} THIS-MACHINE`,
    '',
    '',
  ].join('\n');
}
