/** 0 at `from` and below, 1 at `to` and above, a straight line between. */
export function rise(value: number, from: number, to: number): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}
