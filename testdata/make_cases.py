#!/usr/bin/python3
"""Writes the reference cases: each layer with its options, networks that others got wrong, and the networks in ../networks. See README.md."""

from itertools import product

import numpy as np
import yaml

import cases_elementwise
import cases_losses
import cases_recurrent
import cases_shapes
import cases_options
import cases_slips
import cases_structured
from case_files import TESTDATA, case, classes, layer, loss, normal, write
from torch_network import TorchNetwork

NETWORKS = TESTDATA.parent / "networks"
NAN, INF = float("nan"), float("inf")


# --- the cases of each layer -------------------------------------------------------------------------------------------------------------------

def conv2d():
    def conv(name, x, out_channels=4, kernel_size=(2, 3), **options):
        kernel_size = kernel_size if isinstance(kernel_size, int) else list(kernel_size)
        layer("conv2d", name, x, out_channels=out_channels, kernel_size=kernel_size, **options)

    x = (2, 3, 5, 7)
    conv("default", x)
    conv("kernel-int", x, kernel_size=3)
    conv("stride-int", x, stride=2)
    conv("stride-asymmetric", x, stride=[2, 1], padding=[1, 2])
    conv("stride-leaves-a-remainder", (2, 3, 6, 8), stride=[3, 2])
    conv("stride-larger-than-kernel", (2, 3, 8, 9), stride=[3, 4])
    conv("padding-int", x, padding=1)
    conv("padding-pair", x, padding=[0, 2])
    conv("padding-larger-than-kernel", x, padding=[3, 4])
    conv("padding-same", x, padding="same")
    conv("padding-same-even-kernel", x, kernel_size=(4, 2), padding="same")
    conv("padding-same-dilation", x, padding="same", dilation=[3, 2])
    conv("padding-valid", x, padding="valid", stride=[1, 2])
    conv("dilation-int", x, dilation=2)
    conv("dilation-pair", (2, 3, 7, 6), dilation=[3, 2])
    conv("stride-padding-dilation", (2, 3, 7, 9), kernel_size=(3, 2), stride=[2, 3], padding=[2, 1], dilation=[2, 3])
    conv("groups", (2, 4, 5, 6), out_channels=6, groups=2, padding=[1, 0])
    conv("groups-depthwise", (2, 3, 5, 6), out_channels=3, groups=3)
    conv("groups-depthwise-multiplier", (2, 3, 5, 6), out_channels=6, groups=3, stride=[1, 2], padding=1)
    conv("all-options", (2, 4, 8, 9), out_channels=6, kernel_size=(3, 2), stride=[2, 1], padding=[1, 2], dilation=[1, 2], groups=2, bias=False)
    conv("bias-false", x, bias=False)
    conv("unbatched", (3, 5, 7), stride=[1, 2], padding=[1, 0])
    conv("batch-of-one", (1, 3, 5, 7), stride=[2, 1])
    conv("one-channel", (3, 1, 4, 5), out_channels=1)
    conv("kernel-one", x, kernel_size=1)
    conv("kernel-covers-input", x, kernel_size=(5, 7))
    conv("height-one", (2, 3, 1, 6), kernel_size=(1, 2))
    conv("width-one", (2, 3, 6, 1), kernel_size=(3, 1), stride=2)
    conv("all-extents-one", (1, 1, 1, 1), out_channels=1, kernel_size=1)
    for mode in ("reflect", "replicate", "circular"):
        conv(f"padding-mode-{mode}", x, padding=[1, 2], padding_mode=mode)
        conv(f"padding-mode-{mode}-same", x, kernel_size=(4, 2), padding="same", padding_mode=mode)
        conv(f"padding-mode-{mode}-stride-dilation", x, stride=[2, 3], padding=[3, 2], dilation=[2, 1], padding_mode=mode)
        if mode != "circular":  # which PyTorch 1.13 refuses without a batch
            conv(f"padding-mode-{mode}-unbatched", (3, 5, 7), padding=2, padding_mode=mode)
    conv("nan-input", normal(x, at={17: NAN}), padding=1)
    conv("infinite-input", normal(x, at={0: INF, 60: -INF}), padding=1)
    case("layers/conv2d", "activation-relu", {"x": x},
         {"conv": {"layer": "conv2d", "out_channels": 4, "kernel_size": [2, 3], "activation": "relu"}, "flat": {"layer": "flatten"}})


def max_pool2d():
    def pool(name, x, kernel_size, **options):
        layer("max_pool2d", name, x, kernel_size=kernel_size, **options)

    x = (2, 3, 6, 9)
    pool("kernel-int", x, 2)
    pool("kernel-2x3", x, [2, 3])
    pool("kernel-3x3", x, 3)
    pool("kernel-4x4", x, [4, 4])
    pool("kernel-1x8", x, [1, 8])
    pool("kernel-one", (2, 3, 4, 5), 1)
    pool("kernel-covers-input", x, [6, 9])
    pool("leaves-a-remainder", (2, 3, 7, 8), [2, 3])
    for kernel in ([2, 3], [3, 3], [4, 4], [1, 8]):
        pool(f"stride-one-kernel-{kernel[0]}x{kernel[1]}", x, kernel, stride=1)
    pool("stride-asymmetric", x, [2, 3], stride=[1, 2])
    pool("stride-larger-than-kernel", x, [2, 1], stride=[3, 2])
    pool("padding-int", x, 3, padding=1)
    pool("padding-pair", x, [2, 5], stride=[2, 1], padding=[1, 2])
    pool("padding-1x8", x, [1, 8], stride=[1, 3], padding=[0, 4])
    pool("padding-all-negative", -np.abs(normal(x)) - 1, 3, stride=2, padding=1)
    pool("dilation-int", x, 2, dilation=2)
    pool("dilation-pair", x, [3, 2], stride=[1, 2], dilation=[2, 3])
    pool("dilation-padding", x, [2, 3], stride=[2, 1], padding=1, dilation=[3, 2])
    pool("ceil-mode", (2, 3, 7, 8), [2, 3], ceil_mode=True)
    pool("ceil-mode-stride", (2, 3, 6, 8), [3, 2], stride=[2, 3], ceil_mode=True)
    pool("ceil-mode-padding", (2, 3, 6, 8), [2, 3], stride=[2, 2], padding=1, ceil_mode=True)
    pool("ceil-mode-window-in-the-padding", (2, 3, 5, 5), [2, 2], stride=[3, 2], padding=[1, 1], ceil_mode=True)
    pool("ceil-mode-dilation", (2, 3, 7, 8), 2, stride=3, padding=1, dilation=[2, 1], ceil_mode=True)
    pool("ties", np.round(normal(x)), [2, 3], stride=1)
    pool("ties-constant", np.zeros(x), 3, stride=[2, 1], padding=1)
    pool("ties-signed-zeros", normal((1, 2, 4, 5), scale=0.0), 2, stride=1)
    pool("unbatched", (3, 6, 9), [2, 3], stride=[2, 1])
    pool("batch-of-one", (1, 3, 6, 9), [2, 3])
    pool("height-one", (2, 3, 1, 9), [1, 2])
    pool("width-one", (2, 3, 9, 1), [2, 1], stride=1)
    pool("all-extents-one", (1, 1, 1, 1), 1)
    pool("nan", normal(x, at={25: NAN, 100: NAN}), [2, 3], stride=1)
    pool("infinite", normal(x, at={25: INF, 100: -INF}), [2, 3], stride=1)
    pool("minus-infinity-everywhere", np.full((1, 2, 4, 5), -INF), [2, 3], stride=1, padding=1)


def avg_pool2d():
    def pool(name, x, kernel_size, **options):
        layer("avg_pool2d", name, x, kernel_size=kernel_size, **options)

    x = (2, 3, 6, 8)
    pool("kernel-int", x, 2)
    pool("kernel-2x3", x, [2, 3])
    pool("kernel-1x8", x, [1, 8])
    pool("kernel-one", (2, 3, 4, 5), 1)
    pool("kernel-covers-input", x, [6, 8])
    pool("stride-one", x, [4, 3], stride=1)
    pool("stride-asymmetric", x, [2, 3], stride=[1, 2])
    pool("stride-larger-than-kernel", x, [2, 1], stride=[3, 2])
    for ceil_mode, count_include_pad, padding in product((False, True), (False, True), (0, [1, 2])):
        name = "-".join([f"ceil-{ceil_mode}", f"count-pad-{count_include_pad}", "padding" if padding else "no-padding"]).lower()
        pool(name, (2, 3, 7, 8), [2, 5], stride=[2, 3], padding=padding, ceil_mode=ceil_mode, count_include_pad=count_include_pad)
    pool("ceil-window-in-the-padding", (2, 3, 5, 5), 2, stride=[3, 2], padding=1, ceil_mode=True)
    pool("ceil-overhang-counts", (2, 3, 6, 6), 3, stride=[2, 4], padding=1, ceil_mode=True)
    pool("divisor-override", x, [2, 3], stride=[1, 2], divisor_override=5)
    pool("divisor-override-padding", x, [2, 3], padding=[1, 1], count_include_pad=False, ceil_mode=True, divisor_override=4)
    pool("unbatched", (3, 6, 8), [2, 3], padding=1)
    pool("batch-of-one", (1, 3, 6, 8), [2, 3])
    pool("height-one", (2, 3, 1, 8), [1, 3], stride=2)
    pool("width-one", (2, 3, 8, 1), [3, 1])
    pool("all-extents-one", (1, 1, 1, 1), 1)
    pool("nan-and-infinite", normal(x, at={20: NAN, 90: INF}), [2, 3], stride=1, padding=1)


def linear():
    layer("linear", "2d", (2, 5), out_features=3)
    layer("linear", "1d", (5,), out_features=3)
    layer("linear", "3d", (2, 4, 5), out_features=3)
    layer("linear", "4d", (2, 4, 3, 5), out_features=6)
    layer("linear", "bias-false", (2, 5), out_features=3, bias=False)
    layer("linear", "bias-false-1d", (5,), out_features=3, bias=False)
    layer("linear", "one-output", (3, 4), out_features=1)
    layer("linear", "one-input", (3, 1), out_features=4)
    layer("linear", "all-extents-one", (1, 1), out_features=1)
    layer("linear", "nan-and-infinite", normal((3, 5), at={1: NAN, 12: INF}), out_features=4)
    case("layers/linear", "two-with-tanh", {"x": (3, 5)}, {
        "fc1": {"layer": "linear", "out_features": 4, "activation": "tanh"}, "fc2": {"layer": "linear", "out_features": 2}})


def flatten():
    layer("flatten", "default", (2, 3, 4, 5))
    layer("flatten", "2d", (2, 3))
    layer("flatten", "start-0", (2, 3, 4, 5), start_dim=0)
    layer("flatten", "start-2", (2, 3, 4, 5), start_dim=2)
    layer("flatten", "end-2", (2, 3, 4, 5), end_dim=2)
    layer("flatten", "start-1-end-1", (2, 3, 4, 5), start_dim=1, end_dim=1)
    layer("flatten", "start-0-end-1", (2, 3, 4, 5), start_dim=0, end_dim=1)
    layer("flatten", "negative-dims", (2, 3, 4, 5), start_dim=-3, end_dim=-2)
    layer("flatten", "1d-start-0", (5,), start_dim=0)
    layer("flatten", "extents-of-one", (1, 3, 1, 5))


def pointwise():
    inputs = [np.array(0.7), (5,), (2, 3), (2, 3, 4), (2, 3, 4, 5)]
    special = np.array([[NAN, INF, -INF, 0.0], [-0.0, 1.5, -1.5, 5e-324]])
    for kind in ("relu", "sigmoid", "tanh"):
        for rank, x in enumerate(inputs):
            layer(kind, f"rank-{rank}", x)
        layer(kind, "extents-of-one", (1, 3, 1))
        layer(kind, "nan-and-infinite", special)
        layer(kind, "large", np.array([[-800.0, 800.0, -40.0], [40.0, -19.0, 19.0], [1e300, -1e300, 1e-300]]))
        layer(kind, "zeros", np.array([[0.0, -0.0, 1.0], [-1.0, 0.0, -0.0]]))


def softmax():
    for kind in ("softmax", "log_softmax"):
        layer(kind, "1d", (5,), dim=0)
        layer(kind, "2d-dim-0", (3, 5), dim=0)
        layer(kind, "2d-dim-1", (3, 5), dim=1)
        layer(kind, "2d-dim-last", (3, 5), dim=-1)
        layer(kind, "3d-dim-0", (2, 3, 4), dim=0)
        layer(kind, "3d-dim-1", (2, 3, 4), dim=1)
        layer(kind, "4d-dim-1", (2, 3, 4, 5), dim=1)
        layer(kind, "4d-dim-minus-2", (2, 3, 4, 5), dim=-2)
        layer(kind, "4d-dim-last", (2, 3, 4, 5), dim=-1)
        layer(kind, "one-class", (3, 1), dim=1)
        layer(kind, "one-sample", (1, 4), dim=1)
        layer(kind, "large-logits", normal((3, 5)) * [[800], [1], [30]] + [[0], [1000], [-700]], dim=1)
        layer(kind, "huge-logits", np.array([[1e300, -1e300, 0.0], [-1e300, -1e300, -1e300], [1e4, 1e4, -1e4]]), dim=1)
        layer(kind, "minus-infinity", normal((3, 5), at={3: -INF, 10: -INF, 11: -INF}), dim=1)
        layer(kind, "infinity", normal((3, 5), at={3: INF}), dim=1)
        layer(kind, "all-minus-infinity", normal((2, 3), at={0: -INF, 1: -INF, 2: -INF}), dim=1)
        layer(kind, "nan", normal((3, 5), at={7: NAN}), dim=1)
        case(f"layers/{kind}", "hidden", {"x": (2, 5)}, {
            "fc1": {"layer": "linear", "out_features": 4}, "hidden": {"layer": kind, "dim": 1}, "fc2": {"layer": "linear", "out_features": 3}})
    case("layers/softmax", "then-mse", {"x": (2, 5), "target": (2, 4)},
         {"fc": {"layer": "linear", "out_features": 4}, "softmax": {"layer": "softmax", "dim": 1}}, {"layer": "mse_loss", "target": "target"})
    case("layers/log_softmax", "then-nll", {"x": (3, 5), "target": classes((3,), 4)},
         {"fc": {"layer": "linear", "out_features": 4}, "log_softmax": {"layer": "log_softmax", "dim": 1}}, {"layer": "nll_loss", "target": "target"})


def binary():
    for kind in ("add", "mul"):
        layer(kind, "same-shape", (2, 3, 4), (2, 3, 4))
        layer(kind, "broadcast-left", (2, 1, 4), (2, 3, 4))
        layer(kind, "broadcast-right", (2, 3, 4), (1, 3, 1))
        layer(kind, "broadcast-both", (2, 1, 4), (1, 3, 1))
        layer(kind, "rank-left", (4,), (2, 3, 4))
        layer(kind, "rank-right", (2, 3, 4), (3, 1))
        layer(kind, "rank-both", (3, 1), (2, 1, 4))
        layer(kind, "scalar-left", (), (2, 3))
        layer(kind, "scalar-right", (2, 3, 4), ())
        layer(kind, "scalars", (), ())
        layer(kind, "extents-of-one", (1, 1), (1, 1))
        layer(kind, "nan-and-infinite", normal((2, 3), at={0: NAN, 4: INF}), normal((2, 3), at={3: -INF, 5: 0.0}))
        case(f"layers/{kind}", "same-tensor-twice", {"x": (2, 3, 4)}, {kind: {"layer": kind, "from": ["x", "x"]}})
        case(f"layers/{kind}", "residual", {"x": (2, 4)}, {
            "fc": {"layer": "linear", "out_features": 4}, "act": {"layer": "tanh"}, kind: {"layer": kind, "from": ["act", "x"]}})


def concat():
    layer("concat", "default-dim", (2, 3), (4, 3))
    layer("concat", "dim-0", (2, 3, 4), (1, 3, 4), dim=0)
    layer("concat", "dim-1", (2, 3, 4), (2, 5, 4), dim=1)
    layer("concat", "dim-last", (2, 3, 4), (2, 3, 5), dim=-1)
    layer("concat", "three-dim-0", (2, 3), (1, 3), (4, 3), dim=0)
    layer("concat", "three-dim-1", (2, 3, 4, 5), (2, 1, 4, 5), (2, 2, 4, 5), dim=1)
    layer("concat", "three-dim-last", (2, 1), (2, 4), (2, 3), dim=-1)
    layer("concat", "1d", (3,), (2,), dim=0)
    layer("concat", "same-extents", (2, 3), (2, 3), dim=1)
    case("layers/concat", "same-tensor-twice", {"x": (2, 3)}, {"concat": {"layer": "concat", "from": ["x", "x"], "dim": 1}})


def batch_norm():
    def norm(name, x, **options):
        layer("batch_norm", name, x, **options)

    shapes = {"2d": (5, 3), "3d": (2, 3, 4), "4d": (2, 3, 4, 5), "5d": (2, 3, 2, 4, 3)}
    for rank, shape in shapes.items():
        norm(f"training-{rank}", shape)
        norm(f"evaluation-{rank}", shape, training=False)
    x = shapes["4d"]
    norm("initial-buffers", x, initial_buffers=True)
    norm("initial-buffers-evaluation", x, initial_buffers=True, training=False)
    norm("affine-false", x, affine=False)
    norm("affine-false-evaluation", x, affine=False, training=False)
    norm("untracked", x, track_running_stats=False)
    norm("untracked-evaluation", x, track_running_stats=False, training=False)
    norm("untracked-affine-false", x, track_running_stats=False, affine=False)
    norm("momentum-0", x, momentum=0.0)
    norm("momentum-1", x, momentum=1.0)
    norm("momentum-0.3", x, momentum=0.3)
    norm("eps-large", x, eps=0.5)
    norm("eps-large-evaluation", x, eps=0.5, training=False)
    norm("offset-and-scale", 300 + normal(x, scale=20.0))
    norm("two-values", (2, 3), eps=0.1)  # with a small eps the gradient is all cancellation
    norm("batch-of-one", (1, 3, 4))
    norm("batch-of-one-evaluation", (1, 3), training=False)
    norm("one-channel", (4, 1, 2, 3))
    norm("constant-channel", np.broadcast_to(np.array([2.0, 0.0, -3.0]), (5, 3)))
    norm("constant-channel-eps-0", np.array([[1.0, 2.0, 5.0], [1.0, 4.0, 3.0], [1.0, 0.0, 7.0]]), eps=0.0)
    norm("nan", normal(x, at={30: NAN}))
    norm("infinite", normal(x, at={30: INF}))
    case("layers/batch_norm", "batches-tracked", {"x": (5, 3)}, {"bn": {"layer": "batch_norm"}}, batches_tracked=4)
    norm("nan-evaluation", normal(x, at={30: NAN, 70: INF}), training=False)


REDUCTIONS = ("mean", "sum", "none")


def class_losses():
    weights = np.array([0.5, 2, 0.25, 3])
    for kind in ("cross_entropy", "nll_loss"):
        loss(kind, "default", (5, 4), classes((5,), 4))
        shapes = {"2d": ((5, 4), (5,)), "unbatched": ((4,), ()), "3d": ((3, 4, 5), (3, 5)), "4d": ((3, 4, 2, 5), (3, 2, 5))}
        for (rank, (x, target)), reduction in product(shapes.items(), REDUCTIONS):
            loss(kind, f"{rank}-{reduction}", x, classes(target, 4), reduction=reduction)
        for (rank, (x, target)), reduction in product([("2d", shapes["2d"]), ("4d", shapes["4d"])], REDUCTIONS):
            ignoring = classes(target, 4, at={1: 3, 2: 3})
            loss(kind, f"weight-{rank}-{reduction}", x, classes(target, 4), weights, reduction=reduction)
            loss(kind, f"ignore-{rank}-{reduction}", x, ignoring, ignore_index=3, reduction=reduction)
            loss(kind, f"weight-ignore-{rank}-{reduction}", x, ignoring, weights, ignore_index=3, reduction=reduction)
        loss(kind, "ignore-default-index", (5, 4), classes((5,), 4, at={1: -100, 3: -100}))
        loss(kind, "ignore-negative-index", (5, 4), classes((5,), 4, at={2: -1}), ignore_index=-1)
        loss(kind, "ignore-all-mean", (3, 4), np.full(3, 2), ignore_index=2)
        loss(kind, "ignore-all-sum", (3, 4), np.full(3, 2), ignore_index=2, reduction="sum")
        loss(kind, "weight-of-zero", (5, 4), classes((5,), 4), np.array([0.5, 0, 0.25, 3]))
        loss(kind, "weight-unbatched", (4,), classes((), 4), weights)
        loss(kind, "one-class", (3, 1), classes((3,), 1))
        loss(kind, "one-sample", (1, 4), classes((1,), 4))
        loss(kind, "nan", normal((3, 4), at={5: NAN}), classes((3,), 4))
        case(f"layers/{kind}", "after-a-layer", {"x": (3, 5), "target": classes((3,), 4)},
             {"fc": {"layer": "linear", "out_features": 4}}, {"layer": kind, "target": "target"})

    def smoothing(name, x, target, class_weights=None, **options):
        loss("cross_entropy", f"smoothing-{name}", x, target, class_weights, label_smoothing=0.1, **options)

    for (rank, x, target), reduction in product([("2d", (5, 4), (5,)), ("4d", (3, 4, 2, 5), (3, 2, 5))], REDUCTIONS):
        ignoring = classes(target, 4, at={1: 3, 2: 3})
        smoothing(f"{rank}-{reduction}", x, classes(target, 4), reduction=reduction)
        smoothing(f"weight-{rank}-{reduction}", x, classes(target, 4), weights, reduction=reduction)
        smoothing(f"weight-ignore-{rank}-{reduction}", x, ignoring, weights, ignore_index=3, reduction=reduction)
    smoothing("ignore", (5, 4), classes((5,), 4, at={1: 3}), ignore_index=3)
    smoothing("unbatched", (4,), classes((), 4))
    loss("cross_entropy", "smoothing-whole", (5, 4), classes((5,), 4), label_smoothing=1.0)
    loss("cross_entropy", "large-logits", normal((5, 4), scale=1000.0), classes((5,), 4))
    loss("cross_entropy", "huge-logits", normal((5, 4), scale=1e300), classes((5,), 4), reduction="none")
    loss("cross_entropy", "logits-minus-infinity", normal((3, 4), at={0: -INF, 7: -INF}), classes((3,), 4, at={0: 1, 1: 2, 2: 0}))


def difference_losses():
    for kind in ("mse_loss", "l1_loss"):
        loss(kind, "default", (2, 3), (2, 3))
        for shape, reduction in product([(), (5,), (2, 3), (2, 3, 4, 5)], REDUCTIONS):
            loss(kind, f"rank-{len(shape)}-{reduction}", shape, shape, reduction=reduction)
        for reduction in REDUCTIONS:
            loss(kind, f"ties-{reduction}", np.array([[1.0, -0.0, 2.0], [0.0, -3.0, 4.0]]), np.array([[1.0, 0.0, 1.0], [-0.0, -3.0, 5.0]]),
                 reduction=reduction)
        loss(kind, "extents-of-one", (1, 1), (1, 1))
        loss(kind, "nan-and-infinite", normal((2, 3), at={0: NAN, 4: INF}), (2, 3))
        case(f"layers/{kind}", "after-a-layer", {"x": (3, 5), "target": (3, 4)},
             {"fc": {"layer": "linear", "out_features": 4}}, {"layer": kind, "target": "target"})


# --- where the notebook's code and its successor are wrong ----------------------------------------------------------------------------------------

def notebook():
    pool, conv = {"layer": "max_pool2d", "kernel_size": 2, "stride": 1}, {"layer": "conv2d", "out_channels": 2, "kernel_size": 2}
    relu, flat, fc = {"layer": "relu"}, {"layer": "flatten"}, {"layer": "linear", "out_features": 3}
    softmax = {"layer": "softmax", "dim": 1}
    entropy, mse = {"layer": "cross_entropy", "target": "target"}, {"layer": "mse_loss", "target": "target"}

    def net(name, inputs, layers, loss=None):
        case("notebook", name, inputs, layers, loss)

    def classify(name, x, **layers):
        batch = x.shape[:1] if isinstance(x, np.ndarray) else x[:1]
        net(name, {"x": x, "target": classes(batch, 3)}, layers, entropy)

    classify("input-5x5", (1, 2, 5, 5), pool=pool, conv={**conv, "activation": "relu"}, flat=flat, fc=fc)
    classify("conv-stride-after-a-pool", (2, 3, 8, 7), pool=pool, conv={**conv, "stride": [2, 3]}, relu=relu, flat=flat, fc=fc)
    classify("conv-stride-after-a-conv", (2, 3, 8, 7), first={**conv, "out_channels": 4}, relu=relu, second={**conv, "stride": 2}, flat=flat, fc=fc)
    for height, width in ((2, 3), (3, 3), (4, 4), (1, 8)):
        classify(f"max-pool-{height}x{width}", (2, 3, 9, 11), conv=conv,
                 pool={"layer": "max_pool2d", "kernel_size": [height, width], "stride": [1, 2]}, flat=flat, fc=fc)
    classify("padding-in-conv", (2, 3, 4, 5), first={**conv, "out_channels": 4}, relu=relu, second={**conv, "padding": [1, 2]}, flat=flat, fc=fc)
    classify("padding-in-pool", (2, 3, 6, 7), conv=conv, pool={"layer": "max_pool2d", "kernel_size": 3, "stride": 2, "padding": 1}, flat=flat, fc=fc)
    classify("padding-in-pool-all-negative", -np.abs(normal((2, 3, 6, 7))) - 1,
             pool={"layer": "max_pool2d", "kernel_size": 3, "stride": 2, "padding": 1}, conv=conv, flat=flat, fc=fc)
    classify("flatten-4x6", (2, 3, 5, 7), conv=conv, flat=flat, fc=fc)
    net("softmax-fewer-inputs-than-samples", {"x": (5, 4)}, {"fc": fc, "softmax": softmax})
    net("softmax-more-inputs-than-samples", {"x": (2, 4)}, {"fc": {**fc, "out_features": 6}, "softmax": softmax})
    net("softmax-hidden", {"x": (2, 5), "target": (2, 3)}, {"fc1": {**fc, "out_features": 4}, "softmax": softmax, "fc2": fc}, mse)
    net("softmax-then-mse", {"x": (2, 5), "target": (2, 3)}, {"fc": fc, "softmax": softmax}, mse)
    net("relu-last", {"x": (2, 2, 5, 6)}, {"conv": conv, "relu": relu})
    net("relu-last-mse", {"x": (4, 5), "target": (4, 3)}, {"fc": fc, "relu": relu}, mse)
    net("conv-last", {"x": (3, 2, 5, 6), "target": (3, 4, 3, 4)},
        {"first": conv, "relu": relu, "second": {**conv, "out_channels": 4}}, mse)
    classify("nan-in-input", normal((1, 2, 5, 6), at={8: NAN}), pool=pool, conv=conv, relu=relu, flat=flat, fc=fc)
    net("nan-in-input-softmax", {"x": normal((2, 2, 5, 6), scale=0.1, at={8: NAN})},
        {"pool": pool, "conv": conv, "relu": relu, "flat": flat, "fc": fc, "softmax": softmax})


# --- whole networks ----------------------------------------------------------------------------------------------------------------------------

def simple_backpropagation():
    """The notebook's own network, its input, and its parameters drawn after np.random.seed(0)."""
    folder = TESTDATA / "simple-backpropagation"
    folder.mkdir(exist_ok=True)
    x = np.array([[[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]],
                   [[-1, -2, 0, 1], [-2, -3, 1, 2], [3, 4, 2, -1], [-2, -3, -4, 9]]]], dtype=np.float64)
    random = np.random.RandomState(0)
    parameters = {"conv.weight": random.rand(2, 2, 2), "conv.bias": random.rand(2), "fc.weight": random.rand(3, 8), "fc.bias": random.rand(3)}
    network = {
        "layers": {"pool": {"layer": "max_pool2d", "kernel_size": 2, "stride": 1},
                   "conv": {"layer": "conv2d", "out_channels": 2, "kernel_size": 2, "activation": "relu"},
                   "flat": {"layer": "flatten"}, "fc": {"layer": "linear", "out_features": 3}},
        "loss": {"layer": "cross_entropy", "target": "target"}}
    reference = TorchNetwork(network, {"x": x, "target": np.array([2])}, lambda name, shape: np.broadcast_to(parameters[name], shape))
    np.save(folder / "x.npy", x)
    write(folder / "seed0.parameters.npz", parameters)
    write(folder / "seed0.expected.npz", only(reference.expected(), parameters))


def shipped(name):
    """What a network file of networks/ expects, from that file itself: parameters are drawn in its order."""
    network = yaml.safe_load((NETWORKS / f"{name}.yaml").read_text())
    inputs = {key: np.load(NETWORKS / entry["data"]) for key, entry in network["inputs"].items()}
    inputs = {key: a.astype(np.float64 if a.dtype.kind == "f" else np.int64) for key, a in inputs.items()}
    generators = {"numpy": np.random.RandomState, "default_rng": np.random.default_rng}
    random = generators[network["random"]["generator"]](network["random"]["seed"])
    remaining = dict(network["parameters"])

    def draw(key, shape):
        if "running_" in key or key.endswith("num_batches_tracked"):
            return None
        assert key == next(iter(remaining)), f"{name}.yaml must list {key} before {next(iter(remaining))}"
        (distribution, arguments), = remaining.pop(key).items()
        return getattr(random, distribution)(*arguments, size=shape)

    expected = TorchNetwork(network, inputs, draw).expected()
    write(NETWORKS / network["expect"], only(expected, network["parameters"]))


def only(expected, parameters):
    """Without the input's gradient and the output, which for real data are larger than the rest."""
    return {key: value for key, value in expected.items() if key in parameters or key == "loss" or "running_" in key}


if __name__ == "__main__":
    for make in (conv2d, max_pool2d, avg_pool2d, linear, flatten, pointwise, softmax, binary, concat, batch_norm, class_losses, difference_losses,
                 notebook, simple_backpropagation):
        make()
    cases_elementwise.make()
    cases_losses.make()
    cases_structured.make()
    cases_recurrent.make()
    cases_options.make()
    cases_shapes.make()
    cases_slips.make()
    for network_name in ("lenet5", "mlp", "resnet"):
        shipped(network_name)
