/** Analyses of a library's recordings: real workspace, real jobs, real models, and what happens when a host dies. */
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import { JobRegistry } from '#main/jobs/registry.ts';
import { AnalysisService } from '#main/services/analysis/analysis-service.ts';
import { importTranscript } from '#main/services/analysis/imported-transcript.ts';
import { LibraryService } from '#main/services/library/library-service.ts';
import { TranscriptService } from '#main/services/transcript/transcript-service.ts';
import { testEngine } from '../fixtures/engine.ts';
import { MediaFolder, tone } from '../fixtures/media.ts';
import { NotedWork } from '../fixtures/work.ts';
import { openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

const talk = path.resolve(import.meta.dirname, '../../assets/sample/talk.opus');
const LONG_MS = 300_000;

async function opened() {
  const workspace = await openWorkspace(path.join(temporaryFolder(), 'workspace'));
  const engine = await testEngine();
  const library = new LibraryService({ workspace, tools: engine.media, cacheLimitMiB: () => 500 });
  const jobs = new JobRegistry();
  const transcripts = new TranscriptService({ workspace, library, annotator: () => '' });
  let asked: (task: keyof InferenceTasks) => void = () => undefined;
  const inference: HostClient<InferenceTasks> = {
    call: (task, params, options) => {
      const answer = engine.inference.call(task, params, options);
      asked(task);
      return answer;
    },
  };
  const analysis = new AnalysisService(library, transcripts, jobs, { ...engine, inference });
  onTestFinished(async () => {
    await jobs.dispose();
    await engine.dispose();
  });
  const bringIn = async (file: string, sample = false) =>
    (await library.import({ source: { kind: 'path', path: file }, sample }, new NotedWork())).recordingId;
  /** Resolves once the speech stage of the job is that far. */
  const speechReaches = (fraction: number) =>
    new Promise<void>((resolve) => {
      const stop = jobs.onChange((job) => {
        const speech = job.stages.find((stage) => stage.name === 'speech');
        if (!speech || speech.fraction < fraction) return;
        stop();
        resolve();
      });
    });
  /** Kills the host with the `nth` call of that task unanswered. */
  const killDuring = (task: keyof InferenceTasks, nth: number) => {
    let calls = 0;
    asked = (each) => {
      if (each === task && ++calls === nth) process.kill(engine.inference.status().pid!, 'SIGKILL');
    };
  };
  return { library, transcripts, jobs, analysis, bringIn, speechReaches, killDuring };
}

it(
  'survives the death of the inference host: the job says why, the recording is unharmed, the next analysis works',
  async () => {
    const { library, jobs, analysis, bringIn, killDuring } = await opened();
    const media = new MediaFolder();
    onTestFinished(() => media.remove());
    const recordingId = await bringIn(
      await media.make('talk.opus', '-t', '20', '-i', talk, '-c', 'copy'),
      true,
    );
    killDuring('speech.recognise', 3);
    const job = await analysis.start(recordingId, {});
    const ended = await jobs.whenEnded(job.id);
    expect([ended.state, ended.error?.code]).toEqual(['failed', 'host-crashed']);
    const broken = await library.recording(recordingId);
    expect([broken.state, broken.error?.code]).toEqual(['failed', 'host-crashed']);

    const again = await jobs.whenEnded((await analysis.start(recordingId, {})).id);
    expect([again.state, again.error]).toEqual(['succeeded', null]);
    expect((await library.recording(recordingId)).state).toBe('analysed');
    const result = await library.result(recordingId);
    expect(result.transcript.utterances.length).toBeGreaterThan(3);
    expect(result.notices.map((n) => n.code)).toContain('synthetic-sample');
  },
  LONG_MS,
);

it(
  'is cancelled within a second, and keeps the result from before',
  async () => {
    const { library, jobs, analysis, bringIn, speechReaches } = await opened();
    const media = new MediaFolder();
    onTestFinished(() => media.remove());
    const quick = await bringIn(await media.make('tone.wav', ...tone(2)));
    await jobs.whenEnded((await analysis.start(quick, {})).id);
    const before = await library.result(quick);

    const recordingId = await bringIn(talk);
    const job = await analysis.start(recordingId, {});
    expect((await analysis.start(recordingId, {})).id).toBe(job.id);
    const waiting = await analysis.start(quick, { abstainBelow: 0.9 });
    await speechReaches(0.1);
    const askedAt = performance.now();
    jobs.cancel(waiting.id);
    jobs.cancel(job.id);
    expect((await jobs.whenEnded(job.id)).state).toBe('cancelled');
    expect(performance.now() - askedAt).toBeLessThan(1000);
    expect((await library.recording(recordingId)).state).toBe('imported');
    expect(await library.result(quick)).toEqual(before);
    expect((await library.recording(quick)).state).toBe('analysed');
  },
  LONG_MS,
);

it(
  'reads a transcript that was brought instead of recognising words',
  async () => {
    const { library, jobs, analysis, bringIn } = await opened();
    const recordingId = await bringIn(talk);
    const { media } = await library.recording(recordingId);
    const vtt = 'WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ann>I am so happy for you!\n';
    await library.setTranscript(
      recordingId,
      importTranscript('a.vtt', Buffer.from(vtt), media.durationMs).imported,
    );
    await jobs.whenEnded((await analysis.start(recordingId, {})).id);
    const { transcript, evidence } = await library.result(recordingId);
    expect(transcript.source).toBe('imported');
    expect(transcript.utterances.map((u) => u.text)).toEqual(['I am so happy for you!']);
    expect(evidence.map((e) => e.modality).sort()).toEqual(['text', 'voice']);
  },
  LONG_MS,
);

it(
  'tells speakers of one channel apart, and never again those of a transcript that a person corrected',
  async () => {
    const { library, transcripts, jobs, analysis, bringIn } = await opened();
    const media = new MediaFolder();
    onTestFinished(() => media.remove());
    const recordingId = await bringIn(await media.make('mono.wav', '-t', '20', '-i', talk, '-ac', '1'));
    await jobs.whenEnded((await analysis.start(recordingId, { speakers: 2 })).id);
    const first = (await library.result(recordingId)).transcript;
    expect(first.speakersFrom).toBe('voices');
    expect(new Set(first.utterances.map(({ speakerId }) => speakerId)).size).toBe(2);

    const [said] = first.utterances;
    const other = first.speakers.find(({ id }) => id !== said!.speakerId)!;
    const assign = { kind: 'assign', utteranceId: said!.id, speakerId: other.id, scope: 'one' } as const;
    await transcripts.edit(recordingId, 0, null, assign);
    await jobs.whenEnded((await analysis.start(recordingId, { speakers: 1 })).id);
    const again = (await library.result(recordingId)).transcript;
    expect(again.speakersFrom).toBe('voices');
    expect(again.speakers).toEqual(first.speakers);
    expect(again.utterances).toEqual(
      first.utterances.map((u) => (u.id === said!.id ? { ...u, speakerId: other.id } : u)),
    );
  },
  LONG_MS,
);
