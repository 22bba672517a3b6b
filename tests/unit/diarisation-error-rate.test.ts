import { describe, expect, it } from 'vitest';
import { diarisationErrors, pooled, type SpeakerSpan } from '../../bench/diarisation/error-rate.ts';

const span = (speaker: string, startMs: number, endMs: number): SpeakerSpan => ({ speaker, startMs, endMs });
const twoTurns = [span('A', 0, 10_000), span('B', 10_000, 20_000)];

describe('diarisation error rate', () => {
  it('is nothing for the same turns under other names', () => {
    const found = [span('x', 0, 10_000), span('y', 10_000, 20_000)];
    expect(diarisationErrors(twoTurns, found, 0)).toMatchObject({ rate: 0, speechMs: 20_000 });
  });

  it('counts speech given to the wrong speaker', () => {
    const found = [span('x', 0, 12_000), span('y', 12_000, 20_000)];
    expect(diarisationErrors(twoTurns, found, 0)).toMatchObject({ confusedMs: 2000, rate: 0.1 });
  });

  it('takes one speaker for both as half wrong: a found speaker stands for one person only', () => {
    expect(diarisationErrors(twoTurns, [span('x', 0, 20_000)], 0)).toMatchObject({
      confusedMs: 10_000,
      rate: 0.5,
    });
  });

  it('chooses the mapping that is best as a whole, not the best pair first', () => {
    const reference = [span('A', 0, 9000), span('B', 9000, 14_000)];
    // x shares 5 s with A and 4 s with B; y shares 4 s with A and 1 s with B: x-B, y-A would be 8 s, x-A, y-B 6 s.
    const found = [
      span('x', 0, 5000),
      span('y', 5000, 9000),
      span('x', 9000, 13_000),
      span('y', 13_000, 14_000),
    ];
    expect(diarisationErrors(reference, found, 0)).toMatchObject({ confusedMs: 6000 });
  });

  it('tells missed from false speech', () => {
    const errors = diarisationErrors([span('A', 1000, 5000)], [span('x', 2000, 7000)], 0);
    expect(errors).toMatchObject({
      missedMs: 1000,
      falseMs: 2000,
      confusedMs: 0,
      speechMs: 4000,
      rate: 0.75,
    });
  });

  it('scores overlapping speech once a speaker', () => {
    const reference = [span('A', 0, 10_000), span('B', 8000, 12_000)];
    const found = [span('x', 0, 10_000), span('y', 10_000, 12_000)];
    expect(diarisationErrors(reference, found, 0)).toMatchObject({ missedMs: 2000, speechMs: 14_000 });
  });

  it('leaves a quarter of a second on both sides of every reference boundary out', () => {
    const found = [span('x', 0, 10_250), span('y', 10_250, 20_000)];
    expect(diarisationErrors(twoTurns, found)).toMatchObject({ rate: 0, speechMs: 19_000 });
    const later = [span('x', 0, 10_260), span('y', 10_260, 20_000)];
    expect(diarisationErrors(twoTurns, later)).toMatchObject({ confusedMs: 10, speechMs: 19_000 });
  });

  it('has nothing to score in a turn shorter than its collars', () => {
    expect(diarisationErrors([span('A', 0, 400)], []).speechMs).toBe(0);
    expect(diarisationErrors([], [span('x', 0, 400)]).rate).toBe(Infinity);
    expect(diarisationErrors([], []).rate).toBe(0);
  });

  it('pools by time, not by recording', () => {
    const good = diarisationErrors([span('A', 0, 9000)], [span('x', 0, 9000)], 0);
    const bad = diarisationErrors([span('A', 0, 1000)], [], 0);
    expect(pooled([good, bad]).rate).toBeCloseTo(0.1);
  });
});
