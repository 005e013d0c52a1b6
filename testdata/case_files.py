"""Makes one case: a network file with random data, and what PyTorch computes for it.

A case is three files: NAME.yaml (the network), NAME.data.npz (inputs, parameters, buffers, the output's gradient `dy`) and NAME.expected.npz.
A shape stands for standard normal values, an array for itself. A case's random numbers depend on its name alone, so a new case changes no other.
"""

from pathlib import Path
from zlib import crc32

import numpy as np
import yaml

from torch_network import TorchNetwork

TESTDATA = Path(__file__).resolve().parent
SHORT = {"conv2d": "conv", "linear": "fc", "batch_norm": "bn", "flatten": "flat", "max_pool2d": "pool", "avg_pool2d": "pool",
         "cross_entropy": "ce", "nll_loss": "nll", "mse_loss": "mse", "l1_loss": "l1"}


def case(folder, name, inputs, layers=None, loss=None, training=True, initial_buffers=False, batches_tracked=None, parameters=None, gradients_only=False):
    """One network with its data and its expected results. `initial_buffers`: running statistics, slopes of prelu and what linear has
    start as PyTorch's, not in the file;
    `batches_tracked`: how many batches batch_norm has seen, where it averages over all of them; `parameters`: values of some, by name;
    `gradients_only`: PyTorch's value is not the one that its gradient belongs to."""
    title = f"{Path(folder).name}-{name}"
    rng = np.random.default_rng(crc32(title.encode()))
    data = {key: array_of(spec, rng) for key, spec in inputs.items()}
    network = {"network": title, "dtype": "float64"}
    if not training:
        network["training"] = False
    network["inputs"] = {key: {"data": f"{name}.data.npz#{key}"} for key in data}
    if layers:
        network["layers"] = layers
    if loss:
        network["loss"] = loss

    drawn = {}

    def draw(key, shape):
        if initial_buffers and ("running_" in key or key.startswith(("prelu.", "fc."))):
            return None
        if key.endswith("num_batches_tracked"):
            if batches_tracked is not None:
                drawn[key] = np.array(batches_tracked)
            return drawn.get(key)
        drawn[key] = rng.uniform(0.5, 2, shape) if key.endswith("running_var") else rng.standard_normal(shape)
        if parameters and key in parameters:
            drawn[key] = np.array(parameters[key], dtype=float)
        return drawn[key]

    reference = TorchNetwork(network, data, draw)
    data.update(drawn)
    if drawn:
        network["parameters"] = {key: f"{name}.data.npz#{key}" for key in drawn}
    if not loss:
        data["dy"] = np.array(rng.standard_normal(reference.output_shape()))
        network["output_gradient"] = f"{name}.data.npz#dy"
    network["expect"] = f"{name}.expected.npz"

    write(TESTDATA / folder / f"{name}.data.npz", data)
    expected = reference.expected(data.get("dy"))
    if gradients_only:
        expected = {key: values for key, values in expected.items() if not key.startswith("values/")}
    write(TESTDATA / folder / f"{name}.expected.npz", expected)
    write_yaml(TESTDATA / folder / f"{name}.yaml", network)


def layer(kind, name, *inputs, training=True, initial_buffers=False, gradients_only=False, **options):
    """A case of one layer; its input is `x`, several are `a`, `b`, `c`."""
    names = ["x"] if len(inputs) == 1 else ["a", "b", "c"][:len(inputs)]
    source = {} if len(inputs) == 1 else {"from": names}
    case(f"layers/{kind}", name, dict(zip(names, inputs)), {SHORT.get(kind, kind): {"layer": kind, **source, **options}},
         training=training, initial_buffers=initial_buffers, gradients_only=gradients_only)


def loss(kind, name, x, target, class_weights=None, **options):
    """A case of one loss; without a reduction it is a layer like another, whose output's gradient is given."""
    inputs, spec = {"x": x, "target": target}, {"layer": kind, "from": ["x", "target"]}
    if class_weights is not None:
        inputs["class_weights"], spec["weight"] = class_weights, "class_weights"
    spec.update(options)
    if options.get("reduction") == "none":
        case(f"layers/{kind}", name, inputs, layers={SHORT[kind]: spec})
    else:
        case(f"layers/{kind}", name, inputs, loss=spec)


def array_of(spec, rng):
    return np.array(rng.standard_normal(spec) if isinstance(spec, tuple) else spec)


def classes(shape, count, at=None):
    """Class indices 0 … count-1 in a fixed scrambled order, some replaced: `at={flat index: class}`."""
    return replace((np.arange(np.prod(shape, dtype=int)) * 7 + 2).reshape(shape) % count, at)


def normal(shape, scale=1.0, at=None):
    """Normal values, some replaced: `at={flat index: value}`."""
    return replace(np.random.default_rng(5).standard_normal(shape) * scale, at)


def replace(values, at):
    for index, value in (at or {}).items():
        values.flat[index] = value
    return values


def write(path, arrays):
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **arrays)  # stored, dated 1980: the same bytes each time


def write_yaml(path, network):
    lines = []
    for key, value in network.items():
        if key in ("inputs", "layers", "parameters"):
            lines += [f"{key}:"] + [f"  {name}: {flow(entry)}" for name, entry in value.items()]
        else:
            lines.append(f"{key}: {flow(value)}")
    path.write_text("\n".join(lines) + "\n")


class Plain(yaml.SafeDumper):
    """Writes a list out each time, without anchors."""

    def ignore_aliases(self, data):
        return True


def flow(value):
    return yaml.dump(value, Dumper=Plain, default_flow_style=True, sort_keys=False, width=float("inf")).removesuffix("...\n").strip()
