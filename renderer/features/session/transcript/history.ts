/** The edit log as a person reads it: one line a burst of typing. */
import { composed, type TranscriptChange } from '#contract/transcript/edit/change.ts';
import type { EditEntry } from '#contract/transcript/edit/log.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';

export interface Burst {
  /** The last edit of the burst. */
  readonly entry: EditEntry;
  readonly change: TranscriptChange;
}

/** `entries` newest first, and so is what comes out. */
export function bursts(entries: readonly EditEntry[]): Burst[] {
  const groups: EditEntry[][] = [];
  for (const entry of entries) {
    const group = groups.at(-1);
    const later = group?.at(-1);
    const together =
      later?.action === 'edit' &&
      entry.action === 'edit' &&
      entry.group !== null &&
      later.group === entry.group;
    if (group && together && later.revision === entry.revision + 1) group.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => ({
    entry: group[0]!,
    change: composed(group.toReversed().map(({ change }) => change)),
  }));
}

export interface Touched {
  readonly startMs: number;
  /** Words, where they are others; null where there were none, or they are the same. */
  readonly before: string | null;
  readonly after: string | null;
  /** What was marked, where it is about no utterance. */
  readonly mark: HeardEvent | null;
}

/** The first utterance that a change is about, else the first mark; null where it is about neither. */
export function touched({ utterances, events }: TranscriptChange): Touched | null {
  const [first] = utterances;
  const u = first?.after ?? first?.before;
  const mark = events[0]?.after ?? events[0]?.before;
  if (mark && !u) return { startMs: mark.startMs, before: null, after: null, mark };
  if (!first || !u) return null;
  const same = first.before?.text === first.after?.text;
  return {
    startMs: u.startMs,
    before: same ? null : (first.before?.text ?? null),
    after: same ? null : (first.after?.text ?? null),
    mark: null,
  };
}
