"""What a response says of what it answers: whose it is, what it is called, that it is false."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Self

from quoth.extractors.tree import SUBJECTS
from quoth.extractors.values import LinkType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.drafts import Draft, Range
    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.tree import Tree

_COMPLEMENTS = frozenset(("acomp", "attr", "oprd", "ccomp", "amod", "pobj", "conj"))
_PRONOUNS = frozenset(("it", "this", "that", "these", "those", "him", "her", "them", "both"))
_TO_DO = frozenset(("to", "obj_to", "subj_to"))
_OPEN = frozenset(("whether", "if", "how", "why", "who", "what", "which", "where", "when"))
NEGATIONS = frozenset(("not", "n't", "n’t", "never", "hardly", "no"))


@dataclass(frozen=True, slots=True)
class ResponseWords:
    """The words by which responses are known, all in lower case.

    `denials` call something false, `affirmations` do when they are negated; `reports` are what
    something said is called, `wrongs` what people are accused of and deny in one word;
    `dispute_verbs` are those verbs of doubt that speak of a claim; `requests` are refused or
    granted instead; `disclaimers` are phrases that only answer («nothing to do with», «no such»);
    `reactions` are verbs, as lemmas, and `phrases` runs of words with which a text says that
    somebody answers.
    """

    acts: dict[str, LinkType]
    denials: frozenset[str]
    affirmations: frozenset[str]
    reports: frozenset[str]
    wrongs: frozenset[str]
    published: frozenset[str]
    media: frozenset[str]
    common: frozenset[str]
    dispute_verbs: frozenset[str]
    requests: frozenset[str]
    disclaimers: tuple[tuple[str, ...], ...]
    reactions: dict[str, LinkType]
    phrases: dict[tuple[str, ...], LinkType]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the lists that come with quoth."""
        path = files("quoth.extractors") / "lexicons" / "responses.json"
        lists = json.loads(path.read_text(encoding="utf-8"))
        reactions = lists["reactions"]
        return cls(
            acts={act: LinkType(link) for act, link in lists["acts"].items()},
            denials=frozenset(lists["denial_words"]),
            affirmations=frozenset(lists["affirmations"]),
            reports=frozenset(lists["reports"]),
            wrongs=frozenset(lists["wrongs"]),
            published=frozenset(lists["published"]),
            media=frozenset(lists["media"]),
            common=frozenset(lists["stopwords"]),
            dispute_verbs=frozenset(lists["dispute_verbs"]),
            requests=frozenset(lists["requests"]),
            disclaimers=tuple(tuple(phrase.split()) for phrase in lists["disclaimers"]),
            reactions={verb: LinkType(link) for verb, link in reactions["verbs"].items()},
            phrases={
                tuple(phrase.split()): LinkType(link)
                for phrase, link in reactions["phrases"].items()
            },
        )


def calls_false(tree: Tree, words: ResponseWords, draft: Draft) -> Range | None:
    """Return the words that call a report false («that is not true»), None when none do."""
    if not points_back(tree, words, draft):
        return None
    tops = _tops(tree, draft)
    for i in _tokens(draft):
        if _is_said(tree, i, tops):
            negated = _negated(tree, i)
            if tree.words[i] in words.denials:
                return None if negated else (i, i + 1)
            if tree.words[i] in words.affirmations and negated:
                return i, i + 1
    return None


def _is_said(tree: Tree, i: int, tops: set[int]) -> bool:
    """Whether a word says what its subject is: «was false», «described it as a false rumour»."""
    while i not in tops:
        is_as = tree.deps[i] == "prep" and tree.words[i] == "as"
        if not (is_as or tree.deps[i] in _COMPLEMENTS) or tree.heads[i] == i:
            return False
        i = tree.heads[i]
    return True


def _tops(tree: Tree, draft: Draft) -> set[int]:
    """Return the tokens of the content that hang on nothing in it."""
    begin, end = draft["content"][0]
    return {i for i in range(begin, end) if not begin <= tree.heads[i] < end or tree.heads[i] == i}


def _negated(tree: Tree, i: int) -> bool:
    return any(
        tree.words[c] in NEGATIONS for c in (*tree.children[tree.heads[i]], *tree.children[i])
    )


def points_back(tree: Tree, words: ResponseWords, draft: Draft) -> bool:
    """Whether the content speaks of what was said before («it», «the Gazette's report»)."""
    if not draft["content"]:
        return False
    begin, end = draft["content"][0]
    first = [i for i in range(begin, min(end, begin + 4)) if tree.is_word(i)]
    if (
        first
        and tree.words[first[0]] == "that"
        and len(first) > 1
        and tree.deps[first[0]] == "mark"
    ):
        first = first[1:]
    head = [tree.words[i] for i in first]
    if head and head[0] in ("it", "this", "that", "they") and tree.deps[first[0]] != "det":
        return not _is_empty(tree, first[0])
    if head in (["him"], ["her"], ["them"]):
        return True
    tops = _tops(tree, draft)
    return any(
        tree.words[i] in words.reports
        and (i in tops or (tree.deps[i] in SUBJECTS and tree.heads[i] in tops))
        for i in range(begin, end)
    )


def _is_empty(tree: Tree, i: int) -> bool:
    """Whether «it» only stands before a clause: «it is untrue that we did nothing»."""
    verb = tree.heads[i]
    return tree.words[i] == "it" and any(
        tree.words[c] == "that" and tree.deps[c] == "mark"
        for k in tree.children[verb]
        for c in (*tree.children[k], *(g for h in tree.children[k] for g in tree.children[h]))
    )


def stands_for(tree: Tree, words: ResponseWords, draft: Draft) -> bool:
    """Whether the content only stands for what was said («that as well», «the charge»)."""
    if not draft["content"]:
        return True
    begin, end = draft["content"][0]
    told = [i for i in range(begin, end) if tree.is_word(i)]
    pronoun = bool(told) and tree.words[told[0]] in _PRONOUNS
    says_more = any(tree.is_verb(i) or tree.tags[i] in ("NN", "NNS", "MD") for i in told)
    return (pronoun and not says_more) or is_bare(tree, words, draft)


def is_bare(tree: Tree, words: ResponseWords, draft: Draft) -> bool:
    """Whether the content names an accusation without saying what it is («any involvement»)."""
    if not draft["content"]:
        return False
    begin, end = draft["content"][0]
    named = words.reports | words.wrongs
    says_more = any(tree.is_verb(i) for i in range(begin, end))
    return not says_more and any(tree.words[i] in named for i in _tops(tree, draft))


def names_wrong(tree: Tree, words: ResponseWords, draft: Draft) -> bool:
    """Whether the content names what its source is accused of («any involvement»)."""
    return bool(draft["content"]) and any(tree.words[i] in words.wrongs for i in _tops(tree, draft))


def is_no_claim(tree: Tree, words: ResponseWords, draft: Draft) -> bool:
    """Whether the content is no claim: a question, a request, or what somebody refuses to do."""
    if draft["frame"] in _TO_DO:
        return True
    if not draft["content"]:
        return False
    begin, _ = draft["content"][0]
    return tree.words[begin] in _OPEN or any(
        tree.words[i] in words.requests for i in _tops(tree, draft)
    )


def answers_claims(words: ResponseWords, draft: Draft, kind: LinkType) -> bool:
    """Whether the cue speaks of claims: «disputes», not «has questions about»."""
    part, _, lemma = draft["word"].partition(":")
    return kind is not LinkType.DISPUTES or (part == "v" and lemma in words.dispute_verbs)


def names_a_thing(tree: Tree, draft: Draft) -> bool:
    """Whether the content is a noun phrase: «the right to ask», and not that something is so."""
    return bool(draft["content"]) and not any(tree.is_verb(i) for i in _tops(tree, draft))


def owners(tree: Tree, words: ResponseWords, draft: Draft) -> Iterator[int]:
    """Yield the tokens of those whose report the content speaks of: «the builder's explanation»."""
    for i in _tokens(draft):
        head = tree.heads[i]
        if tree.deps[i] == "poss" and tree.words[head] in words.reports:
            yield i


def reaction(
    tree: Tree, words: ResponseWords, lemmas: Lemmatizer, sentence: Range
) -> tuple[LinkType, Range] | None:
    """Return how a sentence says that somebody answers, and the words that say so."""
    begin, end = sentence
    for i in range(begin, end):
        if (tree.is_verb(i) and not begin <= tree.heads[i] < end) or tree.heads[i] == i:
            kind = words.reactions.get(lemmas.verb(tree.words[i], tree.tags[i]))
            if kind is not None and not any(tree.words[c] in NEGATIONS for c in tree.children[i]):
                return kind, (i, i + 1)
    for phrase, kind in words.phrases.items():
        found = _phrase(tree, phrase, sentence)
        if found is not None:
            return kind, found
    return None


def disclaims(tree: Tree, words: ResponseWords, draft: Draft) -> Range | None:
    """Return the words by which a content denies something, whatever was said before."""
    places = [
        place
        for piece in draft["content"]
        for phrase in words.disclaimers
        if (place := _phrase(tree, phrase, piece)) is not None
    ]
    return min(places, default=None)


def _phrase(tree: Tree, phrase: tuple[str, ...], where: Range) -> Range | None:
    for i in range(where[0], where[1] - len(phrase) + 1):
        if tuple(tree.words[i : i + len(phrase)]) == phrase:
            return i, i + len(phrase)
    return None


def _tokens(draft: Draft) -> Iterator[int]:
    for begin, end in draft["content"]:
        yield from range(begin, end)
