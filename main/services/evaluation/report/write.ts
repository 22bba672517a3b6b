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

/**
 * What an earlier run wrote there; none: []. Asked before anything is measured, which takes hours.
 * @throws AttuneError 'output-not-writable' where the page would be written over its own JSON or what lies there is something else
 */
export async function earlierSections(page: string): Promise<readonly Section[]> {
  const json = jsonBeside(page);
  if (path.resolve(json) === path.resolve(page))
    throw new AttuneError('output-not-writable', `The page can't be the .json beside it.`, {
      remedy: 'Give --out a name that ends in .md.',
    });
  const text = await readFile(json, 'utf8').catch(() => null);
  if (text === null) return [];
  try {
    return evaluationResults.parse(JSON.parse(text)).sections;
  } catch (cause) {
    throw new AttuneError('output-not-writable', 'A file that no evaluation wrote is where the results go.', {
      cause,
      remedy: 'Move it away, or give another file with --out.',
    });
  }
}

/** Sections that were not measured now stay as an earlier run left them. @throws AttuneError 'output-not-writable' */
export async function writeResults(page: string, measured: readonly Section[]): Promise<EvaluationResults> {
  const json = jsonBeside(page);
  const kept = await earlierSections(page);
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
