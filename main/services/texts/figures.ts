/** What sums over texts say: shares, means and their intervals, in all and by group. The window and the command line ask here alike. */
import {
  FEW_TEXTS,
  type GroupKind,
  type GroupOrder,
  type TextAggregate,
  type TextFilter,
  type TextGroup,
} from '#contract/texts/query.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { TextSums, TextTasks } from '#main/hosts/database/text-tasks.ts';
import { meanOf, shareOf } from './intervals.ts';

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

export async function summaryOf(
  database: TextsDatabase,
  sessionId: string,
  filter: TextFilter,
): Promise<TextAggregate> {
  return aggregateOf((await database.call('texts.sums', { sessionId, filter })).sums);
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
