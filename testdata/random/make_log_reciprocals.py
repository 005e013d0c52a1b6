"""Makes src/main/resources/devml/random/log-reciprocals.txt: the points at which the C library's log has its table.

They are near the middles of 128 intervals, but chosen by a search for logarithms with few digits, so no formula gives
them: they are read from the table in glibc's libm (2.28 or later), found by the numbers that stand before it.

    python3 testdata/random/make_log_reciprocals.py [/lib/x86_64-linux-gnu/libm.so.6]
"""

import math
import pathlib
import struct
import sys

libm = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/lib/x86_64-linux-gnu/libm.so.6").read_bytes()
before = [float.fromhex(x) for x in ("0x1.62e42fefa38p-1", "0x1.ef35793c7673p-45", "-0x1.0000000000001p-1")]
start = libm.index(struct.pack("<3d", *before)) + 8 * (2 + 5 + 11)  # log 2 in two parts, two polynomials
table = struct.unpack_from("<256d", libm, start)
reciprocals, logs = table[0::2], table[1::2]

# Everything else about the table follows from them.
assert all(log == round(-math.log(reciprocal) * 2**43) / 2**43 for reciprocal, log in zip(reciprocals, logs))

target = pathlib.Path(__file__).parents[2] / "src/main/resources/devml/random/log-reciprocals.txt"
header = """\
# 1/c for the points c of log's table in glibc; made by testdata/random/make_log_reciprocals.py
# The numbers are from the Arm Optimized Routines, Copyright (c) 2018 Arm Ltd, MIT OR Apache-2.0 WITH LLVM-exception.
"""
target.write_text(header + "".join(f"{reciprocal.hex()}\n" for reciprocal in reciprocals))
