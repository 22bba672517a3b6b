/** The speech and speakers stages: one transcript with a voice embedding an utterance, whether recognised or imported. */
import type { ModelUse, Notice, Recognition, Waveform } from '#contract/analysis/result.ts';
import { modelTag } from '#contract/models/manifest.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';
import { UNDETERMINED, type Transcript, type Utterance } from '#contract/transcript/utterance.ts';
import type { VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import type { Overlap } from '#models/speakers/overlap.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { findSpeech } from './find-speech.ts';
import { hear } from './hear.ts';
import { hearImported } from './hear-imported.ts';
import { recogniserFor, type Recogniser } from './recogniser.ts';
import { tellApart } from './tell-apart.ts';
import type { AnalysisParts, AnalysisRequest, HeardUtterance } from './types.ts';
import { note, seemsForeign, wordNotices } from './word-notices.ts';

export interface Spoken {
  transcript: Transcript;
  /** Absent where no words were recognised. */
  recognition?: Recognition;
  /** That ran beside those which every analysis loads. */
  models: ModelUse[];
  /** By utterance id. */
  voices: Map<string, VoiceEmbedding>;
  waveform: Waveform | null;
  notices: Notice[];
}

const utteranceId = (index: number): string => `u${String(index + 1).padStart(4, '0')}`;

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
  models: [],
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
    models: [],
    voices: new Map(voices.flatMap((voice, i) => (voice ? [[utterances[i]!.id, voice] as const] : []))),
    waveform,
    notices: damaged ? [cutShort(waveform)] : [],
  };
}

async function recognised(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<Spoken> {
  const people = request.settings.speakers;
  const found = await findSpeech(request, parts, context);
  const settings = parseSpeakerSettings(parts.models.of('speaker-embedding').settings);
  const told = await tellApart(found, people, settings, parts.inference, context.signal);
  const recogniser = await recogniserFor(told.spans, found.separate, request, parts, context);
  const heard = await hear(told.spans, found.separate, recogniser, request, parts, context);
  /** Stretches are padded: none ends after the recording. */
  const within = (endMs: number, startMs: number): number =>
    Math.min(endMs, Math.max(request.info.durationMs, startMs + 1));
  const utterances: Utterance[] = [];
  const voices = new Map<string, VoiceEmbedding>();
  for (const [i, { speakerId, startMs, endMs }] of told.spans.entries()) {
    const said = heard[i];
    if (!said) continue;
    const id = utteranceId(utterances.length);
    const { text, confidence } = said;
    const withinMs = within(endMs, startMs);
    const words = said.words.map((word) => ({
      ...word,
      startMs: Math.min(word.startMs, withinMs),
      endMs: Math.min(word.endMs, withinMs),
    }));
    utterances.push({ id, speakerId, startMs, endMs: withinMs, text, confidence, words });
    voices.set(id, said.voice);
  }
  const events = told.overlaps.map((overlap, i) =>
    crosstalk({ ...overlap, endMs: within(overlap.endMs, overlap.startMs) }, i),
  );
  const strange = recogniser?.languageFrom === 'assumed' && seemsForeign(utterances);
  return {
    transcript: {
      source: utterances.some((u) => u.text) ? 'recognised' : 'none',
      recogniser: recogniser && modelTag(recogniser.manifest),
      language: strange ? UNDETERMINED : (recogniser?.language ?? request.settings.language),
      speakersFrom: told.speakersFrom,
      speakers: told.speakers,
      utterances,
      ...(events.length > 0 ? { events } : {}),
    },
    ...(recogniser && utterances.length > 0 ? { recognition: recognitionOf(recogniser, heard) } : {}),
    models: recogniser?.use ? [recogniser.use] : [],
    voices,
    waveform: found.waveform,
    notices: [
      ...(found.damaged ? [cutShort(found.waveform)] : []),
      ...told.notices,
      ...wordNotices(utterances, recogniser),
    ],
  };
}

const crosstalk = ({ startMs, endMs, confidence }: Overlap, index: number): HeardEvent => ({
  id: `e${String(index + 1).padStart(4, '0')}`,
  ...{ kind: 'crosstalk', startMs, endMs, speakerId: null, confidence },
});

function recognitionOf(
  { manifest, language, languageFrom, languageProbability }: Recogniser,
  heard: readonly (HeardUtterance | undefined)[],
): Recognition {
  const sum = (of: (u: HeardUtterance) => number): number =>
    Math.round(heard.reduce((all, u) => all + (u ? of(u) : 0), 0));
  return {
    ...{ recogniser: modelTag(manifest), title: manifest.title, language, languageFrom, languageProbability },
    tookMs: sum((u) => u.recognisedInMs),
    speechMs: sum((u) => u.endMs - u.startMs),
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
