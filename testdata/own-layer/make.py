#!/usr/bin/python3
"""Writes expected.npz: the gradients of ../../networks/own-layer.yaml by PyTorch in float64. Needs Debian's python3-torch."""

from pathlib import Path

import numpy as np
import torch


def swish(x, beta):
    return x * torch.sigmoid(beta * x)


x = torch.tensor([[0.5, -1.2, 3.0, 0.0], [-0.3, 0.8, -2.0, 1.5], [1.0, 0.2, -0.7, 4.0]], dtype=torch.float64)
target = torch.tensor([[1, 0], [0, 1], [1, 1]], dtype=torch.float64)

random = np.random.RandomState(7)  # the order of draws is that of the network file
values = {
    "fc1.weight": random.uniform(-0.5, 0.5, (5, 4)),
    "fc1.bias": random.uniform(-0.5, 0.5, 5),
    "act.beta": np.array(1.5),
    "fc2.weight": random.uniform(-0.5, 0.5, (2, 5)),
    "fc2.bias": random.uniform(-0.5, 0.5, 2),
}
p = {name: torch.from_numpy(value).requires_grad_() for name, value in values.items()}

y = swish(x @ p["fc1.weight"].T + p["fc1.bias"], p["act.beta"]) @ p["fc2.weight"].T + p["fc2.bias"]
loss = ((y - target) ** 2).mean()
loss.backward()

expected = {name: tensor.grad.numpy() for name, tensor in p.items()}
np.savez(Path(__file__).parent / "expected.npz", **expected, loss=loss.item())
