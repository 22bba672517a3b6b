/**
 * Exact Shapley values (Shapley 1953) of `players` players: the average gain in `value` when a player joins, over all orders of joining.
 *
 * `value` takes a coalition as a bit set (bit i: player i is in) and is asked once for each of the 2^players coalitions.
 * The values sum to value(all) - value(none).
 */
export function shapleyValues(players: number, value: (coalition: number) => number): number[] {
  const values = Array.from({ length: 2 ** players }, (_, coalition) => value(coalition));
  return Array.from({ length: players }, (_, player) => {
    let sum = 0;
    for (let coalition = 0; coalition < values.length; coalition++) {
      if (coalition & (1 << player)) continue;
      const size = bitCount(coalition);
      const orders = (factorial(size) * factorial(players - size - 1)) / factorial(players);
      sum += orders * (values[coalition | (1 << player)]! - values[coalition]!);
    }
    return sum;
  });
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

function factorial(n: number): number {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}
