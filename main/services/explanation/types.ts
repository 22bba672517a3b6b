/** What explaining one modality needs to know. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { ExplainRequest } from '#contract/explanation/explanation.ts';
import { AttuneError } from '#contract/errors.ts';
import type { Recording } from '#contract/library/entities.ts';
import { tagsOf, type ModelTask } from '#contract/models/manifest.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';
import type { MediaInput } from '#main/hosts/media/media.ts';
import type { AnalysisParts } from '../analysis/types.ts';

export type Asked<M extends ExplainRequest['modality']> = Extract<ExplainRequest, { modality: M }>;

export interface Explaining {
  readonly recording: Recording;
  readonly input: MediaInput;
  readonly result: AnalysisResult;
  readonly parts: AnalysisParts;
  readonly signal: AbortSignal;
  /** Told after every answer how many runs there were so far. */
  readonly asked: (runs: number) => void;
}

export const nothingToExplain = (): AttuneError =>
  new AttuneError('record-not-found', 'The analysis has no reading of that kind at this moment.', {
    remedy: 'Choose another moment, or analyse the recording again.',
  });

const outdated = (): AttuneError =>
  new AttuneError(
    'analysis-outdated',
    'This was read by another version of the model than the one installed.',
    {
      kept: 'The analysis stays as it is.',
      remedy: 'Analyse the recording again; then its readings can be explained.',
    },
  );

/** The utterance and what the modality read from it. @throws AttuneError 'record-not-found', 'analysis-outdated' */
export function utteranceReading(
  { result, parts }: Explaining,
  { modality, utteranceId }: Asked<'text' | 'voice'>,
): { utterance: Utterance; evidence: Evidence } {
  const utterance = result.transcript.utterances.find(({ id }) => id === utteranceId);
  const evidence = result.evidence.find((e) => e.modality === modality && e.utteranceId === utteranceId);
  if (!utterance || !evidence) throw nothingToExplain();
  checkModel(evidence.model, modality === 'text' ? 'text-emotion' : 'voice-emotion', parts);
  return { utterance, evidence };
}

/** @throws AttuneError 'analysis-outdated' when another model than the installed one made the reading */
export function checkModel(model: string, task: ModelTask, parts: AnalysisParts): void {
  const installed = parts.models.tags(task);
  if (!tagsOf(model).every((tag) => installed.includes(tag))) throw outdated();
}
