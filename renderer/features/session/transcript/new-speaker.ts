/** Speakers that a person adds. */
import { freeColour } from '#contract/transcript/free-colour.ts';
import type { Speaker } from '#contract/transcript/utterance.ts';
import { i18n } from '../../../lib/i18n/index.svelte.ts';
import { newId } from '../../../lib/state/typed-text.ts';

/** "Speaker 3" after two others, in a colour that nobody has. */
export const newSpeaker = (others: readonly Speaker[]): Speaker => ({
  id: newId(),
  label: i18n.m.edit.speakerNumber(others.length + 1),
  channel: null,
  colour: freeColour(others),
});
