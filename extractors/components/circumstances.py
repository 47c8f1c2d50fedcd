"""Whom somebody told, and through which medium."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.addressees import SPEAKING_TO, TELLING
from quoth.extractors.constituents import Constituents
from quoth.extractors.drafts import Draft, Range, drafts_of
from quoth.extractors.quoted import QuotedTokens
from quoth.extractors.tree import Tree, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoth.extractors.lemmas import Lemmatizer

CHANNEL_PREPOSITIONS = frozenset(("in", "on", "at", "during", "via", "by", "through", "over"))
POSTING = {"tweet": "social-media", "retweet": "social-media", "email": "email"}


class Circumstances:
    """Give each draft `addressee` (tokens or None) and `channel` (begin, end, medium) or None."""

    def __init__(self, lemmas: Lemmatizer) -> None:
        path = files("quoth.extractors") / "lexicons" / "channels.json"
        table = json.loads(path.read_text(encoding="utf-8"))
        self.media = {word: medium for medium, words in table.items() for word in words}
        self.lemmas = lemmas

    def __call__(self, doc: Doc) -> Doc:
        """Set the two keys on every draft; returns the same `doc`."""
        tree = tree_of(doc)
        parts, quoted = Constituents(tree), QuotedTokens(doc, tree)
        for draft in drafts_of(doc):
            draft["addressee"] = self._addressee(tree, parts, quoted, draft)
            draft["channel"] = self._channel(tree, draft)
        return doc

    def _addressee(
        self, tree: Tree, parts: Constituents, quoted: QuotedTokens, draft: Draft
    ) -> Range | None:
        head = draft["head"]
        if head is None or not tree.is_verb(head):
            return None
        lemma = draft["word"][2:].split("_", 1)[0]
        for c in tree.children[head]:
            dep = tree.deps[c]
            told: int | None = None
            if lemma in TELLING and dep in ("dobj", "dative"):
                told = c if not tree.tags[c].startswith("IN") else tree.child(c, "pobj")
            elif lemma in TELLING and draft["passive"] and dep == "nsubjpass":
                told = c
            elif lemma in SPEAKING_TO and dep in ("prep", "dative") and tree.words[c] == "to":
                told = tree.child(c, "pobj")
            if (
                told is not None
                and quoted.utterance(told, head) is None
                and not _inside(told, draft["content"])
                and not self._is_medium(tree, told)
            ):
                phrase = parts.phrase(told)
                if phrase[0] < phrase[1] and not any(
                    _inside(i, draft["content"]) for i in range(*phrase)
                ):
                    return phrase
        return None

    def _is_medium(self, tree: Tree, noun: int) -> bool:
        """Whether what somebody told is no addressee («told a news conference»)."""
        return (
            tree.tags[noun].startswith("NN")
            and not tree.tags[noun].startswith("NNP")
            and (tree.words[noun] in self.media)
        )

    def _channel(self, tree: Tree, draft: Draft) -> tuple[int, int, str] | None:
        head = draft["head"]
        if head is None or not tree.is_verb(head):
            return None
        for c in tree.children[head]:
            noun: int | None = None
            if tree.deps[c] == "prep" and tree.words[c] in CHANNEL_PREPOSITIONS:
                noun = tree.child(c, "pobj")
            elif tree.deps[c] in ("dobj", "dative") and self._is_medium(tree, c):
                noun = c
            if noun is None or _inside(noun, draft["content"]):
                continue
            # A modifier says more than its noun: «televised comments», «a radio interview».
            words = [*(k for k in tree.children[noun] if k < noun), noun]
            for k in words:
                medium = self.media.get(tree.words[k])
                if medium is not None:
                    begin, end = tree.left(noun), tree.right(noun)
                    begin, end = tree.trim(begin, end, frozenset(",.;:"))
                    if not any(_inside(i, draft["content"]) for i in (begin, end - 1)):
                        return begin, end, medium
        medium = POSTING.get(draft["word"][2:])
        if medium is not None:
            return head, head + 1, medium
        return None


def _inside(i: int, pieces: list[Range]) -> bool:
    return any(begin <= i < end for begin, end in pieces)
