"""Train the digit recognizer: draw lines, fit the network, set its temperature on hands that it never saw, write ONNX and figures.

    python -m training.digits.train [--name digits-2] [--lines 36000] [--passes 6] [--seed 7] [--drawn 7] [--start FILE]

One thread, no network; the same seed gives the same lines. Fonts come from Debian packages (see fonts.py).
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch

from pipeline.recognize.digits import alphabet
from pipeline.recognize.digits.ink import ABOVE, BELOW, HEIGHT
from training.digits import draw
from training.digits.network import Reader, begun, write_onnx

Line = tuple[np.ndarray, str]
BATCH = 32  # lines a step: many small steps learn more of the same lines than few large ones
log = logging.getLogger(__name__)


def drawn(count: int, seed: int, work: Path | None = None, held_out: bool = False) -> list[Line]:
    """`count` lines, the same for the same seed; none wider than the recognizer takes or with more to say than steps.

    work: a folder that keeps what was drawn.
    """
    kept = work / f"lines-{seed}-{count}-{held_out:d}.pickle" if work else None
    if kept and kept.is_file():
        return list(pickle.loads(kept.read_bytes()))
    rng = np.random.default_rng(seed)
    lines: list[Line] = []
    while len(lines) < count:
        image, said = draw.line(rng, held_out)
        if 16 <= image.shape[1] <= 420 and image.shape[1] // 2 > 2 * len(said) + 1:
            lines.append((image, said))
    if kept:
        kept.write_bytes(pickle.dumps(lines))
    return lines


def batches(lines: list[Line], size: int, rng: np.random.Generator) -> Iterator[tuple[torch.Tensor, list[str], list[int]]]:
    """Batches of lines of like widths, in a random order; each batch is padded with paper to its widest."""
    order = sorted(range(len(lines)), key=lambda i: lines[i][0].shape[1] + rng.integers(0, 24))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)  # type: ignore[arg-type]
    for group in groups:
        images = [_shaken(lines[i][0], rng) for i in group]
        wide = (max(image.shape[1] for image in images) + 1) // 2 * 2
        batch = np.zeros((len(group), 1, HEIGHT, wide), np.float32)
        for row, image in enumerate(images):
            batch[row, 0, :, : image.shape[1]] = image
        yield torch.from_numpy(batch), [lines[i][1] for i in group], [(image.shape[1] + 1) // 2 for image in images]


def _shaken(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A line a little moved, stretched, leant, thinned or thickened: what makes a second look at it worth taking."""
    out = image.astype(np.float32) / 255
    if rng.random() < 0.7:
        across, down, lean = rng.uniform(0.92, 1.12), rng.uniform(0.92, 1.08), rng.normal(0, 0.06)
        foot = HEIGHT * ABOVE / (ABOVE + BELOW)
        matrix = np.array([[across, -lean, lean * foot], [0, down, foot * (1 - down) + rng.uniform(-2, 2)]], np.float32)
        out = cv2.warpAffine(out, matrix, (round(image.shape[1] * across), HEIGHT), flags=cv2.INTER_LINEAR)
    else:
        out = np.roll(out, int(rng.integers(-2, 3)), axis=0)
    if rng.random() < 0.3:
        out = np.clip(out * rng.uniform(0.7, 1.5), 0, 1)
    if rng.random() < 0.15:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 0.9))
    if rng.random() < 0.1:
        out = np.clip(out + rng.normal(0, 0.05, out.shape), 0, 1)
    return out


def fit(reader: Reader, lines: list[Line], passes: int, seed: int, check: list[Line], kept: Path) -> Reader:
    """Train a reader for so many passes over the lines; `kept` holds where it stands after each, and a run goes on from there.

    A reader begun from weights has norms that are told: they stay, and it learns at a third of the pace.
    """
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    reader = reader.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    steps = passes * ((len(lines) + BATCH - 1) // BATCH)
    pace = 8e-4 if reader.begun else 2.5e-3
    optimizer = torch.optim.AdamW(reader.parameters(), lr=pace, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=pace, total_steps=steps + 1, pct_start=0.15)
    loss_of = torch.nn.CTCLoss(blank=alphabet.BLANK, zero_infinity=True)
    first = 0
    if kept.is_file():
        held = torch.load(kept, weights_only=True)
        reader.load_state_dict(held["reader"])
        optimizer.load_state_dict(held["optimizer"])
        schedule.load_state_dict(held["schedule"])
        first = held["passes"]
    begun_at = time.time()
    for turn in range(first, passes):
        torch.manual_seed(seed + turn)
        rng = np.random.default_rng((seed, turn))
        reader.train()
        total = seen = 0.0
        for images, said, widths in batches(lines, BATCH, rng):
            scores = reader(images.to(memory_format=torch.channels_last)).log_softmax(2).transpose(0, 1)
            target = torch.tensor([alphabet.index(c) for s in said for c in s])
            loss = loss_of(scores, target, torch.tensor(widths), torch.tensor([len(s) for s in said]))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            total, seen = total + float(loss.detach()) * len(said), seen + len(said)
        state = {"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "passes": turn + 1}
        torch.save(state, kept)
        right = sum(a == b for a, b in zip(greedy(reader, check), (s for _, s in check), strict=True)) / len(check)
        log.info(f"pass {turn + 1}/{passes}: loss {total / seen:.4f}, lines of unseen hands {right:.3f}, {time.time() - begun_at:.0f} s")
    return reader.eval()


def greedy(reader: Reader, lines: list[Line]) -> list[str]:
    """What the reader says of each line, its best class at each step."""
    reader.eval()
    out = []
    with torch.no_grad():
        for image, _ in lines:
            best = reader(torch.from_numpy(image[None, None].astype(np.float32) / 255)).argmax(2)[0].tolist()
            said = [c for c, before in zip(best, [0, *best], strict=False) if c != before and c]
            out.append("".join(alphabet.CLASSES[c - 1] for c in said))
    return out


def temperature(reader: Reader, lines: list[Line]) -> float:
    """The number that the scores are to be divided by so that confidence is right as often as it says, on lines of unseen hands."""
    loss_of = torch.nn.CTCLoss(blank=alphabet.BLANK, zero_infinity=True)
    best = (float("inf"), 1.0)
    with torch.no_grad():
        scores = [reader(torch.from_numpy(i[None, None].astype(np.float32) / 255)) for i, _ in lines]
        for heat in np.arange(0.6, 3.05, 0.1):
            loss = 0.0
            for score, (_, said) in zip(scores, lines, strict=True):
                target = torch.tensor([alphabet.index(c) for c in said])
                loss += float(
                    loss_of(
                        (score / float(heat)).log_softmax(2).transpose(0, 1),
                        target,
                        torch.tensor([score.shape[1]]),
                        torch.tensor([len(said)]),
                    )
                )
            best = min(best, (loss / len(lines), float(heat)))
    return best[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--name", default="digits")
    parser.add_argument("--lines", type=int, default=36000)
    parser.add_argument("--passes", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--drawn", type=int, default=7, help="the seed of the lines")
    parser.add_argument("--skip", type=int, default=0, help="of the lines drawn, those that another network learns from")
    parser.add_argument("--start", type=Path, help="weights to begin from")
    parser.add_argument("--work", type=Path, default=Path(".work/digits"))
    parser.add_argument("--out", type=Path, default=Path("pipeline/recognize/weights"))
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    cv2.setNumThreads(1)
    begun_at = time.time()
    given.work.mkdir(parents=True, exist_ok=True)
    lines = drawn(given.skip + given.lines, given.drawn, given.work)[given.skip :]
    check = drawn(1000, given.drawn + 1, given.work, held_out=True)
    log.info(f"{len(lines)} lines drawn in {time.time() - begun_at:.0f} s")
    torch.manual_seed(given.seed)
    reader = Reader()
    if given.start:
        reader = begun(reader, given.start)
    reader = fit(reader, lines, given.passes, given.seed, check[:300], given.work / f"{given.name}.pt")
    facts = {
        "temperature": f"{temperature(reader, check):.2f}",
        "seed": str(given.seed),
        "drawn": f"{given.drawn}, from line {given.skip}",
        "lines": str(given.lines),
        "passes": str(given.passes),
        "classes": alphabet.CLASSES,
    }
    given.out.mkdir(parents=True, exist_ok=True)
    write_onnx(reader, given.out / f"{given.name}.onnx", facts)
    right = sum(a == b for a, b in zip(greedy(reader, check), (s for _, s in check), strict=True)) / len(check)
    log.info(json.dumps({**facts, "whole_lines_unseen_hands": round(right, 4), "seconds": round(time.time() - begun_at)}))


if __name__ == "__main__":
    main()
