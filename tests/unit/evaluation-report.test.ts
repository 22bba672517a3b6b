/** The pages and cards say what results.json says, and nothing by hand. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { exposureTo, MODEL_OF, trainingRecordOf } from '#main/services/evaluation/exposure.ts';
import {
  EVALUATION_TASKS,
  evaluationResults,
  figureId,
  type Section,
} from '#main/services/evaluation/figure.ts';
import { recipeFigures } from '#main/services/evaluation/recipe-figures.ts';
import { manifestsOf } from '#main/services/evaluation/weights.ts';
import { GOALS, isMet } from '#main/services/evaluation/goals.ts';
import { figureMaker } from '#main/services/evaluation/make-figure.ts';
import { blockIn, cardBlock, CARDS, withBlock } from '#main/services/evaluation/report/card-blocks.ts';
import { earlierSections, jsonBeside, writeResults } from '#main/services/evaluation/report/write.ts';
import { resultsPage } from '#main/services/evaluation/report/results-page.ts';
import { goalTable } from '#main/services/evaluation/report/tables.ts';
import { accuracy } from '#models/metrics/classification.ts';
import { temporaryFolder } from '../fixtures/workspace.ts';

const root = path.resolve(import.meta.dirname, '../..');
const file = path.join(root, 'docs/models/results.json');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

const items = Array.from({ length: 50 }, (_, i) => ({ truth: 'a', guess: i % 5 === 0 ? 'b' : 'a' }));
const make = figureMaker({ task: 'face', corpus: 'ferplus', part: 'PublicTest' }, 100);
const section: Section = {
  task: 'face',
  weights: ['face-emotion@1.0.0 (01234567)'],
  figures: [{ ...make('accuracy, 8 classes', items, accuracy), exposure: 'held out' }],
  notes: ['Nothing is known of groups.'],
  quick: false,
};

describe.skipIf(!existsSync(file))('docs/models', () => {
  const results = existsSync(file)
    ? evaluationResults.parse(JSON.parse(read('docs/models/results.json')))
    : null;

  it('has a page that is printed from its JSON', () => {
    expect(read('docs/models/RESULTS.md')).toBe(resultsPage(results!));
  });

  it('has the figures that every goal asks for', () => {
    const known = new Set(results!.sections.flatMap(({ figures }) => figures.map(figureId)));
    expect(GOALS.flatMap(({ figures }) => figures).filter((id) => !known.has(id))).toEqual([]);
  });

  it.each([...EVALUATION_TASKS])('has a card of %s whose figures are those of the JSON', (task) => {
    const own = results!.sections.find((s) => s.task === task);
    expect(own).toBeDefined();
    expect(blockIn(read(CARDS[task]), task)).toBe(cardBlock(own!).trim());
  });
});

describe('results.json', () => {
  const [made] = section.figures;
  /** As figures of recipes are: `task` and `command` come last. */
  const { task: _task, ...rest } = made!;
  const voice: Section = {
    ...{ notes: [], quick: false, weights: ['voice-emotion@1.0.0 (01234567)'], task: 'voice' },
    figures: [{ ...rest, metric: 'UAR', note: 'folds', task: 'voice', command: 'python train.py' }],
  };
  const written = async (...runs: Section[][]): Promise<string> => {
    const page = path.join(temporaryFolder(), 'RESULTS.md');
    for (const measured of runs) await writeResults(page, measured);
    return readFileSync(jsonBeside(page), 'utf8');
  };

  it('is the same file whether its tasks were measured in one run, or one after the other', async () => {
    const whole = await written([voice, section]);
    expect(await written([voice], [section])).toBe(whole);
    expect(await written([section], [voice])).toBe(whole);
    expect(await written([voice, section], [voice])).toBe(whole);
  });

  it('is not written over, nor taken for another file, and that is known before anything is measured', async () => {
    const folder = temporaryFolder();
    await expect(earlierSections(path.join(folder, 'results.json'))).rejects.toThrow(/can't be the \.json/);
    writeFileSync(path.join(folder, 'results.json'), '{"mine": true}');
    await expect(earlierSections(path.join(folder, 'RESULTS.md'))).rejects.toMatchObject({
      code: 'output-not-writable',
    });
  });
});

describe('a card', () => {
  const card = 'Before\n<!-- figures:face -->\nold\n<!-- /figures:face -->\nAfter\n';

  it('gets its block filled and keeps what is written round it', () => {
    const filled = withBlock(card, section);
    expect(filled).toMatch(/^Before\n<!-- figures:face -->\n[^]*\n<!-- \/figures:face -->\nAfter\n$/);
    expect(blockIn(filled, 'face')).toBe(cardBlock(section).trim());
    expect(withBlock(filled, section)).toBe(filled);
  });

  it('is told apart from one that somebody changed by hand', () => {
    const changed = withBlock(card, section).replace('.800', '.900');
    expect(blockIn(changed, 'face')).not.toBe(cardBlock(section).trim());
  });

  it('is refused without markers', () => {
    expect(() => withBlock('A card.', section)).toThrow('no place for its figures');
  });

  it.each(Object.entries(CARDS))('of %s has its markers', (task, name) => {
    expect(blockIn(read(name), task as keyof typeof CARDS)).not.toBeNull();
  });
});

it('sets each figure beside its goal, and names what was not measured', () => {
  const table = goalTable(section);
  expect(table).toMatch(
    /at least \.870 \| FER\+, PublicTest, accuracy, 8 classes \| held out \| 50 \| \.800 \[.*\] \| no \|/,
  );
  expect(table).toContain('DiffusionFER, all, UAR, 7 classes |  |  | not measured');
});

it('judges goals from above and from below', () => {
  const ece = GOALS.find((g) => g.title === 'Calibration error, in domain')!;
  expect([isMet(ece, 0.02), isMet(ece, 0.04)]).toEqual([true, false]);
  const uar = GOALS.find((g) => g.title === 'FER+, UAR of 8 classes')!;
  expect([isMet(uar, 0.7), isMet(uar, 0.69)]).toEqual([true, false]);
});

it('says what the weights saw of a part, and does not guess where nobody wrote it down', () => {
  const records = [{ weights: 'x', sources: { meld: { trained: ['train'], tuned: ['dev'] } } }];
  expect(exposureTo(records, 'meld', 'train')).toBe('trained on');
  expect(exposureTo(records, 'meld', 'dev')).toBe('tuned on');
  expect(exposureTo(records, 'meld', 'own test')).toBe('held out');
  expect(exposureTo(records, 'emorynlp', 'dev')).toBe('corpus never seen');
  expect(exposureTo([], 'meld', 'dev')).toBe('not recorded');
  // Another model of the task may have seen what this one never did.
  expect(exposureTo([...records, null], 'clue', 'dev')).toBe('not recorded');
  expect(
    exposureTo(
      [{ weights: 'y', sources: { meld: { trained: [], tuned: ['dev'] } } }, ...records],
      'meld',
      'train',
    ),
  ).toBe('trained on');
});

describe('what the recipes left beside the shipped weights', async () => {
  const tasks = ['text', 'voice', 'face', 'fusion'] as const;
  const models = (
    await Promise.all(
      tasks.map(async (task) => (await manifestsOf(MODEL_OF[task])).map((manifest) => ({ task, manifest }))),
    )
  ).flat();

  it.each(models)('says what $manifest.id saw, of these very weights', async ({ manifest }) => {
    expect(await trainingRecordOf(manifest)).not.toBeNull();
  });

  it.each(models)(
    'holds figures of $manifest.id only from these very weights',
    async ({ task, manifest }) => {
      const beside = await recipeFigures(task, manifest);
      if ('missing' in beside) expect(beside.missing).toContain('is not there');
      else expect(beside.figures.every(({ command }) => command !== undefined)).toBe(true);
    },
  );

  it('answers every goal of the voice that needs training again', async () => {
    const [manifest] = await manifestsOf('voice-emotion');
    const beside = await recipeFigures('voice', manifest!);
    const known = new Set('figures' in beside ? beside.figures.map(figureId) : []);
    const asked = GOALS.filter(({ task }) => task === 'voice').flatMap(({ figures }) => figures);
    expect(asked.filter((id) => id.includes(' left out ') && !known.has(id))).toEqual([]);
  });
});
