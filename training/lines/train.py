"""Train the line reader on lines drawn as it goes, and never on the same twice; stop and go on at any time.

    python -m training.lines.train --work FOLDER [--lines 300000] [--finish 60000] [--seed 11] [--stamps 0.15] [--shown 2]

FOLDER keeps the whole state (`state.pt`), a log, and every `--every` lines the network as it would ship (`lines.onnx`: the weights'
running mean) with its figures on drawn lines of faces that it never saw. The last `--finish` lines are learned at a falling rate.
`--start FILE.pt` begins with the weights of a checkpoint (`weights.pt` of a FOLDER, without the optimizer's state).
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing as mp
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from rapidfuzz.distance import Levenshtein

from pipeline.recognize.ocr.line_image import HEIGHT, STEP
from training.lines import alphabet, draw
from training.lines.network import Reader, write_onnx

Rng = np.random.Generator
Line = tuple[np.ndarray, str]
Batch = tuple[np.ndarray, list[str], list[int]]
POOL = 768  # lines that are drawn, then parted into batches of like width
COLUMNS = 5_000  # pixels of width that a batch holds
RATE, WARM = 1.5e-3, 500  # the learning rate, and the steps until it is reached
MEAN = 0.999  # how slowly the running mean of the weights follows
log = logging.getLogger(__name__)


def batches(seed: int, begin: int, easy: int, stamps: float, shown: int) -> Iterator[Batch]:
    """Batches of lines of like widths, without end. begin: the pool to begin with; easy: pools at first that hold short lines alone;
    stamps: share of names stamped in script faces; shown: how often each line is shown, from the second time on a little changed."""
    pool = begin
    while True:
        rng = np.random.default_rng((seed, pool))
        lines = [draw.line(rng, most=360 if pool < easy else 1400, stamps=stamps) for _ in range(POOL)]
        lines.sort(key=lambda line: line[0].shape[1])
        groups: list[list[Line]] = [[]]
        for line in lines:
            if groups[-1] and line[0].shape[1] * (len(groups[-1]) + 1) > COLUMNS:
                groups.append([])
            groups[-1].append(line)
        for again in range(shown):  # drawing costs as much as learning
            rng.shuffle(groups)  # type: ignore[arg-type]
            for group in groups:
                images = [_changed(rng, image) if again else image for image, _ in group]
                wide = max(image.shape[1] for image in images)
                packed = np.zeros((len(group), 1, HEIGHT, wide), np.float32)
                for row, image in enumerate(images):
                    packed[row, 0, :, : image.shape[1]] = image
                yield packed, [said for _, said in group], [image.shape[1] // STEP for image in images]
        pool += 1


def _changed(rng: Rng, image: np.ndarray) -> np.ndarray:
    """A line as the reader takes it, moved, stretched a little, its ink stronger or weaker."""
    wide = round(image.shape[1] * rng.uniform(1.0, 1.08) / STEP) * STEP
    out = np.roll(cv2.resize(image, (wide, HEIGHT)), int(rng.integers(-1, 2)), 0)
    return np.clip(out, 0, 1).astype(np.float32) ** np.float32(rng.uniform(0.7, 1.4))


def _drawing(queue: mp.Queue[Batch], seed: int, begin: int, easy: int, stamps: float, shown: int) -> None:
    cv2.setNumThreads(1)
    for batch in batches(seed, begin, easy, stamps, shown):
        queue.put((batch[0].astype(np.float16), batch[1], batch[2]))


def greedy(reader: Reader, lines: list[Line]) -> list[str]:
    """What the reader says of each line: its best class at each step."""
    reader.eval()
    out = []
    with torch.no_grad():
        for image, _ in lines:
            best = reader(torch.from_numpy(image[None, None])).argmax(2)[0].tolist()
            out.append("".join(alphabet.CLASSES[c - 1] for c, before in zip(best, [0, *best], strict=False) if c != before and c))
    return out


def errors(said: list[str], lines: list[Line]) -> float:
    """Character errors a hundred characters of truth."""
    return 100 * sum(Levenshtein.distance(a, b) for a, (_, b) in zip(said, lines, strict=True)) / sum(len(b) for _, b in lines)


def temperature(reader: Reader, lines: list[Line]) -> float:
    """The number that scores are divided by so that chances are right as often as they say, on lines of unseen faces."""
    loss_of = torch.nn.CTCLoss(blank=alphabet.BLANK, zero_infinity=True)
    best = (float("inf"), 1.0)
    with torch.no_grad():
        scores = [reader(torch.from_numpy(image[None, None])) for image, _ in lines]
        for heat in np.arange(0.7, 2.6, 0.1):
            loss = 0.0
            for score, (_, said) in zip(scores, lines, strict=True):
                chances, target = (score / float(heat)).log_softmax(2).transpose(0, 1), torch.tensor(alphabet.indices(said))
                loss += float(loss_of(chances, target, torch.tensor([score.shape[1]]), torch.tensor([len(said)])))
            best = min(best, (loss, float(heat)))
    return best[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=300_000)
    parser.add_argument("--finish", type=int, default=60_000)
    parser.add_argument("--every", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--stamps", type=float, default=0.15)
    parser.add_argument("--shown", type=int, default=2)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO, format="%(message)s", handlers=[logging.StreamHandler(), logging.FileHandler(given.work / "log.txt")]
    )
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(given.seed)
    reader, mean = Reader().to(memory_format=torch.channels_last), Reader()  # type: ignore[call-overload]
    optimizer = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=1e-2)
    done, steps, spent = 0, 0, 0.0
    state = given.work / "state.pt"
    if state.is_file():
        held = torch.load(state, weights_only=True)
        reader.load_state_dict(held["reader"])
        mean.load_state_dict(held["mean"])
        optimizer.load_state_dict(held["optimizer"])
        done, steps, spent = held["done"], held["steps"], held["spent"]
    elif given.start:
        for network in (reader, mean):
            network.load_state_dict(torch.load(given.start, weights_only=True))
    check = lines_of_unseen_faces(given.seed)
    queue: mp.Queue[Batch] = mp.get_context("spawn").Queue(24)
    easy = 0 if given.start else 6
    drawn = (queue, given.seed, done // (given.shown * POOL), easy, given.stamps, given.shown)
    drawer = mp.get_context("spawn").Process(target=_drawing, args=drawn, daemon=True)
    drawer.start()
    loss_of = torch.nn.CTCLoss(blank=alphabet.BLANK, zero_infinity=True)
    begun, total, seen, shown = time.process_time(), 0.0, 0, done
    reader.train()
    while done < given.lines:
        images, said, widths = queue.get()
        left = (given.lines - done) / given.finish
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (steps + 1) / WARM, max(0.02, left))
        scores = reader(torch.from_numpy(images.astype(np.float32)).to(memory_format=torch.channels_last)).log_softmax(2).transpose(0, 1)
        target = torch.tensor([c for text in said for c in alphabet.indices(text)])
        loss = loss_of(scores, target, torch.tensor(widths), torch.tensor([len(text) for text in said]))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 2.0)
        optimizer.step()
        done, steps = done + len(said), steps + 1
        total, seen = total + float(loss.detach()) * len(said), seen + len(said)
        _follow(mean, reader, min(MEAN, steps / (steps + 20)))
        if done - shown >= given.every or done >= given.lines:
            spent, begun = spent + time.process_time() - begun, time.process_time()
            _keep(
                given.work,
                state,
                reader,
                mean,
                optimizer,
                check,
                {"done": done, "steps": steps, "spent": spent, "loss": total / seen, "seed": given.seed},
            )
            total, seen, shown = 0.0, 0, done
            reader.train()
    drawer.kill()


def lines_of_unseen_faces(seed: int) -> list[Line]:
    """400 lines drawn in faces that no network is taught, the same for the same seed."""
    rng = np.random.default_rng((seed, 2**31))
    return [draw.line(rng, held_out=True) for _ in range(400)]


def _follow(mean: Reader, reader: Reader, slow: float) -> None:
    with torch.no_grad():
        for old, new in zip(mean.state_dict().values(), reader.state_dict().values(), strict=True):
            if old.dtype.is_floating_point:
                old.lerp_(new, 1 - slow)
            else:
                old.copy_(new)


def _keep(
    work: Path, state: Path, reader: Reader, mean: Reader, optimizer: torch.optim.Optimizer, check: list[Line], facts: dict[str, float]
) -> None:
    """Keep the whole state, the weights alone, and the network as it ships, each put in its place when it is whole."""
    aside = state.with_suffix(".part")
    torch.save({"reader": reader.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict(), **facts}, aside)
    aside.replace(state)
    log.info(keep_weights(work, mean, check, facts))


def keep_weights(folder: Path, reader: Reader, check: list[Line], facts: dict[str, float]) -> str:
    """Write the weights alone and the network as it ships, with its figures on lines that it never saw. Returns these, as JSON."""
    said = greedy(reader, check)
    figures = {**facts, "cer": errors(said, check), "whole": 100 * sum(a == b for a, (_, b) in zip(said, check, strict=True)) / len(check)}
    torch.save({k: v.half() if v.dtype.is_floating_point else v for k, v in reader.state_dict().items()}, folder / "weights.pt")
    shown = {k: f"{v:.4g}" if isinstance(v, float) else str(v) for k, v in figures.items()}
    write_onnx(reader, folder / "lines.onnx", {"temperature": f"{temperature(reader, check[:120]):.2f}", **shown})
    return json.dumps(shown)


if __name__ == "__main__":
    main()
