/** Names of months as people write them in seven languages, whole or short, with or without accents. */

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];
/** Written, but not what these languages' own tables say. */
const MORE: readonly [string, number][] = [
  ['sept', 9],
  ['mrz', 3],
  ['janner', 1],
];
const LEAST_LETTERS = 3;

const plain = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{M}.]/gu, '');

const MONTHS: ReadonlyMap<string, number> = (() => {
  const months = new Map<string, number>(MORE);
  for (const language of LANGUAGES) {
    const names = (month: 'long' | 'short'): string[] => {
      const calendar = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, i) => plain(calendar.format(Date.UTC(2000, i))));
    };
    const long = names('long');
    const cut = long.map((name) => name.slice(0, LEAST_LETTERS));
    // "jui" is both of two French months.
    const told = cut.map((name) => (cut.indexOf(name) === cut.lastIndexOf(name) ? name : ''));
    for (const list of [long, names('short'), told])
      list.forEach((name, i) => {
        if (name !== '' && !months.has(name)) months.set(name, i + 1);
      });
  }
  return months;
})();

/** Counted from 1; 0 for what is no month. */
export const monthNumber = (name: string): number => MONTHS.get(plain(name)) ?? 0;
