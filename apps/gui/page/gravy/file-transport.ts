import { type ProvenLink, provenRequest } from './proven-request.js';

/** Takes a file to the program on this machine; answers with the path it has there. */
export async function bringFile(link: ProvenLink, file: File): Promise<string> {
  const response = await provenRequest(link, `/files?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
  });
  return ((await response.json()) as { path: string }).path;
}

/** Removes what was brought, once it is of no more use there. */
export async function discardBrought(link: ProvenLink, path: string): Promise<void> {
  await provenRequest(link, `/files?path=${encodeURIComponent(path)}`, { method: 'DELETE' });
}

/** A file that has arrived. */
export async function fetchFile(link: ProvenLink, id: string, contact: string): Promise<Blob> {
  const query = `contact=${encodeURIComponent(contact)}`;
  return (await provenRequest(link, `/files/${encodeURIComponent(id)}?${query}`)).blob();
}

/** Has Gravy write something to a path of its own, and saves it from the page. */
export async function saveWritten(
  link: ProvenLink,
  name: string,
  write: (path: string) => Promise<unknown>,
): Promise<void> {
  const response = await provenRequest(link, '/parcels', {
    method: 'POST',
    body: JSON.stringify({ name }),
  });
  const { id, path } = (await response.json()) as { id: string; path: string };
  await write(path);
  save(await (await provenRequest(link, `/parcels/${id}`)).blob(), name);
}

/** Hands something to the browser's downloads. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun by then; what is not let go of stays in memory.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
