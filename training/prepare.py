"""Training examples: windows of parsed texts with what the gold says of every cue.

The rules' view is part of what the model reads. On the texts that the rules were fitted on it would
be surer than elsewhere, so there it comes from rules fitted on the other folds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from fit_rules import fit_weights, lexicon_of, rows_of

from quoth.extractors.components.attributions import Attributions
from quoth.extractors.components.quotations import Quotations
from quoth.extractors.drafts import drafts_of
from quoth.extractors.evidence import Evidence
from quoth.extractors.lemmas import Lemmatizer
from quoth.extractors.neural.inputs import CONTENT, CUE, NONE, SOURCE, Ints, Labels, TextInputs
from quoth.extractors.neural.windows import Pieces, Window, windows
from quoth.extractors.proposals import views
from quoth.extractors.syntax import load_syntax, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus import GoldDocument
    from spacy.language import Language
    from spacy.tokens import Doc

FOLDS = 5
LOOSE = -2.5
"""Log-odds from which on the model is told of a candidate of the rules."""
EXTRA_CUES = 4
"""Words of a window that are no candidates and still serve as examples of no cue."""


@dataclass
class Cue:
    """A cue's head, or a word that is none, as an example: `roles` and `pairs` by word."""

    anchor: int
    pairs: Ints
    roles: Ints
    gold: bool


@dataclass
class Example:
    """A window with its features and its gold; positions count the window's words."""

    document: str
    window: Window
    heads: Ints
    features: Ints
    core: Ints
    tags: Ints
    cues: list[Cue]


@dataclass
class Parsed:
    """A gold document with its parse."""

    gold: GoldDocument
    doc: Doc


def parse_all(nlp: Language, documents: list[GoldDocument]) -> list[Parsed]:
    """Return the documents with their parses, quotations found."""
    quotations = Quotations()
    return [Parsed(d, quotations(parse(nlp, d.text))) for d in documents]


def labels_of(nlp: Language) -> Labels:
    """Return the labels of the tagger and the parser, sorted."""
    tags = nlp.get_pipe("tagger").labels  # type: ignore[attr-defined]
    deps = nlp.get_pipe("parser").labels  # type: ignore[attr-defined]
    return Labels(tuple(sorted(set(tags) | {"_SP"})), tuple(sorted({*deps, "ROOT", "dep"})))


def cross_fitted(nlp: Language, parsed: list[Parsed]) -> Iterator[tuple[Parsed, Evidence]]:
    """Yield each document with the evidence of rules that were fitted without its fold."""
    lemmas = Lemmatizer.of(nlp)
    by_document = [list(rows_of(p.doc, p.gold, lemmas)) for p in parsed]
    for fold in range(FOLDS):
        rows = [row for n, group in enumerate(by_document) if n % FOLDS != fold for row in group]
        lexicon = lexicon_of(rows)
        evidence = Evidence(lexicon, fit_weights(rows, lexicon))
        for document in parsed[fold::FOLDS]:
            yield document, evidence


def examples_of(
    parsed: Parsed, evidence: Evidence, lemmas: Lemmatizer, labels: Labels, pieces: Pieces
) -> Iterator[Example]:
    """Yield the examples of one document."""
    chance = random.Random(parsed.gold.id)
    doc = Attributions(evidence, lemmas, LOOSE, LOOSE)(parsed.doc)
    tree, quoted = views(doc)
    inputs = TextInputs(tree, quoted, drafts_of(doc), labels)
    gold = _gold_cues(parsed, inputs)
    for window in windows(tree, pieces):
        yield _example(parsed.gold.id, window, inputs, gold, chance)


def _gold_cues(parsed: Parsed, inputs: TextInputs) -> dict[int, Ints]:
    """Return for the head token of each gold cue the role of every token of the text."""
    doc, found = parsed.doc, {}
    begins = np.array([t.idx for t in doc], dtype=np.int64)
    ends = begins + np.array([len(t) for t in doc], dtype=np.int64)
    for attribution in parsed.gold.attributions:
        roles = np.full(len(doc), NONE, dtype=np.int64)
        for role, spans in (
            (CONTENT, attribution.content),
            (SOURCE, attribution.source),
            (CUE, attribution.cue),
        ):
            for begin, end in spans:
                roles[(begins < end) & (ends > begin)] = role
        cue = np.flatnonzero(roles == CUE).tolist()
        if cue:
            found[_head(cue, inputs, found)] = roles
    return found


def _head(cue: list[int], inputs: TextInputs, taken: dict[int, Ints]) -> int:
    """Return the cue's head: a candidate's of the rules, else a word governed from outside."""
    free = [i for i in cue if i not in taken] or cue
    known = [i for i in free if i in inputs.drafts]
    if known:
        return max(known, key=lambda i: inputs.drafts[i]["log_odds"])
    outside = [i for i in free if inputs.heads[i] not in cue or inputs.heads[i] == i]
    return (outside or free)[0]


def _example(
    document: str, window: Window, inputs: TextInputs, gold: dict[int, Ints], chance: random.Random
) -> Example:
    words = window.words
    begin, end = window.core
    positions = np.full(inputs.tree.size, -1, dtype=np.int64)
    positions[words] = np.arange(len(words))
    heads = positions[inputs.heads[words]]
    core = ((words >= begin) & (words < end)).astype(np.int64)
    tags = np.zeros((len(words), 4), dtype=np.int64)
    for head, roles in gold.items():
        if positions[head] >= 0:
            tags[positions[head], 0] = 1
        for role in (CUE, SOURCE, CONTENT):
            tags[:, role] |= roles[words] == role
    candidates = {i for i in words[core == 1].tolist() if i in inputs.drafts or i in gold}
    others = [
        i
        for i in words[core == 1].tolist()
        if i not in candidates and inputs.tree.tags[i][:1] in "VNJ"
    ]
    candidates.update(chance.sample(others, min(EXTRA_CUES, len(others))))
    cues = [
        Cue(
            anchor=int(positions[i]),
            pairs=inputs.pairs(i, words).astype(np.uint8),
            roles=(gold[i][words] if i in gold else np.zeros(len(words))).astype(np.uint8),
            gold=i in gold,
        )
        for i in sorted(candidates)
    ]
    return Example(
        document=document,
        window=window,
        heads=np.where(heads < 0, np.arange(len(words)), heads),
        features=inputs.words[words].astype(np.uint8),
        core=core,
        tags=tags,
        cues=cues,
    )


def prepare(documents: list[GoldDocument], pieces: Pieces) -> tuple[Labels, list[Example]]:
    """Return the labels and the examples of the training part."""
    nlp = load_syntax()
    labels, lemmas = labels_of(nlp), Lemmatizer.of(nlp)
    found = [
        example
        for parsed, evidence in cross_fitted(nlp, parse_all(nlp, documents))
        for example in examples_of(parsed, evidence, lemmas, labels, pieces)
    ]
    return labels, found
