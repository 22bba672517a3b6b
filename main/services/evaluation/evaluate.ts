/** Measures the tasks that are asked for, one after the other. */
import type { EvaluationContext } from './context.ts';
import { MODEL_OF, trainingRecordOf, withExposure, type TrainingRecord } from './exposure.ts';
import { FACE_NOTES, faceFigures } from './face/section.ts';
import type { EvaluationTask, Figure, Section } from './figure.ts';
import { FUSION_NOTES, fusionFigures } from './fusion/section.ts';
import { recipeFigures } from './recipe-figures.ts';
import { TEXT_NOTES, textFigures } from './text/section.ts';
import { VOICE_NOTES, voiceFigures } from './voice/section.ts';
import { manifestsOf, weightTag } from './weights.ts';

interface TaskParts {
  readonly figures: (context: EvaluationContext) => Promise<Figure[]>;
  readonly notes: readonly string[];
}

const TASKS: Readonly<Record<EvaluationTask, TaskParts>> = {
  text: { figures: textFigures, notes: TEXT_NOTES },
  voice: { figures: voiceFigures, notes: VOICE_NOTES },
  face: { figures: faceFigures, notes: FACE_NOTES },
  fusion: { figures: fusionFigures, notes: FUSION_NOTES },
};

/** @throws AttuneError 'file-not-found' where the data is incomplete, and what the services throw */
export async function evaluateTask(task: EvaluationTask, context: EvaluationContext): Promise<Section> {
  const measured = await TASKS[task].figures(context);
  const notes = [...TASKS[task].notes];
  const records: (TrainingRecord | null)[] = [];
  const fromRecipes: Figure[] = [];
  const manifests = await manifestsOf(MODEL_OF[task]);
  for (const manifest of manifests) {
    const record = await trainingRecordOf(manifest);
    records.push(record);
    if (record === null)
      notes.push(`What ${manifest.id} saw is not recorded (models/weights/${manifest.id}/training.json).`);
    const recipe = await recipeFigures(task, manifest);
    if ('figures' in recipe) fromRecipes.push(...recipe.figures);
    else if (task === 'voice' || task === 'face') notes.push(`Not here: ${recipe.missing}.`);
  }
  return {
    task,
    weights: manifests.map(weightTag),
    figures: [...withExposure(measured, records), ...fromRecipes],
    notes,
    quick: context.options.quick,
  };
}
