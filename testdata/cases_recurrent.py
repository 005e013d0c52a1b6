"""The cases of layers with several outputs, of those that PyTorch 1.13 has only as part of others, and of those that are made of layers."""

import math
from contextlib import nullcontext
from unittest.mock import patch
from zlib import crc32

import numpy as np
import torch
from torch import nn

from case_files import TESTDATA, write, write_yaml


def case(kind, name, inputs, compute, module=None, outputs=("",), named=(), names=None, sources=None, training=True, layer="layer", value=None, before=None,
         folder=None, parameters=None, **options):
    """One layer held against `compute`, which maps tensors of the inputs, by name, to its outputs, by a module's parameters if it has any.

    `inputs` are arrays by name, shapes for normal values; those in `named` are given by their names in the definition, those in `names` by others,
    the rest by `from`, or `sources`. `value` is the part of the layer that puts its output out, `before` a layer in front of it.
    The case is written to the layer's folder, or to `folder`. `parameters` are values of some of the module's.
    Several outputs are flattened and joined, so that the gradient of each is tested.
    """
    title = f"{kind}-{name}"
    rng = np.random.default_rng(crc32(title.encode()))
    data = {key: np.array(rng.standard_normal(spec) if isinstance(spec, tuple) else spec) for key, spec in inputs.items()}
    tensors = {key: torch.from_numpy(np.array(values)) for key, values in data.items()}
    tensors = {key: t.requires_grad_(t.is_floating_point() and not key.startswith("no_grad")) for key, t in tensors.items()}
    given = {key: np.array(values, dtype=float) for key, values in (parameters or {}).items()}
    parameters = dict(module.named_parameters()) if module else {}
    weights = {key: given.get(key, rng.standard_normal(tuple(parameter.shape))) for key, parameter in parameters.items()}
    for key, parameter in parameters.items():
        parameter.data = torch.from_numpy(weights[key].copy())  # max_norm changes it in place
    results = compute(tensors)
    results = results if isinstance(results, tuple) else (results,)
    results = dict(zip(["." + o if o else "" for o in outputs], results))

    further = {**{key: key for key in data if key in named}, **{name: key for key, name in (names or {}).items()}}
    source = sources or [key for key in data if key not in further.values()]
    layers = {name: {"layer": name, "from": source, **given} for name, given in (before or {}).items()}
    source = list(before)[-1:] if before else source
    layers |= {layer: {"layer": kind, "from": source, **further, **options}}
    total = next(iter(results.values()))
    if len(results) > 1:
        for output in results:
            layers["flat" + output.replace(".", "_")] = {"layer": "flatten", "start_dim": 0, "from": layer + output}
        layers["all"] = {"layer": "concat", "dim": 0, "from": [key for key in layers if key.startswith("flat")]}
        total = torch.cat([result.reshape(-1) for result in results.values()])
    dy = np.array(rng.standard_normal(tuple(total.shape)))
    total.backward(torch.from_numpy(dy))
    expected = {(f"{layer}.{key}" if key in weights else key): t.grad.numpy() for key, t in {**tensors, **parameters}.items() if t.grad is not None}
    expected.update({f"values/{value or layer}{output}": result.detach().numpy() for output, result in results.items()})

    network = {"network": title, "dtype": "float64"}
    if not training:
        network["training"] = False
    network["inputs"] = {key: {"data": f"{name}.data.npz#{key}"} for key in data}
    network["layers"] = layers
    if weights:
        network["parameters"] = {f"{layer}.{key}": f"{name}.data.npz#{layer}.{key}" for key in weights}
    network["output_gradient"] = f"{name}.data.npz#dy"
    network["expect"] = f"{name}.expected.npz"
    folder = folder or TESTDATA / "layers" / kind
    data.update({f"{layer}.{key}": values for key, values in weights.items()}, dy=dy)
    write(folder / f"{name}.data.npz", data)
    write(folder / f"{name}.expected.npz", {key: np.array(values, order="C") for key, values in expected.items()})
    write_yaml(folder / f"{name}.yaml", network)


def stepped(module, x, states, lengths=None):
    """What a recurrent module puts out of x, of as many steps of each sample as lengths say, and zeros behind them."""
    given = [] if not states else [states if isinstance(module, nn.LSTM) else states[0]]
    if lengths is None:
        return module(x, *given)
    first = module.batch_first
    y, last = module(nn.utils.rnn.pack_padded_sequence(x, lengths, first, enforce_sorted=False), *given)
    return nn.utils.rnn.pad_packed_sequence(y, first, total_length=x.shape[1 if first else 0])[0], last


def recurrent(kind, name, x, state=False, lengths=None, **options):
    modules = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
    shape = x if isinstance(x, tuple) else x.shape
    module = modules[kind](shape[-1], **options).to(torch.float64)
    layers = options.get("num_layers", 1) * (2 if options.get("bidirectional") else 1)
    batch = shape[1:-1] if not options.get("batch_first") else shape[:-2]
    hidden = options["hidden_size"]
    inputs = {"x": x}
    if state:
        inputs["h_0"] = (layers, *batch, options.get("proj_size") or hidden)
        if kind == "lstm":
            inputs["c_0"] = (layers, *batch, hidden)
    if lengths:
        inputs["lengths"] = np.array(lengths, dtype=np.int64)

    def compute(tensors):
        states = tuple(tensors[key] for key in ("h_0", "c_0") if key in tensors)
        y, last = stepped(module, tensors["x"], states, tensors.get("lengths"))
        return (y, *last) if kind == "lstm" else (y, last)

    case(kind, name, inputs, compute, module, ["", "h_n", "c_n"] if kind == "lstm" else ["", "h_n"], named=("h_0", "c_0", "lengths"), layer="rnn",
         **options)


def recurrences():
    for kind in ("rnn", "lstm", "gru"):
        recurrent(kind, "default", (5, 2, 3), hidden_size=4)
        recurrent(kind, "initial-state", (5, 2, 3), state=True, hidden_size=4)
        recurrent(kind, "bias-false", (4, 2, 3), state=True, hidden_size=5, bias=False)
        recurrent(kind, "batch-first", (2, 5, 3), state=True, hidden_size=4, batch_first=True)
        recurrent(kind, "unbatched", (5, 3), state=True, hidden_size=4)
        recurrent(kind, "unbatched-batch-first", (5, 3), hidden_size=4, batch_first=True, bidirectional=True)
        recurrent(kind, "bidirectional", (5, 2, 3), state=True, hidden_size=4, bidirectional=True)
        recurrent(kind, "three-layers", (4, 2, 3), state=True, hidden_size=5, num_layers=3)
        recurrent(kind, "all-options", (2, 4, 3), state=True, hidden_size=5, num_layers=2, bidirectional=True, batch_first=True)
        recurrent(kind, "two-layers-bias-false", (4, 3, 2), hidden_size=3, num_layers=2, bias=False, bidirectional=True)
        recurrent(kind, "one-step", (1, 2, 3), state=True, hidden_size=4, bidirectional=True)
        recurrent(kind, "extents-one", (3, 1, 1), hidden_size=1, num_layers=2)
        recurrent(kind, "lengths", (5, 3, 2), lengths=[2, 5, 1], hidden_size=4)
        recurrent(kind, "lengths-all-options", (3, 5, 2), state=True, lengths=[3, 1, 4], hidden_size=4, num_layers=2, bidirectional=True, batch_first=True)
        behind = np.random.default_rng(5).standard_normal((4, 2, 3))
        behind[3, 0], behind[1:, 1] = np.nan, np.inf  # which is not read
        recurrent(kind, "lengths-not-a-number-behind", behind, lengths=[3, 1], hidden_size=2, bidirectional=True)
    recurrent("rnn", "relu", (5, 2, 3), state=True, hidden_size=4, num_layers=2, bidirectional=True, nonlinearity="relu")
    recurrent("lstm", "projection", (5, 2, 3), state=True, hidden_size=4, proj_size=2)
    recurrent("lstm", "projection-all-options", (2, 5, 3), state=True, hidden_size=4, proj_size=3, num_layers=2, bidirectional=True, batch_first=True)
    recurrent("lstm", "lengths-projection", (2, 4, 3), state=True, lengths=[2, 4], hidden_size=5, proj_size=2, num_layers=2, bidirectional=True, batch_first=True)
    recurrent("rnn", "lengths-relu", (4, 3, 2), state=True, lengths=[4, 1, 3], hidden_size=3, bidirectional=True, nonlinearity="relu")
    recurrent("lstm", "projection-bias-false", (5, 2), hidden_size=4, proj_size=1, bidirectional=True, bias=False)


def layer_by_layer(module, tensors):
    """What a recurrent module computes with the masks of dropout that are given, since PyTorch draws masks of its own."""
    kind, y, last = type(module), tensors["x"], []
    options = {key: getattr(module, key) for key in ("bias", "batch_first", "bidirectional")}
    options.update({nn.RNN: {"nonlinearity": getattr(module, "nonlinearity", None)}, nn.LSTM: {"proj_size": module.proj_size}}.get(kind, {}))
    directions, p = 2 if module.bidirectional else 1, module.dropout
    for layer in range(module.num_layers):
        single = kind(y.shape[-1], module.hidden_size, **options)
        single._flat_weights = [parameter for key, parameter in module.named_parameters() if f"_l{layer}" in key]
        states = tuple(tensors[key][layer * directions:(layer + 1) * directions] for key in ("h_0", "c_0") if key in tensors)
        y, state = stepped(single, y, states, tensors.get("lengths"))
        last.append(state if kind is nn.LSTM else (state,))
        if layer + 1 < module.num_layers and "no_grad_mask" in tensors:
            y = y * tensors["no_grad_mask"][layer] / (1 - p) if p < 1 else y * 0
    return (y, *(torch.cat(states) for states in zip(*last)))


def masked(kind, name, x, p, training=True, lengths=None, **options):
    """A recurrent layer with dropout, whose masks are given."""
    modules = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
    module = modules[kind](x[-1], dropout=p, **options).to(torch.float64)
    width = (2 if options.get("bidirectional") else 1) * (options.get("proj_size") or options["hidden_size"])
    inputs = {"x": x}
    if training:
        rng = np.random.default_rng(len(name))
        inputs["no_grad_mask"] = rng.integers(0, 2, (options["num_layers"] - 1, *x[:-1], width)).astype(np.float64)
    if lengths:
        inputs["lengths"] = np.array(lengths, dtype=np.int64)
    case(kind, name, inputs, lambda t: layer_by_layer(module, t), module, ["", "h_n", "c_n"] if kind == "lstm" else ["", "h_n"], named=("lengths",),
         names={"no_grad_mask": "dropout_mask"} if training else None, layer="rnn", training=training,
         dropout=p, **options)


def dropped():
    for kind in ("rnn", "lstm", "gru"):
        masked(kind, "dropout", (4, 2, 3), 0.25, hidden_size=5, num_layers=3)
        masked(kind, "dropout-bidirectional", (2, 4, 5), 0.5, hidden_size=3, num_layers=2, bidirectional=True, batch_first=True)
        masked(kind, "dropout-unbatched", (4, 3), 0.5, hidden_size=2, num_layers=2)
        masked(kind, "dropout-evaluation", (4, 2, 3), 0.5, training=False, hidden_size=3, num_layers=2)
        masked(kind, "dropout-lengths", (4, 2, 3), 0.25, lengths=[2, 4], hidden_size=3, num_layers=2, bidirectional=True)
        masked(kind, "dropout-of-all", (4, 2, 3), 1.0, hidden_size=3, num_layers=2)
    masked("lstm", "dropout-projection", (4, 2, 3), 0.2, hidden_size=5, num_layers=2, proj_size=2, bidirectional=True)


# --- attention -----------------------------------------------------------------------------------------------------------------------------------

def scaled_dot_product_attention():
    def attention(name, query=(2, 3, 4, 5), keys=6, features=7, attn_mask=None, is_causal=False, scale=None, kept=None, lead=None, **options):
        lead = query[:-2] if lead is None else lead
        inputs = {"query": query, "key": (*lead, keys, query[-1]), "value": (*lead, keys, features)}
        if attn_mask is not None:
            inputs["attn_mask"] = attn_mask

        def compute(t):
            key, value = t["key"], t["value"]
            if options.get("enable_gqa"):
                key, value = (s.repeat_interleave(query[-3] // s.shape[-3], -3) for s in (key, value))
            scores = t["query"] @ key.transpose(-1, -2) * (query[-1] ** -0.5 if scale is None else scale)
            if t.get("attn_mask", torch.zeros(())).dtype == torch.bool:
                scores = scores.masked_fill(~t["attn_mask"], -np.inf)
            elif attn_mask is not None:
                scores = scores + t["attn_mask"]
            if is_causal:
                scores = scores.masked_fill(torch.ones(scores.shape[-2:]).triu(1) == 1, -np.inf)
            weights = scores.softmax(-1)
            p = options.get("dropout_p", 0)
            return (weights if kept is None else weights * t["no_grad_mask"] / (1 - p) if p < 1 else weights * 0) @ value

        if kept is not None:
            inputs["no_grad_mask"] = kept
        given = {"is_causal": True} if is_causal else {}
        given.update({} if scale is None else {"scale": scale})
        case("scaled_dot_product_attention", name, inputs, compute, named=("attn_mask",), layer="attention",
             names={"no_grad_mask": "dropout_mask"} if kept is not None else None, **given, **options)

    attention("default")
    attention("two-dimensions", (4, 5))
    attention("three-dimensions", (2, 4, 5), keys=3, features=1)
    attention("scale", scale=0.7)
    attention("scale-0", scale=0.0)
    attention("causal", is_causal=True)
    attention("causal-more-queries-than-keys", (2, 6, 3), keys=4, is_causal=True)
    attention("one-key", (2, 4, 3), keys=1)
    attention("extents-one", (1, 1, 1, 1), keys=1, features=1)
    attention("mask", attn_mask=(2, 3, 4, 6))
    attention("mask-two-dimensions", attn_mask=(4, 6), scale=0.3)
    attention("mask-broadcast", attn_mask=(2, 1, 1, 6))
    keep = np.arange(4 * 6).reshape(4, 6) * 7 % 5 < 3
    attention("mask-boolean", attn_mask=keep)
    attention("mask-of-great-numbers", attn_mask=np.where(keep & (np.arange(4) != 2)[:, None], 0.5, -1e30))  # one query may look nowhere: all alike
    attention("mask-of-infinities", attn_mask=np.where(keep & (np.arange(4) != 2)[:, None], 0.5, -np.inf))
    attention("plus-infinity", attn_mask=np.where(np.eye(4, 6) == 1, np.inf, 0.0))
    attention("one-key-of-great-score", keys=1, attn_mask=np.full((4, 1), 1e4))
    attention("no-keys", keys=0)
    attention("great-scores", attn_mask=1e6 + np.arange(24.0).reshape(4, 6) * 7 % 5)
    attention("broadcast", lead=(3,))
    attention("broadcast-to-keys", (4, 5), lead=(2, 3), attn_mask=(3, 1, 6))
    attention("grouped-queries", (2, 6, 4, 5), lead=(2, 3), enable_gqa=True)
    attention("grouped-queries-mask", (2, 4, 3, 5), keys=3, lead=(2, 2), attn_mask=(4, 3, 3), enable_gqa=True)
    attention("grouped-queries-mask-boolean", (2, 4, 3, 5), keys=3, lead=(2, 2), attn_mask=np.arange(36).reshape(4, 3, 3) * 7 % 5 < 3, enable_gqa=True)
    attention("grouped-queries-without-batch", (4, 3, 5), lead=(1,), attn_mask=(3, 6), enable_gqa=True)
    attention("dropout", (2, 4, 5), kept=np.random.default_rng(2).integers(0, 2, (2, 4, 6)).astype(np.float64), dropout_p=0.25)
    attention("dropout-of-all", (2, 4, 5), kept=np.ones((2, 4, 6)), dropout_p=1.0)
    attention("dropout-evaluation", (2, 4, 5), training=False, dropout_p=0.5)


def multi_head_attention():
    def attention(name, query=(4, 2, 6), keys=5, kdim=None, vdim=None, key_padding_mask=None, attn_mask=None, self_attention=False, mask=None, training=True, **options):
        average = options.pop("average_attn_weights", True)
        embed, heads = query[-1], options.pop("num_heads", 3)
        first = options.get("batch_first") and len(query) == 3
        lengths = lambda size, features: (query[0], size, features) if first else (size, *query[1:-1], features)
        module = nn.MultiheadAttention(embed, heads, kdim=kdim, vdim=vdim, **options)
        module.train(training)
        inputs = {"query": query}
        if not self_attention:
            inputs.update(key=lengths(keys, kdim or embed), value=lengths(keys, vdim or embed))
        masks = {"key_padding_mask": key_padding_mask, "attn_mask": attn_mask}
        inputs.update({key: values for key, values in masks.items() if values is not None})
        if mask is not None:
            inputs["no_grad_mask"] = mask

        def compute(t):
            given = {key: t[key] for key in masks if key in t}
            q = t["query"]
            keep = lambda weights, p: (weights * t["no_grad_mask"].reshape(weights.shape) / (1 - p) if p < 1 else weights * 0)  # in place of what PyTorch draws
            with patch.object(nn.functional, "dropout", keep) if mask is not None else nullcontext():
                return module(q, t.get("key", q), t.get("value", q), average_attn_weights=average, **given)

        dims = {key: value for key, value in {"kdim": kdim, "vdim": vdim}.items() if value}
        case("multi_head_attention", name, inputs, compute, module, ["", "weights"], named=tuple(masks), layer="attention",
             names={"no_grad_mask": "dropout_mask"} if mask is not None else None, **({} if average else {"average_attn_weights": False}),
             sources=["query"] * 3 if self_attention else None, training=training, num_heads=heads, **dims, **options)

    hides = np.arange(4 * 5).reshape(4, 5) * 7 % 5 == 3
    pads = np.array([[0, 0, 0, 1, 1], [0, 1, 0, 0, 0]]) != 0
    attention("default")
    attention("one-head", num_heads=1)
    attention("head-for-each-feature", num_heads=6, bias=False)
    attention("self-attention", self_attention=True)
    attention("batch-first", (2, 4, 6), batch_first=True)
    attention("unbatched", (4, 6))
    attention("unbatched-batch-first", (4, 6), batch_first=True, num_heads=2)
    attention("kdim", kdim=4)
    attention("kdim-vdim", kdim=7, vdim=3, bias=False)
    attention("kdim-of-embed-dim", kdim=6, vdim=6)
    attention("vdim", vdim=4)
    attention("kdim-of-embed-dim-vdim", kdim=6, vdim=4)
    attention("kdim-vdim-of-embed-dim", kdim=4, vdim=6)
    attention("bias-kv", add_bias_kv=True)
    attention("zero-attn", add_zero_attn=True)
    attention("bias-kv-zero-attn", add_bias_kv=True, add_zero_attn=True, batch_first=True, query=(2, 4, 6))
    attention("mask", attn_mask=(4, 5))
    attention("mask-for-each-head", attn_mask=(6, 4, 5))
    attention("mask-boolean", attn_mask=hides)
    attention("one-key-of-great-score", keys=1, attn_mask=np.full((4, 1), 1e4))
    attention("no-keys", keys=0)
    attention("mask-of-great-numbers", attn_mask=np.where(hides | (np.arange(4) == 2)[:, None], -1e30, 0.5))  # one query may look nowhere: all alike
    attention("padding", key_padding_mask=pads)
    attention("padding-of-numbers", key_padding_mask=(2, 5))
    attention("padding-unbatched", (4, 6), key_padding_mask=pads[0])
    attention("padding-and-mask", key_padding_mask=pads, attn_mask=(4, 5))
    attention("padding-and-boolean-mask", key_padding_mask=pads, attn_mask=np.roll(hides, 1, 1), add_bias_kv=True, add_zero_attn=True)
    attention("all-options", (2, 4, 6), kdim=3, vdim=4, batch_first=True, add_bias_kv=True, add_zero_attn=True, key_padding_mask=pads, attn_mask=(6, 4, 5))
    attention("extents-one", (1, 1, 1), keys=1, num_heads=1)
    attention("weights-of-each-head", average_attn_weights=False, attn_mask=(4, 5))
    attention("weights-of-each-head-unbatched", (4, 6), average_attn_weights=False, key_padding_mask=pads[0])
    mask = np.random.default_rng(3).integers(0, 2, (2, 3, 4, 5)).astype(np.float64)
    attention("dropout", dropout=0.25, mask=mask)
    attention("dropout-of-all", dropout=1.0, mask=mask)
    attention("dropout-evaluation", dropout=0.5, training=False)
    attention("dropout-weights-of-each-head", dropout=0.5, mask=mask, average_attn_weights=False, bias=False)
    attention("dropout-bias-kv", dropout=0.5, mask=np.random.default_rng(4).integers(0, 2, (2, 3, 4, 7)).astype(np.float64), add_bias_kv=True, add_zero_attn=True)


def transformer():
    def transform(name, src=(4, 2, 6), masks=None, **options):
        masks = masks or {}
        module = nn.TransformerEncoderLayer(src[-1], **{"dropout": 0.0, **{key: value for key, value in options.items() if key != "bias"}}).train()
        if not options.get("bias", True):  # an option since PyTorch 2.1
            for part in (module.self_attn.out_proj, module.linear1, module.linear2, module.norm1, module.norm2):
                part.bias = None
            module.self_attn.in_proj_bias = None

        def compute(t):
            return module(t["src"], **{key: t[key] for key in masks})

        given = {"dropout": 0.0, **options}
        case("transformer_encoder_layer", name, {"src": src, **masks}, compute, module, named=("src_mask", "src_key_padding_mask"), layer="encoder",
             value="encoder.norm2" if not options.get("norm_first") else "encoder.residual2", **given)

    transform("default", nhead=2, dim_feedforward=5)
    transform("norm-first", nhead=3, dim_feedforward=5, norm_first=True)
    transform("gelu", nhead=2, dim_feedforward=7, activation="gelu", layer_norm_eps=0.1)
    transform("bias-false", nhead=2, dim_feedforward=5, bias=False)
    transform("batch-first", (2, 4, 6), nhead=2, dim_feedforward=3, batch_first=True)
    transform("unbatched", (4, 6), nhead=1, dim_feedforward=5)
    pads = np.array([[0, 0, 0, 1], [0, 1, 0, 0]]) != 0
    transform("masks", masks={"src_mask": (4, 4), "src_key_padding_mask": pads}, nhead=2, dim_feedforward=5, norm_first=True, activation="gelu")
    hides = np.triu(np.ones((4, 4), dtype=bool), 1)
    transform("boolean-mask", masks={"src_mask": hides}, nhead=2, dim_feedforward=5)
    transform("boolean-masks", masks={"src_mask": hides, "src_key_padding_mask": pads}, nhead=2, dim_feedforward=5)


# --- dropout -------------------------------------------------------------------------------------------------------------------------------------

def dropout():
    def drop(name, x, p, training=True):
        mask = np.random.default_rng(len(name)).integers(0, 2, x).astype(np.float64)

        def compute(t):
            if training and p == 1:
                return t["x"] * 0
            return t["x"] * t["no_grad_mask"] / (1 - p) if training and p > 0 else t["x"] * 1

        case("dropout", name, {"x": x, "no_grad_mask": mask}, compute, names={"no_grad_mask": "mask"}, training=training, layer="drop", p=p)

    drop("default", (3, 4), 0.5)
    drop("p", (2, 3, 4), 0.2)
    drop("p-0", (5,), 0.0)
    drop("p-1", (2, 3), 1.0)
    drop("scalar", (), 0.25)
    drop("evaluation", (3, 4), 0.5, training=False)


# --- ctc_loss ------------------------------------------------------------------------------------------------------------------------------------

def ctc_loss():
    def ctc(name, x, targets, input_lengths, target_lengths, **options):
        integers = {"targets": targets, "input_lengths": input_lengths, "target_lengths": target_lengths}
        integers = {key: np.array(value, dtype=np.int64) for key, value in integers.items()}

        def compute(t):
            labels = t["targets"].clamp(0, x[-1] - 1)  # PyTorch 1.13 reads memory behind the classes for those that count for nothing
            steps = t["input_lengths"]
            if (steps > 0).all():
                return torch.nn.functional.ctc_loss(t["x"].log_softmax(-1), labels, steps, t["target_lengths"], **options)
            # Of no steps PyTorch 1.13 returns what lies in memory; PyTorch 2 takes the empty path for the only one.
            some = torch.nn.functional.ctc_loss(t["x"].log_softmax(-1), labels, steps.clamp_min(1), t["target_lengths"], **options)
            hopeless = 0.0 if options.get("zero_infinity") else math.inf
            none = torch.where(t["target_lengths"] == 0, 0.0, hopeless).to(some.dtype)
            return torch.where(steps > 0, some, none)

        case("ctc_loss", name, {"x": x, **integers}, compute, named=tuple(integers), layer="ctc", before={"log_softmax": {"dim": -1}}, **options)

    rows, lengths = [[1, 2, 2, 3], [3, 1, 0, 0], [4, 4, 4, -1]], [4, 2, 3]
    for reduction in ("mean", "sum", "none"):
        ctc(f"reduction-{reduction}", (9, 3, 5), rows, [9, 7, 8], lengths, reduction=reduction)
    ctc("default", (7, 2, 4), [[1, 2, 3], [3, 3, 1]], [7, 7], [3, 3])
    ctc("blank", (9, 3, 5), [[1, 0, 0, 3], [3, 1, 0, 0], [4, 4, 4, 0]], [9, 7, 8], lengths, blank=2)
    ctc("filled-up-with-any", (9, 3, 5), [[1, 2, 2, 3], [3, 1, -100, 99], [4, 4, 4, 5]], [9, 7, 8], lengths)
    ctc("one-after-another", (9, 3, 5), [1, 2, 2, 3, 3, 1, 4, 4, 4], [9, 7, 8], lengths)
    ctc("unbatched", (6, 4), [1, 1, 3], 6, 3, reduction="none")
    ctc("unbatched-lengths-in-brackets", (6, 4), [1, 1, 3], [6], [3])
    ctc("batch-of-one", (6, 1, 4), [[1, 1, 3]], [5], [2])
    ctc("empty-target", (5, 2, 4), [[1, 2], [1, 1]], [5, 4], [0, 1], reduction="none")
    ctc("empty-target-mean", (5, 2, 4), [[1, 2], [1, 1]], [5, 4], [0, 1])
    ctc("no-steps", (5, 2, 4), [[1, 2], [1, 1]], [5, 0], [2, 0], reduction="none")
    ctc("no-steps-zero-infinity", (5, 3, 4), [[1, 2], [1, 1], [3, 1]], [0, 4, 0], [1, 1, 0], reduction="none", zero_infinity=True)
    ctc("one-step", (1, 2, 4), [[1], [3]], [1, 1], [1, 1])
    ctc("empty-targets", (3, 2, 4), [[], []], [3, 2], [0, 0], reduction="sum")
    ctc("no-path-shorter-input", (5, 2, 4), [[1, 1, 1], [1, 2, 3]], [3, 5], [3, 3])
    ctc("no-path-none", (4, 2, 4), [[1, 1, 1], [1, 2, 3]], [4, 4], [3, 3], reduction="none")
    ctc("no-path-zero-infinity", (4, 2, 4), [[1, 1, 1], [1, 2, 3]], [4, 4], [3, 3], zero_infinity=True)
    ctc("no-path-zero-infinity-none", (4, 2, 4), [[1, 1, 1], [1, 2, 3]], [4, 4], [3, 3], reduction="none", zero_infinity=True)


# --- einsum --------------------------------------------------------------------------------------------------------------------------------------

def einsum():
    def sum_of_products(name, equation, *operands):
        inputs = {"abcd"[i]: operand for i, operand in enumerate(operands)}
        case("einsum", name, inputs, lambda t: torch.einsum(equation, *t.values()), layer="product", equation=equation)

    sum_of_products("linear", "nc,dc->nd", (2, 3), (4, 3))
    sum_of_products("implicit", "ba,bc", (2, 3), (2, 4))
    sum_of_products("implicit-spaces", "i j , j", (2, 3), (3,))
    sum_of_products("batched", "bij,bjk->bik", (2, 3, 4), (2, 4, 5))
    sum_of_products("ellipsis", "...ij,...jk->...ik", (2, 6, 3, 4), (2, 6, 4, 5))
    sum_of_products("ellipsis-implicit", "i...,i", (3, 2, 4), (3,))
    sum_of_products("ellipsis-of-none", "...i,...i->...", (3,), (3,))
    sum_of_products("transpose", "ijk->kij", (2, 3, 4))
    sum_of_products("sum", "ij->", (2, 3))
    sum_of_products("sum-of-rows", "ij->i", (2, 3))
    sum_of_products("diagonal", "ii->i", (3, 3))
    sum_of_products("trace", "ii", (3, 3))
    sum_of_products("diagonal-of-one", "iji,j->j", (3, 2, 3), (2,))
    sum_of_products("diagonal-of-one-expanded", "ii,i->i", (1, 1), (3,))
    sum_of_products("diagonal-of-one-expanded-twice", "iji,ikk->jk", (1, 2, 1), (4, 3, 3))
    sum_of_products("outer", "i,j,k->kji", (2,), (3,), (4,))
    sum_of_products("capitals", "aA,Ab->bA", (2, 3), (3, 4))
    sum_of_products("hadamard", "ij,ij->ij", (2, 3), (2, 3))
    sum_of_products("bilinear", "ni,oij,nj->no", (2, 3), (4, 3, 5), (2, 5))
    sum_of_products("four", "ab,bc,cd,da->", (2, 3), (3, 4), (4, 5), (5, 2))
    sum_of_products("extents-of-one", "ij,jk->ik", (2, 1), (3, 4))
    sum_of_products("extents-of-one-each", "ij,ij->j", (1, 3), (2, 1))
    sum_of_products("ellipsis-broadcast", "i...j,...jk->...ik", (3, 2, 1, 4), (5, 4, 2))
    sum_of_products("ellipsis-summed", "...i,i->i", (2, 5, 3), (3,))
    sum_of_products("lost-index", "ij,k->k", (2, 3), (4,))
    sum_of_products("scalars", ",->", (), ())


# --- pieces of a tensor --------------------------------------------------------------------------------------------------------------------------

def pieces():
    def cut(kind, name, x, compute, count, **options):
        case(kind, name, {"x": x}, lambda t: compute(t["x"]), outputs=["", *map(str, range(1, count))], layer="cut", **options)

    cut("split", "size", (5, 3), lambda x: x.split(2), 3, split_size=2)
    cut("split", "size-dim", (2, 6, 3), lambda x: x.split(3, 1), 2, split_size=3, dim=1)
    cut("split", "sizes-dim-negative", (2, 7), lambda x: x.split([1, 4, 2], -1), 3, split_size=[1, 4, 2], dim=-1)
    cut("split", "one-piece", (2, 3), lambda x: x.split(4, 1), 1, split_size=4, dim=1)
    cut("chunk", "even", (6, 2), lambda x: x.chunk(3), 3, chunks=3)
    cut("chunk", "remainder", (2, 7), lambda x: x.chunk(3, 1), 3, chunks=3, dim=1)
    cut("chunk", "fewer", (5,), lambda x: x.chunk(4, -1), 3, chunks=4, dim=-1)
    cut("split", "of-nothing", (2, 0), lambda x: x.split(3, 1), 1, split_size=3, dim=1)
    cut("chunk", "of-nothing", (0, 2), lambda x: x.chunk(3), 3, chunks=3)
    cut("unbind", "default", (3, 2), lambda x: x.unbind(), 3)
    cut("unbind", "dim", (2, 4, 3), lambda x: x.unbind(-2), 4, dim=-2)
    cut("unbind", "vector", (2,), lambda x: x.unbind(), 2)


# --- embedding_bag -------------------------------------------------------------------------------------------------------------------------------

def bag_by_bag(module, x, offsets=None, weights=None):
    """An EmbeddingBag; with scale_grad_by_freq out of an Embedding, as that of PyTorch before 2.14 divides by another row's count on a CPU."""
    if not module.scale_grad_by_freq:
        return module(x, offsets, weights)
    rows = nn.functional.embedding(x, module.weight, module.padding_idx, module.max_norm, module.norm_type, scale_grad_by_freq=True)
    if weights is not None:
        rows = rows * weights.unsqueeze(-1)
    kept = torch.ones(x.shape, dtype=rows.dtype) if module.padding_idx is None else (x != module.padding_idx).to(rows.dtype)
    starts = [] if offsets is None else [int(start) for start in offsets]
    ends = starts[1:] + ([] if module.include_last_offset else [len(x)])
    pieces = range(len(x)) if offsets is None else [slice(start, end) for start, end in zip(starts, ends)]
    sums = [(rows[piece] * kept[piece].unsqueeze(-1)).sum(0) for piece in pieces]
    counts = [max(kept[piece].sum(), 1.0) if module.mode == "mean" else 1.0 for piece in pieces]
    return torch.stack([total / count for total, count in zip(sums, counts)]) if sums else rows.new_zeros((0, rows.shape[-1]))


def embedding_bag():
    def bags(name, x, offsets=None, weights=False, table=None, **options):
        inputs = {"x": np.array(x, dtype=np.int64)}
        if offsets is not None:
            inputs["offsets"] = np.array(offsets, dtype=np.int64)
        if weights:
            inputs["per_sample_weights"] = np.shape(x)
        rows, columns = options.pop("num_embeddings", 6), options.pop("embedding_dim", 3)
        module = nn.EmbeddingBag(rows, columns, **options)
        case("embedding_bag", name, inputs, lambda t: bag_by_bag(module, t["x"], t.get("offsets"), t.get("per_sample_weights")), module,
             named=("offsets", "per_sample_weights"), parameters=table and {"weight": table}, layer="bag", num_embeddings=rows, embedding_dim=columns, **options)

    rows, flat, starts = [[1, 5, 1, 0], [2, 2, 4, 3]], [1, 5, 1, 0, 2, 2, 4], [0, 3, 3, 5]
    for mode in ("mean", "sum", "max"):
        bags(f"rows-{mode}", rows, mode=mode)
        bags(f"offsets-{mode}", flat, starts, mode=mode)
        bags(f"last-offset-{mode}", flat, [*starts, 7], mode=mode, include_last_offset=True)
        bags(f"padding-{mode}", rows, mode=mode, padding_idx=2)
    bags("max-norm", rows, max_norm=1.5)
    bags("max-norm-weights", flat, starts, weights=True, mode="sum", max_norm=0.5, norm_type=1.0)
    bags("max-norm-max", rows, mode="max", max_norm=0.8)
    bags("max-norm-order-inf", rows, max_norm=0.5, norm_type=float("inf"))
    bags("max-norm-order-minus-inf", rows, max_norm=0.3, norm_type=-float("inf"))
    bags("padding-0", rows, padding_idx=0)
    bags("max-norm-order-0", flat, starts, max_norm=2.0, norm_type=0.0)
    bags("frequency", rows, scale_grad_by_freq=True)
    bags("frequency-all-options", flat, starts, weights=True, mode="sum", scale_grad_by_freq=True, padding_idx=1, max_norm=1.0)
    bags("frequency-mean", [1, 1, 3, 2, 3, 3], [0, 2, 5], scale_grad_by_freq=True)
    bags("padding-negative", flat, starts, padding_idx=-5)
    bags("no-bags", [], [0], mode="sum", include_last_offset=True)
    bags("one-element-max", [[4]], mode="max")
    bags("bags-of-one-max", [4, 0, 2], [0, 1, 2], mode="max")
    table = [[3, -4, 0], [0.5, -0.25, 0], [1, 1, 1], [3, -4, 2], [0, 0, 2], [0, 6, 8]]  # with norms that are exact
    for name, options in {"2": {"max_norm": 5.0}, "0": {"max_norm": 1.5, "norm_type": 0.0}}.items():
        bags(f"max-norm-equal-order-{name}", rows, table=table, **options)
    for mode in ("mean", "sum", "max"):
        for norm_type in ("inf", "-inf"):
            for columns in (0, 1):
                bags(f"max-norm-order-{norm_type}-columns-{columns}-{mode}", rows, mode=mode, embedding_dim=columns, max_norm=0.4, norm_type=float(norm_type))
        bags(f"no-columns-{mode}", rows, mode=mode, embedding_dim=0)
        bags(f"no-rows-{mode}", [], [0, 0], mode=mode, num_embeddings=0)
    bags("weights", rows, weights=True, mode="sum")
    bags("weights-offsets-padding", flat, starts, weights=True, mode="sum", padding_idx=1)


def make():
    recurrences()
    dropped()
    scaled_dot_product_attention()
    multi_head_attention()
    transformer()
    dropout()
    ctc_loss()
    einsum()
    pieces()
    embedding_bag()


if __name__ == "__main__":
    make()
