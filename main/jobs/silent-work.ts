/** Work whose progress nobody follows. */
import type { WorkContext } from './work.ts';

const nothing = (): void => undefined;
const report = { progress: nothing, done: nothing, reused: nothing, skipped: nothing };

export const silentWork = (signal: AbortSignal): WorkContext => ({
  ...{ signal, stage: () => report, holds: nothing },
});
