/** The voices of a corrected transcript: stretches that became others are heard again, and their speakers read against their baseline anew. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { silentWork } from '#main/jobs/silent-work.ts';
import { spanKey, voiceSpan } from './kept-voices.ts';
import { marksOn, readVoice } from './read-voice.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';
import { voicesOf } from './voices-of.ts';

/** All voice evidence; of speakers that nothing changed for, the same objects as before. */
export async function rereadVoice(
  before: AnalysisResult,
  transcript: Transcript,
  request: Pick<AnalysisRequest, 'input' | 'info' | 'source'>,
  parts: AnalysisParts,
  signal: AbortSignal,
): Promise<{ evidence: Evidence[] }> {
  const voices = before.evidence.filter(({ modality }) => modality === 'voice');
  const saidBefore = saidBy(before.transcript);
  const saidNow = saidBy(transcript);
  const known = before.transcript.speakersFrom === transcript.speakersFrom;
  const changed = transcript.speakers.filter(({ id }) => !known || saidNow.get(id) !== saidBefore.get(id));
  const kept = voices.filter(
    (e) => saidNow.has(e.speakerId ?? '') && !changed.some(({ id }) => id === e.speakerId),
  );
  if (changed.length === 0 || !request.info.audio) return { evidence: kept };

  const utterances = transcript.utterances.filter((u) => changed.some(({ id }) => id === u.speakerId));
  const spans = utterances.map((u) => voiceSpan(u, transcript.speakers));
  const heard = await voicesOf(spans, request, parts, signal);
  const own = utterances.flatMap((u, i) => {
    const voice = heard.get(spanKey(spans[i]!));
    return voice ? [[u.id, voice] as const] : [];
  });
  const spoken = {
    transcript: { ...transcript, speakers: changed, utterances },
    ...{ models: [], voices: new Map(own), waveform: null, notices: [] },
  };
  const read = await readVoice(
    { ...request, settings: before.settings, imported: null, notices: [] },
    parts,
    spoken,
    parts.models.tag('voice-emotion'),
    silentWork(signal),
  );
  return { evidence: [...kept, ...read.evidence] };
}

/** What each speaker's baseline rests on: whether it is theirs, their utterances and stretches, and what marks say of these. */
function saidBy({ speakers, utterances, events }: Transcript): Map<string, string> {
  return new Map(
    speakers.map(({ id, alike }) => {
      const own = utterances.filter((u) => u.speakerId === id);
      return [
        id,
        [
          alike,
          ...own.map(
            (u) => `${u.id} ${spanKey(voiceSpan(u, speakers))} ${JSON.stringify(marksOn(u, events))}`,
          ),
        ].join(),
      ];
    }),
  );
}
