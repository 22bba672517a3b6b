import { afterEach, describe, expect, it, vi } from 'vitest';
import { AttuneError, cancelledError } from '#contract/errors.ts';
import { job as jobSchema } from '#contract/jobs/job.ts';
import type { Job } from '#contract/jobs/job.ts';
import { overallFraction, remainingMs } from '#main/jobs/progress.ts';
import type { WeightedStage } from '#main/jobs/progress.ts';
import { JobRegistry } from '#main/jobs/registry.ts';
import { CutShort, type WorkContext, type WorkRequest } from '#main/jobs/work.ts';
import { Deferred } from '#main/hosts/deferred.ts';

const request = (run: WorkRequest['run'], more: Partial<WorkRequest> = {}): WorkRequest => ({
  kind: 'analysis',
  title: 'Analyse',
  sessionId: 's',
  recordingId: 'r',
  stages: [
    { name: 'speech', weight: 3 },
    { name: 'face', weight: 1 },
  ],
  run,
  ...more,
});
/** Work that goes on until it is cancelled, as well-behaved work does. */
const untilCancelled = (context: WorkContext): Promise<void> =>
  new Promise((_resolve, reject) => context.signal.addEventListener('abort', () => reject(cancelledError())));

function recorded(): { registry: JobRegistry; states: () => string[]; seen: Job[] } {
  const registry = new JobRegistry();
  const seen: Job[] = [];
  registry.onChange((job) => seen.push(jobSchema.parse(job)));
  return { registry, seen, states: () => seen.map((job) => job.state) };
}

afterEach(() => vi.useRealTimers());

describe('a job', () => {
  it('goes from queued over running to succeeded, each told as a whole state', async () => {
    const { registry, states } = recorded();
    const { id, state } = registry.enqueue(request(() => Promise.resolve()));
    expect(state).toBe('running');
    const ended = await registry.whenEnded(id);
    expect(ended).toMatchObject({ state: 'succeeded', fraction: 1, error: null, remainingMs: null });
    expect(states()).toEqual(['queued', 'running', 'succeeded']);
  });

  it('fails with a coded error, whatever was thrown', async () => {
    const registry = new JobRegistry();
    const coded = registry.enqueue(
      request(() => Promise.reject(new AttuneError('disk-full', 'The disk is full.', { kept: 'All.' }))),
    );
    expect((await registry.whenEnded(coded.id)).error).toEqual({
      code: 'disk-full',
      message: 'The disk is full.',
      kept: 'All.',
    });
    const foreign = registry.enqueue(request(() => Promise.reject(new Error('/home/ana/talk.mp4'))));
    const { state, error } = await registry.whenEnded(foreign.id);
    expect(state).toBe('failed');
    expect(error?.code).toBe('internal');
    expect(error?.message).not.toContain('ana');
  });

  it('that is cancelled while running becomes cancelled, also when its host had to be killed', async () => {
    const registry = new JobRegistry();
    const job = registry.enqueue(request(untilCancelled));
    registry.cancel(job.id);
    expect(await registry.whenEnded(job.id)).toMatchObject({ state: 'cancelled', error: null });
    const killed = registry.enqueue(
      request(
        (context) =>
          new Promise((_resolve, reject) =>
            context.signal.addEventListener('abort', () => reject(new AttuneError('host-crashed', 'Gone.'))),
          ),
      ),
    );
    registry.cancel(killed.id);
    expect((await registry.whenEnded(killed.id)).state).toBe('cancelled');
  });

  it('that finished all the same is succeeded: its result is there', async () => {
    const registry = new JobRegistry();
    const gate = new Deferred<undefined>();
    const job = registry.enqueue(request(() => gate.promise));
    registry.cancel(job.id);
    gate.resolve(undefined);
    expect((await registry.whenEnded(job.id)).state).toBe('succeeded');
  });

  it('stays as it ended: late reports and cancels change nothing', async () => {
    const { registry, seen } = recorded();
    let late: WorkContext | undefined;
    const job = registry.enqueue(
      request((context) => {
        late = context;
        return Promise.reject(new AttuneError('media-damaged', 'Broken.'));
      }),
    );
    await registry.whenEnded(job.id);
    const told = seen.length;
    late?.stage('face').done();
    registry.cancel(job.id);
    expect(registry.list()[0]).toMatchObject({ state: 'failed', fraction: 0 });
    expect(seen.length).toBe(told);
  });
});

describe('the queue', () => {
  it('runs one analysis at a time, in order, and an import beside it', async () => {
    const registry = new JobRegistry();
    const gate = new Deferred<undefined>();
    const first = registry.enqueue(request(() => gate.promise));
    const second = registry.enqueue(request(() => Promise.resolve(), { kind: 'sample' }));
    const beside = registry.enqueue(request(() => Promise.resolve(), { kind: 'import' }));
    await registry.whenEnded(beside.id);
    expect(registry.list().map((job) => job.state)).toEqual(['running', 'queued', 'succeeded']);
    gate.resolve(undefined);
    expect((await registry.whenEnded(second.id)).state).toBe('succeeded');
    expect((await registry.whenEnded(first.id)).state).toBe('succeeded');
  });

  it('goes on after a failure', async () => {
    const registry = new JobRegistry();
    registry.enqueue(request(() => Promise.reject(new Error('x'))));
    const next = registry.enqueue(request(() => Promise.resolve()));
    expect((await registry.whenEnded(next.id)).state).toBe('succeeded');
  });

  it('cancels a queued job at once and never runs it', async () => {
    const registry = new JobRegistry();
    const run = vi.fn(() => Promise.resolve());
    const blocker = registry.enqueue(request(untilCancelled));
    const queued = registry.enqueue(request(run));
    registry.cancel(queued.id);
    expect(registry.list()[1]?.state).toBe('cancelled');
    registry.cancel(blocker.id);
    await registry.whenEnded(blocker.id);
    expect(run).not.toHaveBeenCalled();
  });

  it('keeps the last fifty that ended', async () => {
    const registry = new JobRegistry();
    const jobs = Array.from({ length: 53 }, () => registry.enqueue(request(() => Promise.resolve())));
    await registry.whenEnded(jobs.at(-1)!.id);
    await Promise.resolve();
    expect(registry.list().map((job) => job.id)).toEqual(jobs.slice(3).map((job) => job.id));
    expect(() => registry.cancel(jobs[0]!.id)).toThrow(expect.objectContaining({ code: 'job-unknown' }));
  });

  it('dispose cancels all, waits for the running one, and takes on no more', async () => {
    const registry = new JobRegistry();
    registry.enqueue(request(untilCancelled));
    registry.enqueue(request(() => Promise.resolve()));
    await registry.dispose();
    expect(registry.list().map((job) => job.state)).toEqual(['cancelled', 'cancelled']);
    expect(() => registry.enqueue(request(() => Promise.resolve()))).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  it('tells work whether a person cancelled it, or it is to be gone on with', async () => {
    const registry = new JobRegistry();
    const reasons: unknown[] = [];
    const noting = request(async (context) => {
      await untilCancelled(context).catch(() => reasons.push(context.signal.reason));
    });
    const { id } = registry.enqueue(noting);
    registry.cancel(id);
    await registry.whenEnded(id);
    const kept = registry.enqueue(noting);
    registry.cancel(kept.id, true);
    await registry.whenEnded(kept.id);
    registry.enqueue(noting);
    await registry.dispose();
    expect(reasons.map((reason) => reason instanceof CutShort)).toEqual([false, true, true]);
  });

  it('stops telling a listener that left', async () => {
    const registry = new JobRegistry();
    const listener = vi.fn();
    registry.onChange(listener)();
    await registry.whenEnded(registry.enqueue(request(() => Promise.resolve())).id);
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('progress', () => {
  it('is weighted by stage, never goes back, and is told at most ten times a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { registry, seen } = recorded();
    const gate = new Deferred<undefined>();
    const job = registry.enqueue(
      request(async ({ stage }) => {
        const speech = stage('speech');
        for (let i = 0; i <= 1000; i++) speech.progress(i / 1000);
        speech.progress(0.2);
        speech.done();
        stage('face').progress(0.5);
        await gate.promise;
      }),
    );
    expect(seen.length).toBe(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(seen.length).toBe(3);
    expect(seen[2]).toMatchObject({
      fraction: 0.875,
      stages: [
        { name: 'speech', state: 'done', fraction: 1 },
        { name: 'face', state: 'running', fraction: 0.5 },
      ],
    });
    await vi.advanceTimersByTimeAsync(6900);
    // 7 of 8 parts in 7 seconds: one more.
    expect(registry.list()[0]?.remainingMs).toBe(1000);
    gate.resolve(undefined);
    expect((await registry.whenEnded(job.id)).fraction).toBe(1);
  });

  const stage = (state: WeightedStage['state'], fraction: number, weight: number): WeightedStage => ({
    name: 'x',
    state,
    fraction,
    weight,
  });

  it('counts reused stages as finished, but not as speed', () => {
    const stages = [stage('reused', 1, 6), stage('running', 0.5, 2), stage('waiting', 0, 2)];
    expect(overallFraction(stages)).toBeCloseTo(0.7);
    expect(remainingMs(stages, 2000)).toBe(6000);
  });

  it('knows no time left before there is a speed', () => {
    expect(remainingMs([stage('running', 0.5, 1)], 500)).toBeNull();
    expect(remainingMs([stage('running', 0.01, 1)], 5000)).toBeNull();
    expect(remainingMs([], 5000)).toBeNull();
    expect(overallFraction([])).toBe(0);
  });
});
