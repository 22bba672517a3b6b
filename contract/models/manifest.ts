/** One manifest a model: where its weights come from, what they are, and the numbers its pre- and post-processing need. */
import { z } from 'zod';
import { sha256Hex } from '../units.ts';

export const MODEL_TASKS = [
  'voice-activity',
  'speech-recognition',
  'speech-recognition-multilingual',
  'text-emotion',
  'voice-emotion',
  'face-detection',
  'face-emotion',
  'fusion',
  'speaker-embedding',
  'overlapping-speech',
] as const;
export const modelTask = z.enum(MODEL_TASKS);
export type ModelTask = z.infer<typeof modelTask>;

export const modelFile = z.object({
  /** The role the code asks for: 'model', 'encoder', 'decoder', 'head', 'tokenizer', 'baseline', … */
  role: z.string(),
  /** Relative to the source: the manifest's folder (shipped), the package's root (package), the imported folder (imported). */
  path: z.string(),
  bytes: z.number().int().positive(),
  sha256: sha256Hex,
});
export type ModelFile = z.infer<typeof modelFile>;

export const modelSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('package'), package: z.string(), version: z.string() }),
  z.object({ kind: z.literal('shipped') }),
  z.object({ kind: z.literal('imported'), address: z.string().optional() }),
]);

export const modelManifest = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string(),
  task: modelTask,
  title: z.string(),
  source: modelSource,
  files: z.array(modelFile),
  /** SPDX expression, or the authors' words where there is none. */
  licence: z.string(),
  /** True when the weights saw data that may not be used commercially. */
  nonCommercial: z.boolean(),
  /** Who made it and from what, one or two sentences: goes into the notices. */
  notice: z.string(),
  /** BCP 47 primary tags; empty: not bound to a language. */
  languages: z.array(z.string()),
  /** Path of its card relative to the repository root; absent for models described by their makers. */
  card: z.string().optional(),
  /** Label order of the outputs, where the model has labels. */
  labels: z.array(z.string()).optional(),
  /** Model-specific numbers and names (input and output names, temperature, thresholds, crop template); each model's own schema in models/<task>/ parses it. */
  settings: z.record(z.string(), z.json()),
});
export type ModelManifest = z.infer<typeof modelManifest>;

/** `id@version`, as it stands in evidence and results. */
export const modelTag = (m: Pick<ModelManifest, 'id' | 'version'>): string => `${m.id}@${m.version}`;

/** What read something: one model, or several together. */
export const joinedTag = (tags: readonly string[]): string => tags.join(' + ');
export const tagsOf = (joined: string): string[] => joined.split(' + ');
