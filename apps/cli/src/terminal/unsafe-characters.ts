// What no text of a peer may bring to a terminal unmarked: whatever acts on it, reorders or breaks its
// lines, or is there without being seen. Unicode calls most of the last Default_Ignorable_Code_Point;
// a few of them are part of honest writing, and pass where that writing is and nowhere else.

// Controls (C0, DEL, C1), halves of surrogate pairs, line and paragraph separators, noncharacters,
// interlinear annotations and the format controls of hieroglyphs, and everything invisible: marks,
// overrides and isolates of direction, spaces without width, fillers, tags, joiners, variation selectors.
// Last, more marks on one letter than any script stacks, with joiners between them or not: they would be
// drawn over the lines around it.
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u{13430}-\u{1343f}]|(?<=(?:\p{M}[\u200c\u200d]?){10})\p{M}[\u200c\u200d]?/gu;
const PLAIN = /^[\x20-\x7e]*$/u;

const JOINER = '\u200d';
const NON_JOINER = '\u200c';
const EMOJI_STYLE = /[\ufe0e\ufe0f]/u;
const PICTURE = /\p{Extended_Pictographic}/u;
const JOINABLE_PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
/** Letters that take another shape, or none, beside a joiner. */
const JOINED_LETTER =
  /[\p{sc=Arab}\p{sc=Beng}\p{sc=Deva}\p{sc=Gujr}\p{sc=Guru}\p{sc=Knda}\p{sc=Khmr}\p{sc=Mlym}\p{sc=Mong}\p{sc=Mymr}\p{sc=Nkoo}\p{sc=Orya}\p{sc=Sinh}\p{sc=Syrc}\p{sc=Taml}\p{sc=Telu}\p{sc=Tibt}]/u;
/** Selectors of variants, each with the characters that have such variants. */
const VARIANTS: readonly (readonly [RegExp, RegExp])[] = [
  [/[\ufe00-\ufe02\u{e0100}-\u{e01ef}]/u, /\p{sc=Han}/u],
  [/\ufe00/u, /[\p{Sm}\p{sc=Mymr}\p{sc=Phag}]/u],
  [/[\u180b-\u180f]/u, /\p{sc=Mong}/u],
];
/** The flag of a region: a black flag, letters that are not seen, and an end. */
const REGION_FLAG = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu;
const TAG = /[\u{e0020}-\u{e007f}]/u;

/** The text with each unsafe character replaced by what `show` makes of it. */
export function replaceUnsafe(text: string, show: (character: string) => string): string {
  if (PLAIN.test(text)) return text;
  let flags: ReadonlySet<number> | undefined;
  // One, or a mark with the joiner behind it.
  return text.replaceAll(UNSAFE, (character: string, offset: number) => {
    if (TAG.test(character)) {
      flags ??= flagOffsets(text);
      return flags.has(offset) ? character : show(character);
    }
    return isHonest(character, text, offset)
      ? character
      : Array.from(character, (one) => show(one)).join('');
  });
}

/** Whether an invisible character stands where it is a part of what is seen. */
function isHonest(character: string, text: string, offset: number): boolean {
  const before = characterBefore(text, offset);
  const after = characterAt(text, offset + character.length);
  if (character === JOINER && JOINABLE_PICTURE.test(before)) return PICTURE.test(after);
  if (character === JOINER || character === NON_JOINER) return JOINED_LETTER.test(before);
  // A digit has such a form on a key only.
  if (EMOJI_STYLE.test(character)) return PICTURE.test(before) || after === '\u20e3';
  return VARIANTS.some(([selector, base]) => selector.test(character) && base.test(before));
}

/** Where the invisible letters of flags stand. */
function flagOffsets(text: string): ReadonlySet<number> {
  const offsets = new Set<number>();
  for (const { 0: flag, index } of text.matchAll(REGION_FLAG)) {
    // Each of them takes two units, as the flag before them does.
    for (let at = 2; at < flag.length; at += 2) offsets.add(index + at);
  }
  return offsets;
}

function characterAt(text: string, offset: number): string {
  const point = text.codePointAt(offset);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function characterBefore(text: string, offset: number): string {
  const isPair = offset > 1 && (text.codePointAt(offset - 2) ?? 0) > 0xffff;
  return text.slice(offset - (isPair ? 2 : 1), offset);
}
