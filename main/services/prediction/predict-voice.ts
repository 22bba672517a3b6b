/** `attune predict voice`: rows of one speaker are read against that speaker's baseline, so they wait for each other; the rest stream. */
import type { Reading } from '#contract/emotion/evidence.ts';
import { voiceRow, type FailedRow, type PredictedRow } from '#contract/files/predict.ts';
import type { HeardVoice } from '#main/hosts/inference/tasks.ts';
import { groupedBy } from '#models/metrics/grouped.ts';
import { parseVoiceSettings } from '#models/voice/settings.ts';
import { averageReading } from '../average-reading.ts';
import { embedClip } from './clip.ts';
import { findFile } from './find-file.ts';
import type { PredictionParts } from './parts.ts';
import { parseRow, surenessOf, toFailure, toRow } from './row.ts';

export interface HeardRow {
  id: PredictedRow['id'];
  speaker: string | null;
  /** One an utterance-sized window of the clip. */
  windows: HeardVoice[];
}
type Entry = HeardRow | { failure: FailedRow };

export async function* predictVoice(
  lines: AsyncIterable<string | null>,
  parts: PredictionParts,
  signal: AbortSignal,
): AsyncGenerator<PredictedRow | FailedRow> {
  const waiting: Entry[] = [];
  for await (const line of lines) {
    const entry = await hearRow(line, parts, signal);
    const streams = waiting.length === 0 && ('failure' in entry || entry.speaker === null);
    if (streams) yield* await readTogether([entry], parts, signal);
    else waiting.push(entry);
  }
  yield* await readTogether(waiting, parts, signal);
}

async function hearRow(
  line: string | null,
  { media, inference, folder }: PredictionParts,
  signal: AbortSignal,
): Promise<Entry> {
  const parsed = parseRow(line, voiceRow);
  if (!parsed.ok) return { failure: parsed.failure };
  const { id, path, speaker } = parsed.row;
  try {
    const file = await findFile(path, folder);
    return { id, speaker: speaker ?? null, windows: await embedClip(file, media, inference, signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { failure: toFailure(id, error) };
  }
}

/** Rows of one speaker against that speaker's baseline, rows without one each alone; in the order given. */
export async function readTogether(
  entries: Entry[],
  {
    inference,
    models,
    sureness = surenessOf(models),
  }: Pick<PredictionParts, 'inference' | 'models' | 'sureness'>,
  signal: AbortSignal,
): Promise<(PredictedRow | FailedRow)[]> {
  const { fineThreshold } = parseVoiceSettings(models.of('voice-emotion').settings);
  const heard = entries.filter((e): e is HeardRow => !('failure' in e));
  const readingOf = new Map<HeardRow, Reading>();
  for (const group of groups(heard)) {
    const utterances = group.flatMap((row) => row.windows);
    const baseline = group[0]!.speaker !== null;
    const { readings } = await inference.call('voice.read', { utterances, baseline }, { signal });
    let at = 0;
    for (const row of group) {
      const own = row.windows.map(({ seconds }, w) => ({ reading: readings[at + w]!, seconds }));
      readingOf.set(
        row,
        averageReading(own, () => fineThreshold),
      );
      at += row.windows.length;
    }
  }
  return entries.map((e) => ('failure' in e ? e.failure : toRow(e.id, readingOf.get(e)!, sureness)));
}

/** Rows of one speaker together; rows without a speaker each alone. */
function groups(rows: readonly HeardRow[]): HeardRow[][] {
  const named = rows.filter(({ speaker }) => speaker !== null);
  const alone = rows.filter(({ speaker }) => speaker === null);
  return [...groupedBy(named, ({ speaker }) => speaker!).values(), ...alone.map((row) => [row])];
}
