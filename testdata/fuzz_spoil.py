"""Makes an unusual configuration of a drawn one: another value or type of an option, another shape, type or values of an input."""

import numpy as np

from case_files import array_of


def spoil(draw, r):
    """Changes one thing about a drawn configuration, sometimes two; whether PyTorch takes the result is PyTorch's to say."""
    rng = np.random.default_rng(r.getrandbits(32))
    draw.inputs = {name: array_of(value, rng) for name, value in draw.inputs.items()}
    for _ in range(r.choice([1, 1, 2])):
        options = [name for name, value in draw.layer.items() if name not in ("layer", "from") and not (isinstance(value, str) and value in draw.inputs)]
        change = r.choice([other, extent, rank, dtype, zeros, zeros])
        part, names = (draw.layer, options) if change is other else (draw.inputs, list(draw.inputs))
        if names:
            name = r.choice(names)
            part[name] = change(part[name], r)
    return draw


def other(value, r):
    """Another value of an option: a neighbour, the opposite, one of another type, or a row of another length."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        if not value or r.random() < 0.3:
            return r.choice([[], value[:1], value + [1], value[:-1]])
        at = r.randrange(len(value))
        return [other(item, r) if i == at else item for i, item in enumerate(value)]
    if isinstance(value, str):
        return r.choice(["none", 1, 2])
    return r.choice([value - 1, value + 1, -value, 0, 1, float(value), value + 0.5, value * 3, [value], [value, value]])


def extent(array, r):
    """One element more or less along a dimension, or one of them alone, or none."""
    if array.ndim == 0:
        return array
    axis = r.randrange(array.ndim)
    count = array.shape[axis]
    kept = r.choice([range(count + 1), range(max(count - 1, 0)), range(min(count, 1)), range(0)])
    return np.take(array, np.array(kept, dtype=int), axis, mode="clip") if count else array


def rank(array, r):
    """A dimension more, in front, behind or between; or fewer."""
    if array.ndim == 0 or r.random() < 0.5:
        return np.expand_dims(array, r.randint(0, array.ndim))
    return array[0] if array.shape[0] and r.random() < 0.5 else array.reshape(-1)


def dtype(array, r):
    """Whole numbers in place of real ones, truth values, or real ones in place of whole ones."""
    return np.array(np.round(array) if array.dtype.kind == "f" else array).astype(r.choice([np.int64, np.int64, np.int32, bool, np.float64]))


def zeros(array, r):
    """Some zeros and ones among real numbers, where functions have kinks and ties."""
    array = np.array(array)
    for _ in range(r.randint(1, 3) if array.dtype.kind == "f" and array.size else 0):
        array.flat[r.randrange(array.size)] = r.choice([0.0, 0.0, -0.0, 1.0, -1.0])
    return array
