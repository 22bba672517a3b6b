"""Looked-up tables in half a byte a weight: a byte of the file numbers a pair of levels.

A weight is one of 16 levels times its row's scale. The levels are fitted to the table (Lloyd, Least squares quantization in
PCM, 1982), since most weights of such tables are near 0 and a few are large; the scales are 255 by equal ratios. The graph
looks a row's bytes up in 256 pairs: standard operators, and only the rows looked up are multiplied out.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LEVELS = 16


def fitted_levels(values: np.ndarray, rounds: int = 60) -> np.ndarray:
    """(16,) ascending levels with a small mean squared distance from `values` to the nearest."""
    values = np.sort(values, axis=None).astype(np.float64)
    levels = np.quantile(values, (np.arange(LEVELS) + 0.5) / LEVELS)
    for _ in range(rounds):
        cells = np.split(values, np.searchsorted(values, between(levels)))
        levels = np.array([cell.mean() if len(cell) else level for cell, level in zip(cells, levels)])
    return levels.astype(np.float32)


def between(levels: np.ndarray) -> np.ndarray:
    return (levels[1:] + levels[:-1]) / 2


def nearest(values: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """The numbers of the nearest levels, as bytes in the shape of `values`."""
    return np.searchsorted(between(levels), values).astype(np.uint8)


def as_bytes(scales: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(rows,) of at least 0 -> (rows, 1) bytes and their 256 levels; 0 stays 0, the others differ by 2 % or so."""
    some = scales > 0
    levels = np.concatenate([[0], np.geomspace(scales[some].min(), scales.max(), 255)]).astype(np.float32)
    return np.where(some, np.maximum(nearest(scales, levels), 1), 0).astype(np.uint8)[:, None], levels


def half_bytes(table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(rows, width) -> bytes (rows, half the width, rounded up), pairs of levels (256, 2), and the rows' scales by `as_bytes`."""
    scales = np.abs(table).max(1)
    used = scales > 0
    weights, own = table[used], scales[used]
    levels = fitted_levels(weights / own[:, None])
    for _ in range(8):
        chosen = levels[nearest(weights / own[:, None], levels)]
        # The scale with the least squared error for these levels; half the row's greatest weight at least, so that none collapses.
        own = np.maximum((weights * chosen).sum(1) / np.maximum((chosen**2).sum(1), 1e-12), scales[used] / 2)
    scales[used] = own
    row_bytes, row_levels = as_bytes(scales)
    numbers = np.zeros((len(table), table.shape[1] + table.shape[1] % 2), np.uint8)
    numbers[used, : table.shape[1]] = nearest(weights / row_levels[row_bytes[used]], levels)
    pairs = levels[np.stack(np.divmod(np.arange(LEVELS**2), LEVELS), axis=1)]
    return numbers[:, ::2] * LEVELS + numbers[:, 1::2], pairs, row_bytes, row_levels


def looked_up(table: onnx.TensorProto, at: str, out: str) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """Nodes and constants in place of Gather(table, at) -> out, where `at` is (rows, places). Of a table one wide the scale is all there is."""
    weights = numpy_helper.to_array(table)
    width = weights.shape[1]
    constants: dict[str, np.ndarray] = {}
    nodes: list[onnx.NodeProto] = []

    def add(operator: str, first: str, others: dict[str, np.ndarray], result: str) -> str:
        named = {f'{table.name}_{name}': value for name, value in others.items()}
        constants.update(named)
        nodes.append(helper.make_node(operator, [first, *named], [result]))
        return result

    def add_levels(part: str, codes: np.ndarray, levels: np.ndarray, result: str) -> str:
        bytes_of, levels_of, found, number = f'{table.name}_{part}', f'{table.name}_{part}_levels', f'{out}_{part}', f'{out}_{part}_number'
        constants.update({bytes_of: codes, levels_of: levels})
        nodes.extend([
            helper.make_node('Gather', [bytes_of, at], [found], axis=0),
            helper.make_node('Cast', [found], [number], to=TensorProto.INT32),
            helper.make_node('Gather', [levels_of, number], [result], axis=0),
        ])
        return result

    if width == 1:
        add_levels('rows', *as_bytes(weights[:, 0]), out)
    else:
        halves, pairs, row_bytes, row_levels = half_bytes(weights)
        values = add_levels('halves', halves, pairs, f'{out}_pairs')
        values = add('Reshape', values, {'shape': np.array([0, 0, 2 * halves.shape[1]])}, f'{out}_even')
        if width % 2:
            values = add('Slice', values, {'first': np.array([0]), 'width': np.array([width]), 'axis': np.array([2])}, f'{out}_level')
        add_levels('rows', row_bytes, row_levels, f'{out}_scale')
        nodes.append(helper.make_node('Mul', [values, f'{out}_scale'], [out]))
    return nodes, [numpy_helper.from_array(value, name) for name, value in constants.items()]
