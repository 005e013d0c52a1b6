"""The cases without which single slips in the definitions would go unnoticed: SlipsTest plants them, and what survived all other cases asked for these."""

import numpy as np

from case_files import case, classes, layer, normal
from cases_losses import loss, spread

NAN, INF = float("nan"), float("inf")


def pools():
    """Windows that end in every way: strides of 3 with each remainder, padding that adds a window, and extents that all differ."""
    sides = {1: ((10,), (11,)), 2: ((10, 11), (11, 10)), 3: ((10, 11, 10), (11, 10, 11))}
    for dims, pair in sides.items():
        for kind in (f"max_pool{dims}d", f"avg_pool{dims}d"):
            for i, side in enumerate(pair):
                layer(kind, f"ceil-mode-stride-3-{i}", (1, 1, *side), kernel_size=4, stride=3, ceil_mode=True)
        if dims < 3:
            for i, side in enumerate(pair):
                layer(f"lp_pool{dims}d", f"ceil-mode-stride-3-{i}", np.abs(normal((1, 1, *side))) + 0.1, norm_type=2.0, kernel_size=4, stride=3, ceil_mode=True)
    for kind in ("max_pool3d", "avg_pool3d"):
        layer(kind, "padding-adds-windows", (1, 2, 3, 5, 4), kernel_size=[3, 2, 4], stride=1, padding=[1, 1, 2])
        layer(kind, "ceil-mode-window-in-the-padding", (1, 2, 3, 5, 4), kernel_size=2, stride=[3, 2, 3], padding=1, ceil_mode=True)
        layer(kind, "ceil-mode-first-dimension", (1, 1, 2, 5, 6), kernel_size=2, stride=[3, 1, 1], padding=[1, 0, 0], ceil_mode=True)
    layer("avg_pool3d", "count-include-pad-false-all-sides", (1, 2, 3, 5, 4), kernel_size=[3, 2, 4], stride=[2, 1, 1], padding=[1, 1, 2], count_include_pad=False)
    x = np.abs(normal((2, 3, 7))) + 0.1
    layer("lp_pool1d", "window-beyond-the-end", x, norm_type=2.0, kernel_size=1, stride=4, ceil_mode=True)
    for width in (8, 9):
        layer("lp_pool1d", f"window-behind-the-end-{width}", np.abs(normal((1, 2, width))) + 0.1, norm_type=2.0, kernel_size=1, stride=4, ceil_mode=True)
    layer("lp_pool2d", "window-behind-the-end", np.abs(normal((1, 2, 6, 8))) + 0.1, norm_type=2.0, kernel_size=1, stride=[3, 4], ceil_mode=True)
    layer("lp_pool1d", "zeros", np.array([[[0.0, 0.0, 1.0, 0.0, 0.0, 0.0]]]), norm_type=2.0, kernel_size=2)
    for norm_type in (2.0, 3.0):
        layer("lp_pool1d", f"ones-norm-{norm_type}", np.array([[[1.0, 0.0, 0.0, 1.0, 0.5, 2.0]]]), norm_type=norm_type, kernel_size=2)
        layer("lp_pool2d", f"ones-norm-{norm_type}", np.array([[[[1.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]]]]), norm_type=norm_type, kernel_size=2)
    layer("lp_pool2d", "window-beyond-the-end", np.abs(normal((1, 2, 5, 7))) + 0.1, norm_type=2.0, kernel_size=1, stride=[3, 4], ceil_mode=True)
    layer("adaptive_max_pool1d", "divides-in-three", (1, 2, 6), output_size=3)
    for kind in ("max", "avg"):
        layer(f"adaptive_{kind}_pool2d", "none-last", (2, 2, 5, 3), output_size=[2, "none"])
        layer(f"adaptive_{kind}_pool2d", "none-both", (2, 2, 5, 3), output_size=["none", "none"])
        layer(f"adaptive_{kind}_pool3d", "none-last", (1, 2, 4, 3, 5), output_size=[2, "none", "none"])
        layer(f"adaptive_{kind}_pool3d", "none-middle", (1, 2, 4, 3, 5), output_size=[2, "none", 3])


def convolutions():
    for mode in ("reflect", "replicate", "circular"):
        layer("conv2d", f"padding-mode-{mode}-tall", (2, 3, 6, 4), out_channels=2, kernel_size=[3, 2], padding=[2, 1], padding_mode=mode)
        layer("conv3d", f"padding-mode-{mode}-long", (1, 2, 6, 4, 3), out_channels=2, kernel_size=[3, 2, 2], padding=[2, 1, 1], padding_mode=mode)
        layer("conv3d", f"padding-mode-{mode}-all-sides", (1, 2, 4, 5, 3), out_channels=2, kernel_size=[2, 3, 2], padding=[1, 2, 1], padding_mode=mode)
    for kind, side in (("conv_transpose1d", (4,)), ("conv_transpose2d", (3, 2)), ("conv_transpose3d", (2, 3, 2))):
        layer(kind, "groups-of-two-in-a-batch-of-three", (3, 4, *side), out_channels=6, kernel_size=2, groups=2)


def norms():
    layer("instance_norm", "momentum-none", (2, 3, 4), momentum="none", track_running_stats=True)
    for kind in ("var", "std"):
        layer(kind, "scalar-dim", np.array(0.7), dim=-1, keepdim=True)
        layer(kind, "one-element-vector", np.array([0.7]), dim=0)
        layer(kind, "correction-beyond", np.array([[1.0, 5.0, -3.0], [2.0, 2.0, 2.0]]), dim=1, correction=4)
    layer("var", "all-correct", np.array([0.5, 1.0, 3.0]), dim=0, correction=3)
    for rank in (1, 2):
        layer("var", f"over-all-{rank}d", (3, 2)[:rank])
    case("layers/batch_norm", "momentum-none-later", {"x": (5, 3, 2)}, {"bn": {"layer": "batch_norm", "momentum": "none"}}, batches_tracked=4)


def rest():
    layer("rms_norm", "small-numbers", normal((2, 5)) * 1e-8, normalized_shape=5)
    layer("slice", "last-dimension", (3, 5), dim=-1, start=2)
    layer("slice", "start-0", (4, 3), start=0)
    for name, ends in {"end-0": {"end": 0}, "end-before-all": {"end": -9, "step": 2}, "start-behind-all": {"start": 9}, "end-before-start": {"start": 3, "end": -3}}.items():
        layer("slice", name, (4, 3), **ends)
    quotients = {"x": np.array([0.5, -0.5, 7.0, -7.0, 0.0]), "other": np.array([4.0, 4.0, 2.0, 2.0, 3.0])}
    case("layers/div", "rounding-mode-trunc-below-one", quotients, {"div": {"layer": "div", "from": ["x", "other"], "rounding_mode": "trunc"}})
    layer("softsign", "infinite", np.array([INF, -INF, NAN, 1.5]))
    for mode in ("reflect", "replicate", "circular"):
        layer("pad", f"{mode}-4-dimensions", (3, 4, 2, 5), pad=[2, 1, 1, 0, -1, 2, 1, 1] if mode == "circular" else [2, 1, 1, 0, 0, 1, 1, 2], mode=mode)
        layer("pad", f"{mode}-5-dimensions", (3, 4, 2, 5, 3), pad=[1, 0, 2, 1, 1, 0, 0, 2, 2, 1], mode=mode)
    layer("pad", "constant-4-dimensions", (3, 4, 2, 5), pad=[1, 2, 0, 1, 2, 0, 1, 3], value=0.5)
    layer("pad", "constant-5-dimensions", (2, 3, 2, 4, 3), pad=[1, 2, 0, 1, 2, 0, 1, 3, 2, 1])
    layer("upsample", "bilinear-two-by-two-align", (1, 2, 3, 4), size=2, mode="bilinear", align_corners=True)
    layer("upsample", "bilinear-of-width-2", (1, 2, 3, 2), size=[5, 4], mode="bilinear", align_corners=False)
    layer("embedding", "padding-idx-0", np.array([[1, 0, 1], [3, 0, 2]]), num_embeddings=4, embedding_dim=3, padding_idx=0)


def orders():
    """Norms of all orders, of rows with and without a zero, equal greatest and least elements."""
    rows = np.array([[1.5, 0.0, -2.0], [0.5, 1.0, 0.25], [-3.0, 3.0, 3.0], [2.0, -1.0, -1.0]])
    for p in (0, 0.5, 1, -1, "inf", "-inf"):
        layer("vector_norm", f"rows-order-{p}", rows, dim=1, ord=p)
        layer("normalize", f"rows-order-{p}", rows, p=p, eps=0.125)
        case("layers/pairwise_distance", f"rows-order-{p}", {"x1": rows, "x2": np.zeros((4, 3))},
             {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": p, "eps": 0.0}})
        positive, negative = np.array([[1.0, 0.0, 1.0]] * 4), np.array([[1.0, 2.0, -2.0], [0.5, 2.0, 1.0], [-1.0, 0.0, 1.5], [2.0, -1.5, 3.0]])
        for swap in (False, True):
            loss("triplet_margin_loss", f"rows-order-{p}-{'swap' if swap else 'plain'}", ("x", rows), ("positive", positive), ("negative", negative), p=p, swap=swap,
                 margin=6.0, eps=0.0, reduction="none")
    layer("vector_norm", "infinite-order-minus-inf", np.array([[INF, 1.0, -1.5]]), dim=1, ord="-inf")
    table = [[3, -4, 0], [0.5, -0.25, 0], [1, 1, 1], [3, -4, 2], [0, 0, 2]]  # with norms that are exact
    for p, most in {"2": 5.0, "0": 1.5, "inf": 3.5, "-inf": 0.7}.items():
        case("layers/embedding", f"max-norm-equal-order-{p}", {"x": classes((3, 4), 5)},
             {"embedding": {"layer": "embedding", "num_embeddings": 5, "embedding_dim": 3, "max_norm": most, "norm_type": p if "inf" in p else float(p)}},
             parameters={"embedding.weight": table})


def pictures():
    for name, x, size in (("front", (1, 1, 12, 1, 1), [2, 12, 12]), ("height", (1, 1, 1, 12, 1), [12, 2, 12]), ("width", (1, 1, 24, 1, 12), [2, 1, 2]),
                          ("width-only", (1, 1, 1, 1, 12), [12, 12, 2])):
        layer("upsample", f"area-many-{name}", x, size=size, mode="area")
    layer("upsample", "linear-scale-same-size", (1, 2, 5), scale_factor=1.1, mode="linear")
    layer("upsample", "linear-infinite", np.array([[[1.0, INF, 2.0, 3.0]]]), scale_factor=2, mode="linear")


def infinities():
    """Gradients that come in infinite, or meet infinite factors."""
    case("layers/prelu", "infinite-gradient-at-0", {"x": np.array([[0.0, 0.5, 2.0]])}, {"prelu": {"layer": "prelu"}, "root": {"layer": "sqrt"}})
    case("layers/var", "scalar-without-gradient", {"x": np.array(0.7), "zero": np.array(0.0)},
         {"var": {"layer": "var"}, "product": {"layer": "mul", "from": ["var", "zero"]}})
    for p in (1, 2):
        loss("multi_margin_loss", f"infinite-weight-p-{p}", ("x", np.array([[0.5, 1.0, -0.25], [0.25, 0.75, 1.0]])), ("target", np.array([1, 0])),
             ("class_weights", np.array([2.0, INF, 1.0])), named={"weight": "class_weights"}, p=p, margin=4.0, reduction="none")
    difference = {"x": np.array([1.5, 2.0]), "target": np.array([1.5, 0.5])}
    case("layers/smooth_l1_loss", "beta-0-tie-that-is-left-out", difference,
         {"losses": {"layer": "smooth_l1_loss", "from": ["x", "target"], "beta": 0.0, "reduction": "none"}, "last": {"layer": "slice", "start": 1}})


def triplets():
    def triplet(name, x, positive, negative, **options):
        loss("triplet_margin_loss", name, ("x", np.array(x)), ("positive", np.array(positive)), ("negative", np.array(negative)), eps=0.0, margin=3.0, swap=True,
             reduction="none", **options)

    triplet("unit-distances", [[1.0, 0.0], [3.0, 0.0]], [[1.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]])
    triplet("p-inf-ties", [[1.0, 1.0], [2.0, 0.0]], [[0.0, 0.0], [0.0, 2.0]], [[3.0, 3.0], [-1.0, 1.0]], p="inf")


def cosines():
    for kind in ("margin_ranking_loss", "cosine_embedding_loss"):
        loss(kind, "nan", ("x1", np.array([[NAN, 1.0], [1.0, 2.0]])), ("x2", np.array([[1.0, 1.0], [0.5, -2.0]])),
             ("signs", np.array([[-1.0], [1.0]] if kind == "margin_ranking_loss" else [-1.0, -1.0])), reduction="none")
    loss("hinge_embedding_loss", "nan", ("x", np.array([NAN, 0.5])), ("signs", np.array([-1.0, -1.0])), reduction="none")
    loss("cosine_embedding_loss", "below-the-margin", ("x1", np.array([[1.0, 0.0], [1.0, 0.0]])), ("x2", np.array([[0.3, 1.0], [-0.2, 1.0]])),
         ("signs", np.array([-1.0, -1.0])), margin=0.5, reduction="none")


def make():
    for group in (pools, convolutions, norms, orders, pictures, infinities, triplets, cosines, rest):
        group()


if __name__ == "__main__":
    make()
