/** Writes the page, the JSON beside it, and the cards' blocks. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import { writeWhole } from '#main/platform/durable.ts';
import { EVALUATION_TASKS, evaluationResults, type EvaluationResults, type Section } from '../figure.ts';
import { CARDS, withBlock } from './card-blocks.ts';
import { resultsPage } from './results-page.ts';

/** `DIR/results.json` for `DIR/RESULTS.md`. */
export const jsonBeside = (page: string): string =>
  path.join(path.dirname(page), `${path.basename(page, path.extname(page)).toLowerCase()}.json`);

/** Sections that were not measured now stay as an earlier run left them. @throws AttuneError 'output-not-writable' */
export async function writeResults(page: string, measured: readonly Section[]): Promise<EvaluationResults> {
  const json = jsonBeside(page);
  const earlier = await readFile(json, 'utf8').catch(() => null);
  const kept = earlier === null ? [] : evaluationResults.parse(JSON.parse(earlier)).sections;
  const sections = EVALUATION_TASKS.flatMap(
    (task) => measured.find((s) => s.task === task) ?? kept.find((s) => s.task === task) ?? [],
  );
  // Parsed, keys stand in the schema's order, whoever made the figures: what differs in the file is what was measured otherwise.
  const results = evaluationResults.parse({ format: 'attune.evaluation', version: 1, sections });
  try {
    await mkdir(path.dirname(page), { recursive: true });
    await writeWhole(json, `${JSON.stringify(results, null, 1)}\n`);
    await writeWhole(page, resultsPage(results));
  } catch (cause) {
    throw new AttuneError('output-not-writable', 'The results could not be written.', { cause });
  }
  return results;
}

/** @throws AttuneError */
export async function fillCards(root: string, measured: readonly Section[]): Promise<string[]> {
  const written: string[] = [];
  for (const section of measured) {
    const file = path.join(root, CARDS[section.task]);
    const card = await readFile(file, 'utf8');
    await writeWhole(file, withBlock(card, section));
    written.push(CARDS[section.task]);
  }
  return written;
}
