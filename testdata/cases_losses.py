"""The cases of the losses that are not in make_cases.py."""

from itertools import product

import numpy as np

from case_files import case, classes, normal

NAN, INF = float("nan"), float("inf")
REDUCTIONS = ("mean", "sum", "none")
SHAPES = [(), (5,), (2, 3, 4)]
INFINITE = np.array([[NAN, 1.0, 0.5], [0.0, INF, -INF], [-INF, NAN, 2.0], [INF, INF, 0.0], [1.0, 0.5, NAN]])
TIES = np.array([[1.0, -0.0, 2.0, -1.0], [0.0, -3.0, 4.0, 0.5]]), np.array([[1.0, 0.0, 1.0, 0.0], [-0.0, -3.0, 3.5, 1.0]])


def loss(kind, name, *inputs, named=None, **options):
    """A case of one loss. `inputs` are pairs of a name and what array_of takes; `named` says which are not positional: {"weight": "weights"}."""
    names = [key for key, _ in inputs if key not in (named or {}).values()]
    spec = {"layer": kind, "from": names, **(named or {}), **options}
    if options.get("reduction") == "none":
        case(f"layers/{kind}", name, dict(inputs), layers={"loss_of_each": spec})
    else:
        case(f"layers/{kind}", name, dict(inputs), loss=spec)


def spread(shape, low, high):
    """Values between two numbers, in a fixed scrambled order, none at an end."""
    size = int(np.prod(shape))
    return low + (high - low) * ((np.arange(size) * 7 % max(size, 2) + 0.4) / max(size, 2)).reshape(shape)


def signs(shape):
    return np.where(classes(shape, 3) == 1, -1.0, 1.0)


def everywhere(kind, pair, **options):
    """The default; every reduction with some ranks, whose two inputs `pair(shape)` gives."""
    loss(kind, "default", *pair((3, 4)), **options)
    for shape, reduction in product(SHAPES, REDUCTIONS):
        loss(kind, f"rank-{len(shape)}-{reduction}", *pair(shape), reduction=reduction, **options)


def differences():
    def pair(shape):
        return ("x", normal(shape, scale=2.0) if shape else np.array(1.5)), ("target", shape)

    for kind, bound in (("smooth_l1_loss", "beta"), ("huber_loss", "delta")):
        everywhere(kind, pair)
        for reduction in REDUCTIONS:
            loss(kind, f"{bound}-0.4-{reduction}", *pair((4, 3)), reduction=reduction, **{bound: 0.4})
            loss(kind, f"ties-{reduction}", ("x", TIES[0]), ("target", TIES[1]), reduction=reduction)
        loss(kind, "ties-half", ("x", TIES[0]), ("target", TIES[1]), reduction="none", **{bound: 0.5})
        loss(kind, f"{bound}-3", *pair((2, 3)), reduction="none", **{bound: 3.0})
        loss(kind, "nan-and-infinite", ("x", normal((2, 4), at={0: NAN, 5: INF, 6: -INF})), ("target", (2, 4)), reduction="none")
    loss("smooth_l1_loss", "beta-0", *pair((2, 3)), reduction="none", beta=0.0)


def binary():
    kind = "binary_cross_entropy"

    def probabilities(shape):
        return ("x", spread(shape, 0, 1)), ("target", spread(shape, 1, 0))

    everywhere(kind, probabilities)
    weights = spread((3, 4), 0.5, 2)
    ends = ("x", np.array([0.0, 0.0, 1.0, 1.0, 0.5, 1e-14, 1e-200])), ("target", np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.25]))
    for reduction in REDUCTIONS:
        loss(kind, f"weight-{reduction}", *probabilities((3, 4)), ("weights", weights), named={"weight": "weights"}, reduction=reduction)
        loss(kind, f"weight-of-columns-{reduction}", *probabilities((3, 4)), ("weights", weights[0]), named={"weight": "weights"},
             reduction=reduction)
        loss(kind, f"ends-{reduction}", *ends, reduction=reduction)
    loss(kind, "weight-of-rows", *probabilities((3, 4)), ("weights", weights[:, :1]), named={"weight": "weights"})

    kind = "binary_cross_entropy_with_logits"

    def logits(shape):
        return ("x", normal(shape, scale=2.0) if shape else np.array(-1.5)), ("target", spread(shape, 0, 1))

    everywhere(kind, logits)
    both = {"weight": "weights", "pos_weight": "pos_weights"}
    for reduction in REDUCTIONS:
        loss(kind, f"weight-{reduction}", *logits((3, 4)), ("weights", weights), named={"weight": "weights"}, reduction=reduction)
        loss(kind, f"pos-weight-{reduction}", *logits((3, 4)), ("pos_weights", weights[1]), named={"pos_weight": "pos_weights"}, reduction=reduction)
        loss(kind, f"both-weights-{reduction}", *logits((3, 4)), ("weights", weights[:, :1]), ("pos_weights", weights[1]), named=both,
             reduction=reduction)
    loss(kind, "pos-weight-4d", *logits((2, 3, 2, 2)), ("pos_weights", weights[0, :3].reshape(3, 1, 1)), named={"pos_weight": "pos_weights"})
    loss(kind, "large", ("x", np.array([[-800.0, 800.0, 40.0], [-40.0, 1e300, -1e300]])), ("target", np.array([[0.0, 1.0, 0.25], [1.0, 0.5, 0.75]])),
         reduction="none")
    loss(kind, "nan-and-infinite", ("x", np.array([NAN, INF, -INF, INF, -INF, 0.0])), ("target", np.array([0.5, 0.5, 0.5, 1.0, 0.0, 1.0])),
         reduction="none")


def likelihoods():
    kind = "kl_div"

    def distributions(shape):
        return ("x", -spread(shape, 0.1, 4)), ("target", spread(shape, 1, 0))

    everywhere(kind, distributions)
    for log_target, reduction in product((False, True), (*REDUCTIONS, "batchmean")):
        x, (_, target) = distributions((3, 4, 2))
        loss(kind, f"log-target-{log_target}-{reduction}".lower(), x, ("target", np.log(target) if log_target else target),
             log_target=log_target, reduction=reduction)
    loss(kind, "batchmean-1d", *distributions((5,)), reduction="batchmean")
    loss(kind, "target-of-zero", ("x", np.array([-1.0, -INF, -2.0, 0.5])), ("constants", np.array([0.0, 0.0, -0.0, 0.25])), reduction="none")

    kind = "poisson_nll_loss"

    def counts(shape):
        return ("x", spread(shape, 0.3, 3)), ("target", spread(shape, 3, 0.2))

    everywhere(kind, counts)
    for log_input, full, reduction in product((False, True), (False, True), REDUCTIONS):
        name = f"log-input-{log_input}-full-{full}-{reduction}".lower()
        loss(kind, name, *counts((3, 4)), log_input=log_input, full=full, reduction=reduction)
    loss(kind, "target-of-one", ("x", np.array([0.5, 1.5])), ("target", np.array([1.0, np.nextafter(1, 2)])), full=True, reduction="none")
    loss(kind, "rate-of-zero", ("x", np.array([0.0, 0.0, 2.0])), ("target", np.array([0.0, 2.0, 0.0])), log_input=False, reduction="none")
    loss(kind, "eps", *counts((2, 3)), log_input=False, eps=0.125)
    loss(kind, "eps-negative", *counts((2, 3)), log_input=False, eps=-0.1)

    kind = "gaussian_nll_loss"

    def normals(shape):
        return ("x", shape), ("target", shape), ("var", spread(shape, 0.1, 3))

    everywhere(kind, normals)
    for reduction in REDUCTIONS:
        loss(kind, f"full-{reduction}", *normals((4, 3)), full=True, reduction=reduction)
        loss(kind, f"small-variances-{reduction}", ("x", (2, 3)), ("target", (2, 3)), ("var", np.array([[0.0, 1e-7, 1e-6], [2e-6, 1.0, 0.5]])),
             reduction=reduction)
    loss(kind, "eps", *normals((4, 3)), eps=0.75, reduction="none")


def margins():
    for kind in ("hinge_embedding_loss", "soft_margin_loss"):
        def pair(shape):
            return ("x", normal(shape, scale=1.5) if shape else np.array(0.5)), ("signs", signs(shape))

        everywhere(kind, pair)
    loss("soft_margin_loss", "targets-of-any-size", ("x", (3, 4)), ("signs", normal((3, 4))), reduction="none")
    kinks = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 2.0, NAN, NAN]), np.array([1.0, -1.0, 0.5, 1.0, -1.0, 0.0, 1.0, -1.0])
    for reduction in REDUCTIONS:
        loss("hinge_embedding_loss", f"margin-{reduction}", ("x", normal((3, 4))), ("signs", signs((3, 4))), margin=0.25, reduction=reduction)
    loss("hinge_embedding_loss", "kinks", ("x", kinks[0]), ("signs", kinks[1]), reduction="none")

    kind, weights = "multi_margin_loss", np.array([0.5, 2, 0.25, 3])
    for (rank, x, target), p, reduction in product([("2d", (5, 4), (5,)), ("unbatched", (4,), ())], (1, 2), REDUCTIONS):
        loss(kind, f"{rank}-p-{p}-{reduction}", ("x", x), ("target", classes(target, 4)), p=p, reduction=reduction)
        loss(kind, f"weight-{rank}-p-{p}-{reduction}", ("x", x), ("target", classes(target, 4)), ("weights", weights),
             named={"weight": "weights"}, p=p, margin=0.5, reduction=reduction)
    loss(kind, "default", ("x", (5, 4)), ("target", classes((5,), 4)))
    kinks = np.array([[1.0, 0.0, 2.0, 1.0], [1.0, 2.0, 2.0, 3.0], [0.0, 0.0, 0.0, 0.0]]), np.array([0, 3, 2])
    for p in (1, 2):
        loss(kind, f"kinks-p-{p}", ("x", kinks[0]), ("target", kinks[1]), p=p, reduction="none")
    loss(kind, "one-class", ("x", (3, 1)), ("target", classes((3,), 1)))
    for p in (1, 2):
        loss(kind, f"nan-and-infinite-p-{p}", ("x", INFINITE), ("target", classes((5,), 3)), p=p, reduction="none")

    kind = "margin_ranking_loss"

    def three(shape):
        return ("x1", shape), ("x2", shape), ("target", signs(shape))

    everywhere(kind, three)
    for reduction in REDUCTIONS:
        loss(kind, f"margin-{reduction}", *three((3, 4)), margin=0.5, reduction=reduction)
        loss(kind, f"ties-{reduction}", ("x1", np.array([1.0, 2.0, 0.5, 0.0])), ("x2", np.array([1.0, 2.0, 1.0, 0.5])),
             ("target", np.array([1.0, -1.0, 1.0, -1.0])), reduction=reduction)
    loss(kind, "margin-ties", ("x1", np.array([1.0, 2.0])), ("x2", np.array([0.5, 2.5])), ("target", np.array([1.0, -1.0])), margin=0.5,
         reduction="none")


def embeddings():
    kind = "cosine_embedding_loss"
    for (rank, x, target), reduction in product([("2d", (5, 4), (5,)), ("unbatched", (4,), ())], REDUCTIONS):
        for sign in (1.0, -1.0):
            loss(kind, f"{rank}-{'similar' if sign > 0 else 'different'}-{reduction}", ("x1", x), ("x2", x), ("signs", np.full(target, sign)),
                 reduction=reduction)
    vectors = (np.array([[1.0, 0.0], [3.0, 4.0], [0.0, 0.0], [1e-7, 0.0], [1.0, 2.0]]),
               np.array([[0.0, 2.0], [6.0, 8.0], [1.0, 2.0], [1e-7, 1e-7], [2.0, 1.0]]))
    for sign in (1.0, -1.0, 0.0):
        loss(kind, f"kinks-target-{sign:.0f}", ("x1", vectors[0]), ("x2", vectors[1]), ("signs", np.full(5, sign)), reduction="none")
    loss(kind, "margin", ("x1", (6, 3)), ("x2", (6, 3)), ("signs", signs((6,))), margin=-0.3)
    loss(kind, "default", ("x1", (6, 3)), ("x2", (6, 3)), ("signs", signs((6,))))

    kind = "triplet_margin_loss"

    def triplet(*shape):
        return ("x", shape), ("positive", shape), ("negative", shape)

    loss(kind, "default", *triplet(5, 4))
    loss(kind, "rank-3", *triplet(2, 4, 3))
    for swap, reduction in product((False, True), REDUCTIONS):
        loss(kind, f"swap-{swap}-{reduction}".lower(), *triplet(6, 3), swap=swap, reduction=reduction)
    for reduction in REDUCTIONS:
        loss(kind, f"unbatched-{reduction}", *triplet(4), margin=5.0, reduction=reduction)
    for p in (1.0, 1.5, 3.0, 0.5):
        loss(kind, f"p-{p}", *triplet(4, 3), p=p, margin=3.0, swap=True)
    loss(kind, "margin-eps", *triplet(4, 3), margin=0.25, eps=0.125, reduction="none")
    x, near, far = (np.array(rows, dtype=float) for rows in (
        [[0, 0], [3, 4], [1, 1]], [[3, 4], [3, 4], [4, 5]], [[6, 8], [6, 8], [1, 1]]))
    for swap in (False, True):
        loss(kind, f"ties-swap-{swap}".lower(), ("x", x), ("positive", near), ("negative", far), eps=0.0, margin=5.0, swap=swap, reduction="none")
        loss(kind, f"ties-no-margin-swap-{swap}".lower(), ("x", x), ("positive", near), ("negative", near), eps=0.0, margin=0.0, swap=swap,
             reduction="none")

    kind, weights = "multilabel_soft_margin_loss", np.array([0.5, 2, 0.25, 3])
    loss(kind, "default", ("x", (5, 4)), ("target", classes((5, 4), 2).astype(float)))
    for shape, reduction in product([(4,), (5, 4), (2, 3, 4)], REDUCTIONS):
        loss(kind, f"rank-{len(shape)}-{reduction}", ("x", shape), ("target", spread(shape, 0, 1)), reduction=reduction)
        loss(kind, f"weight-rank-{len(shape)}-{reduction}", ("x", shape), ("target", spread(shape, 0, 1)), ("factors", weights),
             named={"weight": "factors"}, reduction=reduction)
    loss(kind, "large", ("x", np.array([[-800.0, 800.0, 40.0], [-40.0, 0.0, 1e300]])), ("target", np.array([[0.0, 1.0, 0.25], [1.0, 0.5, 1.0]])),
         reduction="none")


def make():
    for group in (differences, binary, likelihoods, margins, embeddings):
        group()


if __name__ == "__main__":
    make()
