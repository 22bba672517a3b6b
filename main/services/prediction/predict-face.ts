/** `attune predict face`: one picture a row; of several faces the largest is read. */
import { AttuneError } from '#contract/errors.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { faceRow, type FaceRow, type FailedRow, type PredictedRow } from '#contract/files/predict.ts';
import { findFile } from './find-file.ts';
import type { PredictionParts } from './parts.ts';
import { parseRow, surenessOf, toFailure, toRow } from './row.ts';

const MAX_WIDTH = 1280;

export async function* predictFace(
  lines: AsyncIterable<string | null>,
  parts: PredictionParts,
  signal: AbortSignal,
): AsyncGenerator<PredictedRow | FailedRow> {
  const { sureness = surenessOf(parts.models) } = parts;
  for await (const line of lines) {
    const parsed = parseRow(line, faceRow);
    if (!parsed.ok) {
      yield parsed.failure;
      continue;
    }
    try {
      yield toRow(parsed.row.id, await readPicture(parsed.row, parts, signal), sureness);
    } catch (error) {
      signal.throwIfAborted();
      yield toFailure(parsed.row.id, error);
    }
  }
}

async function readPicture(
  { path, cropped }: FaceRow,
  { media, inference, folder }: PredictionParts,
  signal: AbortSignal,
): Promise<Reading> {
  const input = { kind: 'file', path: await findFile(path, folder) } as const;
  const frame = await media.picture(input, { maxWidth: MAX_WIDTH, signal });
  if (cropped === true) {
    const { readings } = await inference.call(
      'face.readCropped',
      { frames: [frame], align: true },
      { signal },
    );
    return readings[0]!;
  }
  const { faces } = await inference.call('face.find', { frames: [frame] }, { signal });
  const [largest] = [...(faces[0] ?? [])].sort((a, b) => b.width * b.height - a.width * a.height);
  if (!largest) throw new AttuneError('face-not-found', 'No face was found in the picture.');
  return largest.reading;
}
