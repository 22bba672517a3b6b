/** Answers the methods that screens read from generated data; refuses what only the real program can do. */
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { Job } from '#contract/jobs/job.ts';
import type { SessionSummary } from '#contract/library/entities.ts';
import type { AttuneBridge } from '#contract/methods/bridge.ts';
import { settings as settingsSchema, type Settings } from '#contract/system/settings.ts';
import type { WorkspaceStatus } from '#contract/workspace/status.ts';
import type { ExplainRequest } from '#contract/explanation/explanation.ts';
import { fixtureExplanation } from '../../fixtures/explanations.ts';
import type { TranscriptFormat } from '#contract/transcript/formats.ts';
import { lossesOf } from '#models/transcript/losses.ts';
import { makeAnalysisResult } from '../../fixtures/analysis-result.ts';
import { fixtureTexts } from './fixture-texts.ts';
import { fixtureTranscript } from './fixture-transcript.ts';
import { byVoice, fixtureVoices } from './fixture-voices.ts';
import { fixtureDoctor, fixtureDownload, fixtureModels } from './fixture-system.ts';
import { toneUrl } from './tone.ts';

export interface BridgeOptions {
  readonly minutes: number;
  readonly stepMs: number;
  /** Address of a video to play; null: sound only. */
  readonly video: string | null;
  readonly theme: Settings['theme'];
  readonly language: Settings['language'];
  readonly state: WorkspaceStatus['state'];
  readonly library: string;
  readonly panel: string | null;
  readonly timeMs: number;
  /** Of the session that is open: 's1' is a recording, 's7' a table of comments. */
  readonly session: string;
  /** Speakers told apart by voice, unsurely; one sounds like somebody known; two talk at once at times. */
  readonly voices: boolean;
}

function summaries(result: AnalysisResult, running: boolean): SessionSummary[] {
  const ribbon = Array.from({ length: 60 }, (_, i) => {
    const at = (i / 60) * result.summary.durationMs;
    const f = result.fused.findLast(({ span }) => span.startMs <= at);
    return f ? (f.abstained ? 'not-sure' : f.top) : null;
  });
  const row = (i: number, more: Partial<SessionSummary>): SessionSummary => ({
    id: `s${i}`,
    title: `Session ${i}`,
    participant: 'P-014',
    createdAt: new Date(Date.UTC(2026, 0, 3 + i * 7, 14, 5)).toISOString(),
    durationMs: 3_000_000 - i * 60_000,
    texts: null,
    state: 'analysed',
    sample: false,
    ribbon: ribbon.map((_, k) => ribbon[(k * (i + 2) + i) % ribbon.length]!),
    hasVideo: i % 2 === 0,
    ...more,
  });
  return [
    row(1, { title: 'First conversation', durationMs: result.summary.durationMs, ribbon, hasVideo: true }),
    row(2, running ? { state: 'analysing', ribbon: [] } : {}),
    row(3, { participant: 'P-021', title: 'Interview, second visit' }),
    row(4, { state: 'failed', ribbon: [], title: 'Phone call 0413', participant: null }),
    row(5, { sample: true, title: 'Sample: two voices', participant: null, durationMs: 62_000 }),
    row(6, { state: 'imported', ribbon: [] }),
    row(7, { title: 'Comments 2025', participant: null, durationMs: 0, texts: 100_000, hasVideo: false }),
  ];
}

const job = (fraction: number): Job => ({
  id: 'j1',
  kind: 'analysis',
  state: 'running',
  sessionId: 's2',
  recordingId: 's2-r',
  title: 'Session 2',
  stages: (['probe', 'speech', 'speakers', 'voice', 'text', 'face', 'fusion', 'summary'] as const).map(
    (name, i) => ({
      name,
      state: i < 2 ? 'done' : i === 2 ? 'reused' : i === 3 ? 'running' : 'waiting',
      fraction: i < 3 ? 1 : i === 3 ? 0.4 : 0,
    }),
  ),
  fraction,
  remainingMs: 252_000,
  heldBytes: null,
  createdAt: '2026-01-15T10:00:00.000Z',
  startedAt: '2026-01-15T10:00:00.000Z',
  endedAt: null,
  error: null,
});

export function fixtureBridge(options: BridgeOptions): AttuneBridge {
  const isVideo = options.video !== null;
  const made = makeAnalysisResult({
    durationMs: options.minutes * 60_000,
    trackStepMs: options.stepMs,
    facesPerSecond: 1000 / options.stepMs,
    video: true,
  });
  const result = options.voices ? byVoice(made) : made;
  let settings = settingsSchema.parse({ theme: options.theme, language: options.language });
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const workspace: WorkspaceStatus = {
    state: options.state,
    path: '/home/you/Attune',
    keySource: options.state === 'none' ? null : 'passphrase',
    keychainAvailable: false,
    error: null,
  };
  const running = !['empty', 'quiet', 'downloading'].includes(options.library);
  const sessions = options.library === 'empty' ? [] : summaries(result, running);
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    'app.info': () => ({ version: '0.1.0', shell: 'browser', platform: 'linux-x64', why: null }),
    'app.settings': () => settings,
    'app.updateSettings': (patch) => (settings = settingsSchema.parse({ ...settings, ...patch })),
    'app.doctor': () => fixtureDoctor,
    'app.view': () =>
      options.panel === null
        ? null
        : {
            panel: options.panel,
            sessionId: options.panel === 'session' ? options.session : null,
            timeMs: options.timeMs,
          },
    'app.rememberView': () => ({}),
    'workspace.status': () => workspace,
    'library.list': ({ query }) => ({
      sessions: sessions.filter(({ title }) => title.toLowerCase().includes(String(query).toLowerCase())),
    }),
    'library.session': ({ sessionId }) => {
      const session = sessions.find(({ id }) => id === sessionId)!;
      const media = isVideo ? result.source.media : { ...result.source.media, video: null };
      const recording = {
        id: `${session.id}-r`,
        sessionId: session.id,
        name: result.source.name,
        bytes: result.source.bytes,
        sha256: result.source.sha256,
        media,
        state: session.state,
        error: null,
        importedAt: session.createdAt,
      };
      return { session, recordings: session.texts === null ? [recording] : [] };
    },
    'analysis.result': () => result,
    'analysis.explain': (request) => fixtureExplanation(result, request as unknown as ExplainRequest),
    'transcript.losses': ({ format }) => ({
      losses: lossesOf(result.transcript, format as TranscriptFormat),
    }),
    ...fixtureTranscript(result),
    ...fixtureTexts(),
    ...fixtureVoices(result),
    'media.address': () => ({
      url: options.video ?? toneUrl(Math.min(120_000, result.summary.durationMs)),
      kind: isVideo ? 'video' : 'audio',
      mimeType: isVideo ? 'video/mp4' : 'audio/wav',
    }),
    'jobs.list': () => ({
      jobs: options.library === 'downloading' ? [fixtureDownload] : running ? [job(0.37)] : [],
    }),
    'models.list': () => ({ models: fixtureModels }),
    'models.recognisers': () => ({
      recognisers: fixtureModels
        .map(({ manifest }) => manifest)
        .filter(({ task }) => task.startsWith('speech-recognition')),
    }),
  };
  return {
    shell: 'electron',
    call: (method, input) => {
      const answer = answers[method];
      return Promise.resolve(
        answer
          ? { ok: true, value: answer(input as Record<string, unknown>) }
          : {
              ok: false,
              error: {
                code: 'not-supported-here',
                message: 'This page runs without the program behind it.',
                kept: 'Nothing was changed.',
                remedy: 'Start Attune itself to do this.',
              },
            },
      );
    },
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    sourceOf: (file) => ({ kind: 'path', path: file.name }),
  };
}
