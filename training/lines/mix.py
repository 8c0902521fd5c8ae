"""Mix the weights of a network with those that it had before it was taught something more: most of the new is kept, little of the old lost.

    python -m training.lines.mix BEFORE.pt AFTER.pt --share 0.7 --showings N --out FOLDER [--seed 11]

Weights are drawn together one by one (Wortsman and others 2022, "Robust fine-tuning of zero-shot models"). FOLDER gets `weights.pt` and
`lines.onnx` as `training.lines.train` writes them, its temperature set and its figures taken on lines of faces that neither saw.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import torch

from training.lines.network import Reader
from training.lines.train import keep_weights, lines_of_unseen_faces

log = logging.getLogger(__name__)


def mixed(before: dict[str, torch.Tensor], after: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """The weights of a network that stands at `share` of the way from one to the other; what is counted in whole numbers is the later's."""
    return {
        name: before[name].float().lerp(new.float(), share) if new.dtype.is_floating_point else new for name, new in after.items()
    }  # fmt: skip


def main() -> None:
    """Mix, and write what ships."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--share", type=float, default=0.7)
    parser.add_argument("--showings", type=int, required=True, help="how many lines both were shown in all, for the record")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    reader = Reader()
    both = (torch.load(given.before, weights_only=True), torch.load(given.after, weights_only=True))
    reader.load_state_dict(mixed(*both, given.share))
    given.out.mkdir(parents=True, exist_ok=True)
    check = lines_of_unseen_faces(given.seed)
    log.info(keep_weights(given.out, reader.eval(), check, {"done": given.showings, "seed": given.seed, "share": given.share}))


if __name__ == "__main__":
    main()
