"""Makes the golden values of the elementary functions: python3 testdata/elementary/golden.py (mpmath 1.3 and NumPy; seconds).

NAME.npy has a row for each point: the argument, the float64 nearest to the true value, and what the true value has more,
in units in the last place of the true value (power.npy: base and exponent first). The points are random ones of all
sizes, neighbours of where a method changes over, the ends of the range, and hard.npz: those out of 20 million a
function at which devml.fast.elementary was furthest from the C library's long double.
"""

import zlib
from pathlib import Path

import numpy as np
from mpmath import cos, erf, exp, expm1, frexp, log, log1p, mp, mpf, nint, sin, tanh

HERE = Path(__file__).parent
RANDOM = 2000


def sigmoid(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log1p(exp(x))


def accurate_expm1(x):
    return expm1(x) if abs(x) > mpf(10) ** -30 else x + x * x / 2


def accurate_log1p(x):
    return log1p(x) if abs(x) > mpf(10) ** -30 else x - x * x / 2


def accurate_tanh(x):
    return tanh(x) if abs(x) > mpf(10) ** -25 else x - x**3 / 3


# The functions, and the ranges of their random points.
FUNCTIONS = {
    "exp": (exp, [(-1, 1), (-30, 30), (-745, 709), (-746, -705)]),
    "expm1": (accurate_expm1, [(-1, 1), (-45, 45), (-2, 2), (40, 709)]),
    "log": (log, [(0.5, 2), (0.9, 1.1), (0, 100), (0, 1e300)]),
    "log1p": (accurate_log1p, [(-0.5, 1), (-1, 0), (-0.1, 0.1), (0, 1e20)]),
    "sin": (sin, [(-1, 1), (-10, 10), (-8192, 8192), (-1e9, 1e9)]),
    "cos": (cos, [(-1, 1), (-10, 10), (-8192, 8192), (-1e9, 1e9)]),
    "tanh": (accurate_tanh, [(-1, 1), (-0.4, 0.4), (-5, 5), (-20, 20)]),
    "erf": (erf, [(-1, 1), (-2, 2), (0.9, 1.2), (-6, 6)]),
    "sigmoid": (sigmoid, [(-1, 1), (-10, 10), (-40, 40), (-745, 40)]),
    "softplus": (softplus, [(-1, 1), (-10, 10), (-40, 40), (-745, 400)]),
}
EDGES = {
    "exp": [708, -708, 709.782712893384, -708.3964185322641, -745.1332191019411],
    "expm1": [708, 709.782712893384, -36.7, -37.5, 36.7, 37.4],
    "log": [2.0**-0.5, 2.0**0.5, 1, 2, 2.0**-1022, 2.0**1023],
    "log1p": [2.0**-0.5 - 1, 2.0**0.5 - 1, -1 + 2.0**-53, 2.0**53, 2.0**1000, 2.0**1023],
    "sin": [8192, 2.0**20, 1e22, 2.0**1023],
    "cos": [8192, 2.0**20, 1e22, 2.0**1023],
    "tanh": [18.7, 19, 19.06, 20, 350],
    "erf": [1, -1, 5.92, 5.93, 6, -6],
    "sigmoid": [36.7, 37.5, -350, -708, -745, 350],
    "softplus": [36.7, 37.5, -350, -708, -745, 350],
}


def points(name, hard):
    random = np.random.default_rng(zlib.crc32(name.encode()))
    positive = name == "log"
    found = [hard]
    for low, high in FUNCTIONS[name][1]:
        found.append(random.uniform(low, high, RANDOM // 5))
    small = random.uniform(0.5, 1, RANDOM // 5) * 2.0 ** -random.integers(0, 1074, RANDOM // 5).astype(float)
    found.append(small if positive else small * random.choice([-1, 1], small.size))
    ties = np.log(2) / 2 if name not in ("sin", "cos") else np.pi / 4
    multiples = ties * random.integers(-40, 40, 100)
    found.append(np.exp(multiples) if positive else multiples)
    for edge in EDGES[name] + [2.0**-1022, 2.0**-1074, 1e-300, 1e-8, 2.0**-27]:
        found.append(neighbours(edge))
    x = np.unique(np.concatenate(found))
    return x[(x > 0) if positive else (x > -1) if name == "log1p" else x != 0]


def neighbours(x):
    around = [x]
    for direction in (-np.inf, np.inf):
        y = x
        for _ in range(3):
            y = np.nextafter(y, direction)
            around.append(y)
    return np.array(around)


def row(value):
    """The nearest float64, and the rest in units in the last place of the value."""
    ulp = mpf(2) ** (max(frexp(value)[1], -1021) - 53)
    nearest = nint(value / ulp) * ulp
    if nearest >= mpf(2) ** 1024:
        return float("inf"), 0.0
    return float(nearest), float((value - nearest) / ulp)


def main():
    hard = np.load(HERE / "hard.npz")
    for name, (function, _) in FUNCTIONS.items():
        rows = []
        for x in points(name, hard[name]):
            mp.dps = 400 if abs(x) > 1e9 else 60  # the reduction of a huge argument cancels all its digits
            rows.append((x, *row(function(mpf(float(x))))))
        np.save(HERE / f"{name}.npy", np.array(rows))
    mp.dps = 60
    random = np.random.default_rng(1)
    rows = []
    for i in range(RANDOM):
        # Most are where the logarithm's error counts most: fractions far from 1, powers near the ends of the range.
        low, high = [(1.2, 1.4143), (0.707, 0.9), (0.707, 1.4143), (1 - 1e-6, 1 + 1e-6), (0, 10), (1e-300, 1e300)][i % 6]
        x = random.uniform(low, high)
        p = random.uniform(-745, 745) / np.log(x) if i % 7 else random.uniform(-5, 5)
        rows.append((x, p, *row(exp(p * log(mpf(float(x)))))))
    np.save(HERE / "power.npy", np.array(rows))


if __name__ == "__main__":
    main()
