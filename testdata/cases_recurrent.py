"""The cases of layers with several outputs, of those that PyTorch 1.13 has only as part of others, and of those that are made of layers."""

from zlib import crc32

import numpy as np
import torch
from torch import nn

from case_files import TESTDATA, write, write_yaml


def case(kind, name, inputs, compute, module=None, outputs=("",), named=(), training=True, layer="layer", **options):
    """One layer held against `compute`, which maps tensors of the inputs, by name, to its outputs, by a module's parameters if it has any.

    `inputs` are arrays by name, shapes for normal values; those in `named` are given by their names in the definition, the others by `from`.
    Several outputs are flattened and joined, so that the gradient of each is tested.
    """
    title = f"{kind}-{name}"
    rng = np.random.default_rng(crc32(title.encode()))
    data = {key: np.array(rng.standard_normal(spec) if isinstance(spec, tuple) else spec) for key, spec in inputs.items()}
    tensors = {key: torch.from_numpy(np.array(values)) for key, values in data.items()}
    tensors = {key: t.requires_grad_(t.is_floating_point() and not key.startswith("no_grad")) for key, t in tensors.items()}
    parameters = dict(module.named_parameters()) if module else {}
    weights = {key: rng.standard_normal(tuple(parameter.shape)) for key, parameter in parameters.items()}
    for key, parameter in parameters.items():
        parameter.data = torch.from_numpy(weights[key])
    results = compute(tensors)
    results = results if isinstance(results, tuple) else (results,)
    results = dict(zip(["." + o if o else "" for o in outputs], results))

    source = [key for key in data if key not in named]
    layers = {layer: {"layer": kind, "from": source, **{key: key for key in data if key in named}, **options}}
    total = next(iter(results.values()))
    if len(results) > 1:
        for output in results:
            layers["flat" + output.replace(".", "_")] = {"layer": "flatten", "start_dim": 0, "from": layer + output}
        layers["all"] = {"layer": "concat", "dim": 0, "from": [key for key in layers if key != layer]}
        total = torch.cat([result.reshape(-1) for result in results.values()])
    dy = np.array(rng.standard_normal(tuple(total.shape)))
    total.backward(torch.from_numpy(dy))
    expected = {(f"{layer}.{key}" if key in weights else key): t.grad.numpy() for key, t in {**tensors, **parameters}.items() if t.grad is not None}
    expected.update({f"values/{layer}{output}": result.detach().numpy() for output, result in results.items()})

    network = {"network": title, "dtype": "float64"}
    if not training:
        network["training"] = False
    network["inputs"] = {key: {"data": f"{name}.data.npz#{key}"} for key in data}
    network["layers"] = layers
    if weights:
        network["parameters"] = {f"{layer}.{key}": f"{name}.data.npz#{layer}.{key}" for key in weights}
    network["output_gradient"] = f"{name}.data.npz#dy"
    network["expect"] = f"{name}.expected.npz"
    folder = TESTDATA / "layers" / kind
    data.update({f"{layer}.{key}": values for key, values in weights.items()}, dy=dy)
    write(folder / f"{name}.data.npz", data)
    write(folder / f"{name}.expected.npz", {key: np.array(values, order="C") for key, values in expected.items()})
    write_yaml(folder / f"{name}.yaml", network)


def recurrent(kind, name, x, state=False, **options):
    modules = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
    module = modules[kind](x[-1], **options).to(torch.float64)
    layers = options.get("num_layers", 1) * (2 if options.get("bidirectional") else 1)
    batch = x[1:-1] if not options.get("batch_first") else x[:-2]
    hidden = options["hidden_size"]
    inputs = {"x": x}
    if state:
        inputs["h_0"] = (layers, *batch, options.get("proj_size") or hidden)
        if kind == "lstm":
            inputs["c_0"] = (layers, *batch, hidden)

    def compute(tensors):
        states = tuple(tensors[key] for key in ("h_0", "c_0") if key in tensors)
        y, last = module(tensors["x"], *([states if kind == "lstm" else states[0]] if states else []))
        return (y, *last) if kind == "lstm" else (y, last)

    case(kind, name, inputs, compute, module, ["", "h_n", "c_n"] if kind == "lstm" else ["", "h_n"], named=("h_0", "c_0"), layer="rnn",
         **options)


def recurrences():
    for kind in ("rnn", "lstm", "gru"):
        recurrent(kind, "default", (5, 2, 3), hidden_size=4)
        recurrent(kind, "initial-state", (5, 2, 3), state=True, hidden_size=4)
        recurrent(kind, "bias-false", (4, 2, 3), state=True, hidden_size=5, bias=False)
        recurrent(kind, "batch-first", (2, 5, 3), state=True, hidden_size=4, batch_first=True)
        recurrent(kind, "unbatched", (5, 3), state=True, hidden_size=4)
        recurrent(kind, "unbatched-batch-first", (5, 3), hidden_size=4, batch_first=True, bidirectional=True)
        recurrent(kind, "bidirectional", (5, 2, 3), state=True, hidden_size=4, bidirectional=True)
        recurrent(kind, "three-layers", (4, 2, 3), state=True, hidden_size=5, num_layers=3)
        recurrent(kind, "all-options", (2, 4, 3), state=True, hidden_size=5, num_layers=2, bidirectional=True, batch_first=True)
        recurrent(kind, "two-layers-bias-false", (4, 3, 2), hidden_size=3, num_layers=2, bias=False, bidirectional=True)
        recurrent(kind, "one-step", (1, 2, 3), state=True, hidden_size=4, bidirectional=True)
        recurrent(kind, "extents-one", (3, 1, 1), hidden_size=1, num_layers=2)
    recurrent("rnn", "relu", (5, 2, 3), state=True, hidden_size=4, num_layers=2, bidirectional=True, nonlinearity="relu")
    recurrent("lstm", "projection", (5, 2, 3), state=True, hidden_size=4, proj_size=2)
    recurrent("lstm", "projection-all-options", (2, 5, 3), state=True, hidden_size=4, proj_size=3, num_layers=2, bidirectional=True, batch_first=True)
    recurrent("lstm", "projection-bias-false", (5, 2), hidden_size=4, proj_size=1, bidirectional=True, bias=False)


def make():
    recurrences()


if __name__ == "__main__":
    make()
