/** Everything that the window shows of a session of texts at once: what the command line prints, and NAME.attune.json holds. */
import type { TextCollection } from '#contract/texts/collection.ts';
import { EVERY_TEXT, type TextAggregate, type TextGroup, type TextTrend } from '#contract/texts/query.ts';
import { groupsOf, summaryOf, type TextsDatabase } from './figures.ts';
import { trendOf } from './trend.ts';

const MOST_GROUPS = 1000;

export interface TextsReport {
  format: 'attune.texts';
  version: 1;
  collection: Omit<TextCollection, 'sessionId'>;
  all: TextAggregate;
  trend: TextTrend;
  /** Those with the most texts, at most 1,000; empty where no column was chosen. */
  authors: TextGroup[];
  topics: TextGroup[];
}

export async function reportOf(database: TextsDatabase, sessionId: string): Promise<TextsReport> {
  const { sessionId: _, ...collection } = await database.call('texts.get', { sessionId });
  const groups = async (by: 'author' | 'topic'): Promise<TextGroup[]> => {
    if (collection.source.columns[by] === null) return [];
    const request = { by, order: 'count', descending: true, limit: MOST_GROUPS } as const;
    return (await groupsOf(database, sessionId, EVERY_TEXT, request)).groups;
  };
  return {
    ...({ format: 'attune.texts', version: 1 } as const),
    collection,
    all: await summaryOf(database, sessionId, EVERY_TEXT),
    trend: await trendOf(database, { ...collection, sessionId }, EVERY_TEXT),
    authors: await groups('author'),
    topics: await groups('topic'),
  };
}
