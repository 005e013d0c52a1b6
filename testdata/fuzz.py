#!/usr/bin/python3
"""Draws random configurations of the layers, runs them by PyTorch, and writes them as cases that no one chose.

    python3 testdata/fuzz.py FOLDER [--count 50] [--seed 0] [--spoil 0.0] [--scale 1] [LAYER ...]

writes to FOLDER so many configurations of each layer: ranks, shapes, options, unbatched inputs. What PyTorch accepts becomes a case like those
in testdata/layers; what it refuses becomes a network in FOLDER/refused, with PyTorch's message as its first line. docs/development.md tells how
to run them.
"""

import argparse
import random
import shutil
import sys
from pathlib import Path
from zlib import crc32

import case_files
import cases_recurrent
import fuzz_draw
import fuzz_layers
import fuzz_spoil
from case_files import case


def refused(folder, name, draw, error):
    """A network that PyTorch refuses; its parameters are what they start with."""
    folder.mkdir(parents=True, exist_ok=True)
    case_files.write(folder / f"{name}.data.npz", {key: case_files.array_of(value, case_files.np.random.default_rng(0))
                                                   for key, value in draw.inputs.items()})
    network = {"network": name, "dtype": "float64", "inputs": {key: {"data": f"{name}.data.npz#{key}"} for key in draw.inputs}}
    if not draw.training:
        network["training"] = False
    network["loss" if draw.is_loss else "layers"] = draw.layer if draw.is_loss else {"layer": draw.layer}
    path = folder / f"{name}.yaml"
    case_files.write_yaml(path, network)
    path.write_text(f"# {' '.join(str(error).split())[:200]}\n" + path.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("layers", nargs="*")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--spoil", type=float, default=0.0, help="how many of them to make unusual")
    parser.add_argument("--scale", type=int, default=1, help="how much larger extents may be")
    arguments = parser.parse_args()
    fuzz_draw.SCALE = arguments.scale
    folder = arguments.folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    counts = {}
    for kind in arguments.layers or fuzz_layers.DRAWS:
        counts[kind] = [0, 0]
        for number in range(arguments.count):
            r = random.Random(crc32(f"{kind} {arguments.seed} {number}".encode()))
            draw = fuzz_layers.draw(kind, r)
            if not draw.reference and r.random() < arguments.spoil:
                draw = fuzz_spoil.spoil(draw, r)
            name = f"{kind}-{number}"
            layers, loss = ({}, draw.layer) if draw.is_loss else ({"layer": draw.layer}, None)
            try:
                if draw.reference:
                    cases_recurrent.case(kind, name, draw.inputs, training=draw.training, folder=folder, **draw.reference, **draw.options)
                else:
                    case(folder, name, draw.inputs, layers, loss, draw.training)
                counts[kind][0] += 1
            except Exception as error:  # whatever PyTorch raises
                if "element 0 of tensors does not require grad" in str(error):
                    continue
                refused(folder / "refused", name, draw, f"{type(error).__name__}: {error}")
                counts[kind][1] += 1
    for kind, (accepted, not_accepted) in counts.items():
        print(f"{kind}: {accepted} cases, {not_accepted} refused", file=sys.stderr)


if __name__ == "__main__":
    main()
