/** What a person sets once for this machine. Stored in plain text: of anybody it holds at most the name that they sign edits with. */
import { z } from 'zod';
import { analysisSettings } from '../analysis/settings.ts';

export const EXECUTION_PROVIDERS = ['auto', 'cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const;
export const executionProvider = z.enum(EXECUTION_PROVIDERS);
export type ExecutionProvider = z.infer<typeof executionProvider>;

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['en', 'zh']).default('en'),
  executionProvider: executionProvider.default('auto'),
  /** Threads a model may use; 0: as many as fit this machine. */
  threads: z.number().int().min(0).max(64).default(0),
  cacheLimitMiB: z.number().int().min(64).max(1_048_576).default(4096),
  /** Another ffmpeg and ffprobe than the ones that come along; empty: those. */
  ffmpegPath: z.string().max(4096).default(''),
  ffprobePath: z.string().max(4096).default(''),
  /** What is spoken in recordings that are brought in, unless said otherwise for one of them. */
  spokenLanguage: analysisSettings.shape.language,
  /** Who edits transcripts at this machine; empty: edits are logged without a name. */
  annotator: z.string().max(80).default(''),
});
export type Settings = z.infer<typeof settings>;
export const settingsPatch = settings.partial();
