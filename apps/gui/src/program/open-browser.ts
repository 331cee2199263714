import { spawn } from 'node:child_process';

/** Whether there is a screen for a browser to show up on. */
export function hasDisplay(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  // Over ssh a browser would open on the far machine, if anywhere.
  if (env['SSH_CONNECTION'] !== undefined && env['DISPLAY'] === undefined) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined;
}

function openerOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}

/** Opens a file in the browser of the desktop. False if that could not even be tried. */
export function openInBrowser(path: string, platform: NodeJS.Platform): Promise<boolean> {
  const [command, ...words] = openerOf(platform);
  return new Promise((resolve) => {
    const opener = spawn(command, [...words, path], { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => {
      opener.unref();
      resolve(true);
    });
  });
}
