"""The cases of pools and convolutions of the other ranks, and of options and shapes that random configurations (fuzz.py) found wanting."""

from itertools import product

import numpy as np

from case_files import case, classes, layer, normal
from cases_losses import INFINITE, loss, signs, spread

NAN, INF = float("nan"), float("inf")


def transposed_convolutions():
    for kind, x, kernel, more in (("conv_transpose1d", (2, 4, 5), 3, 2), ("conv_transpose3d", (2, 4, 2, 3, 4), [2, 3, 1], [2, 1, 3])):
        def conv(name, shape=x, out_channels=3, kernel_size=kernel, **options):
            layer(kind, name, shape, out_channels=out_channels, kernel_size=kernel_size, **options)

        first = 1 if kind == "conv_transpose1d" else [1, 1, 0]
        last = 1 if kind == "conv_transpose1d" else [1, 0, 2]
        conv("default")
        conv("stride", stride=more)
        conv("padding", padding=first)
        conv("output-padding", stride=more, output_padding=last)
        conv("dilation", dilation=more, out_channels=2)
        conv("groups", groups=2, out_channels=6)
        conv("all-options", stride=more, padding=first, output_padding=last, dilation=more, groups=2, out_channels=4, bias=False)
        conv("unbatched", shape=x[1:], stride=more)
    layer("conv_transpose1d", "rows-of-one", (2, 3, 4), out_channels=2, kernel_size=[3], stride=[2], padding=[1])


def volumes():
    x = (2, 3, 4, 5, 6)
    for kind in ("max_pool3d", "avg_pool3d"):
        layer(kind, "default", x, kernel_size=2)
        layer(kind, "all-different", x, kernel_size=[2, 3, 4], stride=[1, 2, 3], padding=[1, 0, 2])
        layer(kind, "ceil-mode", x, kernel_size=[3, 2, 3], stride=[2, 3, 2], padding=1, ceil_mode=True)
        layer(kind, "unbatched", x[1:], kernel_size=[1, 2, 3])
        layer(kind, "nan-and-infinite", normal((1, 2, 3, 4, 3), at={5: NAN, 50: INF}), kernel_size=2, stride=1)
    layer("max_pool3d", "dilation", x, kernel_size=[2, 1, 3], stride=1, dilation=[3, 1, 2])
    layer("max_pool3d", "ties", np.round(normal((2, 2, 3, 4, 5))), kernel_size=[2, 3, 2], stride=1)
    layer("avg_pool3d", "count-include-pad-false", x, kernel_size=[2, 3, 3], padding=[1, 1, 0], count_include_pad=False)
    layer("avg_pool3d", "divisor-override", x, kernel_size=[1, 2, 3], divisor_override=5)
    x = np.abs(normal((2, 3, 7))) + 0.1
    for norm_type in (1, 2.0, 3, 1.5):
        layer("lp_pool1d", f"norm-{norm_type}", x, norm_type=norm_type, kernel_size=3, stride=2)
    for norm_type in (0.5, 1.5):
        layer("lp_pool1d", f"zeros-norm-{norm_type}", np.array([[[0.0, 0.0, 1.0, 2.0, 0.0, 1.0]]]), norm_type=norm_type, kernel_size=2)
    layer("lp_pool1d", "ceil-mode", x, norm_type=2, kernel_size=3, stride=2, ceil_mode=True)
    layer("lp_pool1d", "default", x, norm_type=2, kernel_size=2)
    layer("lp_pool1d", "unbatched", x[0], norm_type=3, kernel_size=2)


def adaptive_pools():
    shapes = {1: (2, 3, 7), 2: (2, 3, 7, 5), 3: (2, 2, 4, 3, 5)}
    for dims, x in shapes.items():
        sizes = {"divides": 1, "overlaps": [3, 2, 4][:dims], "larger-than-input": [9, 8, 6][:dims], "none": ["none", 2, 3][:dims]}
        for kind in ("max", "avg"):
            for name, size in sizes.items():
                if size != ["none"]:  # which PyTorch refuses for a sequence
                    layer(f"adaptive_{kind}_pool{dims}d", name, x, output_size=size)
            layer(f"adaptive_{kind}_pool{dims}d", "unbatched-one-number", x[1:], output_size=2)
        layer(f"adaptive_max_pool{dims}d", "ties", np.round(normal(x)), output_size=2)
        layer(f"adaptive_max_pool{dims}d", "nan", normal(x, at={3: NAN, 20: INF}), output_size=3)


def indices_of_maxima():
    for dims, side in {1: (9,), 2: (8, 11), 3: (5, 8, 7)}.items():
        x = (2, 3, *side)
        sizes = {"kernel_size": [3, 2, 4][-dims:], "stride": [1, 2, 3][-dims:], "padding": [1, 0, 1][-dims:], "dilation": [1, 3, 2][-dims:]}
        layer(f"max_pool{dims}d", "indices", x, **sizes, ceil_mode=True, return_indices=True)
        layer(f"max_pool{dims}d", "indices-ties-unbatched", np.round(normal(x[1:])), kernel_size=3, stride=2, padding=1, return_indices=True)
        layer(f"adaptive_max_pool{dims}d", "indices", x, output_size=[2, 3, 4][-dims:], return_indices=True)
        layer(f"adaptive_max_pool{dims}d", "indices-ties-unbatched", np.round(normal(x[1:])), output_size=3, return_indices=True)


def moved_integers():
    """Indices that have gone through layers that only move them."""
    ids = classes((3, 4), 6)
    table = {"layer": "embedding", "num_embeddings": 6, "embedding_dim": 2}
    case("layers/slice", "of-indices", {"ids": ids}, {"shorter": {"layer": "slice", "dim": 1, "end": -1}, "table": table})
    case("layers/concat", "of-indices", {"a": ids, "b": ids[:, :1]}, {"both": {"layer": "concat", "from": ["a", "b"], "dim": 1}, "table": table})
    case("layers/flatten", "of-indices", {"ids": ids}, {"row": {"layer": "flatten", "start_dim": 0}, "table": table})
    case("layers/flatten", "of-targets", {"x": (6, 5), "labels": classes((2, 3), 5)},
         {"target": {"layer": "flatten", "from": "labels", "start_dim": 0}, "scaled": {"layer": "relu", "from": "x"}},
         loss={"layer": "cross_entropy", "from": ["scaled", "target"]})
    case("layers/max", "indices-in-a-table", {"x": (3, 6, 2)},
         {"greatest": {"layer": "max", "dim": 1}, "table": {**table, "from": "greatest.indices"}})


def blocks():
    for name, options in {"default": {"kernel_size": [2, 3]}, "stride": {"kernel_size": 2, "stride": [1, 2]},
                          "padding": {"kernel_size": [1, 3], "padding": [2, 1]}, "dilation": {"kernel_size": [2, 3], "dilation": [3, 1]},
                          "all-options": {"kernel_size": [3, 2], "dilation": [1, 2], "padding": [1, 2], "stride": [2, 3]}}.items():
        layer("unfold", name, (2, 3, 5, 6), **options)
        kernel = options["kernel_size"] if isinstance(options["kernel_size"], list) else [options["kernel_size"]] * 2
        layer("fold", name, (2, 3 * kernel[0] * kernel[1], columns((5, 6), **options)), output_size=[5, 6], **options)
    layer("unfold", "unbatched", (3, 4, 5), kernel_size=2, padding=1)
    layer("unfold", "nan", normal((1, 2, 3, 4), at={5: NAN}), kernel_size=2)
    layer("fold", "unbatched", (8, 12), output_size=[4, 5], kernel_size=2)


def columns(picture, **options):
    pair = {key: value if isinstance(value, list) else [value, value] for key, value in options.items()}
    count = 1
    for i in (0, 1):
        span = pair.get("dilation", [1, 1])[i] * (pair["kernel_size"][i] - 1) + 1
        count *= (picture[i] + 2 * pair.get("padding", [0, 0])[i] - span) // pair.get("stride", [1, 1])[i] + 1
    return count


def upsample():
    sequence, picture, volume = (2, 3, 5), (2, 3, 4, 5), (1, 2, 2, 3, 4)
    for x, mode in ((sequence, "linear"), (picture, "bilinear"), (picture, "bicubic"), (volume, "trilinear")):
        size = [7, 3, 9][:len(x) - 2]
        for align in (False, True):
            layer("upsample", f"{mode}-size-align-{align}".lower(), x, size=size, mode=mode, align_corners=align)
            layer("upsample", f"{mode}-scale-align-{align}".lower(), x, scale_factor=1.7, mode=mode, align_corners=align)
            layer("upsample", f"{mode}-size-one-align-{align}".lower(), x, size=1, mode=mode, align_corners=align)
        layer("upsample", f"{mode}-scales", x, scale_factor=[0.6, 2.5, 1.0][:len(x) - 2], mode=mode)
    for rank, x in {"3d": sequence, "4d": picture, "5d": volume}.items():
        layer("upsample", f"nearest-size-{rank}", x, size=[7, 3, 9][:len(x) - 2])
        layer("upsample", f"nearest-scale-{rank}", x, scale_factor=1.5)
    for name, side, factor in (("width", (3, 5), [2.0, 1.1]), ("height", (3, 2), [1.3, 2.0])):
        layer("upsample", f"bicubic-same-{name}", (2, 3, *side), scale_factor=factor, mode="bicubic")
    layer("upsample", "area-to-nothing", volume, size=[2, 0, 3], mode="area")
    layer("upsample", "area-to-nothing-by-factor", volume, scale_factor=[0.4, 2.0, 1.0], mode="area")
    layer("upsample", "bicubic-same", (2, 3, 3, 2), scale_factor=[1.3, 1.2], mode="bicubic", gradients_only=True)
    layer("upsample", "nearest-same-and-twice-channels", (2, 3, 2, 3), scale_factor=[1.3, 2.3], gradients_only=True)
    for mode in ("nearest", "nearest-exact"):  # of one channel: PyTorch's kernel for channels last
        layer("upsample", f"{mode}-same-and-twice", (2, 1, 2, 3), scale_factor=[1.3, 2.3], mode=mode)
        layer("upsample", f"{mode}-twice-and-not", (2, 1, 3, 5), scale_factor=[2.3, 1.3], mode=mode)
    layer("upsample", "nearest-same-and-twice-5d", (2, 1, 3, 4, 2), scale_factor=[2.3, 1.2, 2.4])


def numbers():
    x = (2, 3, 4)
    layer("rrelu", "rank-0", np.array(-0.7))
    layer("rrelu", "rank-3", x, lower=0.25, upper=0.5)
    layer("rrelu", "zeros-and-nan", np.array([0.0, -0.0, NAN, INF, -INF]))
    for kind in ("neg", "sin", "cos", "erf", "square", "expm1", "sinh", "cosh", "tan"):
        layer(kind, "rank-0", np.array(0.7))
        layer(kind, "rank-3", x)
        layer(kind, "zeros", np.array([0.0, -0.0]))
    for kind in ("log1p", "log2", "log10", "rsqrt", "reciprocal"):
        layer(kind, "rank-0", np.array(0.7))
        layer(kind, "rank-3", spread(x, 0.1, 5))
    layer("clamp", "both", np.array([-2.0, -1.0, 0.5, 1.5, 3.0, NAN]), min=-1, max=1.5)
    layer("clamp", "min", x, min=0.25)
    layer("clamp", "max", x, max=0)
    layer("clamp", "min-above-max", x, min=0.5, max=-0.5)
    for kind in ("maximum", "minimum"):
        layer(kind, "ties", np.array([1.0, 2.0, 0.0, -1.0, NAN]), np.array([1.0, 3.0, -0.0, -2.0, 1.0]))
        layer(kind, "broadcast", (2, 1, 4), (3, 1))
    layer("slice", "default", (4, 3))
    layer("slice", "start-end", (5, 3, 2), start=1, end=4)
    layer("slice", "negative", (3, 7, 2), dim=1, start=-5, end=-1, step=2)
    layer("slice", "beyond", (3, 4), dim=-1, start=-9, end=9, step=3)


def scalars_and_ranks():
    for kind in ("softmax", "softmin", "log_softmax"):
        layer(kind, "scalar", np.array(0.7), dim=0)
        for rank in range(6):
            layer(kind, f"dim-none-{rank}d", (3, 2, 4, 1, 2)[:rank] if rank else np.array(-0.3))
    layer("prelu", "scalar", np.array(-0.7))
    layer("prelu", "1d", (5,))
    layer("batch_norm", "momentum-none", (5, 3, 2), momentum="none")
    layer("conv1d", "rows-of-one", (2, 3, 8), out_channels=2, kernel_size=[3], stride=[2], padding=[1], dilation=[2])
    for kind in ("max_pool1d", "avg_pool1d"):
        layer(kind, "rows-of-one", (2, 3, 8), kernel_size=[3], stride=[2], padding=[1])


def padded():
    for rank in range(1, 6):
        x = (4, 3, 5, 3, 2)[:rank]
        layer("pad", f"constant-{rank}d", x, pad=[1, 0, 2, 3, 1, 1, 0, 2, 1, 2][:2 * rank], value=0.5)
    layer("pad", "value-none", (2, 3), pad=[1, 2], value="none")
    layer("pad", "value-none-replicate", (2, 3), pad=[1, 2], mode="replicate", value="none")
    layer("pad", "negative", (3, 5), pad=[-1, 2, 1, -2])
    for mode in ("reflect", "replicate", "circular"):
        layer("pad", f"{mode}-2d" if mode == "reflect" else f"{mode}-3d-last", (3, 5) if mode == "reflect" else (2, 3, 5), pad=[2, 1], mode=mode)
        layer("pad", f"{mode}-4d", (2, 3, 4, 5), pad=[2, 1, 3, 0], mode=mode)
        layer("pad", f"{mode}-5d", (1, 2, 3, 4, 3), pad=[2, 1, 3, 0, 1, 2], mode=mode)


def norms():
    ties = np.array([[1.0, -3.0, 3.0], [0.0, 0.0, 0.0], [-2.0, 1.0, 0.5]])
    layer("normalize", "p-inf", (3, 4, 2), p="inf")
    layer("normalize", "p-inf-ties", ties, p="inf", eps=0.5)
    case("layers/pairwise_distance", "p-inf", {"x1": (3, 4), "x2": (3, 4)}, {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": "inf"}})
    case("layers/pairwise_distance", "p-inf-ties", {"x1": ties, "x2": np.zeros((3, 3))},
         {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": "inf", "eps": 0.0}})
    case("layers/pairwise_distance", "keepdim-broadcast", {"x1": (3, 1, 4), "x2": (2, 4)},
         {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "keepdim": True}})
    case("layers/cosine_similarity", "broadcast", {"x1": (3, 4, 1), "x2": (4, 2)}, {"c": {"layer": "cosine_similarity", "from": ["x1", "x2"], "dim": -2}})
    rows = np.array([[0.5, NAN, 2.0], [INF, -1.0, 0.5], [-0.5, INF, NAN], [-INF, INF, 1.0], [NAN, NAN, NAN]])
    for p in ("inf", "-inf", 1):
        layer("vector_norm", f"nan-and-infinite-order-{p}", rows, dim=1, ord=p)
        case("layers/pairwise_distance", f"nan-and-infinite-p-{p}", {"x1": rows, "x2": np.zeros((5, 3))},
             {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": p, "eps": 0.0}})
        loss("triplet_margin_loss", f"nan-and-infinite-p-{p}", ("x", rows), ("positive", np.zeros((5, 3))), ("negative", (5, 3)), p=p, eps=0.0, reduction="none")
    loss("triplet_margin_loss", "p-inf", ("x", (5, 4)), ("positive", (5, 4)), ("negative", (5, 4)), p="inf", margin=3.0, swap=True)


def losses():
    for kind in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "poisson_nll_loss"):
        for reduction in ("none", "mean", "sum"):
            loss(kind, f"broadcast-{reduction}", ("x", spread((2, 1, 4), 0.3, 3)), ("target", spread((3, 1), 0.2, 2)), reduction=reduction)
    loss("hinge_embedding_loss", "broadcast", ("x", (2, 1, 4)), ("signs", np.array([[1.0], [-1.0], [1.0]])))
    for name, var in {"last-extent-of-one": (4, 1), "without-the-last": (4,)}.items():
        for reduction in ("none", "mean"):
            loss("gaussian_nll_loss", f"variance-{name}-{reduction}", ("x", (4, 3)), ("target", (4, 3)), ("var", spread(var, 0.1, 3)),
                 full=True, reduction=reduction)
    for name, x in {"1d": (4,), "2d": (5, 4), "4d": (2, 4, 3, 2)}.items():
        target = spread(x, 0, 1)
        weights = {"named": {"weight": "class_weights"}}
        for reduction in ("none", "mean", "sum"):
            loss("cross_entropy", f"probabilities-{name}-{reduction}", ("x", x), ("target", target), reduction=reduction)
            loss("cross_entropy", f"probabilities-all-options-{name}-{reduction}", ("x", x), ("target", target),
                 ("class_weights", np.array([0.5, 2, 0.25, 3])), **weights, label_smoothing=0.2, reduction=reduction)
    for name, target in {"some": [[2, 0, -1, 3], [-1, 0, 1, 2], [3, 3, 1, -1], [0, 1, 2, 3]], "unbatched": [1, -1, 0, 2]}.items():
        target = np.array(target)
        x = np.round(normal(target.shape) * 2)
        for reduction in ("none", "mean", "sum"):
            loss("multilabel_margin_loss", f"{name}-{reduction}", ("x", x), ("target", target), reduction=reduction)
    loss("multilabel_margin_loss", "nan-and-infinite", ("x", INFINITE), ("target", np.array([[0, -1, 2], [1, 2, -1], [2, 0, 1], [-1, 0, 1], [0, 1, -1]])), reduction="none")
    loss("multilabel_margin_loss", "default", ("x", (5, 3)), ("target", classes((5, 3), 3)))


def defaults_and_limits():
    """Options that were missing, and ones at the ends of what PyTorch accepts."""
    sides = {1: (2, 3, 9), 2: (2, 3, 7, 6), 3: (1, 2, 4, 5, 6)}
    for kind, dims in [*((f"{kind}_pool{dims}d", dims) for kind in ("max", "avg") for dims in (1, 2, 3)), ("lp_pool1d", 1), ("lp_pool2d", 2)]:
        norm = {"norm_type": 2.0} if kind.startswith("lp") else {}
        layer(kind, "stride-none", np.abs(normal(sides[dims])) + 0.1, kernel_size=2, stride="none", **norm)
    for kind in ("batch_norm", "instance_norm"):
        layer(kind, "eps-0", (4, 3, 5), eps=0)
    layer("instance_norm", "unbatched", (3, 5), affine=True)
    layer("layer_norm", "bias-false", (3, 2, 4), normalized_shape=[2, 4], bias=False)
    layer("conv_transpose2d", "padding-mode", (1, 2, 3, 4), out_channels=2, kernel_size=2, padding_mode="zeros")
    for kind in ("add", "sub"):
        for alpha in (-0.5, 0):
            layer(kind, f"alpha-{alpha}", (2, 1, 4), (3, 1), alpha=alpha)
    for kind in ("var", "std"):
        layer(kind, "scalar", np.array(0.7))
        layer(kind, "scalar-biased", np.array(0.7), unbiased=False)
    layer("pad", "circular-negative", (2, 3, 3, 4, 5), pad=[-1, 2, 2, -1, -1, 1], mode="circular")
    layer("pad", "reflect-negative", (2, 3, 5, 6), pad=[-1, 2, 2, -2], mode="reflect")
    layer("upsample", "recompute-scale-factor", (1, 2, 4, 5), scale_factor=1.7, mode="bilinear", recompute_scale_factor=True)
    layer("upsample", "recompute-scale-factor-nearest", (1, 2, 4, 5), scale_factor=[1.3, 2.7], recompute_scale_factor=True)
    layer("local_response_norm", "k-0", normal((2, 4, 3)), size=3, k=0, alpha=0.5)
    layer("local_response_norm", "k-0-zeros", normal((2, 4, 3), at={0: 0.0, 3: 0.0, 6: 0.0}), size=3, k=0, alpha=0.5)
    counted = np.array([[1.5, 0.0, -2.0], [0.0, 0.5, 0.25]])
    for p in (0, 0.5, -1):
        layer("normalize", f"order-{p}", counted + (0 if p == 0 else 0.1), p=p)
        layer("vector_norm", f"order-{p}", counted + (0 if p == 0 else 0.1), dim=1, ord=p)
        case("layers/pairwise_distance", f"order-{p}", {"x1": counted, "x2": (2, 3)}, {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": p}})
    words = {"sparse-false": {"sparse": False}, "max-norm": {"max_norm": 1.5}, "max-norm-inf": {"max_norm": 0.7, "norm_type": "inf"},
             "max-norm-all-options": {"max_norm": 0.5, "norm_type": 1, "padding_idx": 2, "scale_grad_by_freq": True}}
    for name, options in words.items():
        layer("embedding", name, classes((3, 4), 5), num_embeddings=5, embedding_dim=3, **options)
        layer("embedding", f"{name}-no-columns", classes((3, 4), 5), num_embeddings=5, embedding_dim=0, **options)
    for norm_type in ("inf", "-inf"):
        for columns in (0, 1):
            layer("embedding", f"max-norm-order-{norm_type}-columns-{columns}", classes((3, 4), 5), num_embeddings=5, embedding_dim=columns, max_norm=0.4,
                  norm_type=norm_type)
    layer("embedding", "no-rows", np.zeros((2, 0), dtype=np.int64), num_embeddings=0, embedding_dim=3, max_norm=1.0, scale_grad_by_freq=True)


def further_options():
    """Options that PyTorch's modules have, or that its functions take, though few use them."""
    ties = np.array([[1.0, -3.0, 3.0], [-2.0, 2.0, 2.5], [0.5, 4.0, 1.5]])
    layer("vector_norm", "order-minus-inf", ties, dim=1, ord="-inf")
    layer("normalize", "p-minus-inf", ties, p="-inf")
    zero = np.array([[1.5, 0.0, -2.0], [0.5, 1.0, 0.25]])
    layer("normalize", "order--1-zero", zero, p=-1, eps=0.5)
    case("layers/pairwise_distance", "order-0-zero", {"x1": zero, "x2": np.zeros((2, 3))},
         {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": 0, "eps": 0.0}})
    layer("normalize", "dims", (2, 3, 4), dim=[2, 0])
    layer("normalize", "dims-p-inf", np.round(normal((2, 3, 4))), dim=[-1, 1], p="inf")
    case("layers/pairwise_distance", "p-minus-inf", {"x1": ties, "x2": np.zeros((3, 3))},
         {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": "-inf", "eps": 0.0}})
    for p in ("-inf", 0, -1):
        for swap in (False, True):
            loss("triplet_margin_loss", f"order-{p}-{'swap' if swap else 'plain'}", ("x", ties), ("positive", (3, 3)), ("negative", np.round(normal((3, 3)) * 2) / 2),
                 p=p, swap=swap, margin=2.0)
    quotients = {"x": np.array([7.0, -7.0, 7.0, -7.0, 6.0, -0.5]), "other": np.array([2.0, 2.0, -2.0, -2.0, 3.0, 4.0])}
    for mode in ("trunc", "floor"):
        case("layers/div", f"rounding-mode-{mode}", quotients, {"div": {"layer": "div", "from": ["x", "other"], "rounding_mode": mode}})
    floors = {"div": {"layer": "div", "from": ["x", "other"], "rounding_mode": "floor"}}
    tenths = np.arange(-25.0, 26)[:, None] / 10  # of which the rounded quotients are whole, and many of the exact ones a little less
    case("layers/div", "rounding-mode-floor-remainders", {"x": tenths, "other": np.array([0.1, -0.1, 0.2, 0.3, 0.7, -1.1, 1e-3])}, floors)
    special = np.array([0.0, -0.0, 1.0, -1.0, 0.1, 1e-310, INF, -INF, NAN])
    case("layers/div", "rounding-mode-floor-special", {"x": special[:, None], "other": special[[0, 1, 2, 3, 6, 7, 8]]}, floors)
    case("layers/div", "rounding-mode-floor-large", {"x": np.array([[1e16, -1e16, 12345678901234567, 9e15]]).T, "other": np.array([3.0, -0.7, 0.1, -1.0])}, floors)
    case("layers/div", "rounding-mode-floor-of-products", {"x": np.arange(1.0, 10)[:, None] / 10, "factor": np.array([3.0, -7.0, 11.0, 13.0])},
         {"mul": {"layer": "mul", "from": ["x", "factor"]},  # rounded down or up, or not at all
          "div": {"layer": "div", "from": ["mul", "x"], "rounding_mode": "floor"}})
    for mode in ("nearest-exact", "area"):
        for rank, x in {"3d": (2, 3, 5), "4d": (2, 3, 4, 5), "5d": (1, 2, 2, 3, 4)}.items():
            layer("upsample", f"{mode}-size-{rank}", x, size=[7, 3, 9][:len(x) - 2], mode=mode)
            layer("upsample", f"{mode}-scale-{rank}", x, scale_factor=1.3, mode=mode)
        layer("upsample", f"{mode}-smaller", (1, 2, 7, 5), size=[3, 2], mode=mode)
    layer("upsample", "area-infinite", normal((1, 2, 7), at={2: INF}), size=3, mode="area")
    loss("kl_div", "no-samples-batchmean", ("x", np.zeros((0, 3))), ("target", np.zeros((0, 3))), reduction="batchmean")
    for kind in ("softmax", "softmin", "log_softmax"):
        layer(kind, "of-nothing", (2, 0, 3), dim=1)
    layer("instance_norm", "unbatched-pictures", (3, 4, 5), dims=2, affine=True, track_running_stats=True)
    layer("instance_norm", "unbatched-volumes", (3, 2, 4, 3), dims=3)
    layer("instance_norm", "batched-pictures", (2, 3, 4, 5), dims=2, track_running_stats=True)
    layer("pad", "to-nothing", (3, 2), pad=[-1, -1])
    layer("pad", "of-no-dimension", (2, 3), pad=[])
    layer("pad", "of-no-dimension-scalar", np.array(0.5), pad=[])
    layer("pad", "six-dimensions", (1, 2, 1, 3, 2, 1), pad=[1, 0, 0, 1, 1, 1, 0, 2, 1, 0, 1, 2], value=0.5)
    layer("pad", "seven-dimensions", (2, 3, 2, 1, 2, 1, 2), pad=[0, 0, 1, 0, -1, 2, 0, 1, 0, 0, 1, -1, -1, 2], value=-2.0)
    layer("pad", "eight-dimensions", (2, 1, 3, 2, 1, 1, 1, 1, 1), pad=[1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 1, 1, 0, 1])
    layer("pad", "six-dimensions-to-nothing", (1, 2, 1, 3, 2, 1), pad=[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0])
    layer("pad", "minus-infinity", (2, 3), pad=[1, 2], value="-inf")
    layer("clamp", "infinite-ends", np.array([-2.0, -INF, 0.5, INF]), min="-inf", max="inf")
    for norm_type in ("-inf", 0, -1.5):
        layer("embedding", f"max-norm-order-{norm_type}", classes((3, 4), 5), num_embeddings=5, embedding_dim=3, max_norm=0.4, norm_type=norm_type)
    layer("prelu", "init", (2, 3, 4), init=-0.3, initial_buffers=True)
    layer("prelu", "init-of-each-channel", (2, 3, 4), num_parameters=3, init=0.4, initial_buffers=True)


def broadcast_losses():
    """Losses whose inputs PyTorch expands, and whose targets may have another shape."""
    def vectors(shape):  # a single number is short enough for its length to matter: else nearly all of its gradient cancels
        return spread(shape, 1e-6, 3e-6) if shape[-1:] in ((), (1,)) else shape

    for reduction in ("none", "mean", "sum", "batchmean"):
        loss("kl_div", f"broadcast-{reduction}", ("x", -spread((3, 4), 0.2, 3)), ("target", spread((4,), 0.1, 1)), reduction=reduction)
    loss("soft_margin_loss", "broadcast", ("x", (2, 3, 4)), ("signs", np.array([[1.0], [-1.0], [1.0]])))
    loss("cosine_embedding_loss", "broadcast", ("x1", (4, 3)), ("x2", (1, 3)), ("signs", np.array([1.0, -1.0, -1.0, 1.0])), margin=-0.5, reduction="none")
    for name, (x1, x2, targets) in {"one-number-first": ((4, 1), (4, 3), 4), "one-number-second": ((4, 3), (4, 1), 4), "one-number-of-all": ((1, 1), (4, 3), 4),
                                    "one-vector-of-one-number": ((4, 1), (1, 3), 1), "one-number-beside-none": ((2, 1), (2, 0), 2), "none-beside-one-number": ((2, 0), (1, 1), 2),
                                    "more-targets": ((1, 3), (1, 3), 4), "more-targets-one-number": ((1, 3), (1, 1), 4), "no-targets": ((1, 3), (1, 3), 0),
                                    "one-number-unbatched": ((3,), (1,), ()), "one-number-first-unbatched": ((1,), (3,), ()),
                                    "scalar-second": ((3,), (), ()), "scalar-beside-one-number": ((1,), (), ())}.items():
        for reduction in ("none", "mean"):
            loss("cosine_embedding_loss", f"broadcast-{name}-{reduction}", ("x1", vectors(x1)), ("x2", vectors(x2)), ("signs", signs(targets)), margin=-0.5,
                 reduction=reduction)
    loss("triplet_margin_loss", "broadcast", ("x", (3, 1, 4)), ("positive", (1, 2, 4)), ("negative", (3, 2, 4)), margin=3.0)
    for name, (x, target, var) in {"target-larger": ((3, 1), (2, 3, 4), (3, 1)), "target-of-more-dimensions": ((4,), (3, 4), (4,)),
                                   "both": ((2, 1, 4), (3, 1), (2, 1, 1)), "variance-without-the-last": ((2, 1), (2, 3), (2,)),
                                   "variance-of-one": ((3,), (2, 3), ()), "scalar": ((), (4,), ()), "scalar-variance-in-brackets": ((), (4,), (1,)),
                                   "scalars-variance-in-brackets": ((), (), (1,))}.items():
        for reduction in ("none", "mean"):
            loss("gaussian_nll_loss", f"broadcast-{name}-{reduction}", ("x", x), ("target", target), ("var", spread(var, 0.3, 2)), full=True, reduction=reduction)
    loss("gaussian_nll_loss", "no-least-variance", ("x", (3,)), ("target", (3,)), ("var", np.array([1e-9, 0.5, 2.0])), eps=0.0)
    loss("multi_margin_loss", "target-of-one", ("x", (4,)), ("target", np.array([2])), reduction="none")
    loss("multi_margin_loss", "target-of-one-mean", ("x", (4,)), ("target", np.array([2])))
    for name, weights in {"rows": (2, 1), "all": (2, 4)}.items():
        loss("multilabel_soft_margin_loss", f"weights-{name}", ("x", (2, 4)), ("target", spread((4,), 0, 1)), ("factors", spread(weights, 0.3, 2)),
             named={"weight": "factors"})
    for name, (x, target, weights) in {"target-of-more-dimensions": ((4,), (3, 4), (4,)), "target-of-many-more": ((3, 1), (2, 5, 3, 4), (5, 1, 4)),
                                       "one-class": ((3, 1), (3, 4), (1,)), "weights-of-more-dimensions": ((3, 2), (2,), (4, 3, 2))}.items():
        for reduction in ("none", "mean"):
            loss("multilabel_soft_margin_loss", f"broadcast-{name}-{reduction}", ("x", x), ("target", spread(target, 0, 1)), ("factors", spread(weights, 0.3, 2)),
                 named={"weight": "factors"}, reduction=reduction)


def norms_of_tiny_and_huge_numbers():
    """Powers that underflow to a norm of 0, which has the gradient 0, and norms near the largest number."""
    tiny = np.array([[1e-170, -2e-170, 0.0], [1e-4, 2e-4, 1.0]])
    layer("normalize", "underflow", tiny[:1])
    layer("normalize", "underflow-p-100", np.array([[1e-4, 2e-4]]), p=100.0)
    layer("vector_norm", "underflow", tiny, dim=[1])
    layer("vector_norm", "largest-ord-inf", np.array([[1e308, -1e308], [1e308, 1.0]]), dim=[1], ord="inf")
    layer("normalize", "largest-p-inf", np.array([[1e308, -1e308, 1e307]]), p="inf")
    huge = np.array([[1e308, -1e308], [1e308, 1.0]])
    case("layers/pairwise_distance", "largest-p-inf", {"x1": huge, "x2": np.zeros((2, 2))},
         {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": "inf", "eps": 0.0}})
    loss("triplet_margin_loss", "largest-p-inf", ("x", huge), ("positive", np.zeros((2, 2))), ("negative", huge / 2), p="inf", eps=0.0, reduction="none")
    for name, p in {"underflow-p-2": 2.0, "underflow-p-3": 3.0}.items():
        case("layers/pairwise_distance", name, {"x1": tiny, "x2": np.zeros((2, 3))},
             {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": p, "eps": 0.0}})
        loss("triplet_margin_loss", name, ("x", tiny), ("positive", np.zeros((2, 3))), ("negative", 2 * tiny), p=p, eps=0.0, margin=3.0)


    for kind in ("max", "min"):
        layer(kind, "nan-of-all", np.array([[1.0, NAN, 3.0], [NAN, 0.0, 3.0]]))


def scalars_as_vectors():
    """Tensors of no dimensions in the place of vectors."""
    one, two, three = np.array(0.3), np.array(1.0), np.array(-0.5)
    for keepdim in (False, True):
        case("layers/pairwise_distance", f"scalars-keepdim-{keepdim}".lower(), {"x1": one, "x2": two},
             {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "keepdim": keepdim}})
    case("layers/pairwise_distance", "scalar-and-vectors", {"x1": one, "x2": (2, 3)}, {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"]}})
    loss("triplet_margin_loss", "scalars", ("x", one), ("positive", two), ("negative", three), swap=True)
    for reduction in ("none", "mean"):
        loss("multi_margin_loss", f"scalars-{reduction}", ("x", one), ("target", np.array(0)), margin=0.5, reduction=reduction)
        loss("multi_margin_loss", f"scalar-and-one-target-{reduction}", ("x", one), ("target", np.array([0])), reduction=reduction)
        loss("multilabel_margin_loss", f"scalars-{reduction}", ("x", one), ("target", np.array(0)), reduction=reduction)


def rows_of_one():
    """One number in brackets counts for all dimensions, and a stride of none is the kernel's size."""
    for dims, x in {1: (2, 3, 7), 2: (2, 3, 7, 5), 3: (1, 2, 5, 4, 6)}.items():
        for kind in ("max_pool", "avg_pool"):
            layer(f"{kind}{dims}d", "kernel-in-brackets", x, kernel_size=[2], stride=[])
            layer(f"{kind}{dims}d", "all-in-brackets", x, kernel_size=[3], stride=[2], padding=[1], **({"dilation": [2]} if kind == "max_pool" and dims < 3 else {}))
        if dims < 3:
            layer(f"lp_pool{dims}d", "stride-of-none", np.abs(normal(x)) + 0.1, norm_type=2, kernel_size=2, stride=[])
            layer(f"lp_pool{dims}d", "stride-in-brackets", np.abs(normal(x)) + 0.1, norm_type=2, kernel_size=3, stride=[1])
        layer(f"conv{dims}d", "all-in-brackets", x, out_channels=2, kernel_size=2, stride=[2], padding=[1], dilation=[2])
        layer(f"conv_transpose{dims}d", "all-in-brackets", x, out_channels=2, kernel_size=2, stride=[2], padding=[1], dilation=[2], output_padding=[1])


def nothing():
    """Sizes of 0 that options set."""
    layer("linear", "no-features", (2, 3), out_features=0)
    layer("linear", "of-no-features", (2, 0), out_features=3)
    layer("linear", "of-no-features-initial", (2, 0), out_features=3, initial_buffers=True)
    layer("bilinear", "no-features", (2, 2), (2, 3), out_features=0)
    for kind in ("layer_norm", "rms_norm"):
        layer(kind, "of-nothing", (2, 0), normalized_shape=0)
        layer(kind, "of-no-rows", (2, 0, 3), normalized_shape=[0, 3])
    layer("concat", "nothing-before", (0,), (2, 3), dim=1)
    layer("concat", "nothing-between", (2, 3), (0,), (2, 1), dim=-1)
    layer("concat", "nothing-behind", (2, 3, 4), (0,), dim=-2)
    layer("concat", "nothing-but-vectors", (0,), (0,), dim=1)
    layer("concat", "nothing-and-a-vector", (0,), (2,))
    for (name, x), p in product({"nothing": (2, 3, 0), "one": (2, 3, 1)}.items(), ("inf", "-inf")):
        layer("normalize", f"of-{name}-p-{p}", np.full(x, -2.0), dim=-1, p=p)  # a power of two: the parts of its gradient cancel to exactly 0
        case("layers/pairwise_distance", f"of-{name}-p-{p}", {"x1": x, "x2": x}, {"d": {"layer": "pairwise_distance", "from": ["x1", "x2"], "p": p}})
        loss("triplet_margin_loss", f"of-{name}-p-{p}", ("x", x), ("positive", x), ("negative", x), p=p, swap=True)
    layer("group_norm", "no-channels", (2, 0, 3), num_groups=2)
    layer("conv1d", "no-channels", (2, 0, 5), out_channels=4, kernel_size=3, groups=2)
    layer("conv2d", "no-channels", (2, 0, 5, 6), out_channels=3, kernel_size=[3, 2], stride=2)
    layer("conv3d", "no-channels-unbatched", (0, 3, 4, 5), out_channels=3, kernel_size=2, bias=False)
    for kind in ("adaptive_avg_pool3d", "adaptive_max_pool3d"):  # PyTorch has no gradients of those of pictures and sequences
        layer(kind, "to-nothing", (2, 3, 4, 5, 6), output_size=0)
        layer(kind, "to-no-rows", (3, 4, 5, 6), output_size=[2, 0, "none"])


def empty_batches():
    """No samples at all: gradients of parameters are 0."""
    layer("conv2d", "no-samples", (0, 2, 4, 4), out_channels=3, kernel_size=3)
    layer("conv_transpose1d", "no-samples", (0, 2, 4), out_channels=3, kernel_size=3, output_padding=2)
    layer("conv_transpose2d", "no-samples", (0, 2, 3, 4), out_channels=3, kernel_size=3, output_padding=[1, 2])
    layer("conv_transpose3d", "no-samples", (0, 2, 2, 3, 4), out_channels=3, kernel_size=2, output_padding=[2, 1, 3])
    layer("linear", "no-samples", (0, 3), out_features=2)
    layer("prelu", "no-samples", (0, 3))
    layer("prod", "no-samples", (0, 3), dim=1)
    layer("batch_norm", "no-samples", (0, 3, 4))
    layer("batch_norm", "no-elements", (2, 3, 0))


def make():
    for group in (transposed_convolutions, volumes, adaptive_pools, indices_of_maxima, moved_integers, blocks, upsample, numbers, scalars_and_ranks, padded, norms, losses,
                  defaults_and_limits, further_options, broadcast_losses, empty_batches, rows_of_one, norms_of_tiny_and_huge_numbers,
                  scalars_as_vectors, nothing):
        group()


if __name__ == "__main__":
    make()
