import { SeededRandom } from '@gravy/testing';

/** Sentences as people write them; `{}` takes a number, so that no two messages are the same. */
const SENTENCES: readonly string[] = [
  'The gravy boat sails at midnight, bring {} lanterns.',
  'Did you see the résumé? It is on example.com/{}.',
  "I don't think the café opens before {}.",
  'Seagulls see the sea {} times a day',
  'Über den Flüssen schläft die große Straße Nr. {}',
  'STRASSE {} ist gesperrt, bitte über Köln fahren',
  'Größenwahn kostet {} €, sagt Jörg',
  'مرحبا، كيف حالك اليوم؟ {}',
  'مَرْحَبًا بِكَ يا أحمد {}',
  'الكتاب على الطاولة رقم {}',
  '今天天气很好，我们去公园散步 {}',
  '我在北京大学学习了{}年',
  '北京大学生喜欢喝咖啡 {}',
  '公园里的天气预报第{}号',
  '東京タワーへ行きましょう {}',
  'がんばって！{}回目の挑戦',
  'カンバン方式は{}年に始まった',
  '昨日、京都で美味しいラーメンを{}杯食べた',
  '👩🏽‍💻 is working on {} bugs 👍🏽',
  'Flags: 🇩🇪🇯🇵 and {} more 🎉🎉',
  '❤️ {} ☕',
  'Łódź leży {} km od Warszawy',
  'Η ΟΔΟΣ ήταν κλειστή {} μέρες',
  'ภาษาไทยง่ายมาก {} ครั้ง',
  'हिन्दी की किताब {} रुपये',
  '한국어를 공부한 지 {}년',
  'ｆｕｌｌｗｉｄｔｈ ＡＢＣ {}',
  'line one\nline two {}\n\nline four',
];

export const QUERIES: readonly string[] = [
  'gravy',
  'GRAVY bo',
  'sea',
  's',
  'se the',
  'resume',
  'RÉSUMÉ example',
  'don',
  'strasse',
  'straße',
  'uber flussen',
  'koln',
  '€',
  'مرحبا',
  'مرحبا احمد',
  'كتاب',
  'الكتا',
  '天气',
  '公园',
  '天气预报',
  '北京大学',
  '大学生',
  '北京 咖啡',
  '学',
  '東京',
  'タワー',
  'がん',
  'かん',
  'カンバン',
  'ラーメン',
  '京都で美味しい',
  '💻',
  '👩‍💻',
  '👍',
  '🇯🇵',
  '🇩🇪 flags',
  '🎉',
  '❤',
  'lodz',
  'οδός',
  'ไทยง่าย',
  'हिन्दी',
  'कि',
  '한국',
  'fullwidth abc',
  'line four',
  '1',
  '17',
  'nothing like it',
  '没有这个',
  '!?',
  '',
];

export function messagesOf(seed: number, count: number): string[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, number) =>
    random.pick(SENTENCES).replace('{}', String(number)),
  );
}

const plainTexts = new Map<string, string>();

/** `plainly`, once for each text. */
function plain(text: string): string {
  const known = plainTexts.get(text);
  if (known !== undefined) return known;
  const made = plainly(text);
  plainTexts.set(text, made);
  return made;
}

/** As far as these sentences need it, and written in another way than what it is to check. */
function plainly(text: string): string {
  const sound = /[\u3099\u309A]/u;
  return Array.from(text.normalize('NFKD'))
    .filter((character, at, all) => {
      if (/\p{Script=Devanagari}|\p{Script=Thai}/u.test(all[at - 1] ?? '')) return true;
      return !/\p{Mn}|\p{Emoji_Modifier}|\u200D|\uFE0F/u.test(character) || sound.test(character);
    })
    .join('')
    .normalize('NFC')
    .replaceAll(/[ßẞ]/gu, 'ss')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll('ł', 'l');
}

const NO_SPACES = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}]+$/u;

/** Whether a text has all that is asked for: slow, and by no index. */
export function hasAll(text: string, query: string): boolean {
  const wanted = plain(query).match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}\s\p{P}]+/gu) ?? [];
  const haystack = plain(text);
  const words = haystack.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return (
    wanted.length > 0 &&
    wanted.every((want) =>
      NO_SPACES.test(want) || !/[\p{L}\p{N}]/u.test(want)
        ? haystack.includes(want)
        : words
            .flatMap((word) => word.split(/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]+/u))
            .some((word) => word.startsWith(want)),
    )
  );
}
