/** The part of a card that is printed and not written: between two markers, filled from the results. */
import { AttuneError } from '#contract/errors.ts';
import type { EvaluationTask, Section } from '../figure.ts';
import { figureTables, goalTable } from './tables.ts';

/** Cards that hold a block, by task; paths from the repository's root. */
export const CARDS: Readonly<Record<EvaluationTask, string>> = {
  text: 'models/cards/text-emotion.md',
  voice: 'models/cards/voice-emotion.md',
  face: 'models/cards/face-emotion.md',
  fusion: 'models/cards/fusion.md',
};

const begin = (task: EvaluationTask): string => `<!-- figures:${task} -->`;
const end = (task: EvaluationTask): string => `<!-- /figures:${task} -->`;

export function cardBlock(section: Section): string {
  const command = `npm run attune -- evaluate ${section.task}`;
  const intro = `Printed by \`${command}\` with ${section.weights.map((w) => `\`${w}\``).join(', ')}; how to read it: docs/models/RESULTS.md.`;
  const notes = section.notes.map((n) => `* ${n}`).join('\n');
  return `${intro}\n\n${goalTable(section)}\n\n${figureTables(section, '###')}\n${notes}`;
}

/** The block that a card holds now; null without markers. */
export function blockIn(card: string, task: EvaluationTask): string | null {
  const [from, to] = [card.indexOf(begin(task)), card.indexOf(end(task))];
  return from < 0 || to < from ? null : card.slice(from + begin(task).length, to).trim();
}

/** @throws AttuneError 'file-not-readable' for a card without markers */
export function withBlock(card: string, section: Section): string {
  const { task } = section;
  const now = blockIn(card, task);
  if (now === null)
    throw new AttuneError('file-not-readable', `The card of ${task} has no place for its figures.`, {
      remedy: `Put ${begin(task)} and ${end(task)} into ${CARDS[task]}.`,
    });
  const [from, to] = [card.indexOf(begin(task)) + begin(task).length, card.indexOf(end(task))];
  return `${card.slice(0, from)}\n${cardBlock(section)}\n${card.slice(to)}`;
}
