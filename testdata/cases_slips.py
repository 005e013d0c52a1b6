"""The cases without which single slips in the definitions would go unnoticed: SlipsTest plants them, and what survived all other cases asked for these."""

import numpy as np

from case_files import case, layer, normal
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
        layer("conv3d", f"padding-mode-{mode}-all-sides", (1, 2, 4, 5, 3), out_channels=2, kernel_size=[2, 3, 2], padding=[1, 2, 1], padding_mode=mode)
    for kind, side in (("conv_transpose1d", (4,)), ("conv_transpose2d", (3, 2)), ("conv_transpose3d", (2, 3, 2))):
        layer(kind, "groups-of-two-in-a-batch-of-three", (3, 4, *side), out_channels=6, kernel_size=2, groups=2)


def norms():
    case("layers/batch_norm", "momentum-none-later", {"x": (5, 3, 2)}, {"bn": {"layer": "batch_norm", "momentum": "none"}}, batches_tracked=4)


def rest():
    layer("rms_norm", "small-numbers", normal((2, 5)) * 1e-8, normalized_shape=5)
    layer("slice", "last-dimension", (3, 5), dim=-1, start=2)
    layer("upsample", "bilinear-two-by-two-align", (1, 2, 3, 4), size=2, mode="bilinear", align_corners=True)
    layer("upsample", "bilinear-of-width-2", (1, 2, 3, 2), size=[5, 4], mode="bilinear", align_corners=False)
    layer("embedding", "padding-idx-0", np.array([[1, 0, 1], [3, 0, 2]]), num_embeddings=4, embedding_dim=3, padding_idx=0)


def triplets():
    def triplet(name, x, positive, negative, **options):
        loss("triplet_margin_loss", name, ("x", np.array(x)), ("positive", np.array(positive)), ("negative", np.array(negative)), eps=0.0, margin=3.0, swap=True,
             reduction="none", **options)

    triplet("unit-distances", [[1.0, 0.0], [3.0, 0.0]], [[1.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]])
    triplet("p-inf-ties", [[1.0, 1.0], [2.0, 0.0]], [[0.0, 0.0], [0.0, 2.0]], [[3.0, 3.0], [-1.0, 1.0]], p="inf")


def cosines():
    loss("cosine_embedding_loss", "below-the-margin", ("x1", np.array([[1.0, 0.0], [1.0, 0.0]])), ("x2", np.array([[0.3, 1.0], [-0.2, 1.0]])),
         ("signs", np.array([-1.0, -1.0])), margin=0.5, reduction="none")


def make():
    for group in (pools, convolutions, norms, triplets, cosines, rest):
        group()


if __name__ == "__main__":
    make()
