"""The line reader's network: convolutions over the picture, then along the line, with CTC; written to ONNX node by node."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from pipeline.recognize.ocr.line_image import HEIGHT, STEP
from training.digits.network import _folded
from training.lines import alphabet

# over the picture: planes, and by how much each step shrinks height and width (after it, 2 rows and a column a STEP)
PICTURE = ((24, 2, 2), (56, 2, 2), (96, 2, 1), (128, 2, 1))
SIZES = (5, 3, 3, 3)  # of their windows; a stride at once, for the widest maps cost the most
WIDTH = 176  # planes along the line
SPREADS = (1, 2, 4, 1, 2)  # dilations along the line; a step sees about ten characters to either side


class Reader(nn.Module):
    """Lines (batch, 1, HEIGHT, width) to class scores (batch, width / STEP, classes), before the softmax."""

    def __init__(self) -> None:
        super().__init__()
        planes = [1, *(p for p, _, _ in PICTURE)]
        self.picture = nn.ModuleList(
            nn.Conv2d(a, b, size, stride=(down, along), padding=size // 2, bias=False)
            for a, (b, down, along), size in zip(planes, PICTURE, SIZES, strict=False)
        )
        self.picture_norm = nn.ModuleList(nn.BatchNorm2d(b) for b, _, _ in PICTURE)
        self.fold = nn.Conv2d(planes[-1], WIDTH, (2, 3), padding=(0, 1), bias=False)  # two rows to one
        self.fold_norm = nn.BatchNorm2d(WIDTH)
        self.along = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 5, padding=2 * d, dilation=d, bias=False) for d in SPREADS)
        self.along_norm = nn.ModuleList(nn.BatchNorm1d(WIDTH) for _ in SPREADS)
        self.drop = nn.Dropout(0.1)
        self.say = nn.Conv1d(WIDTH, alphabet.SIZE, 1)

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        x = lines
        for conv, norm in zip(self.picture, self.picture_norm, strict=True):
            x = torch.relu(norm(conv(x)))
        x = torch.relu(self.fold_norm(self.fold(x))).squeeze(2)
        for conv, norm in zip(self.along, self.along_norm, strict=True):
            x = x + torch.relu(norm(conv(x)))
        return self.say(self.drop(x)).transpose(1, 2)


def write_onnx(reader: Reader, path: Path, facts: dict[str, str]) -> None:
    """Write the reader; `facts` go into the file's metadata. Weights are kept as 16-bit floats and computed with as 32-bit."""
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
    for i, (c, n, (_, down, along), size) in enumerate(zip(reader.picture, reader.picture_norm, PICTURE, SIZES, strict=True)):
        x = conv(x, f"picture{i}", _folded(c, n), pads=[size // 2] * 4, strides=[down, along])
    x = conv(x, "fold", _folded(reader.fold, reader.fold_norm), pads=[0, 1, 0, 1])
    held.append(numpy_helper.from_array(np.array([2], np.int64), "rows"))
    nodes.append(helper.make_node("Squeeze", [x, "rows"], ["line"]))
    x = "line"
    for i, (d, c, n) in enumerate(zip(SPREADS, reader.along, reader.along_norm, strict=True)):
        y = conv(x, f"along{i}", _folded(c, n), pads=[2 * d, 2 * d], dilations=[d])
        nodes.append(helper.make_node("Add", [x, y], [f"line{i}"]))
        x = f"line{i}"
    say = reader.say.weight.detach().numpy(), reader.say.bias.detach().numpy()  # type: ignore[union-attr]
    nodes.append(helper.make_node("Conv", [x, weight("say_w", say[0]), weight("say_b", say[1])], ["said"]))
    nodes.append(helper.make_node("Transpose", ["said"], ["scores"], perm=[0, 2, 1]))
    graph = helper.make_graph(
        nodes,
        "lines",
        [helper.make_tensor_value_info("lines", TensorProto.FLOAT, ["batch", 1, HEIGHT, "width"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", "steps", alphabet.SIZE])],
        held,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="congvan", ir_version=8)
    for key, value in {**facts, "classes": alphabet.CLASSES, "step": str(STEP)}.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    aside.write_bytes(model.SerializeToString())
    aside.replace(path)
