/** Where a person's valence turns: the mean of the seconds after a moment against the mean of those before it. */
import type { FusedTrack } from '#contract/analysis/result.ts';
import type { Moment } from '#contract/analysis/summary.ts';

const SIDE_MS = 8000;
/** A side needs evidence for half of its time. */
const MIN_KNOWN = 0.5;
const MIN_CHANGE = 0.2;
const MOST = 3;

export function turningPoints(track: FusedTrack): Moment[] {
  const { valence, stepMs, subjectId } = track;
  const side = Math.round(SIDE_MS / stepMs);
  const sums = new Float64Array(valence.length + 1);
  const known = new Float64Array(valence.length + 1);
  valence.forEach((v, i) => {
    sums[i + 1] = sums[i]! + (v ?? 0);
    known[i + 1] = known[i]! + (v === null ? 0 : 1);
  });
  const mean = (from: number, to: number): number | null => {
    const n = known[to]! - known[from]!;
    return n >= side * MIN_KNOWN ? (sums[to]! - sums[from]!) / n : null;
  };
  const changes: { at: number; change: number }[] = [];
  for (let at = side; at + side < valence.length; at++) {
    const before = mean(at - side, at);
    const after = mean(at, at + side);
    if (before !== null && after !== null && Math.abs(after - before) >= MIN_CHANGE)
      changes.push({ at, change: after - before });
  }
  const chosen: typeof changes = [];
  for (const c of changes.sort((a, b) => Math.abs(b.change) - Math.abs(a.change))) {
    if (chosen.length === MOST) break;
    if (chosen.every((d) => Math.abs(d.at - c.at) >= 2 * side)) chosen.push(c);
  }
  return chosen.map(({ at, change }) => ({
    kind: change < 0 ? 'valence-drop' : 'valence-rise',
    subjectId,
    startMs: at * stepMs,
    endMs: (at + side) * stepMs,
    category: null,
    amount: change,
  }));
}
