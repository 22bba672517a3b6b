/** What flows between the stages. */
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import type { Notice } from '#contract/analysis/result.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import type { MediaInfo } from '#contract/media/media-info.ts';
import type { Transcript, Word } from '#contract/transcript/utterance.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks, VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import type { MediaInput, MediaTools } from '#main/hosts/media/media.ts';
import type { ModelsInUse } from './models-in-use.ts';
import type { StageCache } from './stage-cache.ts';

export interface AnalysisRequest {
  input: MediaInput;
  source: { name: string; bytes: number; sha256: string };
  info: MediaInfo;
  settings: AnalysisSettings;
  /** Given by the person; then nothing is recognised. */
  imported: Pick<Transcript, 'speakers' | 'utterances' | 'events'> | null;
  notices: Notice[];
  /** Where `imported` is a corrected transcript: where its words came from. */
  corrected?: Pick<Transcript, 'source' | 'recogniser' | 'language' | 'speakersFrom'>;
}

export interface AnalysisParts {
  inference: HostClient<InferenceTasks>;
  media: MediaTools;
  cache: StageCache;
  models: ModelsInUse;
  /** The Whisper models that the person brought. */
  whispers(): Promise<ModelManifest[]>;
  /** Attune's own version. */
  version: string;
}

/** One stretch of speech with what was heard in it. */
export interface HeardUtterance {
  channel: number;
  startMs: number;
  endMs: number;
  text: string;
  confidence: number | null;
  words: Word[];
  /** Of the recogniser, its share of a window that it heard with others. */
  recognisedInMs: number;
  voice: VoiceEmbedding;
}
