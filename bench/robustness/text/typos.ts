/** Slips of the fingers on a QWERTY keyboard. */
import { oneOf, type Random } from '#models/metrics/random.ts';

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** The keys beside and around a letter's own; none for what is no letter of these. */
function neighbours(letter: string): string[] {
  const row = ROWS.findIndex((keys) => keys.includes(letter));
  if (row < 0) return [];
  const at = ROWS[row]!.indexOf(letter);
  const near = [row - 1, row, row + 1].flatMap((r) =>
    Array.from(ROWS[r]?.slice(Math.max(0, at - 1), at + 2) ?? ''),
  );
  return near.filter((key) => key !== letter);
}

/** Each letter with probability `rate` is missed, hit twice, swapped with the next, or its neighbour is hit, equally often. */
export function typos(text: string, rate: number, random: Random): string {
  const letters = Array.from(text);
  let out = '';
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i]!;
    const near = neighbours(letter.toLowerCase());
    if (near.length === 0 || random() >= rate) {
      out += letter;
      continue;
    }
    switch (Math.floor(random() * 4)) {
      case 0:
        break;
      case 1:
        out += letter + letter;
        break;
      case 2:
        out += (letters[i + 1] ?? '') + letter;
        i++;
        break;
      default:
        out += oneOf(near, random);
    }
  }
  return out;
}
