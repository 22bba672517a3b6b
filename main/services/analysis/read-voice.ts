/** The voice stage: each speaker's utterances read together, against the speaker's own baseline where that is safe. */
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { Notice } from '#contract/analysis/result.ts';
import type { Speaker, Transcript } from '#contract/transcript/utterance.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import type { Spoken } from './spoken.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

export interface VoiceRead {
  evidence: Evidence[];
  notices: Notice[];
}

/** Several people read against one common baseline would be worse than none. */
export const readsAgainstBaseline = (
  { personBaseline }: AnalysisSettings,
  { speakersFrom }: Pick<Transcript, 'speakersFrom'>,
  speaker: Speaker | undefined,
): boolean => personBaseline && speakersFrom !== 'not-separated' && !speaker?.alike;

export async function readVoice(
  request: AnalysisRequest,
  parts: AnalysisParts,
  spoken: Spoken,
  model: string,
  context: WorkContext,
): Promise<VoiceRead> {
  const { signal } = context;
  const report = context.stage('voice');
  const { settings } = request;
  const { speakers, utterances } = spoken.transcript;
  if (spoken.voices.size === 0) {
    report.skipped();
    return { evidence: [], notices: [] };
  }
  const evidence: Evidence[] = [];
  for (const [done, speaker] of speakers.entries()) {
    const own = utterances.filter((u) => u.speakerId === speaker.id && spoken.voices.has(u.id));
    if (own.length === 0) continue;
    const baseline = readsAgainstBaseline(settings, spoken.transcript, speaker);
    const embeddings = own.map((u) => spoken.voices.get(u.id)!);
    const { readings } = await parts.inference.call(
      'voice.read',
      { utterances: embeddings, baseline },
      { signal },
    );
    own.forEach((u, i) =>
      evidence.push({
        ...readings[i]!,
        id: `voice-${u.id}`,
        modality: 'voice',
        span: { startMs: u.startMs, endMs: u.endMs },
        utteranceId: u.id,
        speakerId: speaker.id,
        model,
      }),
    );
    report.progress((done + 1) / speakers.length);
  }
  report.done();
  const notices: Notice[] =
    settings.personBaseline && speakers.some((s) => !readsAgainstBaseline(settings, spoken.transcript, s))
      ? [
          {
            code: 'baseline-not-used',
            stage: 'voice',
            message:
              'Where it is unsure who speaks, each utterance was read on its own, not against the person’s usual voice.',
          },
        ]
      : [];
  return { evidence, notices };
}
