#!/usr/bin/python3
"""Writes digits/*.npy from the copy of the handwritten digits that scikit-learn comes with (Debian's python3-sklearn). See digits/README.md."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np

DIGITS = Path(__file__).resolve().parent / "digits"
SOURCE = Path(find_spec("sklearn").submodule_search_locations[0]) / "datasets/data/digits.csv.gz"

rows = np.loadtxt(SOURCE, delimiter=",")
images, labels = rows[:, :64].reshape(-1, 1, 8, 8), rows[:, 64]
grey = (images / 16).astype(np.float16)  # sixteenths are exact in float16

np.save(DIGITS / "images.npy", images.astype(np.uint8))
np.save(DIGITS / "labels.npy", labels.astype(np.uint8))
np.save(DIGITS / "labels-64.npy", labels[:64].astype(np.uint8))
np.save(DIGITS / "labels-16.npy", labels[:16].astype(np.uint8))
np.save(DIGITS / "images-8x8-64.npy", grey[:64])
np.save(DIGITS / "images-8x8-16.npy", grey[:16])
np.save(DIGITS / "images-32x32.npy", grey[:64].repeat(4, axis=2).repeat(4, axis=3))
