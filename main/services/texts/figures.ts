/** What sums over texts say: shares, means and their intervals, over time and by group. The window and the command line ask here alike. */
import type { TextCollection } from '#contract/texts/collection.ts';
import {
  FEW_TEXTS,
  type GroupKind,
  type GroupOrder,
  type TextAggregate,
  type TextFilter,
  type TextGroup,
  type TextTrend,
} from '#contract/texts/query.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { TextSums, TextTasks } from '#main/hosts/database/text-tasks.ts';
import { meanOf, shareOf } from './intervals.ts';
import { axisOf, startOf } from './trend-axis.ts';

export type TextsDatabase = HostClient<TextTasks>;

export function aggregateOf({ n, counts, valence, arousal }: TextSums): TextAggregate {
  return {
    n,
    counts,
    shares: n === 0 ? [] : counts.map((count) => shareOf(count, n)),
    valence: meanOf(valence),
    arousal: meanOf(arousal),
  };
}

const NO_SUMS = { n: 0, sum: 0, squares: 0 };
const NOTHING: TextSums = { n: 0, counts: [0, 0, 0, 0, 0, 0, 0, 0], valence: NO_SUMS, arousal: NO_SUMS };

export async function summaryOf(
  database: TextsDatabase,
  sessionId: string,
  filter: TextFilter,
): Promise<TextAggregate> {
  return aggregateOf((await database.call('texts.sums', { sessionId, filter })).sums);
}

/** Over time where the texts have times, else over their order; bins without a text are there, and empty. */
export async function trendOf(
  database: TextsDatabase,
  collection: TextCollection,
  filter: TextFilter,
): Promise<TextTrend> {
  const axis = axisOf(collection, filter.stretch);
  const { sessionId } = collection;
  const { by, step, from, to, first, count } = axis;
  const found = await database.call('texts.trend', { sessionId, filter, step, from, to, bins: count });
  const sums = new Map(found.bins.map((bin) => [bin.bin, bin.sums]));
  const bins = Array.from({ length: count }, (_, i) => ({
    from: startOf(axis, first + i),
    to: startOf(axis, first + i + 1),
    all: aggregateOf(sums.get(first + i) ?? NOTHING),
  }));
  return { by, step, bins, untimed: found.untimed };
}

export interface GroupsRequest {
  by: GroupKind;
  order: GroupOrder;
  descending: boolean;
  limit: number;
}

/** Groups of fewer than FEW_TEXTS come last in every order by a figure. */
export async function groupsOf(
  database: TextsDatabase,
  sessionId: string,
  filter: TextFilter,
  request: GroupsRequest,
): Promise<{ total: number; groups: TextGroup[] }> {
  const asked = { sessionId, filter, ...request, few: FEW_TEXTS };
  const { total, groups } = await database.call('texts.groups', asked);
  return { total, groups: groups.map(({ id, name, sums }) => ({ id, name, all: aggregateOf(sums) })) };
}
