"""The recognizer's network: a small convolutional reader with CTC, written to ONNX node by node (no exporter needed)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from pipeline.recognize.digits import alphabet

PLANES = (32, 48, 64, 96)  # of the convolutions over the picture; each halves the height, the first the width too
WIDTH = 128  # of the convolutions along the line
SPREADS = (1, 2, 4)  # their dilations


class Reader(nn.Module):
    """Lines (batch, 1, 48, width) to class scores (batch, width / 2, classes), before the softmax."""

    def __init__(self) -> None:
        super().__init__()
        first = nn.Conv2d(1, PLANES[0], 5, stride=2, padding=2, bias=False)  # a stride, for speed: the widest maps cost the most
        self.picture = nn.ModuleList([first, *(nn.Conv2d(a, b, 3, padding=1, bias=False) for a, b in pairwise(PLANES))])
        self.picture_norm = nn.ModuleList(nn.BatchNorm2d(b) for b in PLANES)
        self.fold = nn.Conv2d(PLANES[-1], WIDTH, 3, padding=(0, 1), bias=False)  # three rows to one
        self.fold_norm = nn.BatchNorm2d(WIDTH)
        self.along = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 5, padding=2 * d, dilation=d, bias=False) for d in SPREADS)
        self.along_norm = nn.ModuleList(nn.BatchNorm1d(WIDTH) for _ in SPREADS)
        self.drop = nn.Dropout(0.1)
        self.say = nn.Conv1d(WIDTH, alphabet.SIZE, 1)
        self.begun = False

    def train(self, mode: bool = True) -> Reader:
        """As any module's; the norms of a reader that was begun from weights stay as they are."""
        super().train(mode)
        if self.begun:
            for norm in (*self.picture_norm, self.fold_norm, *self.along_norm):
                norm.eval()
        return self

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        x = lines
        for i, (conv, norm) in enumerate(zip(self.picture, self.picture_norm, strict=True)):
            x = torch.relu(norm(conv(x)))
            if i:
                x = nn.functional.max_pool2d(x, (2, 1))
        x = torch.relu(self.fold_norm(self.fold(x))).squeeze(2)
        for conv, norm in zip(self.along, self.along_norm, strict=True):
            x = x + torch.relu(norm(conv(x)))
        return self.say(self.drop(x)).transpose(1, 2)


def _folded(conv: nn.Module, norm: nn.Module) -> tuple[np.ndarray, np.ndarray]:
    """A convolution's weights and bias with the normalization after it worked in."""
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)  # type: ignore[operator,arg-type]
    shape = (-1,) + (1,) * (conv.weight.dim() - 1)  # type: ignore[operator,union-attr]
    weight = conv.weight * scale.view(shape)  # type: ignore[operator]
    bias = norm.bias - norm.running_mean * scale  # type: ignore[operator]
    return weight.detach().numpy(), bias.detach().numpy()


def begun(reader: Reader, path: Path) -> Reader:
    """The reader with the weights of a file that `write_onnx` wrote, whatever its convolutions along the line are called there."""
    held = {item.name: torch.from_numpy(numpy_helper.to_array(item).astype(np.float32)) for item in onnx.load(str(path)).graph.initializer}
    biases = [name for name in held if name.endswith("_b_16")]  # in the order in which they were written
    pairs = [*zip(reader.picture, reader.picture_norm, strict=True), (reader.fold, reader.fold_norm)]
    pairs += zip(reader.along, reader.along_norm, strict=True)
    with torch.no_grad():
        for name, (conv, norm) in zip(biases, pairs, strict=False):
            conv.weight.copy_(held[name.replace("_b_16", "_w_16")])  # type: ignore[union-attr,operator]
            norm.bias.copy_(held[name])  # type: ignore[union-attr,operator]
            norm.running_var.fill_(1 - norm.eps)  # type: ignore[union-attr,operator]
        reader.say.weight.copy_(held["say_w_16"])
        reader.say.bias.copy_(held["say_b_16"])  # type: ignore[union-attr]
    reader.begun = True
    return reader


def write_onnx(reader: Reader, path: Path, facts: dict[str, str]) -> None:
    """Write the trained reader; `facts` go into the file's metadata. Weights are kept as 16-bit floats and computed with as 32-bit."""
    nodes: list[onnx.NodeProto] = []
    held: list[onnx.TensorProto] = []

    def weight(name: str, values: np.ndarray) -> str:
        held.append(numpy_helper.from_array(values.astype(np.float16), name + "_16"))
        nodes.append(helper.make_node("Cast", [name + "_16"], [name], to=TensorProto.FLOAT))
        return name

    def conv(x: str, name: str, values: tuple[np.ndarray, np.ndarray], **attributes: object) -> str:
        nodes.append(helper.make_node("Conv", [x, weight(name + "_w", values[0]), weight(name + "_b", values[1])], [name], **attributes))
        nodes.append(helper.make_node("Relu", [name], [name + "_r"]))
        return name + "_r"

    x = "lines"
    for i, (c, n) in enumerate(zip(reader.picture, reader.picture_norm, strict=True)):
        if not i:
            x = conv(x, "picture0", _folded(c, n), pads=[2, 2, 2, 2], strides=[2, 2])
            continue
        x = conv(x, f"picture{i}", _folded(c, n), pads=[1, 1, 1, 1])
        nodes.append(helper.make_node("MaxPool", [x], [f"pool{i}"], kernel_shape=[2, 1], strides=[2, 1]))
        x = f"pool{i}"
    x = conv(x, "fold", _folded(reader.fold, reader.fold_norm), pads=[0, 1, 0, 1])
    held.append(numpy_helper.from_array(np.array([2], np.int64), "rows"))
    nodes.append(helper.make_node("Squeeze", [x, "rows"], ["line"]))
    x = "line"
    for d, c, n in zip(SPREADS, reader.along, reader.along_norm, strict=True):
        y = conv(x, f"along{d}", _folded(c, n), pads=[2 * d, 2 * d], dilations=[d])
        nodes.append(helper.make_node("Add", [x, y], [f"line{d}"]))
        x = f"line{d}"
    say = reader.say.weight.detach().numpy(), reader.say.bias.detach().numpy()  # type: ignore[union-attr]
    nodes.append(helper.make_node("Conv", [x, weight("say_w", say[0]), weight("say_b", say[1])], ["said"]))
    nodes.append(helper.make_node("Transpose", ["said"], ["scores"], perm=[0, 2, 1]))
    graph = helper.make_graph(
        nodes,
        "digits",
        [helper.make_tensor_value_info("lines", TensorProto.FLOAT, ["batch", 1, 48, "width"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "steps", alphabet.SIZE])],
        held,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="congvan", ir_version=8)
    for key, value in facts.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
