/** Marks that are an accent to its reader. Those that make another letter of it, as in Hindi or Thai, and the Japanese sound marks stay. */
const ACCENTS =
  /[[[\p{Mn}\p{Me}]&&[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]]--[\u3099\u309A]]/gv;

/** What nobody types into a search: invisible characters, skin tones, and the Arabic stroke that makes words longer. */
const IGNORED = /[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\u0640]/gv;

/** Letters with a stroke, and others that Unicode does not take apart; final sigma is a sigma. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ŧ: 't',
  ς: 'σ',
};
const STANDING = /[æœøłđħŧς]/gv;

const ONLY_ASCII = /^\p{ASCII}*$/v;

/** A text as it is compared: without case, accents, width, and what is invisible. */
export function fold(text: string): string {
  if (ONLY_ASCII.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .replace(IGNORED, '')
      // Up and down again makes one of "ß" and "SS", which going down alone does not.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .replace(STANDING, (letter) => STANDS_FOR[letter] ?? letter)
      .normalize('NFC')
  );
}
