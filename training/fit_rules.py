"""Fit the rules' lexicon and weights: ``python training/fit_rules.py TRAIN.jsonl LEXICONS.json``.

Counts, over the training texts, how often each word attributes in each frame, then fits the weights
of the context by logistic regression (L2), every occurrence left out of its own counts. Writes
``extractors/lexicons/cues.tsv`` and ``weights.json``. Deterministic; about a minute.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import GoldDocument, read
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from quoth.extractors.components.quotations import Quotations
from quoth.extractors.evidence import features
from quoth.extractors.frames import Candidate, Frames
from quoth.extractors.lemmas import Lemmatizer
from quoth.extractors.lexicon import CueLexicon
from quoth.extractors.proposals import fitted, views
from quoth.extractors.syntax import load_syntax, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

LEXICONS = Path(__file__).parent.parent / "extractors" / "lexicons"
MATCH = 0.5
INVERSE_REGULARISATION = 0.3
RARE = 5
"""A feature seen less often than this gets no weight, a word that never attributed no entry."""
ANY_FRAME = "-"
COLUMNS = ("word", "speech_act", "frame", "seen", "attributed")

Row = tuple[Candidate, list[str], int]


def characters(doc: Doc, begin: int, end: int) -> set[int]:
    """Return the offsets in a token range."""
    return set(range(doc[begin].idx, doc[end - 1].idx + len(doc[end - 1])))


def rows(documents: list[GoldDocument]) -> Iterator[Row]:
    """Yield the rows of all documents."""
    nlp = load_syntax()
    lemmas = Lemmatizer.of(nlp)
    quotations = Quotations()
    for document in documents:
        yield from rows_of(quotations(parse(nlp, document.text)), document, lemmas)


def rows_of(doc: Doc, document: GoldDocument, lemmas: Lemmatizer) -> Iterator[Row]:
    """Yield each candidate with its features and whether the gold has it.

    It has, when the cues overlap and the contents' characters have a Dice coefficient of 0.5.
    """
    tree, quoted = views(doc)
    gold = [(_offsets(g.cue), _offsets(g.content)) for g in document.attributions]
    for candidate in Frames(tree, lemmas).candidates():
        content = fitted(candidate, quoted)
        if content:
            found = set().union(*(characters(doc, *piece) for piece in content))
            cue = characters(doc, *candidate.cue) | characters(
                doc, candidate.head, candidate.head + 1
            )
            hit = any(cue & g_cue and _dice(found, g_content) >= MATCH for g_cue, g_content in gold)
            yield candidate, features(tree, quoted, candidate, content), int(hit)


def _offsets(spans: list[tuple[int, int]]) -> set[int]:
    return {i for begin, end in spans for i in range(begin, end)}


def _dice(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def fit_weights(examples: list[Row], lexicon: CueLexicon) -> dict[str, float]:
    """Return the weights of the logistic decision, the intercept under ``bias``."""
    frequency = Counter(name for _, names, _ in examples for name in names)
    inputs = [
        {
            **lexicon.evidence(candidate.word, candidate.frame, without=hit),
            **{name: 1.0 for name in names if frequency[name] >= RARE},
        }
        for candidate, names, hit in examples
    ]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=1000)
    model.fit(vectorizer.fit_transform(inputs), [hit for *_, hit in examples])
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0].tolist(), strict=True))
    return {"bias": float(model.intercept_[0]), **weights}


def speech_acts(lists: Path) -> dict[str, str]:
    """Return speech acts by word: the project's own list first, then VerbNet's classes."""
    own = json.loads((Path(__file__).parent / "speech_acts.json").read_text(encoding="utf-8"))
    verbnet = json.loads(lists.read_text(encoding="utf-8"))["verbnet3.4"]["classes"]
    acts: dict[str, str] = {}
    for act, words in own["acts"].items():
        for word in words:
            acts.setdefault(word if ":" in word else f"v:{word}", act)
    for name, act in own["classes"].items():
        for member in verbnet[name]["members"]:
            acts.setdefault(f"v:{member.replace(' ', '_')}", act)
    return acts


def lexicon_rows(examples: list[Row], acts: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the counts of every word that ever attributed, and the totals over all words.

    A word that was seen often and never attributed anything is listed once, without its frames; a
    word with a speech act that never occurred, with no counts.
    """
    seen: Counter[tuple[str, str]] = Counter()
    attributed: Counter[tuple[str, str]] = Counter()
    words: Counter[str] = Counter()
    for candidate, _, hit in examples:
        for word in (candidate.word, f"{candidate.word[0]}:*"):
            seen[word, candidate.frame] += 1
            attributed[word, candidate.frame] += hit
            words[word] += hit
    for word, frame in sorted(seen):
        if words[word] > 0 or word in acts:
            counts = str(seen[word, frame]), str(attributed[word, frame])
            yield word, acts.get(word, ""), frame, *counts
    idle = Counter({word: 0 for word in words if not words[word] and word not in acts})
    for (word, _), count in seen.items():
        if word in idle:
            idle[word] += count
    for word in sorted(idle):
        if idle[word] >= RARE:
            yield word, "", ANY_FRAME, str(idle[word]), "0"
    for word in sorted(set(acts) - {word for word, _ in seen}):
        yield word, acts[word], ANY_FRAME, "0", "0"


def lexicon_of(examples: list[Row], acts: dict[str, str] | None = None) -> CueLexicon:
    """Return the lexicon that the counts make."""
    rows = lexicon_rows(examples, acts or {})
    return CueLexicon.from_rows(dict(zip(COLUMNS, row, strict=True)) for row in rows)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path, help="gold file, JSON Lines")
    parser.add_argument("lists", type=Path, help="cue-lexicons.json with VerbNet's classes")
    arguments = parser.parse_args()
    examples = list(rows(list(read(arguments.train))))
    LEXICONS.mkdir(exist_ok=True)
    acts = speech_acts(arguments.lists)
    with (LEXICONS / "cues.tsv").open("w", encoding="utf-8", newline="\n") as out:
        for row in (COLUMNS, *lexicon_rows(examples, acts)):
            out.write("\t".join(row) + "\n")
    weights = fit_weights(examples, lexicon_of(examples, acts))
    rounded = {name: round(value, 4) for name, value in sorted(weights.items())}
    text = json.dumps(rounded, indent=1, ensure_ascii=False)
    (LEXICONS / "weights.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
