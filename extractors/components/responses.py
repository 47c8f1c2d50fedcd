"""Who answers whom inside a document: denies, disputes, confirms, declines, could not verify."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quoth.extractors.answerable import (
    accuses,
    answerable,
    end_of,
    is_negative,
    is_quoted,
    most_shared,
    of_one_thing,
    speaks,
)
from quoth.extractors.answering import (
    ResponseWords,
    answers_claims,
    calls_false,
    disclaims,
    is_bare,
    is_no_claim,
    names_a_thing,
    names_wrong,
    owners,
    points_back,
    reaction,
    stands_for,
)
from quoth.extractors.drafts import Draft, Link, drafts_of, extent, own_claims_of, position
from quoth.extractors.tree import Tree, tree_of
from quoth.extractors.values import LinkType, SpeechAct
from quoth.extractors.vocabularies import Vocabularies

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoth.extractors.lemmas import Lemmatizer

SAME_WORDS, OWNED, ONE_WORD, TOLD, NEAREST, UNRESOLVED = 0.7, 0.6, 0.5, 0.5, 0.4, 0.3
"""Confidence of a link: by words shared, by the name of whose claim it is, by one word; to what the
press was told; to the nearest claim before; to nothing found."""
NEARBY = 6
"""How many claims before a denial it may answer with one word shared."""
_CONTRADICTS = (LinkType.DENIES, LinkType.DISPUTES)


class _Reading(NamedTuple):
    """A document as responses are looked for in it."""

    tree: Tree
    drafts: list[Draft]
    own: list[Draft]
    words: Vocabularies


class Responses:
    """Give each draft its `links`.

    A cue that denies, doubts or confirms responds, and so does a content that calls a report false
    («insisted the report was false»). What is meant is the claim before it, of another source, with
    the most words in common; where the content only points back or names an accusation («any
    involvement»), the nearest, those before the others that accuse, and those of whom it names
    («the builder's explanation»). A confirmation counts only when it points back or shares words:
    «confirmed that …» alone tells news. Somebody who is quoted right after the text said that he
    denies or disputes something («The firm rejected the charge.») does it with these words.
    """

    def __init__(self, lemmas: Lemmatizer) -> None:
        self.lemmas = lemmas
        self.words = ResponseWords.load()

    def __call__(self, doc: Doc) -> Doc:
        """Set `links` on every draft; returns the same `doc`."""
        tree = tree_of(doc)
        drafts = drafts_of(doc)
        vocabularies = Vocabularies(tree, drafts, self.lemmas, self.words.common)
        reading = _Reading(tree, drafts, own_claims_of(doc), vocabularies)
        for number, draft in enumerate(drafts):
            draft["links"] = self._links(reading, number)
        for number, draft in enumerate(drafts):
            if not draft["links"]:
                draft["links"] = self._announced(reading, number)
        return doc

    def _links(self, reading: _Reading, number: int) -> list[Link]:
        tree, drafts, _, _ = reading
        draft = drafts[number]
        kind = self.words.acts.get(draft.get("speech_act", ""))
        if draft.get("cue_negated") and kind not in (
            LinkType.DECLINES_TO_COMMENT,
            LinkType.COULD_NOT_VERIFY,
        ):
            kind = None
        evidence = calls_false(tree, self.words, draft)
        back = False
        if evidence is not None:
            # Who admits that something was wrong does not answer who spoke last.
            back = kind is not LinkType.CONFIRMS
            kind = LinkType.DENIES
        if kind is None or (evidence is None and self._is_other(tree, draft, kind)):
            return self._disclaimer(reading, number)
        target, confidence = self._target(reading, number, kind, points_back=back)
        back = back or points_back(tree, self.words, draft)
        told = self._told_to_media(tree, drafts, number) if back else None
        if told is not None and confidence <= NEAREST:
            target, confidence = told, TOLD
        same = self._same_answer(tree, drafts, number) if confidence <= NEAREST else None
        if same is not None:
            target, confidence = same["target"], same["confidence"]
        if target is None and kind is LinkType.CONFIRMS:
            return []
        words = evidence or draft["cue"] or draft["content"][0]
        return [Link(type=kind.value, evidence=words, target=target, confidence=confidence)]

    def _is_other(self, tree: Tree, draft: Draft, kind: LinkType) -> bool:
        """Whether a cue and its content are no answer to a claim, whatever their words."""
        if kind is LinkType.DECLINES_TO_COMMENT:
            return False
        if is_no_claim(tree, self.words, draft) or not answers_claims(self.words, draft, kind):
            return True
        return (
            kind is not LinkType.COULD_NOT_VERIFY
            and names_a_thing(tree, draft)
            and not points_back(tree, self.words, draft)
            and not stands_for(tree, self.words, draft)
        )

    def _disclaimer(self, reading: _Reading, number: int) -> list[Link]:
        """Return the link of what is said only because somebody said otherwise («no such offer»).

        It answers a claim near by that shares a word with it, or one that accuses.
        """
        tree, drafts, _, vocabularies = reading
        evidence = disclaims(tree, self.words, drafts[number]) if speaks(drafts[number]) else None
        if evidence is None:
            return []
        near = list(answerable(drafts, number))[:NEARBY]
        best = most_shared(vocabularies, number, near)
        accusing = [n for n in near if accuses(drafts[n], drafts[number])]
        if best is None and not accusing:
            return []
        target, confidence = (accusing[0], NEAREST) if best is None else (best, ONE_WORD)
        kind = LinkType.DENIES.value
        return [Link(type=kind, evidence=evidence, target=target, confidence=confidence)]

    def _target(
        self, reading: _Reading, number: int, kind: LinkType, *, points_back: bool
    ) -> tuple[int | None, float]:
        tree, drafts, _, vocabularies = reading
        draft = drafts[number]
        before = list(answerable(drafts, number))
        theirs = self._of_owners(tree, drafts, number, before)
        same = of_one_thing(vocabularies, number, before if theirs is None else theirs)
        if same is not None:
            return same, SAME_WORDS
        if theirs is not None:
            return (theirs[0], OWNED) if theirs else (None, UNRESOLVED)
        if kind in (LinkType.DENIES, LinkType.COULD_NOT_VERIFY):
            near = most_shared(vocabularies, number, before[:NEARBY])
            if near is not None:
                return near, ONE_WORD
        if before and (points_back or stands_for(tree, self.words, draft)):
            return self._meant(reading, number, before)
        if kind in _CONTRADICTS:
            later = list(answerable(drafts, number, later=True))
            told = of_one_thing(vocabularies, number, later)
            if told is not None:
                return told, ONE_WORD
        return None, UNRESOLVED

    def _meant(self, reading: _Reading, number: int, before: list[int]) -> tuple[int | None, float]:
        """Return which of the claims `before` is meant by «that» or «any involvement»."""
        tree, drafts, _, _ = reading
        draft = drafts[number]
        outermost = [n for n in before if not drafts[n].get("depth")] or before
        accusing = [n for n in outermost[:NEARBY] if accuses(drafts[n], draft)]
        if is_bare(tree, self.words, draft) and accusing:
            return accusing[0], NEAREST
        if names_wrong(tree, self.words, draft):
            return None, UNRESOLVED
        return outermost[0], NEAREST

    def _of_owners(
        self, tree: Tree, drafts: list[Draft], number: int, before: list[int]
    ) -> list[int] | None:
        """Return those of the claims `before` that are of whom the content names.

        None where it names nobody («the explanation»).
        """
        draft = drafts[number]
        tokens = set(owners(tree, self.words, draft))
        if not tokens:
            return None
        reading = draft.get("claim")
        named = {
            entity
            for (begin, end), entity, _ in (reading.get("about", ()) if reading else ())
            if not tokens.isdisjoint(range(begin, end))
        }
        words = {tree.words[i] for i in tokens}
        return [
            n
            for n in before
            if not named.isdisjoint(drafts[n].get("who", ()))
            or not words.isdisjoint(tree.words[slice(*(drafts[n]["source"] or (0, 0)))])
        ]

    def _announced(self, reading: _Reading, number: int) -> list[Link]:
        """Return the link of what is said right after the text told that its source denies.

        The words after a denial are quoted for it, or deny themselves; others change the subject.
        """
        tree, drafts, _, _ = reading
        draft = drafts[number]
        if not speaks(draft) or not (is_quoted(tree, draft) or is_negative(draft)):
            return []
        sentence = tree.sentence_number(position(draft)[0])
        before = next((d for d in drafts[number - 1 :: -1] if not d.get("depth")), None)
        if number and before is not None and before.get("who") == draft.get("who"):
            last = tree.sentence_number(end_of(before) - 1)
            links = [
                link
                for link in before["links"]
                if link["type"] in _CONTRADICTS
                and before.get("speech_act") in self.words.acts
                and (link["target"] is not None or is_negative(draft))
            ]
            if links and 0 <= sentence - last <= 1:
                confidence = min(NEAREST, links[0]["confidence"])
                return [Link(**{**links[0], "confidence": confidence})]
        return self._after_reaction(reading, number, sentence)

    def _after_reaction(self, reading: _Reading, number: int, sentence: int) -> list[Link]:
        """Return the link of what is said after a sentence that only tells of a reaction."""
        tree, drafts, own, vocabularies = reading
        place = next(
            (
                claim["content"][0]
                for claim in own
                if tree.sentence_number(claim["content"][0][0]) == sentence - 1
            ),
            None,
        )
        found = reaction(tree, self.words, self.lemmas, place) if place else None
        if place is None or found is None:
            return []
        kind, evidence = found
        before = [n for n in answerable(drafts, number) if position(drafts[n])[0] < place[0]]
        told = self._nouns(tree, evidence[1], place[1])
        answered = told - self.words.reports | vocabularies.words(number)
        shared = max(
            ((len(vocabularies.words(n) & answered), n) for n in before[:NEARBY]), default=(0, 0)
        )
        just_before = [
            n
            for n in before[:NEARBY]
            if tree.sentence_number(end_of(drafts[n]) - 1) >= tree.sentence_number(place[0]) - 1
        ]
        if told and shared[0]:
            target, confidence = shared[1], ONE_WORD
        elif just_before and told <= self.words.reports:
            target, confidence = just_before[0], NEAREST
        else:
            target, confidence = None, UNRESOLVED
        return [Link(type=kind.value, evidence=evidence, target=target, confidence=confidence)]

    def _nouns(self, tree: Tree, begin: int, end: int) -> frozenset[str]:
        """Return what a reaction says that it is to: «laughed at the idea of saboteurs»."""
        return frozenset(tree.words[i] for i in range(begin, end) if tree.tags[i] in ("NN", "NNS"))

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
        if not any(tree.words[i] in self.words.published for b, e in answered for i in range(b, e)):
            return None
        for n in range(number - 1, -1, -1):
            if drafts[n].get("speech_act") == SpeechAct.REPORT.value and drafts[n]["content"]:
                return n
            addressee = drafts[n].get("addressee")
            if addressee and not self.words.media.isdisjoint(tree.words[slice(*addressee)]):
                return n
        return None
