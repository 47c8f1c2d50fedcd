"""For each cue's head the readings that are worth weighing, and the evidence for each.

The network's best reading stands beside what it would read with another source, beside the rules'
reading of the same cue and beside mixtures of both; what tells right from wrong among them is
learned (`surety`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from quoth.extractors.neural.chain import Chain
from quoth.extractors.neural.inputs import CONTENT, CUE, NONE, SOURCE
from quoth.extractors.neural.roles import probabilities_of, read_roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quoth.extractors.drafts import Draft, Range
    from quoth.extractors.neural.inputs import Ints, TextInputs
    from quoth.extractors.neural.network import Floats

EVIDENCE = (
    "head",
    "in_cue",
    "in_source",
    "in_content",
    "exists",
    "path",
    "nothing",
    "loss",
    "cue_mean",
    "source_mean",
    "content_mean",
    "content_least",
    "source_most",
    "by_network",
    "rules",
    "rules_content",
    "rules_source",
    "best_content",
    "best_source",
    "no_source",
    "length",
    "pieces",
    "verb",
    "noun",
)
"""What is known of a reading, as numbers; see `evidence_of`."""
OTHER_SOURCE = 4.0
"""What a source gains, in nats, where the best reading has none."""
NO_RULES = -4.0
"""Log-odds of the rules where they do not see a cue."""
LEAST = -12.0
FLOOR = 1e-5


@dataclass
class Reading:
    """The roles of one cue in tokens of the text, what speaks for them, and how sure they are.

    `log_odds` are set once the evidence is weighed.
    """

    head: int
    cue: Range
    source: Range | None
    content: list[Range]
    evidence: list[float] = field(default_factory=list)
    log_odds: float = 0.0

    def key(self) -> tuple[Range, Range | None, tuple[Range, ...]]:
        """Return what two equal readings of one cue have in common."""
        return self.cue, self.source, tuple(self.content)


@dataclass(frozen=True)
class Answers:
    """What the network says about a window.

    `words` are the token indices, `anchors` the positions in them of the heads that it weighs,
    `tags` the tagger's logits (words, 4), `roles`, `edges` and `exists` those of the reader.
    """

    words: Ints
    anchors: list[int]
    tags: Floats
    roles: Floats
    edges: Floats
    exists: Floats


def readings(inputs: TextInputs, answers: Answers) -> list[Reading]:
    """Return the readings of a window with their evidence, by anchor."""
    chain = Chain.of(answers.roles, answers.edges)
    anchors = np.array(answers.anchors, dtype=np.int64)
    best = chain.best(anchors)
    sourced = (best == SOURCE).any(1)
    other = best.copy()
    if sourced.any():
        rows = np.flatnonzero(sourced)
        other[rows] = chain.only(rows).without(SOURCE).best(anchors[rows])
    if not sourced.all():
        rows = np.flatnonzero(~sourced)
        other[rows] = chain.only(rows).favouring(SOURCE, OTHER_SOURCE).best(anchors[rows])
    total, nothing = chain.log_partition(), chain.nothing()
    top = chain.scores(best)
    probabilities = probabilities_of(answers.roles)
    found = []
    for n, anchor in enumerate(answers.anchors):
        draft = inputs.drafts.get(int(answers.words[anchor]))
        options = list(_options(inputs, answers, n, (best[n], other[n]), probabilities[n]))
        if not options:
            continue
        paths = np.stack([path for _, path, _ in options])
        scores = chain.only(np.full(len(paths), n)).scores(paths)
        marks = (float(total[n]), float(nothing[n]), float(top[n]))
        for (reading, path, own), score in zip(options, scores.tolist(), strict=True):
            reading.evidence = evidence_of(
                reading,
                path,
                (score, *marks),
                own=own,
                probabilities=probabilities[n],
                draft=draft,
                best=options[0][0],
            )
            reading.evidence[:5] = [*answers.tags[anchor].tolist(), float(answers.exists[n])]
            tag = inputs.tree.tags[reading.head]
            reading.evidence[-2:] = [float(tag[0] == "V"), float(tag[0] == "N")]
            found.append(reading)
    return found


def _options(
    inputs: TextInputs,
    answers: Answers,
    number: int,
    paths: Sequence[Ints],
    probabilities: Floats,
) -> Iterator[tuple[Reading, Ints, bool]]:
    """Yield different readings of one cue with their paths and whether they are the network's."""
    words, anchor = answers.words, answers.anchors[number]
    head = int(words[anchor])
    known = set()
    own = None
    for path in paths:
        roles = read_roles(inputs.tree, words, anchor, path, probabilities)
        if roles is None:
            continue
        reading = Reading(head, *roles)
        own = own or reading
        if reading.key() not in known:
            known.add(reading.key())
            yield reading, path, True
    draft = inputs.drafts.get(head)
    if draft is None or not draft["content"] or not draft["cue"]:
        return
    theirs = Reading(head, draft["cue"], draft["source"], draft["content"])
    mixtures = [theirs]
    if own is not None:
        mixtures.append(Reading(head, own.cue, own.source, theirs.content))
        mixtures.append(Reading(head, own.cue, theirs.source, own.content))
    for reading in mixtures:
        if reading.key() not in known:
            known.add(reading.key())
            yield reading, path_of(reading, words), False


def path_of(reading: Reading, words: Ints) -> Ints:
    """Return the roles that a reading gives to the words of a window."""
    path = np.full(len(words), NONE, dtype=np.int64)
    pieces = [(piece, CONTENT) for piece in reading.content]
    pieces += [(reading.source, SOURCE)] if reading.source else []
    for (begin, end), role in (*pieces, (reading.cue, CUE)):
        path[(words >= begin) & (words < end)] = role
    return path


def evidence_of(
    reading: Reading,
    path: Ints,
    scores: tuple[float, float, float, float],
    *,
    own: bool,
    probabilities: Floats,
    draft: Draft | None,
    best: Reading,
) -> list[float]:
    """Return the numbers that `EVIDENCE` names, of logits in nats.

    `scores` are those of the path, of all paths together, of none and of the best. The first five
    and the last two are the caller's to fill.
    """
    score, total, nothing, top = scores
    logs = np.log(probabilities[np.arange(len(path)), path] + FLOOR)
    means = [float(logs[path == r].mean()) if (path == r).any() else 0.0 for r in (1, 2, 3)]
    inside = path == CONTENT
    tokens = _tokens(reading.content)
    return [
        *[0.0] * 5,
        max(LEAST, score - total),
        max(LEAST, nothing - total),
        max(LEAST, score - top),
        *means,
        float(np.log(1 - probabilities[inside, NONE] + FLOOR).min()) if inside.any() else LEAST,
        float(np.log(probabilities[:, SOURCE].max() + FLOOR)),
        float(own),
        max(NO_RULES, draft["log_odds"]) if draft else NO_RULES,
        _dice(tokens, _tokens(draft["content"])) if draft else -0.5,
        float(draft is not None and _same(draft["source"], reading.source)),
        _dice(tokens, _tokens(best.content)),
        float(_same(best.source, reading.source)),
        float(reading.source is None),
        float(np.log(max(1, len(tokens)))),
        float(min(4, len(reading.content))),
        *[0.0] * 2,
    ]


def _tokens(ranges: Sequence[Range]) -> set[int]:
    return {i for begin, end in ranges for i in range(begin, end)}


def _dice(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _same(one: Range | None, other: Range | None) -> bool:
    return one == other
