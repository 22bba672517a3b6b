/** What the window knows of running work, when lists and events overtake one another. */
import { expect, it } from 'vitest';
import type { Job } from '#contract/jobs/job.ts';
import { Jobs } from '../../renderer/lib/state/jobs.svelte.ts';

const job = (id: string, more: Partial<Job> = {}): Job => ({
  ...{ id, kind: 'analysis', state: 'running', sessionId: 's', recordingId: 'r', title: '', stages: [] },
  ...{ fraction: 0, remainingMs: null, heldBytes: null, startedAt: null, endedAt: null, error: null },
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

it('keeps a job that was told while an older list was on its way, and the end of one that the list has running', async () => {
  const jobs = new Jobs();
  jobs.update(job('import', { kind: 'import', sessionId: null }));
  await jobs.refresh(() => {
    jobs.update(job('analysis'));
    jobs.update(job('import', { kind: 'import', sessionId: null, state: 'succeeded' }));
    return Promise.resolve([job('import', { kind: 'import', sessionId: null })]);
  });
  expect(jobs.running.map(({ id }) => id)).toEqual(['analysis']);
  expect(jobs.ofSession('s')?.id).toBe('analysis');
});

it('drops what a new list no longer has', async () => {
  const jobs = new Jobs();
  jobs.update(job('before'));
  await jobs.refresh(() => Promise.resolve([job('now')]));
  expect(jobs.running.map(({ id }) => id)).toEqual(['now']);
  await jobs.refresh(() => Promise.resolve(undefined));
  expect(jobs.running).toHaveLength(1);
});

it('says of a session what its analysis does, not what was stored before it', () => {
  const jobs = new Jobs();
  const session = { id: 's', state: 'imported' } as const;
  jobs.update(job('speakers', { kind: 'speakers' }));
  expect(jobs.stateOf(session)).toBe('imported');
  jobs.update(job('analysis', { state: 'queued' }));
  expect(jobs.stateOf(session)).toBe('queued');
  jobs.update(job('analysis'));
  expect(jobs.stateOf(session)).toBe('analysing');
  expect(jobs.stateOf({ id: 'other', state: 'analysed' })).toBe('analysed');
});
