"""What a noun phrase says of whom it means: name or description, class, number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.values import MentionForm, SourceType

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.tree import Tree


class SourceWords:
    """The word lists behind classes and anonymity (``lexicons/source_words.json``)."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self._lists = {name: frozenset(words) for name, words in lists.items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._lists[name]

    @classmethod
    def load(cls) -> SourceWords:
        """Load the lists that come with the package."""
        path = files("quoth.extractors") / "lexicons" / "source_words.json"
        return cls(json.loads(path.read_text(encoding="utf-8")))


NAME_PARTICLES = frozenset(("de", "van", "von", "al", "bin", "ibn", "el", "da", "di", "&", "-"))


@dataclass(frozen=True)
class Phrase:
    """A mention's words, read.

    `name` is the proper name in it (None without one), `role` what else describes the bearer,
    `head` the lower-cased lemma of the head noun, `type` the likely class, `plural` whether it
    means several, `definite` whether it points back («the source»); `affiliation` is the
    organisation that the role names («Kremlin spokesman»: Kremlin); `institution` whether the
    description names an institution after all («the Ukrainian military»).
    """

    range: Range
    form: MentionForm
    name: str | None
    role: str | None
    head: str
    type: SourceType
    plural: bool
    definite: bool
    affiliation: str | None = None
    institution: bool = False

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The lower-cased words of the name."""
        return tuple((self.name or "").lower().replace(".", "").split())


class PhraseReader:
    """Reads mentions of one document."""

    def __init__(self, tree: Tree, words: SourceWords, lemmas: Lemmatizer, text: str) -> None:
        self.tree = tree
        self.words = words
        self.lemmas = lemmas
        self.text = text

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of all names in the document that look like a person's.

        News gives the full name at first mention and the surname alone from then on.
        """
        tree = self.tree
        found = set()
        i = 0
        while i < tree.size:
            if tree.tags[i] != "NNP":
                i += 1
                continue
            begin = i
            while i < tree.size and tree.tags[i].startswith("NNP"):
                i += 1
            words = tree.words[begin:i]
            while words and words[0] in self.words["titles"]:
                words = words[1:]
            article = begin > 0 and tree.words[begin - 1] in ("the", "a", "an")
            if len(words) > 1 and not article and words[-1] not in self.words["organisation_names"]:
                found.add(words[-1])
        return frozenset(found)

    def read(self, span: Range) -> Phrase:
        """Return what the tokens in `span` say of whom they mean."""
        tree = self.tree
        head = self.head(span)
        word = tree.words[head]
        tag = tree.tags[head]
        if tag in ("PRP", "PRP$", "WP", "WDT", "WP$") or (
            span[1] - span[0] == 1 and tag in ("DT", "EX")
        ):
            plural = word in ("they", "them", "their", "we", "us", "these", "those")
            kind = SourceType.COLLECTIVE if plural else SourceType.PERSON
            if word in ("it", "its", "which", "this", "that"):
                kind = SourceType.ORGANISATION
            return Phrase(span, MentionForm.PRONOUN, None, None, word, kind, plural, True)
        name_range = self.name_range(span, head)
        first = tree.words[span[0]]
        definite = (
            first in ("the", "this", "that", "these", "those") or tree.tags[span[0]] == "PRP$"
        )
        plural = tag in ("NNS", "NNPS") or any(
            tree.deps[c] == "conj" and span[0] <= c < span[1] for c in tree.children[head]
        )
        lemma = self.lemmas.noun(word)
        counted = self._counted(head) if lemma in self.words["partitive"] else None
        if counted is not None:
            word, plural, lemma = tree.words[counted], True, self.lemmas.noun(tree.words[counted])
            head = counted
        if name_range is None:
            kind = self._described_type(head, lemma, plural, span)
            institution = kind is SourceType.ORGANISATION and any(
                tree.forms[i][:1].isupper() and tree.tags[i][:2] in ("JJ", "NN")
                for i in range(span[0] + 1, span[1])
            )
            return Phrase(
                span,
                MentionForm.DESCRIPTION,
                None,
                None,
                lemma,
                kind,
                plural,
                definite,
                institution=institution,
            )
        name = self._clean(self._text(name_range))
        role = self._role(span, name_range)
        kind = self._named_type(name_range, name, role, plural, definite)
        affiliation = (
            self._affiliation(span[0], name_range[0]) if kind is SourceType.PERSON else None
        )
        return Phrase(
            span, MentionForm.NAME, name, role, lemma, kind, plural, definite, affiliation
        )

    def _counted(self, head: int) -> int | None:
        """Return the noun that is counted («a number of officials»: officials)."""
        preposition = self.tree.child(head, "prep")
        if preposition is None or self.tree.words[preposition] != "of":
            return None
        return self.tree.child(preposition, "pobj")

    def head(self, span: Range) -> int:
        """Return the token of `span` whose head lies outside it; the last noun of several."""
        tree = self.tree
        outside = [
            i for i in range(*span) if not span[0] <= tree.heads[i] < span[1] or tree.heads[i] == i
        ]
        nouns = [i for i in outside if tree.tags[i][:2] in ("NN", "PR", "WP")]
        return (nouns or outside or [span[1] - 1])[0]

    def name_range(self, span: Range, head: int) -> Range | None:
        """Return the proper name that the phrase is about, titles left out."""
        tree = self.tree
        if not tree.tags[head].startswith("NNP"):
            appositions = [
                c
                for c in tree.children[head]
                if tree.deps[c] == "appos"
                and tree.tags[c].startswith("NNP")
                and span[0] <= c < span[1]
            ]
            if not appositions:
                return None
            head = appositions[0]
        begin, end = head, head + 1
        while begin > span[0] and self._is_part(begin - 1):
            begin -= 1
        while end < span[1] and tree.tags[end].startswith("NNP"):
            end += 1
        while begin < end - 1 and tree.words[begin] in self.words["titles"]:
            begin += 1
        while begin < end and not tree.tags[begin].startswith("NNP"):
            begin += 1
        return (begin, end) if begin < end else None

    def _is_part(self, i: int) -> bool:
        """Whether token i belongs to the name that goes on after it."""
        tree = self.tree
        if tree.tags[i].startswith("NNP"):
            return True
        return tree.words[i] in NAME_PARTICLES and i > 0 and tree.tags[i - 1].startswith("NNP")

    def _named_type(
        self, name_range: Range, name: str, role: str | None, plural: bool, definite: bool
    ) -> SourceType:
        words = name.lower().split()
        begin, end = name_range
        before = self.tree.words[begin - 1] if begin else ""
        if any(word in self.words["organisation_names"] for word in (words[-1], words[0])):
            return SourceType.ORGANISATION
        if (
            before in self.words["titles"]
            or before in self.words["person"]
            or (role is not None and self._is_person_role(role))
        ):
            return SourceType.PERSON
        if plural and self.tree.tags[end - 1] == "NNPS":
            return SourceType.COLLECTIVE
        is_full_name = len(words) > 1 or words[0] in self.surnames
        if is_full_name and not definite and before != "the":
            return SourceType.PERSON
        return SourceType.ORGANISATION

    def _is_person_role(self, role: str) -> bool:
        return any(
            self.lemmas.noun(word.strip(",.")) in self.words["person"]
            for word in role.lower().split()
        )

    def _described_type(self, head: int, lemma: str, plural: bool, span: Range) -> SourceType:
        words = self.words
        word = self.tree.words[head]
        if lemma in words["document"]:
            return SourceType.DOCUMENT
        if lemma in words["organisation"] and not plural:
            return SourceType.ORGANISATION
        if word in words["collective"] or plural:
            return SourceType.COLLECTIVE
        return SourceType.PERSON

    def _role(self, span: Range, name_range: Range) -> str | None:
        """Return the words beside the name that describe its bearer."""
        tree = self.tree
        strip = frozenset(
            (",", "the", "The", "a", "an", "A", "An", "–", "—", "-", "(", ")", "'s", "’s")
        )
        for part in ((span[0], name_range[0]), (name_range[1], span[1])):
            begin, end = tree.trim(*part, strip)
            if any(tree.tags[i][:2] in ("NN", "JJ") for i in range(begin, end)):
                return self._text((begin, end))
        return None

    def _affiliation(self, begin: int, end: int) -> str | None:
        """Return the proper name that a role before the name begins with, if a noun follows it."""
        tree = self.tree
        begin, end = tree.trim(begin, end, frozenset(("the", "The", "a", "an", "A", "An")))
        stop = begin
        while stop < end and tree.tags[stop].startswith("NNP"):
            stop += 1
        is_name = begin < stop and tree.words[begin] not in self.words["titles"]
        if is_name and stop < end and tree.words[end - 1] in self.words["person"]:
            return self._clean(self._text((begin, stop)))
        return None

    def _text(self, span: Range) -> str:
        begin, end = span
        doc = self.tree.doc
        return " ".join(self.text[doc[begin].idx : doc[end - 1].idx + len(doc[end - 1])].split())

    def _clean(self, name: str) -> str:
        return name.removesuffix("’s").removesuffix("'s").strip(" ,.;:") or name
