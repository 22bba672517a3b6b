/** Which language a text is in, cheaply: by its script, its letters and their runs. */
import { againstEnglish } from './foreign.ts';
import { wordsOf } from './normalise.ts';

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
export const HAN_PER_WORD = 1.5;
/** From this share of Chinese words on, the Chinese model reads a text that one model reads: it knows English words, the English one no Chinese. */
const CHINESE_FROM = 0.25;

/**
 * Characters that only Japanese writes: of its 2,965 commonest (JIS X 0208, level 1) those that neither simplified (GB 2312) nor traditional
 * Chinese (Big5) has, less two dozen that Chinese texts use as variants; and the marks 々 and 〆.
 */
const JAPANESE_ONLY =
  /[両乗亀亜仏仮価侭値倶倹働児円冨冴処凧凪剣剤剰労効勅勧勲匁匂単厳収呉咲唖啓喰営噺嚢団囲図圏圧堺塀塁塩増壊壌壱売壷変奨姉姫娯嬢宍実寛対専尭峠嶋巌巣巻帯帰庁広廃廻廼弐弾従徳徴応恵悩悪惣懐戦戯戸戻払抜択拝拠拡挙挿捜掲掻揺摂撃撹斉斎晩暁暦曽杢枠柾栂栃栄栢桜桝桟梶梼椀椙椛検楕楳楽榊様樋権樫欝歓歩歯歳歴殻毎気氷汚沢浄涙涜渇済渉渋渓満溌滝潅瀞瀬焔焼犠狛猟獣瑠産畑畠畳疎発皐県砕砿硲稲穂穏穐穣窓竃竜竪笹箆篭籾粂粋粛粧経絵絶継続総緑縄縦繊繍聡聴脇脳臓舎舗舘苅荘蔵薗薫薬蛍蝋蝿袴覇覚覧観訳読諌謡譲讐賎賛贋転軽辺辻込逓遅遡郷酔醗醤醸釈鈎鉄鉢鉱銭鋭鋲鋳錬録鑓関闘陥険隠隣隷雑霊靭頚頬頴頼顕駄駅駆駈騒験騨髄髪鮎鯵鰐鰯鴎鴫鴬鶏鹸麹麿黒黙齢々〆]/g;
/** One of them among so many characters of Chinese writing is enough: more are rarely without, and a Chinese text may hold a Japanese name. */
const HAN_PER_JAPANESE = 12;

/** There is a model for each. */
export type TextLanguage = 'en' | 'zh';

/** @param han how many Han characters the text has */
export const looksJapanese = (text: string, han: number): boolean =>
  (text.match(JAPANESE_ONLY)?.length ?? 0) * HAN_PER_JAPANESE > han;

/** The language whose model should read a text by itself: by its script, whatever its tag says. Japanese is for neither; the English one says so. */
export function modelLanguage(text: string): TextLanguage {
  const { han, notChinese } = lettersOf(text);
  if (looksJapanese(text, han)) return 'en';
  const chinese = han / HAN_PER_WORD;
  const english = wordsOf(text.replace(/[^\p{Script=Latin}'\s]/gu, ' ')).length;
  return chinese > 0 && notChinese <= han / 4 && chinese >= CHINESE_FROM * (chinese + english) ? 'zh' : 'en';
}

/** Log odds against English from which on a text counts as foreign: one or two words can be names, cries or loans. */
const FOREIGN_FROM = 0;
const FOREIGN_FROM_FEW = 0.5;
const FEW_WORDS = 2;

/** More pieces than this a word, and the vocabulary isn't this language's: then less has to speak against English. */
const FOREIGN_CONTINUATIONS_PER_WORD = 0.8;
const ENOUGH_WORDS = 3;
const FOREIGN_FROM_IN_PIECES = -5;

/**
 * True when the runs of letters in a text's words speak against English, or nearly so and the tokeniser had to cut most of three words
 * or more into pieces.
 * @param continuations tokens that go on a word (TokenizedText)
 */
export function looksForeign(words: readonly string[], continuations: number): boolean {
  const { score, count } = againstEnglish(words);
  if (count === 0) return false;
  const inPieces = count >= ENOUGH_WORDS && continuations / words.length > FOREIGN_CONTINUATIONS_PER_WORD;
  const from = count <= FEW_WORDS ? FOREIGN_FROM_FEW : inPieces ? FOREIGN_FROM_IN_PIECES : FOREIGN_FROM;
  return score > from;
}
