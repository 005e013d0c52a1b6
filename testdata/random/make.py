"""Makes golden.txt, logarithms.txt and log1p-edges.txt: what NumPy draws, and what the C library under it computes.

Made with NumPy 2.4.6 (wheel for Linux x86-64) on glibc 2.36 and a processor with fused multiply-add; a processor
without it gives other last bits of some normal numbers.

    python3 testdata/random/make.py

golden.txt, a line a case: generator, seed, draws (kind:count, with the parameters between), SHA-256 of all numbers
as big-endian doubles, then the first number of each draw.
logarithms.txt: function, seed of default_rng, count, SHA-256 of the function's values at the uniform numbers that
default_rng(seed) draws (log1p: at their negatives).
log1p-edges.txt: an argument and its value, where log1p's branches meet and random arguments do not come.
"""

import hashlib
import math
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
NAME = "conv.weight"  # the stream that GoldenTest draws from

CASES = [
    ("numpy", 0, "rand:4 rand:1 randn:1"),
    ("numpy", 0, "randn:1000000"),
    ("numpy", 1, "rand:2000 uniform:-0.1:0.3:2000"),
    ("numpy", 12345, "randn:3 rand:2 randn:200000 normal:10:0.1:1001 rand:1 normal:-1:3:5"),
    ("numpy", 2**32 - 1, "normal:0.5:2:200001 uniform:5:5:2 randn:4"),
    ("default_rng", 0, "rand:4 rand:1 randn:1"),
    ("default_rng", 0, "randn:1000000"),
    ("default_rng", 1, "rand:2000 uniform:-0.1:0.3:2000"),
    ("default_rng", 12345, "randn:3 rand:2 randn:200000 normal:10:0.1:1001 rand:1"),
    ("default_rng", 2**32, "randn:200000"),
    ("default_rng", 2**63 - 1, "normal:0.5:2:200001 uniform:5:5:2 randn:4"),
    ("default_rng", 0x1F0E2D3C4B5A69788796A5B4C3D2E1F00112233445566778, "rand:2000"),
    ("devml", 0, "rand:1001"),
    ("devml", 12345, "uniform:-0.1:0.3:2000"),
    ("devml", 2**64 - 1, "randn:200000"),
]


def generators(name, seed):
    """Yields what each draw of a case is made with."""
    if name == "devml":
        stream = int(hashlib.sha256(NAME.encode()).hexdigest()[:16], 16)
        while True:  # each draw starts its stream again
            yield np.random.Generator(np.random.Philox(key=np.array([seed, stream], dtype=np.uint64)))
    generator = np.random.RandomState(seed) if name == "numpy" else np.random.default_rng(seed)
    while True:
        yield generator


def draw(generator, call):
    kind, *parameters, count = call.split(":")
    method = {
        "rand": generator.random,
        "randn": generator.standard_normal,
        "uniform": generator.uniform,
        "normal": generator.normal,
    }[kind]
    return method(*map(float, parameters), size=int(count))


def digest(values):
    return hashlib.sha256(np.asarray(values, dtype=">f8").tobytes()).hexdigest()


with open(HERE / "golden.txt", "w") as out:
    for name, seed, calls in CASES:
        drawn = [draw(generator, call) for generator, call in zip(generators(name, seed), calls.split())]
        firsts = ",".join(float(values[0]).hex() for values in drawn)
        print(name, seed, calls.replace(" ", ","), digest(np.concatenate(drawn)), firsts, file=out)

with open(HERE / "logarithms.txt", "w") as out:
    for function, seed, count in [("log", 7, 200000), ("log1p", 8, 200000)]:
        uniform = np.random.default_rng(seed).random(count)
        values = [math.log(u) if function == "log" else math.log1p(-u) for u in uniform]
        print(function, seed, count, digest(values), file=out)

STEP = 2.0**-53
with open(HERE / "log1p-edges.txt", "w") as out:
    for edge in [STEP, 2**-29, 0x12BEC4 * 2**-22, 0.5, 0.75, 1 - STEP]:
        for offset in [0, 1, 2, 2**20, 2**31, 2**32, 2**33]:
            for u in (edge - offset * STEP, edge + offset * STEP):
                if 0 <= u < 1:
                    print((-u).hex(), math.log1p(-u).hex(), file=out)
