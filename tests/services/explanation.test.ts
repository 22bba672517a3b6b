/** Explaining a moment of a stored recording: real workspace, real jobs, real models, on a few seconds of the sample talk. */
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import {
  explanation as explanationSchema,
  type Explanation,
  type ExplainRequest,
} from '#contract/explanation/explanation.ts';
import { errorData } from '#contract/errors.ts';
import type { Engine } from '#main/engine.ts';
import { JobRegistry } from '#main/jobs/registry.ts';
import { AnalysisService } from '#main/services/analysis/analysis-service.ts';
import { ExplanationService } from '#main/services/explanation/explanation-service.ts';
import { TranscriptService } from '#main/services/transcript/transcript-service.ts';
import { LibraryService } from '#main/services/library/library-service.ts';
import { testEngine } from '../fixtures/engine.ts';
import { MediaFolder } from '../fixtures/media.ts';
import { NotedWork } from '../fixtures/work.ts';
import { openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

const talk = path.resolve(import.meta.dirname, '../../assets/sample/talk.webm');
const LONG_MS = 600_000;

interface Opened {
  engine: Engine;
  jobs: JobRegistry;
  explanations: ExplanationService;
  recordingId: string;
  result: AnalysisResult;
}

/** The talk's first seconds, analysed: the client speaks last and is in view. */
async function analysed(): Promise<Opened> {
  const workspace = await openWorkspace(path.join(temporaryFolder(), 'workspace'));
  const engine = await testEngine();
  const media = new MediaFolder();
  const jobs = new JobRegistry();
  onTestFinished(async () => {
    await jobs.dispose();
    await engine.dispose();
    media.remove();
  });
  const library = new LibraryService({ workspace, tools: engine.media, cacheLimitMiB: () => 500 });
  const file = await media.make('talk.webm', '-t', '11', '-i', talk, '-c', 'copy');
  const source = { kind: 'path', path: file } as const;
  const { recordingId } = await library.import({ source, sample: true }, new NotedWork());
  const transcripts = new TranscriptService({ workspace, library, annotator: () => '' });
  const analysis = new AnalysisService(library, transcripts, jobs, engine);
  const job = await analysis.start(recordingId, { facesPerSecond: 2 });
  expect((await jobs.whenEnded(job.id)).state).toBe('succeeded');
  const explanations = new ExplanationService(library, jobs, engine);
  return { engine, jobs, explanations, recordingId, result: await library.result(recordingId) };
}

it(
  'explains words, voice and face of a moment as the analysis read them, once',
  async () => {
    const { engine, explanations, recordingId, result } = await analysed();
    const utterance = result.transcript.utterances.at(-1)!;
    const utteranceId = utterance.id;
    const faceId = result.faces[0]!.id;
    const requests: ExplainRequest[] = [
      { modality: 'text', recordingId, utteranceId },
      { modality: 'voice', recordingId, utteranceId },
      { modality: 'face', recordingId, faceId, timeMs: 7130 },
    ];
    const explained: Explanation[] = [];
    for (const request of requests)
      explained.push(explanationSchema.parse(await explanations.explain(request)));
    const [words, sound, look] = explained;
    if (words?.modality !== 'text' || sound?.modality !== 'voice' || look?.modality !== 'face')
      return expect.fail('the answers are about other modalities');

    const read = (modality: 'text' | 'voice') =>
      result.evidence.find((e) => e.modality === modality && e.utteranceId === utteranceId)!.probabilities;
    words.probabilities.forEach((p, c) => expect(p).toBeCloseTo(read('text')[c]!, 3));
    const { text, startMs, endMs } = utterance;
    expect(words.parts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(
      text.replaceAll(/\s/g, ''),
    );

    // Decoded again from another place, a compressed sound differs in its last digits.
    if (sound.wholeUtterance)
      sound.probabilities.forEach((p, c) => expect(Math.abs(p - read('voice')[c]!)).toBeLessThan(0.05));
    for (const { span } of sound.columns) {
      expect(span.startMs).toBeGreaterThanOrEqual(startMs);
      expect(span.endMs).toBeLessThanOrEqual(endMs + 1);
    }
    expect(look).toMatchObject({ faceId, timeMs: 7000 });
    const bytes = Buffer.from(look.crop.rgb, 'base64');
    expect(bytes.length).toBe(3 * look.crop.sidePx ** 2);

    await engine.inference.stop();
    const { starts } = engine.inference.status();
    for (const [i, request] of requests.entries())
      expect(await explanations.explain(request)).toEqual(explained[i]);
    expect(engine.inference.status()).toMatchObject({ running: false, starts });
  },
  LONG_MS,
);

it(
  'refuses with a code what was not read, and ends as cancelled when it is',
  async () => {
    const { jobs, explanations, recordingId, result } = await analysed();
    const codeOf = (request: ExplainRequest): Promise<string> =>
      explanations.explain(request).then(
        () => 'answered',
        (error: unknown) => errorData.parse(error).code,
      );
    expect(await codeOf({ modality: 'text', recordingId, utteranceId: 'u9999' })).toBe('record-not-found');
    expect(await codeOf({ modality: 'face', recordingId, faceId: 'f99', timeMs: 0 })).toBe(
      'record-not-found',
    );

    const request = { modality: 'face', recordingId, faceId: result.faces[0]!.id, timeMs: 9000 } as const;
    const stop = jobs.onChange(({ id, kind, state, stages }) => {
      if (kind !== 'explanation' || stages[0]?.name !== 'face' || state !== 'running') return;
      stop();
      jobs.cancel(id);
    });
    expect(await codeOf(request)).toBe('cancelled');
    expect((await explanations.explain(request)).modality).toBe('face');
  },
  LONG_MS,
);
