/** The sentences about hosts, in one place. They name no file and hold nothing personal. */
import { AttuneError } from '#contract/errors.ts';
import type { ExitReason } from './protocol.ts';

const retry = 'Nothing stored was changed. Start the work again; what was finished is reused.';

export const hostCrashed = (label: string, reason: ExitReason): AttuneError =>
  new AttuneError('host-crashed', `The ${label} process stopped unexpectedly (${exitText(reason)}).`, {
    kept: retry,
  });

export const hostUnresponsive = (label: string): AttuneError =>
  new AttuneError('host-unresponsive', `The ${label} process did not answer in time and was stopped.`, {
    kept: retry,
  });

export const hostSacrificed = (label: string): AttuneError =>
  new AttuneError(
    'host-crashed',
    `The ${label} process was stopped because cancelled work in it would not end.`,
    { kept: retry },
  );

export const hostRestartLimit = (label: string, last: string): AttuneError =>
  new AttuneError(
    'host-restart-limit',
    `The ${label} process keeps failing and is left alone for a minute. The last time: ${last}`,
    { remedy: 'Try again in a minute; if it comes back, look at the report under Models and system.' },
  );

export const hostStopped = (label: string): AttuneError =>
  new AttuneError('cancelled', `The work was cancelled because the ${label} process was ended.`);

export const exitText = (reason: ExitReason): string =>
  reason.signal !== null
    ? `signal ${reason.signal}`
    : reason.code !== null
      ? `exit code ${reason.code}`
      : 'it could not be started';
