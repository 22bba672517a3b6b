/** From labelled rows to the confidence from which on answers are given. */
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { FailedRow, PredictedRow } from '#contract/files/predict.ts';
import { toFailure, toRow, type Sureness } from '#main/services/prediction/row.ts';
import { surenessAtError } from '#main/services/prediction/set-error.ts';

const usual: Sureness = { abstainBelow: 0.45, minimumQuality: 0.25 };

/** A row that answers happiness. */
function sure(confidence: number, quality = 1): PredictedRow {
  return toRow('x', { ...readingOf(confidence), quality }, usual);
}
const failed: FailedRow = toFailure('x', new Error('gone'));

interface Known {
  label: string;
  row: PredictedRow | FailedRow;
}

/** @param together rows come when all lines are read, as those of one speaker do */
function found(known: Known[], error: number, together = false) {
  const lines = known.map(({ label }, id) => JSON.stringify({ id, label, text: 'x' }));
  // eslint-disable-next-line @typescript-eslint/require-await -- lines of a file
  async function* read() {
    yield* lines;
  }
  async function* predict(given: AsyncIterable<string | null>) {
    let at = 0;
    for await (const _ of given) if (!together) yield known[at++]!.row;
    while (at < known.length) yield known[at++]!.row;
  }
  return surenessAtError(read(), predict, error, usual);
}
const right = (confidence: number): Known => ({ label: 'happiness', row: sure(confidence) });
const wrong = (confidence: number): Known => ({ label: 'anger', row: sure(confidence) });

describe('a set error', () => {
  it.each([false, true])(
    'sets each answer beside its own label, failed rows between them (%#)',
    async (all) => {
      const known = [right(0.9), { label: 'anger', row: failed }, right(0.8), right(0.7), wrong(0.6)];
      expect(await found(known, 0.25, all)).toEqual({
        ...{ sureness: { abstainBelow: 0.7, minimumQuality: 0.25 }, rows: 5, failed: 1, poor: 0 },
        ...{ answered: 3, wrong: 0 },
      });
    },
  );

  it('counts rows of too little quality neither way: they abstain whatever their confidence', async () => {
    const poor = { label: 'anger', row: sure(0.99, 0.1) };
    const { sureness, ...counts } = await found([poor, right(0.9), right(0.8), right(0.7)], 0.25);
    expect(sureness.abstainBelow).toBe(0.7);
    expect(counts).toEqual({ rows: 4, failed: 0, poor: 1, answered: 3, wrong: 0 });
  });

  it('is kept by the row that it was found on, whatever lies behind the sixth digit', async () => {
    const known = [0.9, 0.8, 0.71234567, 0.61234543].map(right);
    const { sureness } = await found(known, 0.2);
    const { row } = known[3]!;
    if (!('confidence' in row)) throw new Error('no answer');
    const again = toRow('x', { ...readingOf(0.61234543), quality: 1 }, sureness);
    expect([again.confidence, again.abstained]).toEqual([row.confidence, false]);
  });

  it('can be too strict for so few rows, and needs one that was read', async () => {
    expect((await found([right(0.9), right(0.8)], 0.01)).sureness.abstainBelow).toBe(Infinity);
    await expect(found([{ label: 'anger', row: failed }], 0.2)).rejects.toMatchObject({
      code: 'row-invalid',
    });
  });

  it('names the row whose label is none', async () => {
    const known = [right(0.9), { ...right(0.9), label: 'joy' }];
    await expect(found(known, 0.2)).rejects.toThrow('Labelled row 2: The row does not fit: label');
  });
});

function readingOf(confidence: number) {
  const rest = (1 - confidence) / (CATEGORIES.length - 1);
  const probabilities = CATEGORIES.map((c) => (c === 'happiness' ? confidence : rest));
  return { fine: {}, labels: [], dimensions: {}, reasons: [], probabilities };
}
