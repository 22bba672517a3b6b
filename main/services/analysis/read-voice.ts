/** The voice stage: each speaker's utterances read together, against the speaker's own baseline where that is safe. */
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { Notice } from '#contract/analysis/result.ts';
import { markedMs } from '#contract/transcript/marked.ts';
import type { Speaker, Transcript, Utterance } from '#contract/transcript/utterance.ts';
import type { Span } from '#contract/units.ts';
import type { HeardVoice, VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import type { Spoken } from './spoken.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

/** What a mark says of an utterance. */
export const SURELY_NEUTRAL = CATEGORIES.map((category) => Number(category === 'neutral'));
/** As for every other measure of quality (models/voice/quality.ts), less than .8 of it is a reason. */
const OTHERS_MATTER = 0.2;

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

/** As it is read: theirs only where nobody else speaks, and neutral where a person says so. */
export function ownPart(
  voice: VoiceEmbedding,
  utterance: Utterance,
  { events }: Pick<Transcript, 'events'>,
): HeardVoice {
  const { others, neutral } = marksOn(utterance, events);
  const reasons = others > OTHERS_MATTER ? [...voice.reasons, 'others-speak' as const] : voice.reasons;
  return {
    ...{ ...voice, quality: voice.quality * (1 - others), reasons },
    ...(neutral ? { likelihood: SURELY_NEUTRAL } : {}),
  };
}

/** What marks say of an utterance's voice: how much of it is others' too, and whether its speaker is neutral in it. */
export const marksOn = (
  utterance: Utterance,
  events: Transcript['events'],
): { others: number; neutral: boolean } => ({
  others: othersShare(utterance, events),
  neutral: isNeutral(utterance, events),
});

/** A person marked most of the utterance as one in which its speaker is neutral. */
function isNeutral(utterance: Utterance, events: Transcript['events'] = []): boolean {
  const own = events.filter(({ speakerId }) => speakerId === null || speakerId === utterance.speakerId);
  return markedMs(own, 'neutral', utterance) > (utterance.endMs - utterance.startMs) / 2;
}

/** The share of an utterance in which somebody else speaks as well. */
const othersShare = (utterance: Span, events: Transcript['events'] = []): number =>
  markedMs(events, 'crosstalk', utterance) / Math.max(1, utterance.endMs - utterance.startMs);

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
    const embeddings = own.map((u) => ownPart(spoken.voices.get(u.id)!, u, spoken.transcript));
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
