"""Runs the network of a network file by PyTorch in float64: the independent implementation that devml is held to.

A network is the dict that its YAML file reads as. A layer's name is that of torch.nn.functional, its options are those of the torch.nn module.
"""

import warnings

import numpy as np
import torch
from torch import nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)
warnings.filterwarnings("ignore", "Using padding=.same.")  # about speed only
warnings.filterwarnings("ignore", "Implicit dimension choice|Using a target size")  # both are meant
torch.set_num_threads(1)  # one order of summation, so the same bits each time

BATCH_NORM = {2: nn.BatchNorm1d, 3: nn.BatchNorm1d, 4: nn.BatchNorm2d, 5: nn.BatchNorm3d}
INSTANCE_NORM = {1: nn.InstanceNorm1d, 2: nn.InstanceNorm2d, 3: nn.InstanceNorm3d}
WORDS = ("reduction", "approximate", "mode")  # options of which 'none' is a word; of all others it is None


class RmsNorm(nn.Module):
    """torch.nn.RMSNorm, which PyTorch 1.13 has not yet."""

    def __init__(self, normalized_shape, eps=None, elementwise_affine=True):
        super().__init__()
        shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        self.shape, self.dims = torch.Size(shape), tuple(range(-len(shape), 0))
        self.eps = torch.finfo(torch.float64).eps if eps is None else eps
        self.weight = nn.Parameter(torch.ones(shape)) if elementwise_affine else None

    def forward(self, x):
        if x.shape[-len(self.shape):] != self.shape:
            raise ValueError(f"expected {self.shape} as the last extents of {tuple(x.shape)}")
        y = x * torch.rsqrt(x.pow(2).mean(self.dims, keepdim=True) + self.eps)
        return y if self.weight is None else y * self.weight


def instance_norm(x, dims=None, **options):
    """torch.nn.InstanceNorm1d, 2d or 3d: that of `dims`, which tells an input without a batch. PyTorch 1.13 does not take momentum None yet."""
    dims = dims or max(x.dim() - 2, 1)
    options["momentum"] = options.get("momentum", 0.1) or 0.0
    return INSTANCE_NORM[dims](x.shape[x.dim() - dims - 1], **options)


def layer_norm(bias=True, **options):
    """torch.nn.LayerNorm, which in PyTorch 1.13 has no option `bias`."""
    module = nn.LayerNorm(**options)
    if not bias:
        module.bias = None
    return module


MODULES = {
    "conv1d": lambda x, **options: nn.Conv1d(x.shape[-2], **options),
    "conv2d": lambda x, **options: nn.Conv2d(x.shape[-3], **options),
    "conv3d": lambda x, **options: nn.Conv3d(x.shape[-4], **options),
    "conv_transpose1d": lambda x, **options: nn.ConvTranspose1d(x.shape[-2], **options),
    "conv_transpose2d": lambda x, **options: nn.ConvTranspose2d(x.shape[-3], **options),
    "conv_transpose3d": lambda x, **options: nn.ConvTranspose3d(x.shape[-4], **options),
    "linear": lambda x, **options: nn.Linear(x.shape[-1], **options),
    "batch_norm": lambda x, **options: BATCH_NORM[x.dim()](x.shape[1], **options),
    "layer_norm": lambda x, **options: layer_norm(**options),
    "rms_norm": lambda x, **options: RmsNorm(**options),
    "group_norm": lambda x, **options: nn.GroupNorm(num_channels=x.shape[1], **options),
    "instance_norm": instance_norm,
    "embedding": lambda x, **options: nn.Embedding(**options),
    "prelu": lambda x, **options: nn.PReLU(**options),
    "bilinear": lambda x1, x2, **options: nn.Bilinear(x1.shape[-1], x2.shape[-1], **options),
}
FUNCTIONS = {  # every other layer is the function of its name in torch.nn.functional, or else in torch
    "concat": lambda *inputs, dim=0: torch.cat(inputs, dim),
    "flatten": lambda x, **options: nn.Flatten(**options)(x),
    "hardsigmoid": lambda x: functional.relu6(x + 3) / 6,  # its own backward rounds 1/6 to float32
    "upsample": functional.interpolate,
    "slice": lambda x, dim=0, start=None, end=None, step=1: x.movedim(dim, 0)[start:end:step].movedim(0, dim),
    "max": lambda x, dim=None, **options: torch.max(x) if dim is None else torch.max(x, dim, **options),
    "min": lambda x, dim=None, **options: torch.min(x) if dim is None else torch.min(x, dim, **options),
    "sum": lambda x, dim=None, **options: torch.sum(x, dim=dim, **options),
    "mean": lambda x, dim=None, **options: torch.mean(x, dim=dim, **options),
    "prod": lambda x, dim=None, **options: torch.prod(x) if dim is None else torch.prod(x, dim, **options),
    "var": lambda x, dim=None, **options: moments(torch.var, x, dim, **options),
    "std": lambda x, dim=None, **options: moments(torch.std, x, dim, **options),
    "logsumexp": lambda x, dim=None, **options: torch.logsumexp(x, tuple(range(x.dim())) if dim is None else dim, **options),
    "vector_norm": torch.linalg.vector_norm,
    "squeeze": lambda x, dim=None: squeezed(x, dim),
    "unflatten": lambda x, **options: nn.Unflatten(**options)(x),
    "expand": lambda x, size: x.expand(size),
    "stack": lambda *inputs, dim=0: torch.stack(inputs, dim),
    "pad": lambda x, **options: pad(x, **options),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
}
FURTHER_INPUTS = ("target", "weight", "pos_weight")  # a loss's inputs that are named in its definition
WITHOUT_GRADIENT = ("class_weights", "weights", "pos_weights", "signs", "constants")  # no derivative by PyTorch, or a wrong one


def pad(x, pad, mode="constant", value=0.0):
    """torch.nn.functional.pad, one dimension after another where it does not take so many at once."""
    if mode == "constant" or len(pad) <= 6:
        return functional.pad(x, pad, mode, value)
    for i in range(len(pad) // 2):
        last = x.movedim(-1 - i, -1)
        rows = functional.pad(last.reshape(1, -1, last.shape[-1]), pad[2 * i:2 * i + 2], mode)
        x = rows.reshape(*last.shape[:-1], -1).movedim(-1, -1 - i)
    return x


def moments(function, x, dim, unbiased=True, correction=1, keepdim=False):
    return function(x, tuple(range(x.dim())) if dim is None else dim, correction=correction if unbiased else 0, keepdim=keepdim)


def squeezed(x, dim):
    """torch.squeeze, whose PyTorch 1.13 takes one dimension or all."""
    kept = x.sum(dim or 0).shape if isinstance(dim, list) else None  # refuses what is not a dimension, or twice
    for axis in sorted({axis % x.dim() for axis in dim}, reverse=True) if kept is not None else []:
        x = x.squeeze(axis)
    return x if isinstance(dim, list) else x.squeeze() if dim is None else x.squeeze(dim)


class TorchNetwork:
    """The forward pass, done when constructed.

    `inputs` are arrays by name; `draw(name, shape)` gives the value of a parameter or buffer, or None for PyTorch's own initial value.
    """

    def __init__(self, network, inputs, draw):
        self.training = network.get("training", True)
        self.draw = draw
        self.inputs = {name: self._input(name, array) for name, array in inputs.items()}
        self.parameters, self.buffers = {}, {}
        self.values, self.indices = dict(self.inputs), {}
        self.output = next(iter(self.inputs))
        for name, layer in network.get("layers", {}).items():
            self.values[name] = self._apply(name, layer)
            self.output = name
        self.loss = self._apply("loss", network["loss"]) if "loss" in network else None

    def output_shape(self):
        return tuple(self.values[self.output].shape)

    def expected(self, output_gradient=None):
        """Gradients of parameters and floating inputs by name; the output, the updated buffers and the loss."""
        root = self.values[self.output] if self.loss is None else self.loss
        root.backward(None if output_gradient is None else torch.from_numpy(output_gradient))
        tensors = {name: t for name, t in {**self.parameters, **self.inputs}.items() if t.requires_grad}
        results = {name: array(torch.zeros_like(t) if t.grad is None else t.grad) for name, t in tensors.items()}  # of order 0, norms have none
        if self.output not in self.inputs:
            results[f"values/{self.output}"] = array(self.values[self.output])
        results.update({f"values/{name}": array(indices) for name, indices in self.indices.items()})
        if self.training:
            results.update({f"values/{name}": array(buffer) for name, buffer in self.buffers.items()})
        if self.loss is not None:
            results["loss"] = array(self.loss)
        return results

    @staticmethod
    def _input(name, values):
        tensor = torch.from_numpy(np.array(values))
        return tensor.requires_grad_(tensor.is_floating_point() and name not in WITHOUT_GRADIENT)

    def _apply(self, name, layer):
        options = dict(layer)
        kind, activation = options.pop("layer"), options.pop("activation", None)
        sources = options.pop("from", self.output)
        inputs = [self.values[source] for source in ([sources] if isinstance(sources, str) else sources)]
        options = {key: value if key in WORDS else none(value) for key, value in options.items()}
        options.update({key: self.values[options[key]] for key in FURTHER_INPUTS if key in options})
        if kind in MODULES:
            result = self._module(name, MODULES[kind](*inputs, **options))(*inputs)
        else:
            result = function(kind)(*inputs, **options)
        if isinstance(result, tuple):  # of values and where they were found
            result, indices = result
            self.values[f"{name}.indices"] = self.indices[f"{name}.indices"] = indices
        return function(activation)(result) if activation else result

    def _module(self, name, module):
        tensors = {"parameters": module.named_parameters(), "buffers": module.named_buffers()}
        for role, named in tensors.items():
            for short, tensor in named:
                value = self.draw(f"{name}.{short}", tuple(tensor.shape))
                if short == "num_batches_tracked" and value is None:  # only a cumulative average reads it
                    continue
                if value is not None:
                    tensor.data.copy_(torch.from_numpy(np.array(value)))
                getattr(self, role)[f"{name}.{short}"] = tensor
        return module.train(self.training)


def none(value):
    """None for 'none' and infinity for 'inf', in a list too."""
    if isinstance(value, list):
        return [none(item) for item in value]
    return {"none": None, "inf": float("inf"), "-inf": -float("inf")}.get(value, value) if isinstance(value, str) else value


def function(layer):
    return FUNCTIONS.get(layer) or getattr(functional, layer, None) or getattr(torch, layer)


def array(tensor):
    return np.array(tensor.detach().numpy(), order="C")
