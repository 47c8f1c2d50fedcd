"""Attributions by the trained model: the network decides, the rules' candidates advise it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quoth.extractors.drafts import Draft, Range, drafts_of, position, register_extensions
from quoth.extractors.frames import Frames
from quoth.extractors.lexicon import CueLexicon
from quoth.extractors.neural.candidates import Answers, Reading, readings
from quoth.extractors.neural.inputs import TextInputs
from quoth.extractors.neural.surety import Surety
from quoth.extractors.neural.windows import Pieces, Window, windows
from quoth.extractors.proposals import views
from quoth.extractors.reporting import Reporting

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.neural.network import Network
    from quoth.extractors.quoted import QuotedTokens
    from quoth.extractors.tree import Tree

LOOSE = -2.5
"""Log-odds from which on the network is told of a candidate of the rules."""
AROUND = 0.3
"""Log-odds from which on a candidate around a draft of the network counts: chosen on dev."""
FRAME = "model"
DEEPEST = 4
"""How many times contents are looked into."""


class ModelAttributions:
    """Put the drafts of all attributions into ``doc._.attributions``, in text order.

    Needs a tagged and parsed `Doc` with ``doc.spans["quotations"]``. `rules` are the rules'
    component with thresholds of `LOOSE`; `nested_threshold` is the log-odds from which on an
    attribution inside another's content counts, `rules_nested_threshold` the same for what only the
    rules see there.
    """

    def __init__(
        self,
        network: Network,
        rules: Callable[[Doc], Doc],
        lemmas: Lemmatizer,
        *,
        nested_threshold: float,
        rules_nested_threshold: float,
    ) -> None:
        self.network = network
        self.rules = rules
        self.lemmas = lemmas
        self.lexicon = CueLexicon.load()
        self.nested_threshold = nested_threshold
        self.rules_nested_threshold = rules_nested_threshold
        self.surety = Surety.of(network.card["surety"])
        from tokenizers import Tokenizer

        self.pieces = Pieces(Tokenizer.from_buffer(network.tokenizer))
        register_extensions()

    @property
    def fingerprint(self) -> str:
        """The first eight digits of the network's sha256."""
        return str(self.network.card["sha256"]["encoder.onnx"][:8])

    def __call__(self, doc: Doc) -> Doc:
        """Extract the attributions of `doc`; returns the same `doc`."""
        candidates = drafts_of(self.rules(doc))
        tree, quoted = views(doc)
        inputs = TextInputs(tree, quoted, candidates, self.network.labels)
        found = [
            reading
            for window in windows(tree, self.pieces)
            for reading in self.read(inputs, window)
            if reading.log_odds >= self.network.card["threshold"]
        ]
        drafts = self._drafts(inputs, without_rivals(found))
        drafts += around(drafts, candidates)
        drafts += self._reported(tree, quoted, drafts)
        drafts += _without_cue(drafts, candidates)
        drafts += self._inside(inputs, drafts)
        drafts += self._only_by_rules(drafts, candidates)
        drafts.sort(key=position)
        doc._.attributions = drafts
        return doc

    def read(self, inputs: TextInputs, window: Window) -> list[Reading]:
        """Return what the network reads in a window, likely or not, in text order."""
        words = window.words
        if not len(words):
            return []
        heads = np.searchsorted(words, inputs.heads[words])
        heads = np.minimum(heads, len(words) - 1)
        heads = np.where(words[heads] == inputs.heads[words], heads, np.arange(len(words)))
        vectors, logits = self.network.encode(window, heads, inputs.words[words])
        begin, end = window.core
        anchors = [
            int(i)
            for i in np.flatnonzero(logits[:, 0] > self.network.card["anchor"])
            if begin <= words[i] < end
        ]
        if not anchors:
            return []
        pairs = [inputs.pairs(int(words[i]), words) for i in anchors]
        answers = Answers(words, anchors, logits, *self.network.read(vectors, anchors, pairs))
        found = readings(inputs, answers)
        if found:
            for reading, sure in zip(
                found, self.surety.log_odds([r.evidence for r in found]).tolist(), strict=True
            ):
                reading.log_odds = sure
        return found

    def _drafts(self, inputs: TextInputs, readings: list[Reading]) -> list[Draft]:
        tree = inputs.tree
        frames = Frames(tree, self.lemmas)
        drafts = []
        for reading in readings:
            known = inputs.drafts.get(reading.head)
            draft = Draft(
                head=reading.head,
                word=known["word"] if known else word_of(frames, reading.head),
                frame=known["frame"] if known else FRAME,
                source=reading.source,
                cue=reading.cue,
                content=reading.content,
                log_odds=reading.log_odds,
                passive=known["passive"] if known else _is_passive(tree, reading.head),
            )
            drafts.append(draft)
        return drafts

    def _reported(self, tree: Tree, quoted: QuotedTokens, drafts: list[Draft]) -> list[Draft]:
        """Return the quotations that a clause beside them reports and the network passed over."""
        reporting = Reporting(tree, quoted, Frames(tree, self.lemmas), self.lexicon)
        held = {i for d in drafts for begin, end in d["content"] for i in range(begin, end)}
        taken = {i for d in drafts for i in (d["head"], *range(*(d["cue"] or (0, 0))))}
        found = []
        for region in quoted.regions:
            if not (reporting.is_speech(region) and reporting.is_set_off(region)):
                continue
            place = range(region.begin, region.end)
            if held.isdisjoint(place):
                draft = reporting.find(region)
            else:
                draft = reporting.inverted(region)
                if draft is None or not _let_go(tree, drafts, draft):
                    continue
            if draft is not None and draft["cue"] and taken.isdisjoint(range(*draft["cue"])):
                taken.update(range(*draft["cue"]))
                found.append(draft)
        return found

    def _inside(self, inputs: TextInputs, drafts: list[Draft]) -> list[Draft]:
        """Return the attributions inside the contents of `drafts`, and inside those again.

        The network was taught the outermost ones, so each content is given to it as a text of its
        own, if the rules see any candidate there.
        """
        found: list[Draft] = []
        taken = {i for d in drafts for i in range(*(d["cue"] or (0, 0)))}
        outer = drafts
        for _ in range(DEEPEST):
            inner: list[Draft] = []
            for piece in sorted({piece for d in outer for piece in d["content"]}):
                inner += self._inside_piece(inputs, piece, taken)
            found += inner
            outer = inner
        return found

    def _inside_piece(self, inputs: TextInputs, piece: Range, taken: set[int]) -> list[Draft]:
        """Return the attributions of a piece of content; adds their cues to `taken`."""
        begin, end = piece
        if all(i in taken or not begin <= i < end for i in inputs.drafts):
            return []
        found = [
            reading
            for window in windows(inputs.tree, self.pieces, piece)
            for reading in self.read(inputs, window)
            if reading.log_odds >= self.nested_threshold
            and not taken.intersection((reading.head, *range(*reading.cue)))
        ]
        kept = self._drafts(inputs, without_rivals(found))
        taken.update(i for d in kept for i in (d["head"] or begin, *range(*(d["cue"] or (0, 0)))))
        return kept

    def _only_by_rules(self, drafts: list[Draft], candidates: list[Draft]) -> list[Draft]:
        """Return the rules' candidates inside the contents that the network passed over.

        It misses many: its training text has no nested attributions, and takes them for none.
        """
        inside = {i for d in drafts for begin, end in d["content"] for i in range(begin, end)}
        taken = {i for d in drafts for i in range(*(d["cue"] or (0, 0)))}
        return [
            c
            for c in candidates
            if c["cue"]
            and c["head"] in inside
            and c["log_odds"] >= self.rules_nested_threshold
            and not taken.intersection(range(*c["cue"]))
        ]


def around(drafts: list[Draft], candidates: list[Draft]) -> list[Draft]:
    """Return the rules' likely candidates whose content holds a draft of the network's whole.

    «Officials said they would resign, four sources told the paper»: the network was taught one
    attribution a passage, and where it takes the inner one it says nothing of the one around.
    """
    taken = {i for d in drafts for i in (d["head"], *range(*(d["cue"] or (0, 0))))}
    taken |= {i for d in drafts for piece in d["content"] for i in range(*piece)}
    found = []
    for c in candidates:
        if c["cue"] is None or c["source"] is None or c["log_odds"] < AROUND:
            continue
        held = {i for piece in c["content"] for i in range(*piece)}
        if not taken.intersection(range(*c["cue"])) and any(
            all(held.issuperset(range(*piece)) for piece in (d["cue"], *d["content"]))
            for d in drafts
            if d["cue"]
        ):
            found.append(c)
    return found


def _let_go(tree: Tree, drafts: list[Draft], draft: Draft) -> bool:
    """Take a quotation that has a cue of its own from a draft that another sentence reports.

    It is one of several pieces there: «“Never,” he said. “We are lost”, tweeted @seabird.»
    """
    (piece,) = draft["content"]
    for other in drafts:
        if other["cue"] is not None and len(other["content"]) > 1 and piece in other["content"]:
            here, there = tree.sentence(piece[0]), tree.sentence(other["cue"][0])
            if here != there and other["head"] != draft["head"]:
                other["content"] = [p for p in other["content"] if p != piece]
                return True
    return False


def _without_cue(drafts: list[Draft], candidates: list[Draft]) -> list[Draft]:
    """Return the rules' quotations without a cue that no content of the network's touches."""
    held = {i for d in drafts for begin, end in d["content"] for i in range(begin, end)}
    return [
        c
        for c in candidates
        if c["cue"] is None
        and not any(i in held for begin, end in c["content"] for i in range(begin, end))
    ]


def without_rivals(readings: list[Reading]) -> list[Reading]:
    """Return the readings in text order, of those with overlapping cues the surest alone."""
    taken: set[int] = set()
    kept = []
    for reading in sorted(readings, key=lambda r: (-r.log_odds, r.head)):
        tokens = {reading.head, *range(*reading.cue)}
        if not taken & tokens:
            taken |= tokens
            kept.append(reading)
    return sorted(kept, key=lambda r: r.head)


def word_of(frames: Frames, i: int) -> str:
    """Return token i as a word of the lexicon: part of speech and lemma."""
    tree, lemmas = frames.tree, frames.lemmas
    tag = tree.tags[i]
    if tag.startswith("VB"):
        return frames.verb_word(i)
    if tag.startswith("NN"):
        return "n:" + lemmas.noun(tree.words[i])
    if tree.words[i] == "according":
        return "p:according_to"
    return ("a:" if tag.startswith("JJ") else "p:") + tree.words[i]


def _is_passive(tree: Tree, i: int) -> bool:
    return tree.tags[i] == "VBN" and tree.child(i, "auxpass") is not None
