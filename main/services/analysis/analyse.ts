/** One recording from file to result: the order of the stages, and nothing else. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import { ANALYSIS_FORMAT, ANALYSIS_VERSION } from '#contract/analysis/result.ts';
import type { ModelTask } from '#contract/models/manifest.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { parseFusionSettings } from '#models/fusion/settings.ts';
import { bringTogether } from './bring-together.ts';
import { keepHeard } from './kept-voices.ts';
import { readFaces } from './read-faces.ts';
import { readText } from './read-text.ts';
import { readVoice } from './read-voice.ts';
import { rounded } from './round.ts';
import { listen } from './spoken.ts';
import { whoIsWho } from './subjects.ts';
import { summarise } from './summarise.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

/** Usual shares of the time, for the progress shown. */
export const STAGE_WEIGHTS = [
  { name: 'probe', weight: 1 },
  { name: 'speakers', weight: 20 },
  { name: 'speech', weight: 30 },
  { name: 'voice', weight: 2 },
  { name: 'text', weight: 4 },
  { name: 'face', weight: 80 },
  { name: 'fusion', weight: 1 },
  { name: 'summary', weight: 1 },
];

function tasksFor({ info, imported }: AnalysisRequest): ModelTask[] {
  const tasks: ModelTask[] = ['text-emotion'];
  if (info.audio) tasks.push('voice-emotion', 'speech-recognition');
  if (info.audio && !imported) tasks.push('voice-activity', 'speaker-embedding', 'overlapping-speech');
  if (info.video) tasks.push('face-detection', 'face-emotion');
  return tasks;
}

/** @throws AttuneError, 'cancelled' among them; finished stages stay in the cache. */
export async function analyse(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<AnalysisResult> {
  const { info, settings, source } = request;
  const { models } = parts;
  // Said first, so that the time left is right from the start.
  if (!info.video) context.stage('face').skipped();
  const fusionSettings = {
    ...parseFusionSettings(models.of('fusion').settings),
    abstainBelow: settings.abstainBelow,
  };
  const loaded = await parts.inference.call(
    'models.load',
    { tasks: tasksFor(request) },
    { signal: context.signal },
  );
  context.stage('probe').done();

  const spoken = await listen(request, parts, context);
  await keepHeard(request, parts, spoken);
  const voice = await readVoice(request, parts, spoken, models.tag('voice-emotion'), context);
  const text = await readText(spoken.transcript, parts, models, context);
  const faces = await readFaces(request, parts, context);

  const people = whoIsWho(spoken.transcript.speakers, faces.tracks, settings.onCamera);
  const evidence = [...text, ...voice.evidence, ...faces.evidence];
  const { utterances } = spoken.transcript;
  const { fused, tracks } = bringTogether(
    people.subjects,
    utterances,
    evidence,
    info.durationMs,
    settings.trackStepMs,
    fusionSettings,
  );
  context.stage('fusion').done();
  const summary = summarise(info.durationMs, spoken.transcript, people.subjects, fused, tracks);
  context.stage('summary').done();

  const notices = [
    ...request.notices,
    ...spoken.notices,
    ...voice.notices,
    ...faces.notices,
    ...people.notices,
  ];
  return rounded({
    format: ANALYSIS_FORMAT,
    version: ANALYSIS_VERSION,
    attune: parts.version,
    createdAt: new Date().toISOString(),
    source: { ...source, media: info },
    settings,
    models: [...loaded.models, ...spoken.models],
    notices,
    transcript: spoken.transcript,
    ...(spoken.recognition ? { recognition: spoken.recognition } : {}),
    subjects: people.subjects,
    waveform: spoken.waveform,
    faces: faces.tracks,
    evidence,
    fused,
    tracks,
    summary,
  } satisfies AnalysisResult);
}
