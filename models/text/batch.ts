/** Windows of token ids as the graph's inputs. */
import type { Tensors } from '../tensor.ts';

/** Rows padded with 0 to the longest; the mask is 1 on tokens. Both int32, (rows, tokens). */
export function paddedInputs(
  windows: readonly (readonly number[])[],
  names: { readonly ids: string; readonly mask: string },
): Tensors {
  const width = Math.max(0, ...windows.map((w) => w.length));
  const ids = new Int32Array(windows.length * width);
  const mask = new Int32Array(windows.length * width);
  windows.forEach((window, row) => {
    ids.set(window, row * width);
    mask.fill(1, row * width, row * width + window.length);
  });
  const dims = [windows.length, width];
  return {
    [names.ids]: { type: 'int32', data: ids, dims },
    [names.mask]: { type: 'int32', data: mask, dims },
  };
}

/**
 * Places of the texts in groups of similar length, at most `size` a group, so that little of a batch is padding. Every place occurs once;
 * the grouping depends on nothing but the lengths.
 */
export function groupsByLength(texts: readonly string[], size: number): number[][] {
  const order = texts.map((_, i) => i).sort((a, b) => texts[a]!.length - texts[b]!.length || a - b);
  return Array.from({ length: Math.ceil(order.length / size) }, (_, g) =>
    order.slice(g * size, (g + 1) * size),
  );
}
