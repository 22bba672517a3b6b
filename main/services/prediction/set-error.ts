/** How sure an answer must be, so that at most a set share of those given is wrong: found on rows whose label is known. */
import type { Category } from '#contract/emotion/categories.ts';
import { labelledRow, type FailedRow, type PredictedRow } from '#contract/files/predict.ts';
import { AttuneError } from '#contract/errors.ts';
import { leastConfidence } from '#models/metrics/abstention.ts';
import { parseRow, type Sureness } from './row.ts';

export interface SurenessFound {
  /** `abstainBelow` is greater than any confidence where none is enough. */
  readonly sureness: Sureness;
  /** How many labelled rows could be read; of these answered from that confidence on; of these wrong. */
  readonly rows: number;
  readonly answered: number;
  readonly wrong: number;
}

/**
 * What is promised holds for rows drawn as the labelled ones were, and for those alone (`leastConfidence`). Rows of too little quality abstain
 * whatever their confidence, so they count neither way.
 *
 * @param lines the labelled rows as they stand in their file, `predicted` what was read from the same
 * @throws AttuneError 'row-invalid' where a row has no label, or none could be read
 */
export async function surenessAtError(
  lines: AsyncIterable<string | null>,
  predicted: AsyncIterable<PredictedRow | FailedRow>,
  error: number,
  { minimumQuality }: Sureness,
): Promise<SurenessFound> {
  const labels: Category[] = [];
  for await (const line of lines) {
    const parsed = parseRow(line, labelledRow);
    if (!parsed.ok) throw unlabelled(labels.length + 1, parsed.failure);
    labels.push(parsed.row.label);
  }
  const items = [];
  let [at, rows] = [0, 0];
  for await (const row of predicted) {
    const label = labels[at++]!;
    if ('error' in row) continue;
    rows += 1;
    if (row.quality < minimumQuality) continue;
    items.push({ confidence: row.confidence, right: row.probabilities[label] === row.confidence });
  }
  if (rows === 0) throw new AttuneError('row-invalid', 'None of the labelled rows could be read.');
  const abstainBelow = leastConfidence(items, error);
  const answered = items.filter(({ confidence }) => confidence >= abstainBelow);
  return {
    sureness: { abstainBelow, minimumQuality },
    rows,
    answered: answered.length,
    wrong: answered.filter(({ right }) => !right).length,
  };
}

const unlabelled = (number: number, { error }: FailedRow): AttuneError =>
  new AttuneError('row-invalid', `Labelled row ${number}: ${error.message}`, {
    remedy: 'Each labelled row needs its id and a label: one of the seven categories.',
  });
