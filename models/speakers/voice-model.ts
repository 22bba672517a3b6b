/**
 * Are two stretches of speech one voice? Two-covariance model (Brummer and de Villiers 2010, "The speaker partitioning problem", section 2):
 * an embedding is its speaker's own vector, whose dimensions vary over speakers with variances `between`, plus noise of variance 1.
 */

/** What is known of a voice: how much was heard, how many independent embeddings that is worth (any share of one), and their sum. */
export interface VoiceStatistics {
  readonly speechMs: number;
  readonly count: number;
  readonly sum: Float64Array;
}

export function together(a: VoiceStatistics, b: VoiceStatistics): VoiceStatistics {
  return {
    speechMs: a.speechMs + b.speechMs,
    count: a.count + b.count,
    sum: a.sum.map((value, d) => value + b.sum[d]!),
  };
}

/** What a share of the same speech would say. */
export const shareOf = ({ speechMs, count, sum }: VoiceStatistics, share: number): VoiceStatistics => ({
  speechMs: share * speechMs,
  count: share * count,
  sum: sum.map((value) => share * value),
});

/** A stretch of talk in one mood and manner says less of a voice than its length: its count comes closer and closer to 1 / correlation. */
export function condensed({ speechMs, count, sum }: VoiceStatistics, correlation: number): VoiceStatistics {
  const kept = 1 / (1 + correlation * count);
  return { speechMs, count: kept * count, sum: sum.map((value) => kept * value) };
}

/** Logarithm of how much likelier two sets of embeddings are as one voice's than as two. */
export function gainOfOneVoice(a: VoiceStatistics, b: VoiceStatistics, between: readonly number[]): number {
  return evidence(a, b, between) - evidence(a, null, between) - evidence(b, null, between);
}

/** The same for many pairs of the same sets: what each is worth alone is worked out once. */
export function rememberingGain(between: readonly number[]): typeof gainOfOneVoice {
  const known = new WeakMap<VoiceStatistics, number>();
  const alone = (voice: VoiceStatistics): number => {
    let value = known.get(voice);
    if (value === undefined) known.set(voice, (value = evidence(voice, null, between)));
    return value;
  };
  return (a, b) => evidence(a, b, between) - alone(a) - alone(b);
}

/** Of one set, or of two as one voice's; up to a term that any grouping shares. */
function evidence(a: VoiceStatistics, b: VoiceStatistics | null, between: readonly number[]): number {
  const count = a.count + (b?.count ?? 0);
  let quadratic = 0;
  let logarithm = 0;
  let product = 1;
  for (let d = 0; d < between.length; d++) {
    const spread = between[d]!;
    const sum = b === null ? a.sum[d]! : a.sum[d]! + b.sum[d]!;
    const shrunk = 1 + count * spread;
    quadratic += (spread * sum * sum) / shrunk;
    // One logarithm for many dimensions: it is most of the work.
    product *= shrunk;
    if (product > LARGE) {
      logarithm += Math.log(product);
      product = 1;
    }
  }
  return (quadratic - logarithm - Math.log(product)) / 2;
}

const LARGE = 1e150;

/** A voice as the Gaussian that a new embedding of it comes from: mean, and variance in each dimension. */
export interface VoiceDensity {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export function densityOf({ count, sum }: VoiceStatistics, between: readonly number[]): VoiceDensity {
  return {
    mean: sum.map((value, d) => (between[d]! * value) / (1 + count * between[d]!)),
    variance: Float64Array.from(between, (spread) => 1 + spread / (1 + count * spread)),
  };
}

/** Logarithm of the density, without the constant. */
export function logDensity(embedding: Float32Array, { mean, variance }: VoiceDensity): number {
  let total = 0;
  for (let d = 0; d < mean.length; d++) {
    const away = embedding[d]! - mean[d]!;
    total += (away * away) / variance[d]! + Math.log(variance[d]!);
  }
  return -total / 2;
}
