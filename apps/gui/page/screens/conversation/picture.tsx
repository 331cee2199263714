import type { FileInfo } from '@gravy/messenger';
import { type ReactElement, useEffect, useState } from 'react';
import { fetchFile } from '../../gravy/file-transport.js';
import { usePage } from '../../parts/context.js';
import { WORDS } from '../../words.js';
import { shownPictureType } from './picture-type.js';

const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
const LOOKS_LIKE_ONE = /\.(?:png|jpe?g|gif|webp)$/iu;

/** A picture that has arrived, decoded by the browser out of a blob; nothing else is ever shown. */
export function Picture({
  file: { id, contact, name, size },
}: {
  file: FileInfo;
}): ReactElement | null {
  const { link } = usePage();
  const [url, setUrl] = useState<string>();
  const isCandidate = size < MAX_PICTURE_BYTES && LOOKS_LIKE_ONE.test(name);
  useEffect(() => {
    if (!isCandidate) return undefined;
    let made: string | undefined;
    let isLeft = false;
    const load = async (): Promise<void> => {
      const bytes = new Uint8Array(await (await fetchFile(link, id, contact)).arrayBuffer());
      const type = shownPictureType(bytes);
      if (type === undefined || isLeft) return;
      made = URL.createObjectURL(new Blob([bytes], { type }));
      setUrl(made);
    };
    // Without it there is still the file, and what can be done with it.
    load().catch(() => undefined);
    return () => {
      isLeft = true;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [link, id, contact, isCandidate]);
  return url === undefined ? null : (
    <img className="picture" src={url} alt={WORDS.file.picture(name)} />
  );
}
