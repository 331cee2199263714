const MAX_NAME_BYTES = 120;
// Control characters, halves of surrogate pairs, bidirectional and invisible format characters, separators of lines.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const FORBIDDEN = /[:*?"<>|]/gu;
/** What Windows takes for a device, with or without an extension, and with superscript digits too. */
const DEVICE =
  /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\.|$)/iu;
const FALLBACK = 'file';

/**
 * What a received file is called here, whatever its sender wrote: the last component of a path, without
 * what could lead elsewhere, hide, deceive, or be taken for a device.
 */
export function receivedName(suggestion: string): string {
  const component = suggestion.split(/[/\\]/u).at(-1) ?? '';
  const visible = component.replaceAll(INVISIBLE, '').replaceAll(FORBIDDEN, '').normalize('NFC');
  const name = shorten(trim(visible));
  return name === '' || DEVICE.test(name) ? FALLBACK : name;
}

/** The name itself, or "name (1).ext", "name (2).ext", ... */
export function numberedName(name: string, number: number): string {
  if (number === 0) return name;
  const { stem, extension } = split(name);
  const suffix = ` (${number})${extension}`;
  return cut(stem, MAX_NAME_BYTES - Buffer.byteLength(suffix)).trimEnd() + suffix;
}

/** No dot or dash in front, which would hide it or make it an option; no dot or space at the end, which Windows drops. */
function trim(name: string): string {
  return name.replace(/^[\s.-]+/u, '').replace(/[\s.]+$/u, '');
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const { stem, extension } = split(name);
  return trim(cut(stem, MAX_NAME_BYTES - Buffer.byteLength(extension)) + extension);
}

/** The extension, with its dot, is short; a long one is no extension. */
function split(name: string): { stem: string; extension: string } {
  const extension = /(?<=.)\.[^.\s]{1,16}$/u.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** As much of a text as so many bytes of UTF-8 hold, without cutting what belongs together. */
function cut(text: string, maxBytes: number): string {
  let [kept, bytes] = ['', 0];
  for (const { segment } of new Intl.Segmenter('und').segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes) break;
    kept += segment;
  }
  return kept;
}
