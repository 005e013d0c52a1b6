"""What random configurations are drawn with: shapes, options, values; r is a random.Random."""

from dataclasses import dataclass, field

import numpy as np


SCALE = 1  # how much larger than usual extents may be


@dataclass
class Draw:
    """A layer as a network file has it, and the arrays that it reads; a tuple stands for normal values of that shape."""

    layer: dict
    inputs: dict = field(default_factory=dict)
    is_loss: bool = False
    training: bool = True
    reference: dict | None = None  # what computes it and what else cases_recurrent.case takes, where it is not PyTorch's function of that name
    options: dict = field(default_factory=dict)  # beside a reference, the layer's


def chance(r, probability):
    return r.random() < probability


def some(r, **options):
    """Some of the options; a default often stays away from the file."""
    return {name: value for name, value in options.items() if chance(r, 0.6)}


def shape(r, low=0, high=4, most=5, empty=0.02):
    rank = r.randint(low, high)
    most = most * SCALE if rank < 4 else most
    return tuple(0 if chance(r, empty) else r.randint(1, most) for _ in range(rank))


def each(r, dims, low, high):
    """One number for all dimensions, or a row of them."""
    if dims == 1:
        value = r.randint(low, high)
        return [value] if chance(r, 0.1) else value
    return r.randint(low, high) if chance(r, 0.4) else [r.randint(low, high) for _ in range(dims)]


def spatial(r, dims, low=1, high=8):
    return tuple(r.randint(low, high * SCALE if dims < 3 else 5) for _ in range(dims))


def batch(r):
    """A batch dimension, which may be empty, or none."""
    return () if chance(r, 0.25) else (0 if chance(r, 0.05) else r.randint(1, 3),)


def few(r, most):
    """A number of channels, features, steps."""
    return r.randint(1, most * SCALE)


def values(r, dims, scale=2.0, ties=0.2):
    """Normal values, now and then rounded so that there are ties and zeros."""
    rng = np.random.default_rng(r.getrandbits(32))
    array = np.array(rng.standard_normal(dims) * scale)
    return np.round(array) if chance(r, ties) else array


def between(r, dims, low, high):
    return np.array(np.random.default_rng(r.getrandbits(32)).uniform(low, high, dims))


def integers(r, dims, low, high):
    return np.array(np.random.default_rng(r.getrandbits(32)).integers(low, high, dims))


def axis(r, rank):
    return r.randint(-rank, rank - 1) if rank else 0


def broadcastable(r, dims):
    """A shape that broadcasts to the given one."""
    kept = dims[r.randint(0, len(dims)):] if chance(r, 0.5) else dims
    return tuple(1 if chance(r, 0.3) else extent for extent in kept)
