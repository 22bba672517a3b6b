/** How sure an answer must be, so that at most a set share of those given is wrong: found on rows whose label is known. */
import type { Category } from '#contract/emotion/categories.ts';
import { labelledRow, type FailedRow, type PredictedRow } from '#contract/files/predict.ts';
import { AttuneError } from '#contract/errors.ts';
import { leastConfidence } from '#models/metrics/abstention.ts';
import { parseRow, type Sureness } from './row.ts';

export interface SurenessFound {
  /** `abstainBelow` is greater than any confidence where none is enough. */
  readonly sureness: Sureness;
  /** How many labelled rows there are; of these with an error, and of too little quality, which abstain whatever their confidence. */
  readonly rows: number;
  readonly failed: number;
  readonly poor: number;
  /** Answered from that confidence on, and of these wrong. */
  readonly answered: number;
  readonly wrong: number;
}

/**
 * What is expected of rows drawn as the labelled ones were, and of those alone (`leastConfidence`).
 *
 * @param lines the labelled rows as they stand in their file, read once
 * @param predict what the models make of lines, one row a line in their order
 * @throws AttuneError 'row-invalid' where a row has no label, or none could be read
 */
export async function surenessAtError(
  lines: AsyncIterable<string | null>,
  predict: (lines: AsyncIterable<string | null>) => AsyncIterable<PredictedRow | FailedRow>,
  error: number,
  { minimumQuality }: Sureness,
): Promise<SurenessFound> {
  const labels: Category[] = [];
  async function* labelled(): AsyncGenerator<string | null> {
    for await (const line of lines) {
      labels.push(labelOf(line, labels.length + 1));
      yield line;
    }
  }
  const items = [];
  let [rows, failed, poor] = [0, 0, 0];
  for await (const row of predict(labelled())) {
    const label = labels[rows++]!;
    if ('error' in row) failed++;
    else if (row.quality < minimumQuality) poor++;
    else items.push({ confidence: row.confidence, right: row.probabilities[label] === row.confidence });
  }
  if (rows === failed) throw new AttuneError('row-invalid', 'None of the labelled rows could be read.');
  const abstainBelow = leastConfidence(items, error);
  const answered = items.filter(({ confidence }) => confidence >= abstainBelow);
  return {
    ...{ sureness: { abstainBelow, minimumQuality }, rows, failed, poor },
    answered: answered.length,
    wrong: answered.filter(({ right }) => !right).length,
  };
}

function labelOf(line: string | null, number: number): Category {
  const parsed = parseRow(line, labelledRow);
  if (parsed.ok) return parsed.row.label;
  throw new AttuneError('row-invalid', `Labelled row ${number}: ${parsed.failure.error.message}`, {
    remedy: 'Each labelled row needs its id and a label: one of the seven categories.',
  });
}
