/** `attune evaluate [TASK…]`: every figure of the model cards, measured again from the research data. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { Engine } from '#main/engine.ts';
import { programFolder } from '#main/platform/program-folder.ts';
import { EvaluationContext } from '#main/services/evaluation/context.ts';
import { dataFolder } from '#main/services/evaluation/corpora/files.ts';
import { evaluateTask } from '#main/services/evaluation/evaluate.ts';
import { EVALUATION_TASKS, evaluationTask, type Section } from '#main/services/evaluation/figure.ts';
import { goalTable } from '#main/services/evaluation/report/tables.ts';
import { earlierSections, fillCards, writeResults } from '#main/services/evaluation/report/write.ts';
import { argumentsDontFit, readArguments } from './arguments.ts';

export const EVALUATE_HELP = `attune evaluate [text|voice|face|fusion]… [--shared DIR] [--text DIR] [--out FILE] [--quick]
  Measures the model cards' figures again from the research data, through the app's own path.
  --shared DIR  the folder with "data" (../shared beside the checkout)
  --text DIR    text.tar.xz already unpacked
  --out FILE    the page, with a .json beside it; without it docs/models/RESULTS.md and the cards are written
  --quick       samples only, to see that everything runs; needs --out`;

function options(args: string[]) {
  const { values, positionals } = readArguments(EVALUATE_HELP, {
    args,
    allowPositionals: true,
    options: {
      shared: { type: 'string' },
      text: { type: 'string' },
      out: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const tasks = positionals.map((name) => evaluationTask.safeParse(name));
  if (tasks.some((task) => !task.success) || (values.quick && values.out === undefined))
    throw argumentsDontFit(EVALUATE_HELP);
  const chosen = tasks.flatMap((task) => task.data ?? []);
  return {
    ...values,
    tasks: EVALUATION_TASKS.filter((task) => chosen.length === 0 || chosen.includes(task)),
  };
}

export async function evaluateCommand(
  args: string[],
  { inference, media, models }: Engine,
  signal: AbortSignal,
): Promise<number> {
  const given = options(args);
  const root = programFolder();
  if (given.out === undefined && !existsSync(path.join(root, 'models', 'cards')))
    throw new AttuneError('not-supported-here', 'The model cards are only in a checkout.', {
      remedy: 'Give a file with --out.',
    });
  const page = given.out ?? path.join(root, 'docs', 'models', 'RESULTS.md');
  await earlierSections(page);
  const data = dataFolder(given.shared ?? path.resolve(root, '../shared'));
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const { text, quick } = given;
  const context = new EvaluationContext({ inference, media, models, signal, data, text, quick, say });
  const measured: Section[] = [];
  try {
    for (const task of given.tasks) {
      const section = await evaluateTask(task, context);
      measured.push(section);
      // Written after each task, so that a cancelled run keeps what it has.
      await writeResults(page, measured);
      process.stdout.write(`\n${task}\n${goalTable(section)}\n`);
    }
    const cards = given.out === undefined ? await fillCards(root, measured) : [];
    say(`wrote ${[page, ...cards].join(', ')}`);
  } finally {
    await context.dispose();
  }
  return 0;
}
