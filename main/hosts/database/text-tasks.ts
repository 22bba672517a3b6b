/** What the database host does for sessions of texts: stored in batches, read from the front, counted where they lie. */
import type { ErrorCode, ErrorData } from '#contract/errors.ts';
import type { Recording } from '#contract/library/entities.ts';
import type {
  LeftOut,
  TextCollection,
  TextItem,
  TextReading,
  TextsSource,
} from '#contract/texts/collection.ts';
import type { GroupKind, GroupOrder, ItemPlace, TextFilter, TrendStep } from '#contract/texts/query.ts';
import type { Task } from '../client.ts';
import type { NewSession } from './tasks.ts';

type Nothing = Record<string, never>;

export type NewText = Pick<TextItem, 'fileRow' | 'timeMs' | 'author' | 'topic' | 'text'>;

export interface UnreadText {
  seq: number;
  text: string;
  /** What was said before in the same chat, oldest first: nothing before its first text. Null where texts stand alone. */
  context: string[] | null;
}
export interface ReadText {
  seq: number;
  outcome: { reading: TextReading } | { failure: ErrorCode };
}

/** Sums over texts that were read; means and intervals are made from them. */
export interface TextSums {
  n: number;
  counts: number[];
  valence: Moments;
  arousal: Moments;
}
/** Number, sum and sum of squares. */
export interface Moments {
  n: number;
  sum: number;
  squares: number;
}

export interface TextTasks {
  /** Takes up a new collection, which belongs to no session yet. */
  'texts.begin': Task<{ source: TextsSource }, { collectionId: number }>;
  'texts.append': Task<{ collectionId: number; texts: NewText[] }, Nothing>;
  /** Makes it a session. */
  'texts.finish': Task<{ collectionId: number; session: NewSession; leftOut: LeftOut; at: string }, Nothing>;
  'texts.discard': Task<{ collectionId: number }, Nothing>;
  /** What a crash left half stored goes; what it left in 'analysing' can go on. */
  'texts.recover': Task<Nothing, Nothing>;

  'texts.get': Task<{ sessionId: string }, TextCollection>;
  'texts.setState': Task<{ sessionId: string; state: Recording['state']; error: ErrorData | null }, Nothing>;
  /** The first texts that are not read yet. */
  'texts.unread': Task<{ sessionId: string; after: number; limit: number }, { texts: UnreadText[] }>;
  /** They must go on where the ones before end: none is read twice, none is passed over. */
  'texts.saveReadings': Task<{ sessionId: string; readings: ReadText[]; models: string[] }, { read: number }>;
  'texts.complete': Task<{ sessionId: string; at: string }, Nothing>;

  'texts.items': Task<
    { sessionId: string; filter: TextFilter; place: ItemPlace },
    { total: number; items: TextItem[] }
  >;
  'texts.sums': Task<{ sessionId: string; filter: TextFilter }, { sums: TextSums }>;
  /** Sums by place on the axis; bins without texts are left out. `bins`: how many, for 'texts'. */
  'texts.trend': Task<
    { sessionId: string; filter: TextFilter; step: TrendStep; from: number; to: number; bins: number },
    { bins: { bin: number; sums: TextSums }[]; untimed: number }
  >;
  'texts.groups': Task<
    {
      sessionId: string;
      filter: TextFilter;
      by: GroupKind;
      order: GroupOrder;
      descending: boolean;
      limit: number;
      /** Groups with fewer texts come last, whatever their figures. */
      few: number;
    },
    { total: number; groups: { id: number; name: string | null; sums: TextSums }[] }
  >;
}
