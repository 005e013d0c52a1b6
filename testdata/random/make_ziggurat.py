"""Makes src/main/resources/devml/random/ziggurat.txt: the layers of NumPy's ziggurat for normal numbers.

The recursion is Doornik's (2005): x[i] = sqrt(-2 log(f(x[i+1]) + v/x[i+1])), f(x) = exp(-x*x/2), down from
x[255] = R. NumPy's authors ran it in double precision once and keep what came out, so the steps must round as theirs
did: exp and log correctly (decimal gives that), but for one exp, which their C library rounded the other way.

    python3 testdata/random/make_ziggurat.py
"""

import math
import pathlib
from decimal import Decimal, getcontext

getcontext().prec = 60
R = 3.654152885361009
V = 0.004928673233974652


def density(x):
    return float(Decimal(-0.5 * x * x).exp())


rows = [(R, density(R))]
for layer in range(254, 0, -1):
    x, f = rows[-1]
    x = math.sqrt(-2 * float(Decimal(f + V / x).ln()))
    f = density(x)
    rows.append((x, math.nextafter(f, 1) if layer == 38 else f))
rows.append((0.0, 1.0))

target = pathlib.Path(__file__).parents[2] / "src/main/resources/devml/random/ziggurat.txt"
header = "# Right edge x of each of the 256 layers, and exp(-x*x/2); made by testdata/random/make_ziggurat.py\n"
target.write_text(header + "".join(f"{x.hex()} {f.hex()}\n" for x, f in reversed(rows)))
