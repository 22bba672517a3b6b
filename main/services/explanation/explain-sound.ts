/** Why the voice of an utterance reads as it does, against the same baseline of the speaker as in the analysis. */
import type { VoiceExplanation } from '#contract/explanation/explanation.ts';
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import { explainVoice } from '#models/explanation/voice/explain.ts';
import { cacheKey } from '../analysis/cache-key.ts';
import { spanKey, voiceSpan } from '../analysis/kept-voices.ts';
import { marksOn, ownPart, readsAgainstBaseline } from '../analysis/read-voice.ts';
import { voicesOf } from '../analysis/voices-of.ts';
import { kept } from './kept.ts';
import { nothingToExplain, utteranceReading, type Asked, type Explaining } from './types.ts';
import { utteranceSound } from './utterance-sound.ts';

/** Between two calls others get their turn in the host, and progress is told. */
const CHANGES_A_CALL = 4;

/** @throws AttuneError */
export async function explainSound(request: Asked<'voice'>, to: Explaining): Promise<VoiceExplanation> {
  const { result, recording, parts, signal } = to;
  const { utterance, evidence } = utteranceReading(to, request);
  const { settings, transcript } = result;
  const speaker = transcript.speakers.find(({ id }) => id === utterance.speakerId);
  const own = transcript.utterances.filter(({ speakerId }) => speakerId === utterance.speakerId);
  const spans = own.map((u) => voiceSpan(u, transcript.speakers));
  const baseline = readsAgainstBaseline(settings, transcript, speaker);
  const key = cacheKey('explanation', [
    recording.sha256,
    parts.models.fingerprint('voice-emotion'),
    request.utteranceId,
    spans,
    own.map((u) => marksOn(u, transcript.events)),
    baseline,
  ]);
  return kept(parts.cache, key, async () => {
    const { name, bytes, sha256, media } = recording;
    const heardIn = { input: to.input, source: { name, bytes, sha256 }, info: media };
    const voices = await voicesOf(spans, heardIn, parts, signal);
    const heard = own.flatMap((u, i) => {
      const voice = voices.get(spanKey(spans[i]!));
      return voice ? [{ id: u.id, voice: ownPart(voice, u, transcript) }] : [];
    });
    const at = heard.findIndex(({ id }) => id === utterance.id);
    if (at < 0) throw nothingToExplain();
    const embeddings = heard.map(({ voice }) => voice);
    const samples = await utteranceSound(to, utterance, speaker);

    const read = async (changed: VoiceEmbedding): Promise<number[]> => {
      const its = ownPart(changed, utterance, transcript);
      const utterances = baseline ? embeddings.with(at, its) : [its];
      const { readings } = await parts.inference.call('voice.read', { utterances, baseline }, { signal });
      return readings[baseline ? at : 0]!.probabilities;
    };
    let runs = 0;
    const findings = await explainVoice(
      samples,
      utterance.startMs,
      evidence.probabilities,
      async (sound, changes) => {
        const answers = [];
        for (let i = 0; i < changes.length; i += CHANGES_A_CALL) {
          const some = changes.slice(i, i + CHANGES_A_CALL);
          const { utterances } = await parts.inference.call(
            'voice.embedChanged',
            { samples: sound, changes: some },
            { signal },
          );
          for (const changed of utterances) answers.push(await read(changed));
          to.asked((runs += some.length));
        }
        return answers;
      },
    );
    return { modality: 'voice', model: evidence.model, runs, utteranceId: utterance.id, ...findings };
  });
}
