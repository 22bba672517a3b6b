/** Explaining a moment of a stored recording: real workspace, real jobs, real models, on a few seconds of the sample talk. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import { explanation as explanationSchema, type ExplainRequest } from '#contract/explanation/explanation.ts';
import { errorData } from '#contract/errors.ts';
import type { Engine } from '#main/engine.ts';
import { JobRegistry } from '#main/jobs/registry.ts';
import { AnalysisService } from '#main/services/analysis/analysis-service.ts';
import { ExplanationService } from '#main/services/explanation/explanation-service.ts';
import { LibraryService } from '#main/services/library/library-service.ts';
import { testEngine } from '../fixtures/engine.ts';
import { MediaFolder } from '../fixtures/media.ts';
import { NotedWork } from '../fixtures/work.ts';
import { openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

const talk = path.resolve(import.meta.dirname, '../../assets/sample/talk.webm');
const LONG_MS = 300_000;

let engine: Engine;
let jobs: JobRegistry;
let explanations: ExplanationService;
let recordingId: string;
let result: AnalysisResult;
const media = new MediaFolder();

beforeAll(async () => {
  const workspace = await openWorkspace(path.join(temporaryFolder(), 'workspace'));
  engine = await testEngine();
  const library = new LibraryService({ workspace, tools: engine.media, cacheLimitMiB: () => 500 });
  jobs = new JobRegistry();
  explanations = new ExplanationService(library, jobs, engine);
  const file = await media.make('talk.webm', '-t', '11', '-i', talk, '-c', 'copy');
  const imported = await library.import(
    { source: { kind: 'path', path: file }, sample: true },
    new NotedWork(),
  );
  recordingId = imported.recordingId;
  const job = await new AnalysisService(library, jobs, engine).start(recordingId, { facesPerSecond: 2 });
  expect((await jobs.whenEnded(job.id)).state).toBe('succeeded');
  result = await library.result(recordingId);
}, LONG_MS);
afterAll(async () => {
  await jobs.dispose();
  await engine.dispose();
  media.remove();
});

const lastUtterance = () => result.transcript.utterances.at(-1)!;
const requestFor = (modality: ExplainRequest['modality']): ExplainRequest =>
  modality === 'face'
    ? { modality, recordingId, faceId: result.faces[0]!.id, timeMs: 7130 }
    : { modality, recordingId, utteranceId: lastUtterance().id };
const refusal = (request: ExplainRequest) =>
  explanations.explain(request).then(
    () => expect.fail('it was not refused'),
    (error: unknown) => errorData.parse(error),
  );

describe.each(['text', 'voice', 'face'] as const)('%s', (modality) => {
  it(
    'is explained, and from then on without the models being asked again',
    async () => {
      const first = explanationSchema.parse(await explanations.explain(requestFor(modality)));
      expect(first.runs).toBeGreaterThan(8);
      expect(first.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
      await engine.inference.stop();
      const { starts } = engine.inference.status();
      expect(await explanations.explain(requestFor(modality))).toEqual(first);
      expect(engine.inference.status()).toMatchObject({ running: false, starts });
    },
    LONG_MS,
  );
});

describe('what is explained', () => {
  it('is what the analysis read', async () => {
    for (const modality of ['text', 'voice'] as const) {
      const explained = await explanations.explain(requestFor(modality));
      const read = result.evidence.find(
        (e) => e.modality === modality && e.utteranceId === lastUtterance().id,
      )!;
      if (explained.modality === 'voice' && !explained.wholeUtterance) continue;
      // Decoded again from another place, a compressed sound differs in its last digits.
      explained.probabilities.forEach((p, c) =>
        expect(Math.abs(p - read.probabilities[c]!)).toBeLessThan(0.05),
      );
    }
    const face = await explanations.explain(requestFor('face'));
    const track = result.faces[0]!;
    expect(face).toMatchObject({ modality: 'face', faceId: track.id, timeMs: 7000 });
  });

  it('names words of the utterance and times inside it', async () => {
    const { text, startMs, endMs } = lastUtterance();
    const words = await explanations.explain(requestFor('text'));
    const sound = await explanations.explain(requestFor('voice'));
    if (words.modality !== 'text' || sound.modality !== 'voice') return expect.fail('another modality');
    expect(words.parts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(
      text.replaceAll(/\s/g, ''),
    );
    for (const { span } of sound.columns) {
      expect(span.startMs).toBeGreaterThanOrEqual(startMs);
      expect(span.endMs).toBeLessThanOrEqual(endMs + 1);
    }
  });
});

describe('a request', () => {
  it('for what the analysis did not read is refused with a code', async () => {
    const unknown = { modality: 'text', recordingId, utteranceId: 'u9999' } as const;
    expect((await refusal(unknown)).code).toBe('record-not-found');
    const nobody = { modality: 'face', recordingId, faceId: 'f99', timeMs: 0 } as const;
    expect((await refusal(nobody)).code).toBe('record-not-found');
  });

  it(
    'that is cancelled ends as cancelled, and can be made again',
    async () => {
      const request = { ...requestFor('face'), timeMs: 9000 } as ExplainRequest;
      const asked = refusal(request);
      const job = await new Promise<string>((resolve) => {
        const stop = jobs.onChange(({ id, kind, stages }) => {
          expect([kind, stages[0]?.name]).toEqual(['explanation', 'face']);
          stop();
          resolve(id);
        });
      });
      jobs.cancel(job);
      expect((await asked).code).toBe('cancelled');
      expect((await explanations.explain(request)).modality).toBe('face');
    },
    LONG_MS,
  );
});
