"""The cases of normalisations, of convolutions and pools in one and three dimensions, and of layers that move elements about."""

from itertools import product

import numpy as np

from case_files import case, classes, layer, normal

NAN, INF = float("nan"), float("inf")


# --- normalisations ----------------------------------------------------------------------------------------------------------------------------

def layer_norms():
    for kind in ("layer_norm", "rms_norm"):
        layer(kind, "last-dimension", (2, 3, 4), normalized_shape=4)
        layer(kind, "two-dimensions", (2, 3, 4), normalized_shape=[3, 4])
        layer(kind, "all-dimensions", (2, 5), normalized_shape=[2, 5])
        layer(kind, "1d", (6,), normalized_shape=[6])
        layer(kind, "4d", (2, 3, 2, 5), normalized_shape=[2, 5])
        layer(kind, "affine-false", (2, 3, 4), normalized_shape=[3, 4], elementwise_affine=False)
        layer(kind, "eps-large", (3, 4), normalized_shape=4, eps=0.5)
        layer(kind, "eps-0", (3, 4), normalized_shape=4, eps=0.0)
        layer(kind, "constant-rows", np.repeat([[2.0], [0.0], [-3.0]], 4, axis=1), normalized_shape=4, eps=0.25)
        layer(kind, "offset-and-scale", 300 + normal((3, 7), scale=20.0), normalized_shape=7)
        layer(kind, "nan", normal((3, 4), at={5: NAN, 8: INF}), normalized_shape=4)
    layer("rms_norm", "extents-of-one", (3, 1), normalized_shape=1, eps=0.1)  # layer_norm's gradient would be all cancellation


def group_norm():
    layer("group_norm", "two-groups", (3, 4, 5), num_groups=2)
    layer("group_norm", "three-groups-4d", (2, 6, 3, 4), num_groups=3)
    layer("group_norm", "5d", (2, 4, 2, 3, 1), num_groups=2)
    layer("group_norm", "2d", (3, 6), num_groups=2)
    layer("group_norm", "one-group", (2, 3, 4), num_groups=1)
    layer("group_norm", "a-group-for-each-channel", (2, 3, 4), num_groups=3)
    layer("group_norm", "affine-false", (2, 6, 3), num_groups=3, affine=False)
    layer("group_norm", "eps-large", (2, 4, 3), num_groups=2, eps=0.5)
    layer("group_norm", "batch-of-one", (1, 4, 3), num_groups=2)
    layer("group_norm", "nan", normal((2, 4, 3), at={7: NAN}), num_groups=2)


def instance_norm():
    shapes = {"3d": (2, 3, 5), "4d": (2, 3, 4, 5), "5d": (2, 3, 2, 4, 3)}
    for rank, x in shapes.items():
        layer("instance_norm", rank, x)
        layer("instance_norm", f"affine-{rank}", x, affine=True)
    x = shapes["3d"]
    for training in (True, False):
        mode = "training" if training else "evaluation"
        layer("instance_norm", mode, x, affine=True, training=training)
        layer("instance_norm", f"tracked-{mode}", x, affine=True, track_running_stats=True, training=training)
        layer("instance_norm", f"tracked-plain-{mode}", x, track_running_stats=True, momentum=0.3, training=training)
        layer("instance_norm", f"initial-buffers-{mode}", x, track_running_stats=True, initial_buffers=True, training=training)
    layer("instance_norm", "eps-large", x, eps=0.5)
    layer("instance_norm", "constant-channel", np.array([[[2.0, 2.0, 2.0], [2.0, 5.0, 4.0]], [[1.0, 2.0, 0.5], [3.0, 3.0, 3.0]]]))
    layer("instance_norm", "constant-channel-eps-0", np.array([[[1.0, 1.0, 1.0], [2.0, 5.0, 4.0]]]), affine=True, eps=0.0)
    layer("instance_norm", "momentum-1", x, track_running_stats=True, momentum=1.0)
    layer("instance_norm", "batch-of-one", (1, 3, 4), affine=True, track_running_stats=True)
    layer("instance_norm", "nan", normal(x, at={7: NAN}), affine=True)


def lengths():
    for size, (rank, x) in product((1, 2, 3, 5), {"3d": (2, 4, 3), "4d": (2, 4, 2, 3)}.items()):
        layer("local_response_norm", f"size-{size}-{rank}", x, size=size)
    layer("local_response_norm", "all-options", (2, 5, 3), size=3, alpha=0.5, beta=1.5, k=2.0)
    layer("local_response_norm", "strong", normal((2, 5, 3), scale=3.0), size=4, alpha=2.0)
    layer("local_response_norm", "size-larger-than-channels", (2, 3, 4), size=9, alpha=0.5)
    layer("local_response_norm", "one-channel", (2, 1, 4), size=2, alpha=0.5)
    layer("local_response_norm", "nan", normal((2, 4, 3), at={4: NAN}), size=3)

    layer("normalize", "default", (3, 4))
    layer("normalize", "dim-0", (3, 4, 2), dim=0)
    layer("normalize", "dim-last", (2, 3, 4), dim=-1)
    layer("normalize", "1d", (5,), dim=0)
    for p in (1.0, 1.5, 3.0, 0.5):
        layer("normalize", f"p-{p}", (3, 4), p=p)
    short = np.array([[0.0, 0.0, 0.0], [0.3, -0.4, 0.0], [3.0, 4.0, 0.0], [0.1, 0.0, 0.2]])
    for p in (1.0, 2.0, 3.0):
        layer("normalize", f"zeros-and-short-p-{p}", short, p=p, eps=0.5)
    layer("normalize", "zeros", short[:2])
    layer("normalize", "nan", normal((3, 4), at={5: NAN}))

    def pair(kind, name, *shape, **options):
        case(f"layers/{kind}", name, {"x1": shape, "x2": shape}, {kind: {"layer": kind, "from": ["x1", "x2"], **options}})

    pair("cosine_similarity", "default", 3, 4)
    pair("cosine_similarity", "dim-0", 3, 4, 2, dim=0)
    pair("cosine_similarity", "dim-last", 2, 3, 4, dim=-1)
    pair("cosine_similarity", "1d", 5, dim=0)
    pair("cosine_similarity", "eps-large", 4, 3, eps=1.5)
    layer("cosine_similarity", "zeros-and-short", np.array([[0.0, 0.0], [0.3, 0.4], [3.0, 4.0], [0.0, 1.0]]),
          np.array([[1.0, 2.0], [0.1, 0.2], [0.0, 0.0], [0.0, 2.0]]), eps=0.5)
    pair("pairwise_distance", "default", 3, 4)
    pair("pairwise_distance", "1d", 5)
    pair("pairwise_distance", "3d", 2, 3, 4)
    pair("pairwise_distance", "eps-large", 3, 4, eps=0.5)
    for p in (1.0, 1.5, 3.0, 0.5):
        pair("pairwise_distance", f"p-{p}", 3, 4, p=p)
        layer("pairwise_distance", f"ties-p-{p}", np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 1.0]]), p=p, eps=0.0)
    layer("pairwise_distance", "ties", np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 1.0]]), eps=0.0)


# --- convolutions and pools --------------------------------------------------------------------------------------------------------------------

def convolutions():
    for kind, x, kernel, more in (("conv1d", (2, 4, 7), 3, 2), ("conv3d", (2, 4, 3, 4, 5), [2, 3, 2], [1, 2, 3])):
        def conv(name, shape=x, out_channels=6, kernel_size=kernel, **options):
            layer(kind, name, shape, out_channels=out_channels, kernel_size=kernel_size, **options)

        first = 1 if kind == "conv1d" else [1, 0, 2]
        conv("default", out_channels=3)
        conv("stride", stride=more)
        conv("padding", padding=first, out_channels=2)
        conv("dilation", shape=(2, 2, 9) if kind == "conv1d" else (1, 2, 4, 5, 6), dilation=more, out_channels=2)
        conv("groups", groups=2)
        conv("depthwise", groups=4, out_channels=4, padding=1)
        conv("all-options", stride=more, padding=first, groups=2, bias=False)
        conv("padding-same", out_channels=2, padding="same")
        conv("padding-valid", out_channels=2, padding="valid")
        conv("unbatched", shape=x[1:], out_channels=2, padding=first)
        conv("kernel-one", out_channels=3, kernel_size=1)
        conv("nan", shape=normal(x, at={9: NAN}), out_channels=2, padding=1)
        for mode in ("reflect", "replicate", "circular"):
            conv(f"padding-mode-{mode}", out_channels=2, padding=first, padding_mode=mode)


def conv_transpose2d():
    def conv(name, x=(2, 4, 3, 5), out_channels=3, kernel_size=(2, 3), **options):
        layer("conv_transpose2d", name, x, out_channels=out_channels, kernel_size=list(kernel_size), **options)

    conv("default")
    conv("stride", stride=[2, 3])
    conv("stride-larger-than-kernel", stride=[3, 4])
    conv("padding", padding=[1, 2])
    conv("stride-padding", stride=[2, 3], padding=[1, 2])
    conv("output-padding", stride=[2, 3], output_padding=[1, 2])
    conv("output-padding-beyond-the-kernel", kernel_size=(1, 1), stride=[3, 2], output_padding=[2, 1])
    conv("dilation", dilation=[3, 2])
    conv("groups", out_channels=6, groups=2)
    conv("depthwise", out_channels=4, groups=4, stride=2)
    conv("all-options", out_channels=6, kernel_size=(3, 2), stride=[3, 2], padding=[2, 1], output_padding=[1, 1], groups=2, dilation=[2, 3],
         bias=False)
    conv("bias-false", bias=False)
    conv("unbatched", x=(4, 3, 5), stride=2, padding=1)
    conv("all-extents-one", x=(1, 1, 1, 1), out_channels=1, kernel_size=(1, 1))
    conv("nan", x=normal((2, 2, 3, 4), at={5: NAN}), stride=2, padding=1)


def pools():
    x = (2, 3, 7)
    for kind in ("max_pool1d", "avg_pool1d"):
        layer(kind, "default", x, kernel_size=2)
        layer(kind, "stride", x, kernel_size=3, stride=1)
        layer(kind, "stride-larger-than-kernel", x, kernel_size=2, stride=3)
        layer(kind, "padding", x, kernel_size=4, stride=2, padding=2)
        layer(kind, "ceil-mode", x, kernel_size=2, ceil_mode=True)
        layer(kind, "ceil-mode-padding", (2, 3, 6), kernel_size=3, stride=2, padding=1, ceil_mode=True)
        layer(kind, "ceil-window-in-the-padding", (2, 3, 5), kernel_size=2, stride=3, padding=1, ceil_mode=True)
        layer(kind, "unbatched", (3, 7), kernel_size=3, stride=2, padding=1)
        layer(kind, "kernel-covers-input", x, kernel_size=7)
        layer(kind, "nan-and-infinite", normal(x, at={5: NAN, 20: INF, 33: -INF}), kernel_size=3, stride=2)
    layer("max_pool1d", "dilation", x, kernel_size=3, stride=1, dilation=2)
    layer("max_pool1d", "dilation-ceil-mode", x, kernel_size=2, stride=3, padding=1, dilation=3, ceil_mode=True)
    layer("max_pool1d", "ties", np.round(normal(x)), kernel_size=3, stride=1)
    layer("max_pool1d", "padding-all-negative", -np.abs(normal(x)) - 1, kernel_size=3, stride=2, padding=1)
    layer("avg_pool1d", "count-include-pad-false", x, kernel_size=4, stride=2, padding=2, count_include_pad=False)
    layer("avg_pool1d", "count-include-pad-false-ceil", (2, 3, 6), kernel_size=3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)

    x = np.abs(normal((2, 3, 5, 7))) + 0.1
    for norm_type in (1.0, 2.0, 3.0, 1.5):
        layer("lp_pool2d", f"norm-{norm_type}", x, norm_type=norm_type, kernel_size=[2, 3])
        layer("lp_pool2d", f"ceil-mode-norm-{norm_type}", x, norm_type=norm_type, kernel_size=[2, 3], stride=[2, 2], ceil_mode=True)
    layer("lp_pool2d", "kernel-int", (2, 3, 4, 6), norm_type=2.0, kernel_size=2)
    layer("lp_pool2d", "stride", (2, 3, 5, 7), norm_type=2.0, kernel_size=[3, 2], stride=[1, 2])
    layer("lp_pool2d", "unbatched", (3, 4, 6), norm_type=2.0, kernel_size=2)
    layer("lp_pool2d", "negative-cubes", (1, 2, 4, 5), norm_type=3.0, kernel_size=[2, 2])
    for norm_type in (1.0, 2.0, 3.0):
        layer("lp_pool2d", f"zeros-norm-{norm_type}", np.array([[[[0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 2.0]]]]), norm_type=norm_type, kernel_size=2)

    x = (2, 3, 7, 5)
    for name, size in {"divides": 1, "overlaps": [3, 2], "larger-than-input": [9, 8], "same-as-input": [7, 5], "one-row": [1, 4]}.items():
        layer("adaptive_avg_pool2d", name, x, output_size=size)
    layer("adaptive_avg_pool2d", "unbatched", (3, 7, 5), output_size=[4, 3])
    layer("adaptive_avg_pool2d", "nan", normal((1, 2, 5, 4), at={7: NAN, 25: INF}), output_size=[3, 2])


# --- elements moved about, and the rest --------------------------------------------------------------------------------------------------------

def moves():
    layer("pixel_shuffle", "default", (2, 8, 3, 5), upscale_factor=2)
    layer("pixel_shuffle", "factor-3", (2, 9, 1, 2), upscale_factor=3)
    layer("pixel_shuffle", "factor-one", (2, 3, 4, 5), upscale_factor=1)
    layer("pixel_shuffle", "unbatched", (12, 2, 3), upscale_factor=2)
    layer("pixel_shuffle", "5d", (2, 3, 4, 1, 2), upscale_factor=2)
    layer("pixel_unshuffle", "default", (2, 3, 4, 6), downscale_factor=2)
    layer("pixel_unshuffle", "factor-3", (2, 1, 3, 6), downscale_factor=3)
    layer("pixel_unshuffle", "factor-one", (2, 3, 4, 5), downscale_factor=1)
    layer("pixel_unshuffle", "unbatched", (3, 4, 2), downscale_factor=2)
    layer("pixel_unshuffle", "5d", (2, 3, 1, 2, 4), downscale_factor=2)
    layer("upsample", "both", (2, 3, 2, 4), scale_factor=2)
    layer("upsample", "pair", (2, 3, 2, 4), scale_factor=[3, 2], mode="nearest")
    layer("upsample", "factor-one", (2, 1, 3, 4), scale_factor=[1, 2])
    for kind in ("sum", "mean"):
        layer(kind, "dim-0", (2, 3, 4), dim=0)
        layer(kind, "dim-1", (2, 3, 4), dim=1)
        layer(kind, "dim-last", (2, 3, 4), dim=-1)
        layer(kind, "1d", (5,), dim=0)
        layer(kind, "extents-of-one", (2, 1, 3), dim=1)
        layer(kind, "nan", normal((2, 3), at={2: NAN, 4: INF}), dim=1)


def embedding():
    def table(name, tokens, rows=5, columns=3, **options):
        layer("embedding", name, tokens, num_embeddings=rows, embedding_dim=columns, **options)

    table("default", classes((4,), 5))
    table("scalar", classes((), 5))
    table("2d", classes((2, 3), 5))
    table("3d", classes((2, 3, 2), 7), rows=7, columns=2)
    table("repeated", np.array([1, 4, 1, 1, 0]))
    table("one-row", np.zeros((3,), dtype=int), rows=1, columns=2)
    table("padding-idx", classes((2, 6), 5), padding_idx=2)
    table("padding-idx-negative", classes((2, 6), 5), padding_idx=-1)
    table("scale-grad-by-freq", np.array([[1, 4, 1], [1, 0, 4]]), scale_grad_by_freq=True)
    table("scale-grad-by-freq-padding-idx", np.array([[1, 4, 1], [1, 0, 4]]), scale_grad_by_freq=True, padding_idx=4)
    case("layers/embedding", "then-linear", {"x": classes((2, 3), 5)}, {
        "table": {"layer": "embedding", "num_embeddings": 5, "embedding_dim": 4}, "fc": {"layer": "linear", "out_features": 2}})


def make():
    for group in (layer_norms, group_norm, instance_norm, lengths, convolutions, conv_transpose2d, pools, moves, embedding):
        group()


if __name__ == "__main__":
    make()
