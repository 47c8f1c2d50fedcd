"""Who answers whom inside a document: denies, disputes, confirms, declines, could not verify."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.drafts import Draft, Link, Range, drafts_of, extent
from quoth.extractors.tree import SUBJECTS, Tree, tree_of
from quoth.extractors.values import LinkType

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from quoth.extractors.lemmas import Lemmatizer

SAME_WORDS, ONE_WORD, TOLD, NEAREST, UNRESOLVED = 0.7, 0.5, 0.5, 0.4, 0.3
"""Confidence of a link: by words shared, by one; to what the press was told; to the nearest claim
before; to nothing found."""
SHARED = 2
"""Content words that a response must share with a claim to count as speaking of it."""
NEARBY, SHARED_NEARBY = 6, 1
"""How many claims before a denial it may answer with fewer words shared, and how many those are."""


class _Vocabularies(dict[int, frozenset[str]]):
    """The content words of drafts, found when they are asked for."""

    def __init__(self, find: Callable[[int], frozenset[str]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, number: int) -> frozenset[str]:
        self[number] = self._find(number)
        return self[number]


class Responses:
    """Give each draft its `links`.

    A cue that denies, doubts or confirms responds, and so does a content that calls a report false
    («insisted the report was false»). What is meant is the claim before it, of another source, with
    the most words in common; where the content only points back, the nearest. A confirmation counts
    only when it points back or shares words: «confirmed that …» alone tells news.
    """

    def __init__(self, lemmas: Lemmatizer) -> None:
        self.lemmas = lemmas
        path = files("quoth.extractors") / "lexicons" / "responses.json"
        lists = json.loads(path.read_text(encoding="utf-8"))
        self.acts = {act: LinkType(link) for act, link in lists["acts"].items()}
        self.denials = frozenset(lists["denial_words"])
        self.reports = frozenset(lists["reports"])
        self.published = frozenset(lists["published"])
        self.media = frozenset(lists["media"])
        self.common = frozenset(lists["stopwords"])

    def __call__(self, doc: Doc) -> Doc:
        """Set `links` on every draft; returns the same `doc`."""
        tree = tree_of(doc)
        drafts = drafts_of(doc)
        vocabularies = _Vocabularies(lambda number: self._words(tree, drafts[number]))
        for number, draft in enumerate(drafts):
            draft["links"] = self._links(tree, drafts, vocabularies, number)
        return doc

    def _links(
        self, tree: Tree, drafts: list[Draft], vocabularies: _Vocabularies, number: int
    ) -> list[Link]:
        draft = drafts[number]
        kind = self.acts.get(draft.get("speech_act", ""))
        if draft.get("cue_negated") and kind not in (
            LinkType.DECLINES_TO_COMMENT,
            LinkType.COULD_NOT_VERIFY,
        ):
            kind = None
        evidence = self._calls_false(tree, draft)
        points_back = self._points_back(tree, draft)
        if evidence is not None:
            kind = LinkType.DENIES
            points_back = True
        if kind is None:
            return []
        target, confidence = self._target(drafts, vocabularies, number, kind, points_back)
        told = self._told_to_media(tree, drafts, number) if points_back else None
        if told is not None and confidence <= NEAREST:
            target, confidence = told, TOLD
        same = self._same_answer(tree, drafts, number) if confidence <= NEAREST else None
        if same is not None:
            target, confidence = same["target"], same["confidence"]
        if target is None and kind is LinkType.CONFIRMS:
            return []
        words = evidence or draft["cue"] or draft["content"][0]
        return [Link(type=kind.value, evidence=words, target=target, confidence=confidence)]

    def _target(
        self,
        drafts: list[Draft],
        vocabularies: _Vocabularies,
        number: int,
        kind: LinkType,
        points_back: bool,
    ) -> tuple[int | None, float]:
        draft = drafts[number]
        own = set(draft.get("who", ()))
        before = [
            n
            for n in range(number - 1, -1, -1)
            if drafts[n]["content"]
            and drafts[n].get("stance") == "committed"
            and own.isdisjoint(drafts[n].get("who", ()))
            and number not in _chain(drafts, n)
            and n not in _chain(drafts, number)
        ]
        shared = [(len(vocabularies[n] & vocabularies[number]), n) for n in before]
        best = max(shared, default=(0, -1))
        if best[0] >= SHARED:
            return best[1], SAME_WORDS
        if kind in (LinkType.DENIES, LinkType.DISPUTES):
            near = max(shared[:NEARBY], default=(0, -1))
            if near[0] >= SHARED_NEARBY:
                return near[1], ONE_WORD
        if (points_back or not draft["content"]) and before:
            outermost = [n for n in before if not drafts[n].get("depth")]
            return (outermost or before)[0], NEAREST
        return None, UNRESOLVED

    def _same_answer(self, tree: Tree, drafts: list[Draft], number: int) -> Link | None:
        """Return the link of what the same source said just before in the same sentence."""
        draft, before = drafts[number], drafts[number - 1] if number else None
        if before is None or before.get("who") != draft.get("who") or not draft["content"]:
            return None
        place, earlier = (
            d["cue"] or extent(d) for d in (draft, before) if d["content"] or d["cue"]
        )
        if tree.sentence(place[0]) != tree.sentence(earlier[0]):
            return None
        return next(iter(before.get("links", [])), None)

    def _told_to_media(self, tree: Tree, drafts: list[Draft], number: int) -> int | None:
        """Return the last claim told to a newspaper or the like, where «the report» is answered."""
        answered = drafts[number]["content"]
        if not any(tree.words[i] in self.published for b, e in answered for i in range(b, e)):
            return None
        for n in range(number - 1, -1, -1):
            addressee = drafts[n].get("addressee")
            if addressee and not self.media.isdisjoint(tree.words[slice(*addressee)]):
                return n
        return None

    def _calls_false(self, tree: Tree, draft: Draft) -> Range | None:
        """Return the words that call a report false, None when the content does not."""
        if not self._points_back(tree, draft):
            return None
        for begin, end in draft["content"]:
            for i in range(begin, end):
                if tree.words[i] in self.denials:
                    negated = any(
                        tree.words[c] in ("not", "n't", "n’t") for c in tree.children[tree.heads[i]]
                    )
                    return None if negated else (i, i + 1)
        return None

    def _points_back(self, tree: Tree, draft: Draft) -> bool:
        """Whether the content speaks of what was said before («it», «the Gazette's report»)."""
        if not draft["content"]:
            return False
        begin, end = draft["content"][0]
        head = [tree.words[i] for i in range(begin, min(end, begin + 4)) if tree.is_word(i)]
        if head[:1] == ["that"]:
            head = head[1:]
        if head[:1] and head[0] in ("it", "this", "that", "they"):
            return True
        for i in range(begin, end):
            is_head = tree.deps[i] in SUBJECTS or not begin <= tree.heads[i] < end
            if is_head and tree.words[i] in self.reports:
                return True
        return False

    def _words(self, tree: Tree, draft: Draft) -> frozenset[str]:
        return frozenset(
            self._lemma(tree, i)
            for begin, end in draft["content"]
            for i in range(begin, end)
            if tree.is_word(i) and tree.words[i] not in self.common and len(tree.words[i]) > 2
        )

    def _lemma(self, tree: Tree, i: int) -> str:
        word, tag = tree.words[i], tree.tags[i]
        if tag.startswith("VB"):
            return self.lemmas.verb(word, tag)
        return self.lemmas.noun(word) if tag in ("NN", "NNS") else word


def _chain(drafts: list[Draft], number: int) -> set[int]:
    """Return the drafts around a draft: nobody answers what relays him."""
    chain: set[int] = set()
    outer = drafts[number].get("outer")
    while outer is not None and outer not in chain:
        chain.add(outer)
        outer = drafts[outer].get("outer")
    return chain
