/** What an edit did, item by item, as it was before and is after: enough to do it again anywhere, and to take it back exactly. */
import { z } from 'zod';
import { AttuneError } from '../../errors.ts';
import { heardEvent } from '../event.ts';
import { speaker, utterance } from '../utterance.ts';
import { byTime, type TranscriptDocument } from './document.ts';

const beforeAfter = <T extends z.ZodType>(item: T) =>
  z.object({ before: item.nullable(), after: item.nullable() });

export const transcriptChange = z.object({
  utterances: z.array(beforeAfter(utterance)),
  events: z.array(beforeAfter(heardEvent)),
  /** The whole list, as its order counts; null: unchanged. */
  speakers: z.object({ before: z.array(speaker), after: z.array(speaker) }).nullable(),
});
export type TranscriptChange = z.infer<typeof transcriptChange>;

interface Item {
  readonly id: string;
}
interface ItemChange<T extends Item> {
  readonly before: T | null;
  readonly after: T | null;
}
export const idOf = ({ before, after }: ItemChange<Item>): string => (after ?? before)!.id;

export const isEmpty = (change: TranscriptChange): boolean =>
  change.utterances.length === 0 && change.events.length === 0 && change.speakers === null;

/** @throws AttuneError 'edit-stale' when the document isn't the one that the change was made for */
export function applyChange(document: TranscriptDocument, change: TranscriptChange): TranscriptDocument {
  return {
    utterances: appliedTo(document.utterances, change.utterances),
    events: appliedTo(document.events, change.events),
    speakers: change.speakers?.after ?? document.speakers,
  };
}

function appliedTo<T extends Item & { startMs: number; endMs: number }>(
  items: readonly T[],
  changes: readonly ItemChange<T>[],
): readonly T[] {
  if (changes.length === 0) return items;
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const change of changes) {
    const id = idOf(change);
    if (byId.has(id) !== (change.before !== null)) throw staleEdit();
    if (change.after === null) byId.delete(id);
    else byId.set(id, change.after);
  }
  return [...byId.values()].sort(byTime);
}

export const staleEdit = (): AttuneError =>
  new AttuneError('edit-stale', 'The transcript was changed elsewhere in the meantime.', {
    kept: 'That change stands; yours was not stored over it.',
    remedy: 'Look at the transcript as it is now, and edit again.',
  });

export function invertChange(change: TranscriptChange): TranscriptChange {
  const turned = <T>({ before, after }: { before: T; after: T }) => ({ before: after, after: before });
  return {
    utterances: change.utterances.map(turned),
    events: change.events.map(turned),
    speakers: change.speakers && turned(change.speakers),
  };
}

/** Several changes, one after another, as one: what was changed back is not in it. */
export function composed(changes: readonly TranscriptChange[]): TranscriptChange {
  const speakers = changes.flatMap((change) => change.speakers ?? []);
  const [before, after] = [speakers[0]?.before, speakers.at(-1)?.after];
  return {
    utterances: merged(changes.map((change) => change.utterances)),
    events: merged(changes.map((change) => change.events)),
    speakers: before && after && !same(before, after) ? { before, after } : null,
  };
}

function merged<T extends Item>(lists: readonly (readonly ItemChange<T>[])[]): ItemChange<T>[] {
  const byId = new Map<string, ItemChange<T>>();
  for (const change of lists.flat()) {
    const earlier = byId.get(idOf(change));
    byId.set(idOf(change), { before: earlier ? earlier.before : change.before, after: change.after });
  }
  return [...byId.values()].filter(({ before, after }) => !same(before, after));
}

/** What leads from one document to another. */
export function difference(from: TranscriptDocument, to: TranscriptDocument): TranscriptChange {
  return {
    utterances: differing(from.utterances, to.utterances),
    events: differing(from.events, to.events),
    speakers: same(from.speakers, to.speakers)
      ? null
      : { before: [...from.speakers], after: [...to.speakers] },
  };
}

function differing<T extends Item>(
  from: readonly T[],
  to: readonly T[],
): { before: T | null; after: T | null }[] {
  const before = new Map(from.map((item) => [item.id, item]));
  const after = new Map(to.map((item) => [item.id, item]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((id) => ({ before: before.get(id) ?? null, after: after.get(id) ?? null }))
    .filter((change) => !same(change.before, change.after));
}

/** Equal as data, whatever the order of the keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => same(x, b[i]));
  const known = (value: object) => Object.entries(value).filter(([, x]) => x !== undefined);
  const left = known(a);
  const right = new Map(known(b));
  return left.length === right.size && left.every(([key, x]) => right.has(key) && same(x, right.get(key)));
}
