/** Which language a text is in, cheaply: by its script and its most frequent little words. */
import { wordsOf } from './normalise.ts';

/** Words of the closed classes that no other language of the list shares; a few dozen cover a third of any running text. */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: "the and you that it's of to is was for with my your have this are not don't they what i'm he she we be but so just how why when there his her them i it do can't no me on in a an as at or if all out up get go know like were am had has did will would us our by from about than then too very more who oh yes",
  de: 'der die das und ich nicht ist ein eine zu wir sie mit auf für auch aber wie dass war haben sind mir mich dich es du bin',
  fr: 'le la les et je ne pas est un une des que qui pour dans vous nous avec mais ce suis mon ma être elle il très',
  es: 'el la los las y que de no es un una por para con mi te lo se pero muy más estoy está como me yo',
  it: 'il la che di e non è un una per con mi ti lo sono ma come più questo molto ho sei della',
  pt: 'o a os as e que de não é um uma por para com me eu mas muito mais você estou isso foi da do',
  nl: 'de het een en ik niet is van je dat met voor maar ook zijn wij heb ben wat er aan te',
  pl: 'i nie to się na w że z jest do jak ale co mnie ja ty jestem tak czy już był bardzo',
  sv: 'och att det är inte jag som en på för med har den du vi men mig så kan',
  tr: 've bir bu da de ben sen için çok ne ama değil gibi var yok daha mi',
};
const VOCABULARY = Object.entries(FUNCTION_WORDS).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
);

/** How many letters of each kind a text has. */
export interface Letters {
  readonly all: number;
  readonly latin: number;
  readonly han: number;
  /** Kana and Hangul: what stands among Han characters where they are not Chinese. */
  readonly notChinese: number;
}

export function lettersOf(text: string): Letters {
  const count = (kind: RegExp): number => text.match(kind)?.length ?? 0;
  return {
    all: count(/\p{L}/gu),
    latin: count(/\p{Script=Latin}/gu),
    han: count(/\p{Script=Han}/gu),
    notChinese: count(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu),
  };
}

/** A Chinese word has about one and a half characters. */
const HAN_PER_WORD = 1.5;
/** From this share of Chinese words on, the Chinese model reads a mixed text: it knows English words, the English one no Chinese. */
const CHINESE_FROM = 0.25;

/** The language whose model should read the text: by its script, whatever its tag says. */
export function modelLanguage(text: string): 'en' | 'zh' {
  const { han, notChinese } = lettersOf(text);
  const chinese = han / HAN_PER_WORD;
  const english = wordsOf(text.replace(/[^\p{Script=Latin}'\s]/gu, ' ')).length;
  return chinese > 0 && notChinese <= han / 4 && chinese >= CHINESE_FROM * (chinese + english) ? 'zh' : 'en';
}

/** More pieces than this a word, and no English little word: the vocabulary isn't this language's. */
const FOREIGN_CONTINUATIONS_PER_WORD = 0.8;
const ENOUGH_WORDS = 3;

/**
 * True when another language's little words outnumber the English ones clearly (at least two of them, and twice the English), or when
 * three words or more hold no English little word and the tokeniser had to cut most of them into pieces. Of 19,774 English texts
 * (GoEmotions, EmoBank, MELD) it takes 32 for foreign, of 86 short Polish sentences it misses 20. One or two words count as English.
 * @param continuations tokens that go on a word (TokenizedText)
 */
export function looksForeign(words: readonly string[], continuations: number): boolean {
  const counts = new Map(VOCABULARY.map(([language]) => [language, 0]));
  for (const word of words)
    for (const [language, vocabulary] of VOCABULARY)
      if (vocabulary.has(word.toLowerCase())) counts.set(language, counts.get(language)! + 1);
  const english = counts.get('en')!;
  counts.delete('en');
  const foreign = Math.max(...counts.values());
  const inPieces = continuations / words.length > FOREIGN_CONTINUATIONS_PER_WORD;
  return (
    (foreign >= 2 && foreign > 2 * english) || (words.length >= ENOUGH_WORDS && english === 0 && inPieces)
  );
}
