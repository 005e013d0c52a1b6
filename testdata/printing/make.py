"""Writes cases.json: arrays and the text that NumPy's print gives of them (made with NumPy 2.4.6).

    python3 testdata/printing/make.py

Each case has a dtype, a shape, values (hexadecimal floats, or integers; repeated in turn to fill the shape) and the lines of the text.
"""

import json
import pathlib

import numpy as np

cases = []
rng = np.random.default_rng(20240229)


def case(name, values, shape=None, dtype=np.float64):
    values = np.asarray(values, dtype)
    array = np.resize(values, values.shape if shape is None else shape)
    flat = values.ravel()[: max(1, array.size)]
    texts = [str(int(v)) if dtype is np.int64 else float(v).hex() for v in flat]
    cases.append(
        {
            "name": f"{name} {np.dtype(dtype)}",
            "dtype": str(np.dtype(dtype)),
            "shape": list(array.shape),
            "values": texts,
            "text": str(array).split("\n"),
        }
    )
    return str(array)


def both(name, values, shape=None):
    with np.errstate(over="ignore"):
        case(name, values, shape)
        case(name, values, shape, np.float32)


# What the notebook "Simple backpropagation in Devito" prints, from the digits that it shows.
NOTEBOOK = {
    "conv kernel gradient": ((2, 2, 2, 2), """\
[[[[ 2.52394244  2.48879787]
   [ 2.38336418  2.34821962]]

  [[ 2.80713868  0.41273551]
   [-0.14057825  2.57469963]]]


 [[[ 4.78655447  5.42670352]
   [ 7.34715068  7.98729973]]

  [[ 0.95639079  1.29162432]
   [ 2.56059621  1.5953034 ]]]]"""),
    "conv bias gradient": ((2,), "[-0.03514456  0.64014905]"),
    "fc kernel gradient": ((3, 8), """\
[[ 2.67242849e+01  3.03500473e+01  4.22950883e+01  4.70518591e+01
   2.64219242e+01  3.00476867e+01  4.19927277e+01  4.67494985e+01]
 [ 2.52522893e-07  2.86783418e-07  3.99654401e-07  4.44602041e-07
   2.49665829e-07  2.83926354e-07  3.96797337e-07  4.41744977e-07]
 [-2.67242852e+01 -3.03500476e+01 -4.22950887e+01 -4.70518596e+01
  -2.64219245e+01 -3.00476870e+01 -4.19927281e+01 -4.67494989e+01]]"""),
    "fc bias gradient": ((3,), "[ 9.99999991e-01  9.44919169e-09 -1.00000000e+00]"),
    "conv kernel error": ((2, 2, 2, 2), """\
[[[[2.01877140e-07 3.94801855e-07]
   [3.07473025e-07 3.10464598e-07]]

  [[8.58674692e-08 3.13463644e-07]
   [3.28439227e-06 1.90526279e-07]]]


 [[[2.82935917e-08 1.30557783e-08]
   [4.81751494e-08 2.34705184e-08]]

  [[1.18480278e-07 1.01032443e-07]
   [7.77058406e-09 6.25597436e-08]]]]"""),
    "conv bias error": ((2,), "[3.28439227e-06 7.77058389e-09]"),
    "fc kernel error": ((3, 8), """\
[[8.18678810e-09 2.36218444e-08 3.30552477e-08 3.54522337e-08
  1.33973518e-08 2.83589833e-08 3.65128070e-08 3.85734888e-08]
 [4.10119855e-06 4.01238638e-06 3.99316853e-06 4.00372797e-06
  4.03413996e-06 4.05262906e-06 4.02182561e-06 4.02953748e-06]
 [1.26240327e-09 1.41726531e-08 2.36060563e-08 2.60030427e-08
  3.94816045e-09 1.89097921e-08 2.70636159e-08 2.91242978e-08]]"""),
    "fc bias error": ((3,), "[9.44926493e-09 4.04605208e-06 7.34967642e-14]"),
    "largest error of the conv layer": ((), "3.284392272922269e-06"),
    "largest error": ((), "4.101198550901649e-06"),
}
for name, (shape, text) in NOTEBOOK.items():
    numbers = [float(word) for word in text.translate(str.maketrans("[]", "  ")).split()]
    assert case("notebook: " + name, np.reshape(numbers, shape)) == text

for scalar in [0.0, -0.0, 1.0, -2.5, 0.1, 1 / 3, 1e-4, 9.9e-5, 123456789.0, 1e15, 1e16, 1.5e16, 1e22, 1e23, 5e-324, 2e-323, 1e-45,
               1.7976931348623157e308, 3.4e38, 2.0**-44, 16777216.0, np.nan, np.inf, -np.inf]:
    if abs(scalar) < 1e39 or not np.isfinite(scalar):
        both(f"scalar {scalar!r}", scalar)
    else:
        case(f"scalar {scalar!r}", scalar)

both("single", [2.5])
both("halves and wholes", [1.0, 0.25, -3.5, 10.0])
both("wholes only", [1.0, 2.0, 300.0])
both("negative zeros", [0.0, -0.0, 1.0])
both("only zeros", [0.0, 0.0])
both("only a negative zero", [-0.0])
both("zeros beside small", [0.0, 1.5e-9, -0.0])
both("thirds", np.arange(1, 8) / 3)
both("powers of ten", 10.0 ** np.arange(-3, 1))
both("ratio of a thousand", [0.001, 1.0])
both("ratio above a thousand", [0.001, 1.001])
both("ratio above a thousand, long", [0.0012345678, 9.87654321])
both("smallest without exponent", [1e-4, 1e-3])
both("smaller than that", [9.999e-5, 1e-3])
both("below one million", [999999.0, 999998.5])
both("one million", [1e6, 999999.0])
both("below a hundred million", [99999999.0, 99999998.0])
both("a hundred million", [1e8, 99999999.0])
both("long exponents of one digit", [1e-5, 1e5])
both("few digits in single precision", [0.1, 1.2345678e-5, 0.7])
both("rounds up to the next power", [9.9999999999e-6, 1.0])
both("rounds half to even", [0.000000005, 0.5 + 2**-9, 1.0])
both("ties at the eighth digit", [1 + 2.0**-9 + 2.0**-10, 0.001953125, 0.998046875])
case("exact tie with an exponent", [10.00390625, 10.01171875, 1e-5])
case("a tie only of the shortest digits", [0.123450015, 0.123450025, 0.123450035])
case("ratio of a thousand only when rounded", [float(np.float32(0.0001033011)), float(np.float32(0.1033011))], dtype=np.float32)
case("exact tie at the ninth digit", [0.001953125 + 0.5, 0.1234567850000000077])
case("three-digit exponents", [1e100, 1.0, 1e-100])
case("three-digit exponents and long digits", [1.23456789012e-200, -3e7])
case("smallest and largest", [5e-324, 1.7976931348623157e308])
case("subnormal", [5e-324, 2.2250738585072014e-308])
case("ratio overflows", [1e-300, 1e300])
both("only nan", [np.nan])
both("only infinities", [np.inf, -np.inf])
both("nan among wholes", [1.0, np.nan, 3.0])
both("infinities among fractions", [0.5, np.inf, -np.inf, np.nan, 22.75])
both("nan and exponents", [1e-10, np.nan, -np.inf, 1.0])
both("infinity beside one digit", [1.0, np.inf])
both("minus infinity beside one digit", [1.0, -np.inf])
both("empty", [], (0,))
both("empty of three dimensions", [], (2, 0, 3))
both("matrix", [1.5, -2.25, 3.125, 4.0, 5.0, 6.0], (2, 3))
both("column", [1.5, -2.25, 3.125], (3, 1))
both("one by one by one", [7.0], (1, 1, 1))
both("five dimensions", np.arange(16) / 4, (2, 1, 2, 2, 2))
both("wrapped line", np.arange(40) * 1.25)
both("wrapped line with padding at its end", [1.25, 1.0, 2.0], (60,))
both("wrapped rows", rng.standard_normal(24), (2, 12))
both("wrapped rows of three dimensions", rng.standard_normal(60) * 100, (2, 2, 15))
both("exactly as wide as a line", [0.12345678, 0.5], (7,))
both("random", rng.random(12), (3, 4))
both("random, wide range", rng.standard_normal(12) * 10.0 ** rng.integers(-12, 12, 12), (4, 3))
both("a thousand", np.arange(8) / 8, (1000,))
both("summary of one dimension", np.arange(9) / 8, (1001,))
both("summary of two dimensions", rng.standard_normal(77), (40, 50))
both("summary of one long row", rng.standard_normal(77), (1, 1200))
both("summary of many rows", rng.standard_normal(77), (300, 4))
both("summary of three dimensions", rng.standard_normal(77) * 1e-7, (9, 8, 20))
both("summary that shows a whole axis", rng.standard_normal(13), (6, 7, 40))
case("summary that hides nothing", [1.0, 2.5], (2,) * 10)
both("hidden elements do not count", [1.0, 2.0, 3.0, 1e-30, 1e-30, 1e-30, 1e-30, 4.0, 5.0, 6.0], (101, 10))
both("summary with nan", [1.0, np.nan, 2.25, -np.inf, 5.0], (1003,))
both("deep and wrapped", rng.standard_normal(31), (1, 1, 1, 1, 1, 31))

for name, values, shape in [
    ("integers", [1, 20, -300], None),
    ("integer scalar", -7, None),
    ("integer matrix", list(range(12)), (3, 4)),
    ("truth values", [0, 1, 1], None),
    ("extreme integers", [-(2**63), 2**63 - 1, 2**53 + 1], None),
    ("wrapped integers", list(range(50)), None),
    ("summary of integers", list(range(13)), (1001,)),
    ("summary of an integer matrix", [-5, 17, 200000], (31, 37)),
    ("no integers", [], (0, 4)),
]:
    case(name, values, shape, np.int64)

target = pathlib.Path(__file__).with_name("cases.json")
with target.open("w", encoding="utf-8", newline="\n") as out:
    out.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "cases")
