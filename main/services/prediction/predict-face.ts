/** `attune predict face`: one picture a row; of several faces the largest is read. */
import { AttuneError } from '#contract/errors.ts';
import type { Reading } from '#contract/emotion/evidence.ts';
import { faceRow, type FaceRow, type FailedRow, type PredictedRow } from '#contract/files/predict.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import type { MediaTools } from '#main/hosts/media/media.ts';
import { parseRow, toFailure, toRow } from './row.ts';

const MAX_WIDTH = 1280;

export async function* predictFace(
  lines: AsyncIterable<string | null>,
  media: MediaTools,
  inference: HostClient<InferenceTasks>,
  signal: AbortSignal,
): AsyncGenerator<PredictedRow | FailedRow> {
  for await (const line of lines) {
    const parsed = parseRow(line, faceRow);
    if (!parsed.ok) {
      yield parsed.failure;
      continue;
    }
    try {
      yield toRow(parsed.row.id, await readPicture(parsed.row, media, inference, signal));
    } catch (error) {
      signal.throwIfAborted();
      yield toFailure(parsed.row.id, error);
    }
  }
}

async function readPicture(
  { path, cropped }: FaceRow,
  media: MediaTools,
  inference: HostClient<InferenceTasks>,
  signal: AbortSignal,
): Promise<Reading> {
  const frame = await media.picture({ kind: 'file', path }, { maxWidth: MAX_WIDTH, signal });
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
