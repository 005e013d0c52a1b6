"""Random configurations of every layer, some of which no one can accept: what fuzz.py writes as cases."""

import numpy as np

import fuzz_structured
from fuzz_draw import Draw, axis, batch, between, broadcastable, chance, each, few, integers, shape, some, spatial, values


def draw(kind, r):
    """A configuration of a layer, from a random.Random."""
    return DRAWS[kind](kind, r)


# --- convolutions, pools and their like --------------------------------------------------------------------------------------------------------

def convolution(kind, r):
    dims = int(kind[-2])
    transposed = "transpose" in kind
    groups = r.choice([1, 1, 1, 2, 3])
    channels = groups * few(r, 2) if chance(r, 0.97) else groups + 1
    options = {"out_channels": groups * few(r, 3) if chance(r, 0.97) else groups + 1, "kernel_size": each(r, dims, 1, 3 if dims > 2 else 4)}
    if groups > 1:
        options["groups"] = groups
    options.update(some(r, stride=each(r, dims, 1, 3), dilation=each(r, dims, 1, 3), padding=each(r, dims, 0, 2), bias=chance(r, 0.5)))
    if transposed:
        options.update(some(r, output_padding=each(r, dims, 0, 1)))
    else:
        if chance(r, 0.15):
            options["padding"] = r.choice(["same", "valid"])
            if chance(r, 0.8):
                options.pop("stride", None)
        if chance(r, 0.4):
            options["padding_mode"] = r.choice(["zeros", "reflect", "replicate", "circular"])
    return Draw({"layer": kind, **options}, {"x": values(r, (*batch(r), channels, *spatial(r, dims, 1 if transposed else 2)))})


def pool(kind, r):
    dims = int(kind[-2])
    options = {"kernel_size": each(r, dims, 1, 4), **some(r, stride=each(r, dims, 1, 4), ceil_mode=chance(r, 0.5))}
    if chance(r, 0.05):
        options["stride"] = "none"
    if kind.startswith("lp"):
        options["norm_type"] = r.choice([1, 2, 3, 1.5, 2.0])
        x = values(r, (*batch(r), r.randint(1, 3), *spatial(r, dims)), ties=0)
        return Draw({"layer": kind, **options}, {"x": x if chance(r, 0.2) and options["norm_type"] != 1.5 else np.abs(x) + 0.1})
    options.update(some(r, padding=each(r, dims, 0, 2)))
    if kind.startswith("max"):
        options.update(some(r, dilation=each(r, dims, 1, 3), return_indices=chance(r, 0.5)))
    else:
        options.update(some(r, count_include_pad=chance(r, 0.5)))
        if dims > 1 and chance(r, 0.2):
            options["divisor_override"] = r.choice([1, 3, -2, 7])
    return Draw({"layer": kind, **options}, {"x": values(r, (*batch(r), r.randint(1, 3), *spatial(r, dims)))})


def adaptive_pool(kind, r):
    dims = int(kind[-2])
    size = each(r, dims, 1, 7)
    if isinstance(size, list) and chance(r, 0.5):
        size[r.randrange(dims)] = "none"
    indices = some(r, return_indices=chance(r, 0.5)) if "max" in kind else {}
    return Draw({"layer": kind, "output_size": size, **indices}, {"x": values(r, (*batch(r), r.randint(1, 3), *spatial(r, dims)))})


def blocks(kind, r):
    options = {"kernel_size": each(r, 2, 1, 3), **some(r, stride=each(r, 2, 1, 3), dilation=each(r, 2, 1, 2), padding=each(r, 2, 0, 2))}
    channels, picture = r.randint(1, 3), spatial(r, 2, 2)
    if kind == "unfold":
        return Draw({"layer": kind, **options}, {"x": (*batch(r), channels, *picture)})
    pair = lambda name, default: options.get(name, default) if isinstance(options.get(name, default), list) else [options.get(name, default)] * 2
    kernel, stride, dilation, padding = pair("kernel_size", 1), pair("stride", 1), pair("dilation", 1), pair("padding", 0)
    places = [(picture[i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1) // stride[i] + 1 for i in (0, 1)]
    columns = max(places[0] * places[1], 1) + (1 if chance(r, 0.05) else 0)
    return Draw({"layer": kind, "output_size": list(picture), **options}, {"x": (*batch(r), channels * kernel[0] * kernel[1], columns)})


def upsample(kind, r):
    dims = r.randint(1, 3)
    mode = r.choice(["nearest", "nearest-exact", "area", {1: "linear", 2: "bilinear", 3: "trilinear"}[dims], "bicubic"])
    options = {"mode": mode}
    if chance(r, 0.5):
        options["size"] = each(r, dims, 1, 9) if dims > 1 else r.randint(1, 9)
    else:
        options["scale_factor"] = r.choice([2, 3, 0.5, 1.5, 1.3, 2.3, 2.7]) if chance(r, 0.5) else [r.choice([1, 2, 3, 0.7, 1.2, 1.6, 2.2]) for _ in range(dims)]
        options.update(some(r, recompute_scale_factor=chance(r, 0.5)))
    if mode not in ("nearest", "nearest-exact", "area"):
        options.update(some(r, align_corners=chance(r, 0.5)))
    return Draw({"layer": kind, **options}, {"x": (r.randint(1, 2), r.randint(1, 3), *spatial(r, dims, 1, 6))})


def shuffle(kind, r):
    factor = r.randint(1, 3)
    name = "upscale_factor" if kind == "pixel_shuffle" else "downscale_factor"
    if kind == "pixel_shuffle":
        x = (*shape(r, 0, 2, 3), factor * factor * r.randint(1, 2), *spatial(r, 2, 1, 4))
    else:
        x = (*shape(r, 0, 2, 3), r.randint(1, 3), factor * r.randint(1, 3), factor * r.randint(1, 3))
    return Draw({"layer": kind, name: factor}, {"x": x})


# --- activations and normalisations ------------------------------------------------------------------------------------------------------------

POINTWISE = {
    "abs": {}, "exp": {}, "relu": {}, "relu6": {}, "selu": {}, "silu": {}, "mish": {}, "sigmoid": {}, "tanh": {}, "tanhshrink": {}, "softsign": {},
    "hardsigmoid": {}, "hardswish": {}, "logsigmoid": {}, "neg": {}, "sin": {}, "cos": {}, "erf": {}, "square": {}, "expm1": {}, "sinh": {},
    "cosh": {}, "leaky_relu": {"negative_slope": (-0.5, 1)}, "elu": {"alpha": (-1, 2)}, "celu": {"alpha": (0.3, 2)},
    "softplus": {"beta": (0.3, 3), "threshold": (0.5, 4)}, "softshrink": {"lambd": (0, 1.5)}, "hardshrink": {"lambd": (0, 1.5)},
    "hardtanh": {"min_val": (-2, 0), "max_val": (0.1, 2)}, "rrelu": {"lower": (0, 0.2), "upper": (0.2, 1)}, "clamp": {"min": (-1, 0.5), "max": (-0.5, 2)},
}
POSITIVE = ("log", "sqrt", "log1p", "log2", "log10", "rsqrt", "reciprocal")


def pointwise(kind, r):
    options = {name: r.choice([low, high, 1, round(r.uniform(low, high), 2)]) for name, (low, high) in POINTWISE[kind].items() if chance(r, 0.6)}
    if kind == "clamp" and not options:
        options["min"] = 0
    if kind in ("elu", "celu") and options.get("alpha") == 0:
        options["alpha"] = 0.5
    # PyTorch rounds celu's alpha to float32, and its scalar and vector code differ at hardswish's kinks.
    if "alpha" in options and kind == "celu":
        options["alpha"] = r.choice([0.25, 0.5, 1.5])
    return Draw({"layer": kind, **options}, {"x": values(r, shape(r), ties=0 if kind == "hardswish" else 0.2)})


def positive(kind, r):
    return Draw({"layer": kind}, {"x": between(r, shape(r), 0.1, 5)})


def threshold(kind, r):
    return Draw({"layer": kind, "threshold": r.choice([0, 0.5, -1]), "value": r.choice([0, 20, -3.5])}, {"x": values(r, shape(r))})


def gelu(kind, r):
    return Draw({"layer": kind, **some(r, approximate=r.choice(["none", "tanh"]))}, {"x": values(r, shape(r))})


def glu(kind, r):
    x = list(shape(r, 1))
    dim = axis(r, len(x))
    x[dim] *= 2 if chance(r, 0.95) else 1
    return Draw({"layer": kind, "dim": dim}, {"x": tuple(x)})


def prelu(kind, r):
    x = shape(r, 0)
    channels = x[1] if len(x) > 1 else 1
    return Draw({"layer": kind, **some(r, num_parameters=channels)}, {"x": values(r, x)})


def soft(kind, r):
    x = shape(r)
    return Draw({"layer": kind, **({"dim": axis(r, len(x))} if chance(r, 0.8) else {})}, {"x": values(r, x)})


def batch_norm(kind, r):
    rank = r.randint(2, 5)
    x = (1 if rank > 2 and chance(r, 0.1) else r.randint(4, 6), r.randint(1, 4), *spatial(r, rank - 2, 1, 4))
    options = some(r, eps=r.choice([1e-5, 1e-3, 0.1, 0, 1]), momentum=r.choice([0.1, 0.5, 1.0, 0, "none", 1.5]), affine=chance(r, 0.5),
                   track_running_stats=chance(r, 0.6))
    return Draw({"layer": kind, **options}, {"x": values(r, x, ties=0)}, training=chance(r, 0.6))


def instance_norm(kind, r):
    x = (r.randint(1, 3), r.randint(1, 4), 4, *spatial(r, r.randint(0, 2), 1, 4))
    dims = len(x) - 2 if chance(r, 0.4) else None
    x = x[1:3] if chance(r, 0.05) else x[1:] if dims and chance(r, 0.5) else x
    options = some(r, eps=r.choice([1e-5, 1e-3, 0.1, 0]), momentum=r.choice([0.1, 0.5, 1.0, "none"]), affine=chance(r, 0.5),
                   track_running_stats=chance(r, 0.6))
    options.update({"dims": dims} if dims else {})
    return Draw({"layer": kind, **options}, {"x": values(r, x, ties=0)}, training=chance(r, 0.6))


def layer_norm(kind, r):
    x = shape(r, 1)
    count = r.randint(1, len(x))
    while np.prod(x[-count:]) < 4:  # with fewer, gradients are differences of nearly equal numbers
        x = shape(r, 1)
        count = r.randint(1, len(x))
    normalized = x[-1] if count == 1 and chance(r, 0.5) else list(x[-count:])
    options = some(r, eps=r.choice([1e-5, 1e-2, 0.1, 0, "none"] if kind == "rms_norm" else [1e-5, 1e-2, 0.1, 0]), elementwise_affine=chance(r, 0.6))
    if kind == "layer_norm":
        options.update(some(r, bias=chance(r, 0.5)))
    return Draw({"layer": kind, "normalized_shape": normalized, **options}, {"x": values(r, x, ties=0)})


def group_norm(kind, r):
    groups = r.randint(1, 3)
    x = (r.randint(1, 3), groups * r.randint(4, 6), *spatial(r, r.randint(0, 3), 1, 4))
    options = some(r, eps=r.choice([1e-5, 1e-2, 0.1, 0]), affine=chance(r, 0.6))
    return Draw({"layer": kind, "num_groups": groups, **options}, {"x": values(r, x, ties=0)})


def local_response_norm(kind, r):
    x = (r.randint(1, 3), r.randint(1, 6), *spatial(r, r.randint(1, 3), 1, 4))
    options = some(r, alpha=r.choice([1e-4, 0.5, 1]), beta=r.choice([0.75, 0.5, 1.5]), k=r.choice([1, 2, 0.5, 0]))
    return Draw({"layer": kind, "size": r.randint(1, 7), **options}, {"x": x})


def normalize(kind, r):
    x = tuple(extent + 1 for extent in shape(r, 1, empty=0))
    p = r.choice([1, 2, 3, 1.5, 2.0, "inf", 0, 0.5, -1, "-inf"])
    dim = r.sample(range(len(x)), r.randint(1, len(x))) if chance(r, 0.2) else axis(r, len(x))
    options = {"dim": dim, **some(r, p=p, eps=r.choice([1e-12, 0.5, 3, 0]))}
    return Draw({"layer": kind, **options}, {"x": values(r, x, ties=0.3 if options.get("p", 2) in (0, "inf", 1, "-inf") else 0)})


def distance(kind, r):
    if kind == "cosine_similarity":
        x = tuple(extent + 1 for extent in shape(r, 1, empty=0))  # a vector of one element has the gradient 0
        options = {"dim": axis(r, len(x)), **some(r, eps=r.choice([1e-8, 0.1]))}
    else:
        x = shape(r, 1)
        options = some(r, p=r.choice([1, 2, 3, 1.5, "inf", 0, 0.5, -1, "-inf"]), eps=r.choice([1e-6, 0.1, 0]), keepdim=chance(r, 0.5))
    other = x
    if chance(r, 0.3):
        dim = options.get("dim", -1) % len(x)
        other = tuple(1 if chance(r, 0.4) and i != dim else extent for i, extent in enumerate(x))
        other = other[r.randint(0, dim):] if options.get("dim", -1) < 0 else other
    inputs = {"x1": values(r, x, ties=0), "x2": values(r, other, ties=0)}
    if chance(r, 0.2):  # vectors of zeros, and equal ones
        inputs["x1"] = inputs["x1"] * integers(r, x[:-1] + (1,), 0, 2)
        inputs["x2"] = inputs["x1"] if kind == "pairwise_distance" and other == x and chance(r, 0.3) else inputs["x2"] * integers(r, other[:-1] + (1,), 0, 2)
    return Draw({"layer": kind, "from": ["x1", "x2"], **options}, inputs)


# --- products, arithmetic, elements moved about ------------------------------------------------------------------------------------------------

def linear(kind, r):
    return Draw({"layer": kind, "out_features": few(r, 4), **some(r, bias=chance(r, 0.5))}, {"x": shape(r, 1)})


def bilinear(kind, r):
    lead = shape(r, 0, 3, 3)
    inputs = {"x1": (*lead, few(r, 4)), "x2": (*lead, few(r, 4))}
    return Draw({"layer": kind, "from": ["x1", "x2"], "out_features": few(r, 3), **some(r, bias=chance(r, 0.5))}, inputs)


def binary(kind, r):
    dims = shape(r)
    a, b = (dims, broadcastable(r, dims)) if chance(r, 0.5) else (broadcastable(r, dims), broadcastable(r, dims))
    if kind == "pow":
        base, exponent = (values(r, a, ties=1), values(r, b, ties=0.8)) if chance(r, 0.4) else (between(r, a, 0.1, 3), values(r, b))
        return Draw({"layer": kind, "from": ["a", "b"]}, {"a": base, "b": exponent})
    options = {"alpha": r.choice([2, -0.5, 0])} if kind in ("add", "sub") and chance(r, 0.3) else {}
    if kind == "div" and chance(r, 0.4):
        options["rounding_mode"] = r.choice(["none", "trunc", "floor"])
    if kind == "div":
        parts = r.choice([4, 10])  # of which many divide each other, or nearly so, and some are 0
        inputs = {"a": integers(r, a, -9, 9) / parts, "b": integers(r, b, -4, 9) / parts} if chance(r, 0.5) else {"a": values(r, a), "b": between(r, b, 0.3, 3)}
        return Draw({"layer": kind, "from": ["a", "b"], **options}, inputs)
    return Draw({"layer": kind, "from": ["a", "b"], **options}, {"a": values(r, a), "b": values(r, b)})


def bmm(kind, r):
    b, n, k, m = (0 if chance(r, 0.05) else few(r, 4) for _ in range(4))
    return Draw({"layer": kind, "from": ["a", "b"]}, {"a": (b, n, k), "b": (b, k, m)})


def concat(kind, r):
    x = list(shape(r, 1))
    dim = axis(r, len(x))
    inputs = {}
    for name in "abc"[:r.randint(1, 3)]:
        x[dim] = r.randint(0, 4)
        inputs[name] = tuple(x)
    return Draw({"layer": kind, "from": list(inputs), **({"dim": dim} if dim or chance(r, 0.5) else {})}, inputs)


def flatten(kind, r):
    x = shape(r, 1, 5, 3)
    if chance(r, 0.05):
        return Draw({"layer": kind, "start_dim": r.choice([0, -1]), "end_dim": r.choice([0, -1])}, {"x": ()})
    start = r.randrange(len(x))
    end = r.randrange(start, len(x))
    options = {"start_dim": start if chance(r, 0.5) else start - len(x), "end_dim": end if chance(r, 0.5) else end - len(x)}
    return Draw({"layer": kind, **(options if len(x) < 2 or chance(r, 0.8) else {})}, {"x": x})


def slice_of(kind, r):
    x = shape(r, 1)
    options = {"dim": axis(r, len(x)), **some(r, start=r.randint(-4, 2), end=r.randint(-2, 6), step=r.randint(1, 3))}
    return Draw({"layer": kind, **options}, {"x": x})


def pad(kind, r):
    mode = r.choice(["constant", "constant", "reflect", "replicate", "circular"])
    if mode == "constant":
        x = shape(r, 1, 5)
        options = {"pad": [r.randint(-1, 3) for _ in range(2 * r.randint(1, len(x)))], **some(r, value=r.choice([0, 1.5, "-inf"]))}
    else:
        dims = r.randint(1, 3)
        x = (*batch(r), r.randint(1, 3), *spatial(r, dims, 2, 6))
        options = {"pad": [r.randint(-1 if chance(r, 0.3) else 0, 3) for _ in range(2 * dims)], "mode": mode}
    return Draw({"layer": kind, **options}, {"x": values(r, x)})


def permute(kind, r):
    x = shape(r)
    dims = r.sample(range(len(x)), len(x))
    return Draw({"layer": kind, "dims": [dim - len(x) if chance(r, 0.3) else dim for dim in dims]}, {"x": x})


def transpose(kind, r):
    x = shape(r)
    return Draw({"layer": kind, "dim0": axis(r, len(x)), "dim1": axis(r, len(x))}, {"x": x})


def factors(r, count):
    """Extents whose product is the count, one of them -1 now and then."""
    extents = []
    for prime in (5, 3, 2, 2, 3, 2):
        if count % prime == 0 and chance(r, 0.6):
            count //= prime
            extents.append(prime)
    extents.append(count)
    if chance(r, 0.3):
        extents.append(1)
    r.shuffle(extents)
    if chance(r, 0.4):
        extents[r.randrange(len(extents))] = -1 if chance(r, 0.95) else 7
    return extents


def reshape(kind, r):
    x = shape(r)
    if kind == "reshape":
        return Draw({"layer": kind, "shape": factors(r, int(np.prod(x)))}, {"x": x})
    dim = axis(r, len(x))
    return Draw({"layer": kind, "dim": dim, "unflattened_size": factors(r, x[dim] if x else 1)}, {"x": x})


def squeeze(kind, r):
    x = tuple(1 if chance(r, 0.5) else extent for extent in shape(r))
    if kind == "unsqueeze":
        return Draw({"layer": kind, "dim": r.randint(-len(x) - 1, len(x))}, {"x": x})
    dims = r.sample(range(len(x)), r.randint(0, len(x)))
    dim = r.choice([axis(r, len(x)), dims]) if x else 0
    return Draw({"layer": kind, **({"dim": dim} if chance(r, 0.7) else {})}, {"x": x})


def expand(kind, r):
    x = tuple(1 if chance(r, 0.4) else extent for extent in shape(r, 0, 3))
    size = [r.randint(0, 4) for _ in range(r.randint(0, 2))] + [r.choice([-1, extent if extent > 1 else r.choice([3, 1, 0])]) for extent in x]
    return Draw({"layer": kind, "size": size}, {"x": x})


def stack(kind, r):
    x = shape(r, 0, 3)
    names = "abc"[:r.randint(1, 3)]
    return Draw({"layer": kind, "from": list(names), **some(r, dim=r.randint(-len(x) - 1, len(x)))}, dict.fromkeys(names, x))


def matmul(kind, r):
    n, k, m = (0 if chance(r, 0.05) else few(r, 4) for _ in range(3))
    lead = shape(r, 0, 2, 3)
    a = (k,) if chance(r, 0.2) else (*broadcastable(r, lead), n, k)
    b = (k,) if chance(r, 0.2) else (*broadcastable(r, lead), k, m)
    return Draw({"layer": kind, "from": ["a", "b"]}, {"a": a, "b": b})


def reduction(kind, r):
    x = shape(r, empty=0.05)
    options = {}
    if chance(r, 0.75):
        several = kind not in ("max", "min", "prod") and x and chance(r, 0.5)
        dims = r.sample(range(len(x)), r.randint(1, len(x))) if several else []
        options["dim"] = [dim - len(x) if chance(r, 0.3) else dim for dim in dims] if several else axis(r, len(x))
        options.update(some(r, keepdim=chance(r, 0.5)))
    if kind in ("var", "std"):
        options.update(r.choice([{}, {"unbiased": chance(r, 0.5)}, {"correction": r.choice([0, 1, 2] if x else [0, 1])}]))
        x = tuple(extent + 3 + (extent == 0) for extent in x) or r.choice([(), (4,)])  # with few elements, gradients are differences of nearly equal numbers
    if kind == "vector_norm":
        options.update(some(r, ord=r.choice([1, 2, 3, 1.5, "inf", 0, 0.5, -1, -2, "-inf"])))
    return Draw({"layer": kind, **options}, {"x": values(r, x, ties=0 if kind in ("var", "std", "vector_norm") else 0.3)})


def embedding(kind, r):
    rows = r.randint(1, 6)
    options = some(r, padding_idx=r.randint(-rows, rows - 1), scale_grad_by_freq=chance(r, 0.5))
    if chance(r, 0.3):
        options.update(max_norm=r.choice([0.5, 1, 2]), **some(r, norm_type=r.choice([1, 2, 3, "inf", "-inf", 0, -1])))
    return Draw({"layer": kind, "num_embeddings": rows, "embedding_dim": r.randint(0 if chance(r, 0.05) else 1, 4), **options}, {"x": integers(r, shape(r, 0, 3, 4), 0, rows)})


# --- losses ------------------------------------------------------------------------------------------------------------------------------------

def loss(kind, r, inputs, options, named=()):
    """A loss whose reduction is drawn; `named` are the inputs with a name of their own in the definition: {"class_weights": "weight"}."""
    options = dict(options)
    if chance(r, 0.8) and "reduction" not in options:
        options["reduction"] = r.choice(["none", "mean", "sum"])
    named = dict(named)
    spec = {"layer": kind, "from": [name for name in inputs if name not in named], **{named[name]: name for name in inputs if name in named}, **options}
    is_scalar = options.get("reduction", "mean") != "none"
    return Draw(spec, inputs, is_loss=is_scalar and chance(r, 0.7))


def difference(kind, r):
    x = shape(r)
    target = x
    if chance(r, 0.2):
        target = broadcastable(r, x)
        x, target = (target, x) if chance(r, 0.3) else (x, target)
    bound = {"smooth_l1_loss": "beta", "huber_loss": "delta"}.get(kind)
    return loss(kind, r, {"x": values(r, x), "target": values(r, target)}, some(r, **{bound: r.choice([0.4, 1, 2.5])}) if bound else {})


def bce(kind, r):
    x = shape(r)
    logits = kind.endswith("logits")
    inputs = {"x": values(r, x) if logits else between(r, x, 0.01, 0.99), "target": between(r, x, 0, 1)}
    if chance(r, 0.3):
        inputs["weights"] = between(r, broadcastable(r, x), 0.3, 2)
    if logits and chance(r, 0.3):
        inputs["pos_weights"] = between(r, broadcastable(r, x), 0.3, 2)
    return loss(kind, r, inputs, {}, {"weights": "weight", "pos_weights": "pos_weight"})


def classification(kind, r):
    count = few(r, 5)
    lead, trail = (r.randint(1, 4),), shape(r, 0, 3, 3) if chance(r, 0.5) else ()
    if chance(r, 0.2):
        lead, trail = (), ()
    x, dims = (*lead, count, *trail), (*lead, *trail)
    options = {}
    inputs = {"x": values(r, x)}
    target = np.zeros(0)
    if kind == "cross_entropy" and chance(r, 0.35):
        inputs["target"] = between(r, x, 0, 1)
    else:
        target = integers(r, dims, 0, count)
        if chance(r, 0.4):
            ignored = r.choice([-100, -1, 0, count - 1])
            if ignored != -100 or chance(r, 0.5):
                options["ignore_index"] = ignored
            if np.size(target) > 1:
                target.flat[r.randrange(np.size(target))] = ignored
        inputs["target"] = target
    if chance(r, 0.4):
        inputs["class_weights"] = between(r, (count,), 0.2, 3) * (integers(r, (count,), 0, 2) if chance(r, 0.3) else 1)
    if chance(r, 0.05) and np.size(target):
        target[...] = options.get("ignore_index", -100)
    if kind == "cross_entropy":
        options.update(some(r, label_smoothing=r.choice([0.0, 0.1, 0.6, 1.0])))
        if inputs["target"].dtype == float and chance(r, 0.1):
            options["ignore_index"] = r.choice([-100, -1, 0, 1])
    return loss(kind, r, inputs, options, {"class_weights": "weight"})


def divergence(kind, r):
    x = shape(r)
    target = between(r, broadcastable(r, x) if chance(r, 0.2) else x, 0.01, 1)
    log = chance(r, 0.4)
    options = {**({"log_target": log} if log or chance(r, 0.3) else {}), **({"reduction": "batchmean"} if x and chance(r, 0.25) else {})}
    return loss(kind, r, {"x": -between(r, x, 0.1, 4), "target": np.log(target) if log else target}, options)


def poisson(kind, r):
    x = shape(r)
    options = some(r, log_input=chance(r, 0.5), full=chance(r, 0.5), eps=r.choice([1e-8, 0.1]))
    return loss(kind, r, {"x": between(r, x, 0.2, 3), "target": between(r, x, 0.1, 4)}, options)


def gaussian(kind, r):
    x = shape(r)
    var = r.choice([x, x, x[:-1] + (1,), x[:-1]]) if x else x
    target = broadcastable(r, x) if chance(r, 0.2) else x
    if chance(r, 0.1):
        x, target = target, x
        var = r.choice([x, x[:-1]])
    return loss(kind, r, {"x": x, "target": target, "var": between(r, var, 0.1, 3)}, some(r, full=chance(r, 0.5), eps=r.choice([1e-6, 0.5])))


def signed(kind, r):
    x = shape(r)
    options = some(r, margin=r.choice([0.3, 1, 2])) if kind == "hinge_embedding_loss" else {}
    signs = broadcastable(r, x) if chance(r, 0.2) else x
    return loss(kind, r, {"x": values(r, x), "signs": np.where(between(r, signs, -1, 1) > 0, 1.0, -1.0)}, options)


def multi_margin(kind, r):
    count, lead = few(r, 5), () if chance(r, 0.3) else (r.randint(1, 4),)
    inputs = {"x": values(r, (*lead, count)), "target": integers(r, lead if lead or chance(r, 0.7) else (1,), 0, count)}
    if chance(r, 0.4):
        inputs["weights"] = between(r, (count,), 0.2, 3)
    return loss(kind, r, inputs, some(r, p=r.choice([1, 2]), margin=r.choice([0.5, 1, 2])), {"weights": "weight"})


def multilabel_margin(kind, r):
    count, lead = few(r, 5), () if chance(r, 0.3) else (r.randint(1, 4),)
    return loss(kind, r, {"x": values(r, (*lead, count)), "target": integers(r, (*lead, count), -1, count)}, {})


def multilabel_soft(kind, r):
    x = shape(r, 1)
    inputs = {"x": values(r, x), "target": between(r, x, 0, 1)}
    if chance(r, 0.2):
        inputs["target"] = between(r, broadcastable(r, x), 0, 1)
    if chance(r, 0.1):
        inputs["x"] = values(r, broadcastable(r, x))
    if chance(r, 0.4):
        inputs["factors"] = between(r, (x[-1],) if chance(r, 0.5) else broadcastable(r, x), 0.2, 3)
    return loss(kind, r, inputs, {}, {"factors": "weight"})


def pairs(kind, r):
    if kind == "margin_ranking_loss":
        x = target = shape(r)
        options = some(r, margin=r.choice([0, 0.5, -0.5]))
    else:
        target = () if chance(r, 0.3) else (r.randint(1, 4),)
        x = (*((1,) if target and chance(r, 0.1) else target), r.randint(2, 5))
        options = some(r, margin=r.choice([0, 0.5, -0.5]))
    other = tuple(1 if chance(r, 0.3) and extent != x[-1] else extent for extent in x) if chance(r, 0.2) else x
    signs = np.where(between(r, target, -1, 1) > 0, 1.0, -1.0)
    x1, x2 = values(r, x, ties=0), values(r, other, ties=0)
    if kind == "cosine_embedding_loss" and chance(r, 0.1):
        x2 = x2[..., :1]*1e-6  # so short that its length matters: else nearly all of its gradient cancels
    return loss(kind, r, {"x1": x1, "x2": x2, "signs": signs}, options)


def triplet(kind, r):
    x = shape(r, 1, 4)
    options = some(r, margin=r.choice([0.5, 1, 3]), p=r.choice([1, 2, 3, 1.5, "inf"]), eps=r.choice([1e-6, 0.1]), swap=chance(r, 0.5))
    if "p" in options and chance(r, 0.1):
        options["p"] = r.choice([0, 0.5, -1, "-inf"])
    thinner = lambda: tuple(1 if chance(r, 0.3) and i + 1 < len(x) else extent for i, extent in enumerate(x))
    shapes = [thinner() if chance(r, 0.2) else x for _ in range(3)]
    return loss(kind, r, dict(zip(("x", "positive", "negative"), (values(r, shape, ties=0) for shape in shapes))), options)


DRAWS = {
    **dict.fromkeys(("conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d"), convolution),
    **dict.fromkeys((f"{kind}_pool{dims}d" for kind in ("max", "avg") for dims in (1, 2, 3)), pool),
    **dict.fromkeys(("lp_pool1d", "lp_pool2d"), pool),
    **dict.fromkeys((f"adaptive_{kind}_pool{dims}d" for kind in ("max", "avg") for dims in (1, 2, 3)), adaptive_pool),
    **dict.fromkeys(("unfold", "fold"), blocks), "upsample": upsample, **dict.fromkeys(("pixel_shuffle", "pixel_unshuffle"), shuffle),
    **dict.fromkeys(POINTWISE, pointwise), **dict.fromkeys(POSITIVE, positive), "threshold": threshold, "gelu": gelu, "glu": glu, "prelu": prelu,
    **dict.fromkeys(("softmax", "softmin", "log_softmax"), soft), "batch_norm": batch_norm, "instance_norm": instance_norm,
    **dict.fromkeys(("layer_norm", "rms_norm"), layer_norm), "group_norm": group_norm, "local_response_norm": local_response_norm,
    "normalize": normalize, **dict.fromkeys(("cosine_similarity", "pairwise_distance"), distance), "linear": linear, "bilinear": bilinear,
    **dict.fromkeys(("add", "sub", "mul", "div", "pow", "maximum", "minimum"), binary), "bmm": bmm, "concat": concat, "flatten": flatten,
    "slice": slice_of, "pad": pad, "permute": permute, "transpose": transpose, **dict.fromkeys(("reshape", "unflatten"), reshape),
    **dict.fromkeys(("squeeze", "unsqueeze"), squeeze), "expand": expand, "stack": stack, "matmul": matmul,
    **dict.fromkeys(("sum", "mean", "prod", "amax", "amin", "max", "min", "var", "std", "logsumexp", "vector_norm"), reduction), "embedding": embedding, **dict.fromkeys(("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"), difference),
    **dict.fromkeys(("binary_cross_entropy", "binary_cross_entropy_with_logits"), bce), **dict.fromkeys(("cross_entropy", "nll_loss"), classification),
    "kl_div": divergence, "poisson_nll_loss": poisson, "gaussian_nll_loss": gaussian, **dict.fromkeys(("hinge_embedding_loss", "soft_margin_loss"), signed),
    "multi_margin_loss": multi_margin, "multilabel_margin_loss": multilabel_margin, "multilabel_soft_margin_loss": multilabel_soft,
    **dict.fromkeys(("margin_ranking_loss", "cosine_embedding_loss"), pairs), "triplet_margin_loss": triplet,
    **fuzz_structured.DRAWS,
}
