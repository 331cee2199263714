import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedirectFile {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * A file that only its owner can read and that leads a browser to a URL. The browser gets its path as
 * an argument, which every user of the machine can see; the URL, which holds a launch code, nobody.
 */
export async function writeRedirectFile(url: string): Promise<RedirectFile> {
  // Made with mode 0700, under a name nobody can have taken before.
  const folder = await mkdtemp(join(tmpdir(), 'gravy-'));
  const path = join(folder, 'open-gravy.html');
  const page = `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${url}">
<title>Gravy</title>
<p><a href="${url}">Open Gravy</a></p>
`;
  await writeFile(path, page, { mode: 0o600, flag: 'wx' });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
