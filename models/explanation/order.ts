/** Places in descending order of their score; equal ones in their own order. */
export const byScore = (scores: readonly number[]): number[] =>
  scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
