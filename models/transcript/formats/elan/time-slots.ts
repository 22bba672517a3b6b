/** Times of ELAN's slots. Where annotations divide another one in time, the slots between them have no value of their own. */

export interface Slot {
  id: string;
  /** Not a number where the document gives none. */
  ms: number;
}

/**
 * By id; empty where no slot has a time. Slots without one are spread evenly between the nearest with one: in the tier that they part (`chains`: the
 * slots of each tier's annotations, one after the other), as ELAN shows them, else in the document's order of slots.
 */
export function slotTimes(
  slots: readonly Slot[],
  chains: readonly (readonly string[])[],
): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { id, ms } of slots) if (Number.isFinite(ms)) times.set(id, ms);
  if (times.size === 0) return times;
  for (const chain of chains) spread(chain, times, false);
  spread(
    slots.map(({ id }) => id),
    times,
    true,
  );
  return times;
}

/** `ends`: also before the first and after the last that has a time, where there is nothing to divide. */
function spread(chain: readonly string[], times: Map<string, number>, ends: boolean): void {
  // Where one annotation ends and the next begins, both name the same slot.
  const order = chain.filter((id, i) => id !== chain[i - 1]);
  let before = -1;
  for (let at = 0; at <= order.length; at++) {
    if (at < order.length && !times.has(order[at]!)) continue;
    const from = times.get(order[before] ?? '');
    const until = times.get(order[at] ?? '');
    if (ends || (from !== undefined && until !== undefined)) {
      const start = from ?? until ?? 0;
      const step = ((until ?? start) - start) / (at - before);
      for (let i = before + 1; i < at; i++) times.set(order[i]!, Math.round(start + step * (i - before)));
    }
    before = at;
  }
}
