"""The cases of the layers that act element by element: activations, arithmetic, and the products of two tensors."""

import numpy as np

from case_files import case, layer, normal

NAN, INF = float("nan"), float("inf")
SPECIAL = np.array([[NAN, INF, -INF, 0.0], [-0.0, 1.5, -1.5, 5e-324]])
FINITE = np.array([[NAN, 0.0], [-0.0, 1.5], [-1.5, 5e-324]])
LARGE = np.array([[-800.0, 800.0, -40.0], [40.0, -19.0, 19.0], [1e300, -1e300, 1e-300]])


def around(*kinks):
    """Each kink, and its two neighbours among the floating-point numbers."""
    return np.array([[np.nextafter(k, -INF), k, np.nextafter(k, INF)] for k in kinks])


def pointwise(kind, kinks=(0.0, -0.0), special=SPECIAL, large=LARGE, **options):
    layer(kind, "rank-0", np.array(0.7), **options)
    layer(kind, "rank-3", normal((2, 3, 4), scale=2.0), **options)
    layer(kind, "kinks", around(*kinks), **options)
    layer(kind, "nan-and-infinite", special, **options)
    if large is not None:
        layer(kind, "large", large, **options)


def activations():
    x = (2, 3, 4)
    pointwise("relu6", (0.0, -0.0, 6.0))
    pointwise("leaky_relu")
    layer("leaky_relu", "slope-0.3", x, negative_slope=0.3)
    layer("leaky_relu", "slope-negative", x, negative_slope=-0.5)
    layer("leaky_relu", "slope-0", normal(x), negative_slope=0.0)
    pointwise("elu", (0.0, -0.0, 1.5))
    layer("elu", "alpha-0.3", x, alpha=0.3)
    layer("elu", "alpha-0.3-kinks", around(0.0, -0.0), alpha=0.3)
    layer("elu", "alpha-negative", x, alpha=-1.5)
    pointwise("selu", (0.0, -0.0, 1.5))
    pointwise("celu", (0.0, -0.0, 1.5))
    layer("celu", "alpha-0.25", x, alpha=0.25)
    layer("celu", "alpha-2-kinks", around(0.0, -0.0), alpha=2.0)
    layer("celu", "alpha-negative", x, alpha=-1.5)
    pointwise("gelu")
    for approximate in ("none", "tanh"):
        layer("gelu", f"approximate-{approximate}", normal(x, scale=2.0), approximate=approximate)
    layer("gelu", "tanh-large", LARGE[:2], approximate="tanh")
    layer("gelu", "tanh-nan-and-infinite", SPECIAL, approximate="tanh")
    pointwise("silu")
    pointwise("mish")
    pointwise("hardsigmoid", (-3.0,))
    layer("hardsigmoid", "kink-at-3", np.array([2.875, 3.0, 3.125]))
    pointwise("hardswish", (-3.0, 3.0) * 4)  # whole vectors: for what is left, PyTorch has code with another derivative at 3
    pointwise("hardtanh", (-1.0, 1.0))
    layer("hardtanh", "bounds", normal(x, scale=2.0), min_val=-0.5, max_val=2.0)
    layer("hardtanh", "bounds-kinks", around(-0.5, 2.0), min_val=-0.5, max_val=2.0)
    layer("hardtanh", "one-bound-infinite", normal(x, scale=2.0), min_val=-1e300, max_val=0.25)
    pointwise("tanhshrink")
    pointwise("softplus", (20.0, 0.0))
    layer("softplus", "beta-2", normal(x, scale=2.0), beta=2.0)
    layer("softplus", "beta-0.5-threshold", normal(x, scale=4.0), beta=0.5, threshold=1.5)
    layer("softplus", "beta-2-kinks", around(1.5), beta=2.0, threshold=3.0)
    for threshold in (0.5, 0, -0.5):
        layer("softplus", f"beta-0-threshold-{threshold}", (2, 3), beta=0, threshold=threshold)
    layer("softplus", "beta-and-threshold-negative", np.array([2.0, 0.5, 0.0, -0.5, -2.0]), beta=-2, threshold=-1)
    layer("softplus", "beta-negative", normal(x, scale=2.0), beta=-1.5, threshold=2.0)
    pointwise("softsign", special=FINITE, large=LARGE[:2])
    pointwise("softshrink", (-0.5, 0.5))
    layer("softshrink", "lambd-1.25", normal(x, scale=2.0), lambd=1.25)
    layer("softshrink", "lambd-0", np.array([[-2.0, 0.0], [-0.0, 3.0]]), lambd=0.0)
    pointwise("hardshrink", (-0.5, 0.5))
    layer("hardshrink", "lambd-1.25", normal(x, scale=2.0), lambd=1.25)
    layer("hardshrink", "lambd-0", np.array([[-2.0, 0.0], [-0.0, 3.0]]), lambd=0.0)
    pointwise("threshold", (0.1,), threshold=0.1, value=20.0)
    layer("threshold", "below-zero", x, threshold=-0.5, value=-2.5)
    pointwise("logsigmoid")
    pointwise("exp", large=LARGE[:2, 2:])
    pointwise("abs")
    for kind in ("log", "sqrt"):
        layer(kind, "rank-0", np.array(0.7))
        layer(kind, "rank-3", np.abs(normal((2, 3, 4))))
        layer(kind, "zeros", np.array([0.0, -0.0, 1.0]))
        layer(kind, "negative-nan-and-infinite", np.array([[-1.0, NAN], [INF, -INF], [2.0, 1e300]]))


def prelu():
    layer("prelu", "one-slope", (2, 3, 4))
    layer("prelu", "slope-for-each-channel", (2, 3, 4), num_parameters=3)
    layer("prelu", "4d", (2, 3, 4, 5), num_parameters=3)
    layer("prelu", "2d", (4, 3), num_parameters=3)
    layer("prelu", "1d", (5,))
    layer("prelu", "one-channel", (2, 1, 4), num_parameters=1)
    layer("prelu", "kinks", around(0.0, -0.0), num_parameters=3)
    layer("prelu", "nan-and-infinite", SPECIAL, num_parameters=4)


def halves():
    layer("glu", "default", (2, 3, 4))
    layer("glu", "1d", (6,))
    layer("glu", "dim-0", (6, 4, 3), dim=0)
    layer("glu", "dim-1", (3, 4, 5), dim=1)
    layer("glu", "dim-minus-2", (3, 2, 5), dim=-2)
    layer("glu", "nan-and-infinite", SPECIAL)
    layer("softmin", "1d-dim-0", (5,), dim=0)
    layer("softmin", "2d-dim-1", (3, 5), dim=1)
    layer("softmin", "3d-dim-1", (2, 3, 4), dim=1)
    layer("softmin", "4d-dim-minus-2", (2, 3, 4, 5), dim=-2)
    layer("softmin", "one-class", (3, 1), dim=1)
    layer("softmin", "large", normal((3, 5)) * [[800], [1], [30]] + [[0], [1000], [-700]], dim=1)
    layer("softmin", "infinities", normal((4, 3), at={1: INF, 3: -INF, 6: INF, 7: INF, 8: INF, 10: NAN}), dim=1)


def arithmetic():
    for kind in ("sub", "div", "pow"):
        def left(*shape):
            return np.abs(normal(shape)) + 0.2 if kind == "pow" else shape

        layer(kind, "same-shape", left(2, 3, 4), (2, 3, 4))
        layer(kind, "broadcast-both", left(2, 1, 4), (1, 3, 1))
        layer(kind, "rank-left", left(4), (2, 3, 4))
        layer(kind, "rank-both", left(3, 1), (2, 1, 4))
        layer(kind, "scalar-left", left(), (2, 3))
        layer(kind, "scalar-right", left(2, 3), ())
        layer(kind, "extents-of-one", left(1, 1), (1, 1))
    case("layers/sub", "same-tensor-twice", {"x": (2, 3)}, {"sub": {"layer": "sub", "from": ["x", "x"]}})
    layer("sub", "nan-and-infinite", normal((2, 3), at={0: NAN, 4: INF}), normal((2, 3), at={3: -INF, 4: INF}))
    layer("div", "by-zero", np.array([[1.0, -1.0, 0.0], [1.0, 0.0, NAN]]), np.array([[0.0, 0.0, 0.0], [-0.0, -0.0, 0.0]]))
    layer("div", "nan-and-infinite", normal((2, 3), at={0: NAN, 4: INF, 5: INF}), normal((2, 3), at={3: -INF, 5: INF}))
    layer("pow", "zero-base", np.zeros((2, 5)), np.array([[0.0, 1.0, 2.0, 0.5, -1.0], [-0.0, 3.0, -0.5, -2.0, 1e-9]]))
    layer("pow", "zero-exponent", np.array([0.0, -0.0, -2.0, 3.0, INF, NAN]), np.zeros(6))
    layer("pow", "negative-base", np.array([[-2.0, -2.0, -2.0], [-0.5, -0.5, -1.0]]), np.array([[2.0, 3.0, 0.5], [-1.0, -2.0, 1.0]]))
    layer("pow", "of-one", np.array([1.0, 1.0, 1.0, -1.0, -1.0, -1.0]), np.array([INF, -INF, NAN, INF, -INF, NAN]))
    layer("pow", "infinite", np.array([INF, INF, -INF, -INF, 2.0, 0.5, NAN]), np.array([2.0, -2.0, 3.0, -3.0, INF, -INF, 2.0]))


def products():
    layer("bmm", "default", (2, 3, 4), (2, 4, 5))
    layer("bmm", "batch-of-one", (1, 2, 3), (1, 3, 4))
    layer("bmm", "extents-of-one", (3, 1, 2), (3, 2, 1))
    layer("bmm", "inner-extent-of-one", (2, 3, 1), (2, 1, 4))
    case("layers/bmm", "same-tensor-twice", {"x": (2, 3, 3)}, {"bmm": {"layer": "bmm", "from": ["x", "x"]}})
    layer("bilinear", "2d", (4, 5), (4, 3), out_features=2)
    layer("bilinear", "1d", (5,), (3,), out_features=2)
    layer("bilinear", "3d", (2, 3, 5), (2, 3, 4), out_features=6)
    layer("bilinear", "bias-false", (4, 5), (4, 3), out_features=2, bias=False)
    layer("bilinear", "extents-of-one", (3, 1), (3, 1), out_features=1)
    layer("bilinear", "nan", normal((4, 5), at={7: NAN}), (4, 3), out_features=2)


def make():
    for group in (activations, prelu, halves, arithmetic, products):
        group()


if __name__ == "__main__":
    make()
