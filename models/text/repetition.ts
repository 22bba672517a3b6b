/** A run of three signs may come this often, on average, before a text counts as the same over and over. */
const OFTEN = 60;
const MOST_SIGNS = 4000;
const RUN = 3;

/** 1 for what people write, less for the same few signs over and over ("aaaa…", 好好好…): 100 equal signs .61, 4,000 of them .02. */
export function variety(text: string): number {
  const signs = Array.from(text.slice(0, MOST_SIGNS));
  const runs = signs.slice(0, 1 - RUN).map((_, i) => signs.slice(i, i + RUN).join(''));
  return runs.length <= OFTEN ? 1 : Math.min(1, (OFTEN * new Set(runs).size) / runs.length);
}
