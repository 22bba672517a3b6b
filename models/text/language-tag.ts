/** The language that a tag names, however it is written. */

/** English and Chinese are the languages that are read: of the others no name has to be known. */
const NAMES: readonly (readonly [language: string, name: RegExp])[] = [
  ['en', /english|英文|英语|英語/i],
  ['zh', /chinese|mandarin|cantonese|[中汉漢华華国國粤粵][文语語]|普通[话話]/i],
];

/**
 * BCP 47's primary subtag of a BCP 47 tag ("zh-CN"), a locale ("zh_CN.UTF-8"), an ISO 639-2 or -3 code ("zho", "chi", "cmn") or, for
 * English and Chinese, a name ("Mandarin", "中文"). What is none of these comes back in lower case.
 */
export function primaryLanguage(tag: string): string {
  const named = NAMES.find(([, name]) => name.test(tag));
  if (named) return named[0];
  const [subtag = ''] = tag
    .trim()
    .toLowerCase()
    .split(/[-_.@\s]/, 1);
  // Canonical are the two letters where there are any; Mandarin ("cmn") is Chinese.
  return /^[a-z]{2,3}$/.test(subtag) ? Intl.getCanonicalLocales(subtag)[0]! : subtag;
}
