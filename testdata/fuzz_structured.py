"""Random configurations of the layers with several outputs, or whose PyTorch function takes other arguments: each brings what computes it."""

from contextlib import nullcontext
from unittest.mock import patch

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from cases_recurrent import bag_by_bag, layer_by_layer, stepped
from fuzz_draw import Draw, axis, between, broadcastable, chance, few, integers, shape, some, values


def held(kind, inputs, compute, module=None, outputs=("",), named=(), sources=None, training=True, before=None, **options):
    """A configuration with what computes it, as cases_recurrent.case has it: `named` inputs are given by their names, the rest by `from`."""
    inputs = {key: value for key, value in inputs.items() if value is not None}
    named = [key for key in named if key in inputs]
    sources = sources or [key for key in inputs if key not in named]
    reference = dict(compute=compute, module=module, outputs=list(outputs), named=named, sources=sources, before=before)
    return Draw({"layer": kind, "from": sources, **{key: key for key in named}, **options}, inputs, training=training, reference=reference, options=options)


def recurrent(kind, r):
    module = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind]
    hidden, features, steps = few(r, 4), few(r, 3), r.randint(1, 4)
    batch = () if chance(r, 0.25) else (0 if chance(r, 0.03) else r.randint(1, 3),)
    training = chance(r, 0.7)
    options = {"hidden_size": hidden, **some(r, num_layers=r.randint(1, 3), bias=chance(r, 0.6), bidirectional=chance(r, 0.6), batch_first=chance(r, 0.6),
                                             dropout=r.choice([0.0, 0.3, 1.0]))}
    if kind == "rnn":
        options.update(some(r, nonlinearity=r.choice(["tanh", "relu"])))
    if kind == "lstm" and chance(r, 0.4):
        options["proj_size"] = r.randint(0, hidden - 1)
    count = options.get("num_layers", 1) * (2 if options.get("bidirectional") else 1)
    inputs = {"x": (*batch, steps, features) if options.get("batch_first") else (steps, *batch, features)}
    if chance(r, 0.6):
        inputs["h_0"] = (count, *batch, options.get("proj_size") or hidden)
        if kind == "lstm":
            inputs["c_0"] = (count, *batch, hidden)
    if batch and 0 not in batch and chance(r, 0.3):
        inputs["lengths"] = integers(r, batch, 1, steps + 1)
    layer = module(features, **options).train(training)
    if training and layer.dropout and layer.num_layers > 1:
        width = count // layer.num_layers * (layer.proj_size or hidden)
        inputs["no_grad_mask"] = integers(r, (layer.num_layers - 1, *inputs["x"][:-1], width), 0, 2).astype(float)

    def compute(t):
        if "no_grad_mask" in t:
            return layer_by_layer(layer, t)
        states = tuple(t[key] for key in ("h_0", "c_0") if key in t)
        y, last = stepped(layer, t["x"], states, t.get("lengths"))
        return (y, *last) if kind == "lstm" else (y, last)

    outputs = ("", "h_n", "c_n") if kind == "lstm" else ("", "h_n")
    return with_mask(held(kind, inputs, compute, layer, outputs, ("h_0", "c_0", "lengths"), ["x"], training=training, **options), "dropout_mask")


def with_mask(draw, name):
    """A configuration whose dropout keeps what the input `no_grad_mask` says, if it has that."""
    if "no_grad_mask" in draw.inputs:
        draw.reference["names"] = {"no_grad_mask": name}
        draw.layer[name] = "no_grad_mask"
    return draw


def hidden_mask(r, dims, hides):
    """A mask of truth values, in which no row hides all."""
    mask = integers(r, dims, 0, 2).astype(bool)
    mask[..., 0] = not hides
    return mask


def attention(kind, r):
    lead = shape(r, 0, 3, 3)
    L, S, E, F = (few(r, 4) for _ in range(4))
    gqa = len(lead) > 0 and chance(r, 0.15)
    heads = r.randint(1, 2)
    queries = (*lead[:-1], heads * r.randint(1, 3)) if gqa else broadcastable(r, lead) if chance(r, 0.2) else lead
    keys = (*lead[:-1], heads) if gqa else broadcastable(r, lead) if chance(r, 0.2) else lead
    inputs = {"query": (*queries, L, E), "key": (*keys, S, E), "value": (*keys, S, F)}
    options = some(r, is_causal=chance(r, 0.4), scale=r.choice([0.3, 1, 2.5, -1, 0, "none"]), dropout_p=r.choice([0.0, 0.25, 1.0]))
    training = chance(r, 0.6)
    try:
        whole = np.broadcast_shapes(queries, (*keys[:-1], queries[-1]) if gqa else keys)
    except ValueError:
        whole = lead
    if not options.get("is_causal") and chance(r, 0.5):
        dims = broadcastable(r, whole) + (r.choice([1, L]), S)
        inputs["attn_mask"] = hidden_mask(r, dims, False) if chance(r, 0.5) else values(r, dims)
    if gqa:
        options["enable_gqa"] = True
    p = options.get("dropout_p", 0)
    if p and training:
        inputs["no_grad_mask"] = integers(r, (*whole, L, S), 0, 2).astype(float)

    def compute(t):
        key, value = (t[name].repeat_interleave(queries[-1] // heads, -3) if gqa else t[name] for name in ("key", "value"))
        scale = options.get("scale", "none")
        scores = t["query"] @ key.transpose(-1, -2) * (E ** -0.5 if scale == "none" else scale)
        if "attn_mask" in t:
            mask = t["attn_mask"]
            scores = scores.masked_fill(~mask, -np.inf) if mask.dtype == torch.bool else scores + mask
        if options.get("is_causal"):
            scores = scores.masked_fill(torch.ones(scores.shape[-2:]).triu(1) == 1, -np.inf)
        weights = scores.softmax(-1)
        if "no_grad_mask" in t:
            weights = weights * t["no_grad_mask"] / (1 - p) if p < 1 else weights * 0
        return weights @ value

    draw = held(kind, inputs, compute, named=("attn_mask",), sources=["query", "key", "value"], training=training, **options)
    return with_mask(draw, "dropout_mask")


def multi_head(kind, r):
    heads, width = r.randint(1, 3), few(r, 3)
    E, L, S = heads * width, few(r, 4), few(r, 4)
    batch = () if chance(r, 0.25) else (r.randint(1, 3),)
    self_attention = chance(r, 0.2)
    kdim, vdim = (r.choice([None, E, r.randint(1, 5)]) for _ in range(2))
    if self_attention:
        kdim = vdim = None
        S = L
    training = chance(r, 0.6)
    options = some(r, bias=chance(r, 0.6), add_bias_kv=chance(r, 0.5), add_zero_attn=chance(r, 0.5), batch_first=chance(r, 0.5), dropout=r.choice([0.0, 0.3, 1.0]))
    options.update({key: value for key, value in {"kdim": kdim, "vdim": vdim}.items() if value})
    layer = nn.MultiheadAttention(E, heads, **options).train(training)
    p = options.get("dropout", 0)
    options.update(num_heads=heads, **some(r, need_weights=chance(r, 0.5), average_attn_weights=chance(r, 0.5)))
    lay = lambda count, features: (*batch, count, features) if options.get("batch_first") else (count, *batch, features)
    inputs = {"query": lay(L, E)}
    if not self_attention:
        inputs.update(key=lay(S, kdim or E), value=lay(S, vdim or E))
    if chance(r, 0.4):
        dims = (L, S) if chance(r, 0.5) else ((batch[0] if batch else 1) * heads, L, S)
        inputs["attn_mask"] = hidden_mask(r, dims, True) if chance(r, 0.5) else values(r, dims)
    if chance(r, 0.4):
        inputs["key_padding_mask"] = hidden_mask(r, (*batch, S), True) if chance(r, 0.7) else values(r, (*batch, S))
    if p and training:
        all_keys = S + options.get("add_bias_kv", False) + options.get("add_zero_attn", False)
        inputs["no_grad_mask"] = integers(r, (*batch, heads, L, all_keys), 0, 2).astype(float)
    masks = ("attn_mask", "key_padding_mask")
    weights = options.get("need_weights", True)

    def compute(t):
        q = t["query"]
        given = {key: t[key] for key in masks if key in t}
        if given.get("key_padding_mask", torch.ones(1, dtype=bool)).dtype != torch.bool and "attn_mask" in given:  # which PyTorch 1.13 does not bring together
            mask, padding = (given.pop(key) for key in ("attn_mask", "key_padding_mask"))
            mask = torch.zeros(mask.shape).masked_fill(mask, -np.inf) if mask.dtype == torch.bool else mask
            rows = padding.reshape(-1, 1, 1, S).expand(-1, heads, L, S).reshape(-1, L, S)
            given["attn_mask"] = mask + rows
        keep = lambda w, p: w * t["no_grad_mask"].reshape(w.shape) / (1 - p) if p < 1 else w * 0  # in place of what PyTorch draws
        with patch.object(functional, "dropout", keep) if "no_grad_mask" in t else nullcontext():
            y = layer(q, t.get("key", q), t.get("value", q), need_weights=weights, average_attn_weights=options.get("average_attn_weights", True), **given)
        return y if weights else y[0]

    sources = ["query"] * 3 if self_attention else ["query", "key", "value"]
    return with_mask(held(kind, inputs, compute, layer, ("", "weights") if weights else ("",), masks, sources, training=training, **options), "dropout_mask")


def transformer(kind, r):
    heads = r.randint(1, 3)
    E, L = heads * r.randint(4 // heads, 5), few(r, 4)  # gradients behind a norm of few elements are differences of nearly equal numbers
    batch = () if chance(r, 0.25) else (r.randint(1, 3),)
    options = some(r, activation=r.choice(["relu", "gelu"]), batch_first=chance(r, 0.5), norm_first=chance(r, 0.5), layer_norm_eps=r.choice([1e-5, 0.1]))
    training = chance(r, 0.6)
    options.update(nhead=heads, dim_feedforward=few(r, 5), dropout=r.choice([0.0, 0.0, 1.0]) if training else 0.2)
    layer = nn.TransformerEncoderLayer(E, **options).train(training)
    if chance(r, 0.15):  # an option since PyTorch 2.1
        options["bias"] = False
        for part in (layer.self_attn.out_proj, layer.linear1, layer.linear2, layer.norm1, layer.norm2):
            part.bias = None
        layer.self_attn.in_proj_bias = None
    inputs = {"src": (*batch, L, E) if options.get("batch_first") else (L, *batch, E)}
    if chance(r, 0.4):
        dims = (L, L) if chance(r, 0.6) else ((batch[0] if batch else 1) * heads, L, L)
        inputs["src_mask"] = hidden_mask(r, dims, True) if chance(r, 0.5) else values(r, dims)
    if chance(r, 0.4):
        inputs["src_key_padding_mask"] = hidden_mask(r, (*batch, L), True)
    masks = ("src_mask", "src_key_padding_mask")
    draw = held(kind, inputs, lambda t: layer(t["src"], **{key: t[key] for key in masks if key in t}), layer, named=masks, training=training, **options)
    draw.reference["value"] = "layer.norm2" if not options.get("norm_first") else "layer.residual2"
    return draw


def einsum(kind, r):
    extents = {label: few(r, 4) for label in r.sample("abijkxyzNM", r.randint(1, 6))}
    dots = shape(r, 0, 2, 3, empty=0)
    operands, inputs = [], {}
    for name in "pqrs"[:r.choice([1, 2, 2, 2, 3, 4])]:
        labels = [r.choice(list(extents)) for _ in range(r.randint(0, 3))]
        dims = [1 if chance(r, 0.05) else extents[label] for label in labels]
        if chance(r, 0.3):
            at = r.randint(0, len(labels))
            labels.insert(at, "...")
            dims[at:at] = broadcastable(r, dots) if chance(r, 0.3) else dots
        operands.append("".join(labels))
        inputs[name] = tuple(dims)
    equation = (", " if chance(r, 0.3) else ",").join(operands)
    if chance(r, 0.75):
        there = sorted({label for label in "".join(operands) if label != "."})
        output = r.sample(there, r.randint(0, len(there)))
        if "..." in equation and chance(r, 0.9):
            output.insert(r.randint(0, len(output)), "...")
        equation += ("->" if chance(r, 0.7) else " -> ") + "".join(output)
    return held(kind, inputs, lambda t: torch.einsum(equation, *t.values()), equation=equation)


def ctc(kind, r):
    T, C, S = few(r, 8), few(r, 5), r.randint(0, 4)
    N = 1 if chance(r, 0.2) else r.randint(1, 4)
    blank = r.choice([0, 0, C - 1, r.randrange(C)])
    input_lengths, target_lengths = integers(r, (N,), max(min(T, 2 * S) if chance(r, 0.6) else 0, 1), T + 1), integers(r, (N,), 0, S + 1)
    labels = [label for label in range(C) if label != blank] or [0]
    targets = np.array(labels)[integers(r, (N, S), 0, len(labels))]
    if chance(r, 0.2):
        targets = np.where(np.arange(S) < target_lengths[:, None], targets, integers(r, (N, S), -9, 9))
    elif chance(r, 0.3):
        targets = np.concatenate([row[:length] for row, length in zip(targets, target_lengths)])
    x = (T, N, C)
    if N == 1 and chance(r, 0.5):
        targets = targets.reshape(-1)[:target_lengths[0]]
        x, input_lengths, target_lengths = (T, C), input_lengths[0], target_lengths[0]
    options = some(r, blank=blank, reduction=r.choice(["none", "mean", "sum"]), zero_infinity=chance(r, 0.6))
    if "blank" not in options:
        options.update({"blank": blank} if blank else {})
    named = {"targets": targets, "input_lengths": input_lengths, "target_lengths": target_lengths}

    def compute(t):
        labels = t["targets"].clamp(0, C - 1)  # PyTorch 1.13 reads memory behind the classes for those that count for nothing
        return functional.ctc_loss(t["x"].log_softmax(-1), labels, t["input_lengths"], t["target_lengths"], **options)

    return held(kind, {"x": values(r, x, ties=0), **named}, compute, named=tuple(named), before={"log_softmax": {"dim": -1}}, **options)


def pieces(kind, r):
    x = shape(r, 1, 4)
    dim = axis(r, len(x))
    extent = x[dim]
    if kind == "split":
        parts = []
        while sum(parts) < extent:
            parts.append(r.randint(0, extent - sum(parts)))
        options = {"split_size": r.randint(1, 6) if chance(r, 0.6) else parts or [0]}
        compute = lambda t: torch.split(t["x"], options["split_size"], dim)
    elif kind == "chunk":
        options = {"chunks": r.randint(1, 6)}
        compute = lambda t: torch.chunk(t["x"], options["chunks"], dim)
    else:
        options, compute = {}, lambda t: torch.unbind(t["x"], dim)
    count = len(compute({"x": torch.zeros(x)}))
    return held(kind, {"x": x}, compute, outputs=["", *map(str, range(1, count))], **options, **({"dim": dim} if dim or chance(r, 0.5) else {}))


def bags(kind, r):
    rows, width = few(r, 6), few(r, 4)
    options = some(r, mode=r.choice(["sum", "mean", "max"]), padding_idx=r.randint(-rows, rows - 1))
    mode = options.get("mode", "mean")
    inputs = {}
    if chance(r, 0.4):
        inputs["x"] = integers(r, (r.randint(0, 4), r.randint(1, 4)), 0, rows)
    else:
        count = r.randint(0, 8)
        inputs["x"] = integers(r, (count,), 0, rows)
        offsets = np.sort(integers(r, (r.randint(0, 4),), 0, count + 1))
        options.update(some(r, include_last_offset=chance(r, 0.5)))
        inputs["offsets"] = np.array([0, *offsets, *([count] if options.get("include_last_offset") else [])])
    if chance(r, 0.5) and mode == "sum":
        inputs["per_sample_weights"] = np.shape(inputs["x"])
    if chance(r, 0.2):
        options.update(max_norm=r.choice([0.5, 1.0, 2.0]), **some(r, norm_type=r.choice([1.0, 2.0, 3.0, float("inf"), 0.0, -1.0])))
    if mode != "max" and chance(r, 0.2):
        options["scale_grad_by_freq"] = True
    layer = nn.EmbeddingBag(rows, width, **options)
    named = ("offsets", "per_sample_weights")
    return held(kind, inputs, lambda t: bag_by_bag(layer, t["x"], *(t.get(key) for key in named)), layer, named=named,
                num_embeddings=rows, embedding_dim=width, **options)


def dropout(kind, r):
    x, p, training = shape(r), r.choice([0, 0.0, 0.25, 0.5, 1.0, 1]), chance(r, 0.7)
    mask = integers(r, x, 0, 2).astype(float)

    def compute(t):
        if not training or p == 0:
            return t["x"] * 1
        return t["x"] * 0 if p == 1 else t["x"] * t["no_grad_mask"] / (1 - p)

    return with_mask(held(kind, {"x": x, "no_grad_mask": mask}, compute, training=training, sources=["x"], p=p), "mask")


DRAWS = {
    **dict.fromkeys(("rnn", "lstm", "gru"), recurrent), "scaled_dot_product_attention": attention, "multi_head_attention": multi_head,
    "transformer_encoder_layer": transformer, "einsum": einsum, "ctc_loss": ctc, **dict.fromkeys(("split", "chunk", "unbind"), pieces),
    "embedding_bag": bags, "dropout": dropout,
}
