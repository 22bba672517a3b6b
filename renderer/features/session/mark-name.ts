/** What a mark is called, wherever it is shown. */
import type { HeardEvent } from '#contract/transcript/event.ts';
import { i18n } from '../../lib/i18n/index.svelte.ts';

export const markName = ({ kind, startMs, endMs }: HeardEvent): string =>
  i18n.m.edit.event(kind, (endMs - startMs) / 1000);

/** How sure it is, where Attune found it; empty for a person's own. */
export const markFound = ({ confidence }: HeardEvent): string =>
  confidence === undefined ? '' : i18n.m.edit.found(confidence);
