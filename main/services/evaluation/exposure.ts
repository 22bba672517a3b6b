/** What the weights saw: each recipe writes `training.json` beside the weights it makes; nothing is assumed where it doesn't. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ModelManifest, ModelTask } from '#contract/models/manifest.ts';
import { weightsPlace } from '#main/platform/weights.ts';
import type { Figure } from './figure.ts';

export const trainingRecord = z.object({
  /** SHA-256 of the first file of the manifest that this record belongs to; null for a manifest without files. */
  weights: z.string().nullable(),
  /** By corpus (keys of corpora/names.ts): the parts that were trained on, and those that a choice was made on. */
  sources: z.record(
    z.string(),
    z.object({
      trained: z.array(z.string()),
      tuned: z.array(z.string()).default([]),
      note: z.string().optional(),
    }),
  ),
});
export type TrainingRecord = z.infer<typeof trainingRecord>;

/** null: there is none, or it belongs to other weights. */
export async function trainingRecordOf(manifest: ModelManifest): Promise<TrainingRecord | null> {
  const file = path.join(weightsPlace().shipped, manifest.id, 'training.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const record = trainingRecord.parse(JSON.parse(text));
  return record.weights === (manifest.files[0]?.sha256 ?? null) ? record : null;
}

export type Exposure = 'trained on' | 'tuned on' | 'held out' | 'corpus never seen' | 'not recorded';

/**
 * What any of the models saw, the most first.
 * @param records one a model of the task (English and Chinese texts have one each); null where there is none
 */
export function exposureTo(
  records: readonly (TrainingRecord | null)[],
  corpus: string,
  part: string,
): Exposure {
  const sources = records.flatMap((record) => record?.sources[corpus] ?? []);
  if (sources.some(({ trained }) => trained.includes(part))) return 'trained on';
  if (sources.some(({ tuned }) => tuned.includes(part))) return 'tuned on';
  if (sources.some(({ trained }) => trained.length > 0)) return 'held out';
  return records.length === 0 || records.includes(null) ? 'not recorded' : 'corpus never seen';
}

export function withExposure(
  figures: readonly Figure[],
  records: readonly (TrainingRecord | null)[],
): Figure[] {
  return figures.map((f) => {
    if (f.exposure !== '') return f;
    const note = records.map((record) => record?.sources[f.corpus]?.note).find((n) => n !== undefined);
    const exposure = exposureTo(records, f.corpus, f.part);
    return { ...f, exposure: note === undefined ? exposure : `${exposure}; ${note}` };
  });
}

/** The models whose weights a task's figures are about. */
export const MODEL_OF = {
  text: 'text-emotion',
  voice: 'voice-emotion',
  face: 'face-emotion',
  fusion: 'fusion',
} as const satisfies Record<string, ModelTask>;
