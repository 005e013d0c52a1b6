"""The cases of layers that move elements about, and of those that reduce some of a tensor's dimensions to one value."""

import numpy as np

from case_files import layer, normal

NAN, INF = float("nan"), float("inf")
SHAPE = (2, 3, 4, 5)


# --- elements moved about ----------------------------------------------------------------------------------------------------------------------

def orders():
    layer("permute", "4d", SHAPE, dims=[2, 0, 3, 1])
    layer("permute", "negative", (2, 3, 4), dims=[-1, 0, -2])
    layer("permute", "pairs-stay-together", SHAPE, dims=[2, 3, 0, 1])
    layer("permute", "identity", (2, 3, 4), dims=[0, 1, 2])
    layer("permute", "5d", (2, 3, 1, 4, 5), dims=[4, 2, 0, 3, 1])
    layer("permute", "scalar", (), dims=[])
    layer("transpose", "2d", (2, 3), dim0=0, dim1=1)
    layer("transpose", "negative", (2, 3, 4), dim0=-1, dim1=-3)
    layer("transpose", "middle", SHAPE, dim0=2, dim1=1)
    layer("transpose", "same", (2, 3), dim0=1, dim1=-1)
    layer("transpose", "scalar", (), dim0=0, dim1=-1)


def shapes():
    layer("reshape", "merge-and-split", (2, 3, 4), shape=[4, 6])
    layer("reshape", "rest", (2, 3, 4), shape=[3, -1, 2])
    layer("reshape", "vector", (2, 3), shape=[-1])
    layer("reshape", "scalar-to-ones", (), shape=[1, 1])
    layer("reshape", "ones-to-scalar", (1, 1), shape=[])
    layer("unflatten", "first", (6, 5), dim=0, unflattened_size=[2, 3])
    layer("unflatten", "rest", (2, 12, 5), dim=-2, unflattened_size=[2, -1, 3])
    layer("squeeze", "all", (1, 3, 1, 2))
    layer("squeeze", "none-to-drop", (2, 3))
    layer("squeeze", "dim", (1, 3, 1, 2), dim=2)
    layer("squeeze", "negative", (2, 1, 3, 1), dim=-1)
    layer("squeeze", "another-extent", (1, 3, 2), dim=1)
    layer("squeeze", "several", (1, 3, 1, 1, 2), dim=[0, 1, -2])
    layer("squeeze", "scalar", (), dim=0)
    layer("unsqueeze", "first", (2, 3), dim=0)
    layer("unsqueeze", "middle", (2, 3, 4), dim=1)
    layer("unsqueeze", "last", (2, 3, 4), dim=3)
    layer("unsqueeze", "negative", (2, 3), dim=-2)
    layer("unsqueeze", "negative-last", (2, 3), dim=-1)
    layer("unsqueeze", "scalar", (), dim=-1)
    layer("expand", "one", (2, 1, 3), size=[2, 4, 3])
    layer("expand", "new", (3, 1), size=[2, -1, 4])
    layer("expand", "keep", (2, 3), size=[-1, -1])
    layer("expand", "scalar", (), size=[2, 3])
    layer("expand", "scalar-to-scalar", (), size=[])


def stack():
    layer("stack", "default", (2, 3), (2, 3))
    layer("stack", "middle", (2, 3), (2, 3), (2, 3), dim=1)
    layer("stack", "last", (2, 3, 4), (2, 3, 4), dim=-1)
    layer("stack", "negative", (2, 3, 4), (2, 3, 4), dim=-3)
    layer("stack", "scalars", (), (), (), dim=0)


def products():
    layer("matmul", "vectors", (3,), (3,))
    layer("matmul", "matrix-vector", (2, 3), (3,))
    layer("matmul", "vector-matrix", (3,), (3, 4))
    layer("matmul", "matrices", (2, 3), (3, 4))
    layer("matmul", "batch-vector", (2, 5, 3), (3,))
    layer("matmul", "vector-batch", (3,), (2, 3, 4))
    layer("matmul", "batch-matrix", (2, 5, 3), (3, 4))
    layer("matmul", "matrix-batch", (5, 3), (2, 3, 4))
    layer("matmul", "batches", (2, 5, 3), (2, 3, 4))
    layer("matmul", "broadcast", (2, 1, 5, 3), (4, 3, 2))
    layer("matmul", "broadcast-both", (3, 1, 2, 4), (1, 5, 4, 3))


# --- dimensions reduced ------------------------------------------------------------------------------------------------------------------------

def over_dimensions(kind, x=SHAPE, **options):
    layer(kind, "all", x, **options)
    layer(kind, "dim", x, dim=1, **options)
    layer(kind, "negative", x, dim=-1, **options)
    layer(kind, "keepdim", x, dim=0, keepdim=True, **options)
    layer(kind, "vector", normal(x)[0, 0, 0], dim=0, **options)
    if kind not in ("max", "min", "prod"):
        layer(kind, "several", x, dim=[0, 2], **options)
        layer(kind, "several-keepdim", x, dim=[-1, 1], keepdim=True, **options)
        layer(kind, "neighbours", x, dim=[2, 1], **options)
        layer(kind, "every", (2, 3, 4), dim=[0, 1, 2], keepdim=True, **options)
    if kind not in ("var", "std"):
        layer(kind, "scalar", np.array(-1.3), **options)
        layer(kind, "scalar-dim", np.array(0.7), dim=-1, keepdim=True, **options)


def reductions():
    for kind in ("sum", "mean", "prod", "amax", "amin", "max", "min", "var", "std", "logsumexp", "vector_norm"):
        over_dimensions(kind)
        if kind not in ("sum", "mean", "prod"):  # which cases_structured.py has
            layer(kind, "nan", normal((3, 4), at={5: NAN}), dim=1)
    ties = np.array([[1.0, 3.0, 3.0, -2.0], [0.0, -0.0, 0.0, 0.0], [-2.0, -2.0, 5.0, 5.0]])
    for kind in ("amax", "amin", "max", "min"):
        layer(kind, "ties", ties, dim=1)
        layer(kind, "ties-over-all", ties)
        layer(kind, "infinite", np.array([[1.0, INF, INF], [-INF, -INF, 0.5]]), dim=1)
    layer("amax", "ties-several", np.stack([ties, ties]), dim=[0, 2])
    for name, row in {"one-zero": [2.0, 0.0, 3.0], "two-zeros": [0.0, 5.0, 0.0]}.items():
        layer("prod", name, np.array([row, [1.5, -2.0, 4.0]]), dim=1)
    layer("prod", "zeros-over-all", np.array([[2.0, 0.0], [3.0, -1.0]]))
    for kind in ("var", "std"):
        layer(kind, "biased", SHAPE, dim=[1, 3], unbiased=False)
        layer(kind, "correction", SHAPE, dim=2, correction=2)
        layer(kind, "equal", np.repeat([[2.0], [0.0], [-3.0]], 4, axis=1), dim=1)
        layer(kind, "one-element", (3, 1), dim=1)
    layer("logsumexp", "large", normal((3, 4), scale=1000.0), dim=1)
    layer("logsumexp", "minus-infinity", normal((2, 3), at={0: -INF, 1: -INF, 2: -INF, 4: -INF}), dim=1)
    zeros = np.array([[0.0, 0.0, -0.0], [0.0, 3.0, -4.0], [1.0, -1.0, 1.0]])
    for p in (0.5, 1, 1.5, 3, "inf"):
        layer("vector_norm", f"ord-{p}", SHAPE, ord=p, dim=[3, 1])
        if p != 0.5:  # whose slope at 0 is infinite
            layer("vector_norm", f"zeros-ord-{p}", zeros, ord=p, dim=1)
    layer("vector_norm", "zeros", zeros, dim=1)


def make():
    for group in (orders, shapes, stack, products, reductions):
        group()


if __name__ == "__main__":
    make()
