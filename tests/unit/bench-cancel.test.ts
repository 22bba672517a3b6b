/** A bench prints what it measured, never what went wrong. */
import { expect, it } from 'vitest';
import { AttuneError, cancelledError } from '#contract/errors.ts';
import { cancelledAfter } from '../../bench/cancel.ts';

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

it('takes the time from the question to the end, and an end before it for what it is', async () => {
  const stopped = cancelledAfter(1, async (signal) => {
    await aborted(signal);
    throw cancelledError();
  });
  expect(await stopped).toMatch(/^ended \d+ ms after it was asked$/);
  expect(await cancelledAfter(60_000, () => Promise.resolve())).toBe('finished before it was asked');
});

it('does not take a failure for a cancel, before it was asked for or after', async () => {
  const damaged = new AttuneError('media-damaged', 'The file is damaged.');
  await expect(cancelledAfter(60_000, () => Promise.reject(damaged))).rejects.toBe(damaged);
  const failed = cancelledAfter(1, async (signal) => {
    await aborted(signal);
    throw damaged;
  });
  await expect(failed).rejects.toBe(damaged);
});
