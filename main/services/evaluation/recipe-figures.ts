/** Figures that need training again (folds, corpora left out): a recipe writes them into `crossvalidation.json` beside its weights. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { weightsPlace } from '#main/platform/weights.ts';
import { figure, type EvaluationTask, type Figure } from './figure.ts';

export const crossValidation = z.object({
  /** SHA-256 of the first file of the manifest made in the same run. */
  weights: z.string(),
  /** What prints these figures again. */
  command: z.string(),
  figures: z.array(
    figure.omit({ task: true, exposure: true, command: true, table: true }).extend({
      table: figure.shape.table.default('figures'),
      /** What the model of this fold had not seen: 'speakers held out', 'corpus never seen'. */
      exposure: z.string(),
    }),
  ),
});

export type RecipeFigures = { figures: Figure[] } | { missing: string };

export async function recipeFigures(task: EvaluationTask, manifest: ModelManifest): Promise<RecipeFigures> {
  const name = `models/weights/${manifest.id}/crossvalidation.json`;
  const file = path.join(weightsPlace().shipped, manifest.id, 'crossvalidation.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { missing: `figures that need training again: ${name} is not there` };
  const parsed = crossValidation.safeParse(JSON.parse(text));
  if (!parsed.success) return { missing: `${name} does not fit: ${z.prettifyError(parsed.error)}` };
  const { weights, command, figures } = parsed.data;
  if (weights !== manifest.files[0]?.sha256)
    return { missing: `${name} belongs to other weights than the shipped ones` };
  return { figures: figures.map((f) => ({ ...f, task, command })) };
}
