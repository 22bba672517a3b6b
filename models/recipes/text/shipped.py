"""A shipped graph read back: its encoder's weights to go on from, what its runs say, and the same graph with other weights."""

from multiprocessing import Pool
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from data import normalise
from encoder import MINILM
from graph import Graph
from grams import grams, padded
from integers import in_floats, in_integers
from quantise import int8_per_row
from stock import Item
from tokens import Rows

#: In the order of the graph's products with constants, the layers one after the other.
PRODUCTS = ('qkv', 'attention_out', 'up', 'down')


class ReadBack:
    def __init__(self, file: Path):
        self.model = in_floats(onnx.load(str(file)))
        graph = self.model.graph
        self.held = {i.name: i for i in graph.initializer}
        products = [n.input[1].removesuffix('_float') for n in graph.node if n.op_type == 'MatMul' and n.input[1].removesuffix('_float') + '_int8' in self.held]
        if len(products) != MINILM.layers * len(PRODUCTS):
            raise ValueError('the graph is not a text model of this make')
        names = [f'encoder.layers.{i}.{name}.weight' for i in range(MINILM.layers) for name in PRODUCTS]
        self.products = dict(zip(names, products))
        made = {n.output[0]: n for n in graph.node}
        #: Output -> (what the hashed runs say, their share in it); only where they are mixed with what the encoder says.
        self.mixed: dict[str, tuple[str, float]] = {}
        for output in graph.output:
            node = made.get(output.name)
            if node is not None and node.op_type == 'Add' and all(part in made and made[part].op_type == 'Mul' for part in node.input):
                runs = made[node.input[1]]
                self.mixed[output.name] = (runs.input[0], float(numpy_helper.to_array(self.held[runs.input[1]])))

    def weights(self) -> dict[str, torch.Tensor]:
        """Under the names of EnglishNet or ChineseNet; the words too."""
        found = {name.removeprefix('net.'): numpy_helper.to_array(value) for name, value in self.held.items() if name.startswith('net.') and not name.endswith(('_int8', '_scale'))}
        for name in (n.removesuffix('_int8') for n in self.held if n.startswith('net.') and n.endswith('_int8')):
            found[name.removeprefix('net.')] = self.multiplied(name)
        found |= {name: self.multiplied(product).T for name, product in self.products.items()}
        return {name: torch.tensor(np.ascontiguousarray(value)) for name, value in found.items()}

    def multiplied(self, name: str) -> np.ndarray:
        return numpy_helper.to_array(self.held[f'{name}_int8']).astype(np.float32) * numpy_helper.to_array(self.held[f'{name}_scale'])

    def of_runs(self, texts: list[str], kind: str) -> dict[str, np.ndarray]:
        """What the hashed runs add to each output that has a part of theirs, their share already taken."""
        found = [found for found, _ in self.mixed.values()]
        part = onnx.utils.Extractor(self.model).extract_model(['grams'], found)
        session = ort.InferenceSession(part.SerializeToString(), providers=['CPUExecutionProvider'])
        rows = [grams(normalise(text), kind) for text in texts]
        said = [session.run(found, {'grams': padded(rows[i : i + 256]).numpy().astype(np.int32)}) for i in range(0, len(rows), 256)]
        return {output: share * np.concatenate(parts) for (output, (_, share)), parts in zip(self.mixed.items(), zip(*said))}

    def with_weights(self, state: dict[str, torch.Tensor]) -> onnx.ModelProto:
        """The graph that ships with the weights of `state` (by the names of `weights`); what it doesn't name stays."""
        return in_integers(self.multiplying_out(state))

    def multiplying_out(self, state: dict[str, torch.Tensor]) -> onnx.ModelProto:
        """The same, its products in float32 with int8 weights."""
        new: dict[str, np.ndarray] = {}
        for name, value in state.items():
            values = value.detach().float().numpy()
            if name in self.products:
                new[f'{self.products[name]}_int8'], new[f'{self.products[name]}_scale'] = int8_per_row(values.T, axis=1)
            elif f'net.{name}_int8' in self.held:
                new[f'net.{name}_int8'], new[f'net.{name}_scale'] = int8_per_row(values, axis=0)
            elif f'net.{name}' in self.held:
                new[f'net.{name}'] = values
            else:
                raise ValueError(f'the graph has no {name}')
        model = onnx.ModelProto()
        model.CopyFrom(self.model)
        for held in model.graph.initializer:
            if held.name in new:
                held.CopyFrom(numpy_helper.from_array(new[held.name].reshape(list(held.dims)), held.name))
        onnx.checker.check_model(model, full_check=True)
        return model

    def in_float(self, state: dict[str, torch.Tensor]) -> onnx.ModelProto:
        """The same graph with the layers' products in float, as `state` has them: what int8 is compared with."""
        model = self.multiplying_out({name: value for name, value in state.items() if name not in self.products})
        whole = {f'{product}_float': state[name].detach().float().numpy().T for name, product in self.products.items()}
        replaced = set(self.products.values())
        nodes = [node for node in model.graph.node if node.output[0].removesuffix('_float').removesuffix('_cast') not in replaced]
        held = [value for value in model.graph.initializer if value.name.removesuffix('_int8').removesuffix('_scale') not in replaced]
        del model.graph.node[:], model.graph.initializer[:]
        model.graph.node.extend(nodes)
        model.graph.initializer.extend(held)
        model.graph.initializer.extend(numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in whole.items())
        onnx.checker.check_model(model, full_check=True)
        return model


def runs_say(file: Path, kind: str, texts: list[str], workers: int) -> tuple[dict[str, float], dict[str, np.ndarray]]:
    """The runs' share in each output that has one, and what they add to it, as ReadBack.of_runs says it."""
    shares = {output: share for output, (_, share) in ReadBack(file).mixed.items()}
    with Pool(workers) as pool:
        said = pool.map(runs_asked, [(str(file), kind, texts[i : i + 3000]) for i in range(0, len(texts), 3000)], chunksize=1)
    return shares, {name: np.concatenate([s[name] for s in said]) for name in shares}


def runs_asked(job: tuple[str, str, list[str]]) -> dict[str, np.ndarray]:
    file, kind, texts = job
    return ReadBack(Path(file)).of_runs(texts, kind)


def asked(job: tuple[str, str, str | None, list[Item]]) -> dict[str, np.ndarray]:
    file, tokenizer, kind, items = job
    return Graph(Path(file), Rows(Tokenizer.from_file(tokenizer)), kind)(items)


def opinions(file: Path, tokenizer: Path, kind: str | None, items: list[Item], workers: int) -> dict[str, np.ndarray]:
    """Every output of a graph for every item, in their order."""
    parts = [items[i : i + 1500] for i in range(0, len(items), 1500)]
    with Pool(workers) as pool:
        said = pool.map(asked, [(str(file), str(tokenizer), kind, part) for part in parts], chunksize=1)
    return {name: np.concatenate([s[name] for s in said]) for name in said[0]}
