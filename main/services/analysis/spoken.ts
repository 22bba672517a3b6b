/** The speech and speakers stages: one transcript with a voice embedding an utterance, whether recognised or imported. */
import type { Notice, Waveform } from '#contract/analysis/result.ts';
import type { Transcript, Utterance } from '#contract/transcript/utterance.ts';
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { findSpeech } from './find-speech.ts';
import { canRecognise, hear } from './hear.ts';
import { hearImported } from './hear-imported.ts';
import { tellApart } from './tell-apart.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

export interface Spoken {
  transcript: Transcript;
  /** By utterance id. */
  voices: Map<string, VoiceEmbedding>;
  waveform: Waveform | null;
  notices: Notice[];
}

const utteranceId = (index: number): string => `u${String(index + 1).padStart(4, '0')}`;

const note = (code: Notice['code'], stage: Notice['stage'], message: string): Notice => ({
  code,
  stage,
  message,
});

const cutShort = ({ channels, stepMs }: Waveform): Notice =>
  note(
    'stopped-early',
    'speech',
    `The sound is damaged: it could be read for ${Math.round(((channels[0]?.min.length ?? 0) * stepMs) / 1000)} seconds.`,
  );

/** What there is when the recording has no sound. */
export const silent = (request: AnalysisRequest): Spoken => ({
  transcript: {
    source: request.imported ? 'imported' : 'none',
    recogniser: null,
    language: null,
    speakersFrom: request.imported ? 'transcript' : 'not-separated',
    speakers: request.imported?.speakers ?? [],
    utterances: request.imported?.utterances ?? [],
  },
  voices: new Map(),
  waveform: null,
  notices: [
    note('no-audio', 'speech', 'The recording has no sound, so neither words nor voice could be read.'),
  ],
});

async function imported(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<Spoken> {
  const { voices, waveform, damaged } = await hearImported(request, parts, context);
  context.stage('speakers').skipped();
  const { speakers, utterances, events } = request.imported!;
  return {
    transcript: {
      source: 'imported',
      recogniser: null,
      language: request.settings.language === 'auto' ? null : request.settings.language,
      speakersFrom: 'transcript',
      ...request.corrected,
      speakers,
      utterances,
      ...(events ? { events } : {}),
    },
    voices: new Map(voices.flatMap((voice, i) => (voice ? [[utterances[i]!.id, voice] as const] : []))),
    waveform,
    notices: damaged ? [cutShort(waveform)] : [],
  };
}

/** Other languages come out as English words at a confidence of .45 to .57, English at about .85 (measured on short clips of nine languages). */
const FOREIGN_BELOW = 0.6;

/** Mean confidence over time of what was recognised is too low for English. */
export function seemsForeign(utterances: Utterance[]): boolean {
  let weighted = 0;
  let totalMs = 0;
  for (const { startMs, endMs, confidence, text } of utterances) {
    if (confidence === null || text === '') continue;
    weighted += confidence * (endMs - startMs);
    totalMs += endMs - startMs;
  }
  return totalMs > 0 && weighted / totalMs < FOREIGN_BELOW;
}

async function recognised(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<Spoken> {
  const { language, speakers: people } = request.settings;
  const found = await findSpeech(request, parts, context);
  const settings = parseSpeakerSettings(parts.models.of('speaker-embedding').settings);
  const told = await tellApart(found, people, settings, parts.inference, context.signal);
  const heard = await hear(told.spans, found.separate, request, parts, context);
  const notices: Notice[] = [...(found.damaged ? [cutShort(found.waveform)] : []), ...told.notices];
  const utterances: Utterance[] = [];
  const voices = new Map<string, VoiceEmbedding>();
  for (const [i, { speakerId, startMs, endMs }] of told.spans.entries()) {
    const said = heard[i];
    if (!said) continue;
    const id = utteranceId(utterances.length);
    const { text, confidence } = said;
    const withinMs = Math.min(endMs, Math.max(request.info.durationMs, startMs + 1));
    const words = said.words.map((word) => ({
      ...word,
      startMs: Math.min(word.startMs, withinMs),
      endMs: Math.min(word.endMs, withinMs),
    }));
    utterances.push({ id, speakerId, startMs, endMs: withinMs, text, confidence, words });
    voices.set(id, said.voice);
  }
  if (utterances.length === 0) notices.push(note('no-speech', 'speech', 'No speech was found in the sound.'));
  else if (!canRecognise(language))
    notices.push(
      note(
        'language-not-supported',
        'speech',
        'Words are recognised in English only so far. Bring a transcript to have the words read.',
      ),
    );
  else if (utterances.every((u) => u.text === ''))
    notices.push(note('no-words', 'speech', 'Speech was found, but no words were recognised in it.'));
  if (language === 'auto' && seemsForeign(utterances))
    notices.push(
      note(
        'language-not-supported',
        'speech',
        'The words were recognised as English, but so unsurely that this may be another language or poor sound: don’t trust them. A transcript that you bring is read instead.',
      ),
    );
  return {
    transcript: {
      source: utterances.some((u) => u.text) ? 'recognised' : 'none',
      recogniser: canRecognise(language) ? parts.models.tag('speech-recognition') : null,
      language: canRecognise(language) ? 'en' : language,
      speakersFrom: told.speakersFrom,
      speakers: told.speakers,
      utterances,
    },
    voices,
    waveform: found.waveform,
    notices,
  };
}

export function listen(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<Spoken> {
  if (!request.info.audio) {
    context.stage('speech').skipped();
    context.stage('speakers').skipped();
    return Promise.resolve(silent(request));
  }
  return request.imported ? imported(request, parts, context) : recognised(request, parts, context);
}
