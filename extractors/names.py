"""Proper names in noun phrases: where they begin, whose they are, what stands beside them."""

from __future__ import annotations

import json
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from quoth.extractors.dates.values import WEEKDAYS
from quoth.extractors.values import SourceType

if TYPE_CHECKING:
    from quoth.extractors.drafts import Range
    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.tree import Tree

PARTICLES = frozenset(("de", "van", "von", "al", "bin", "ibn", "el", "da", "di", "&", "-"))
GENERATIONS = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
INITIALS = 2
"""Capitals that may be a person's («JD»); more are an acronym."""
ARTICLES = frozenset(("the", "a", "an"))
BESIDE_NAME = frozenset(
    (",", "the", "The", "a", "an", "A", "An", "–", "—", "-", "(", ")", "'s", "’s")
)


class SourceWords:
    """The word lists behind classes and anonymity.

    The lists of ``lexicons/source_words.json`` by name; `places` and `governments` are from
    ``lexicons/places.json`` (countries, states and capitals as GeoNames has them): `governments`
    maps a capital or a seat of government, lower-cased, to the country that it stands for.
    """

    def __init__(self, lists: dict[str, list[str]], places: dict[str, Any] | None = None) -> None:
        self._lists = {name: frozenset(words) for name, words in lists.items()}
        places = places or {}
        self.governments: dict[str, str] = {
            **places.get("capitals", {}),
            **places.get("seats", {}),
        }
        self.places: frozenset[str] = frozenset(
            (*places.get("countries", ()), *places.get("states", ()), *self.governments)
        )

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._lists[name]

    @classmethod
    def load(cls) -> SourceWords:
        """Load the lists that come with the package."""
        folder = files("quoth.extractors") / "lexicons"
        lists, places = (
            json.loads((folder / name).read_text(encoding="utf-8"))
            for name in ("source_words.json", "places.json")
        )
        return cls(lists, places)


class Names:
    """Finds and classifies the names of one document."""

    def __init__(self, tree: Tree, words: SourceWords, lemmas: Lemmatizer) -> None:
        self.tree = tree
        self.words = words
        self.lemmas = lemmas

    def words_of(self, span: Range) -> str:
        """Return the text of a token range, in one line."""
        return " ".join(self.tree.doc[span[0] : span[1]].text.split())

    def find(self, span: Range, head: int) -> Range | None:
        """Return the proper name that the phrase with this head is about, titles left out."""
        tree = self.tree
        if self.is_place(self.words_of(span)):
            # «Bosnia and Herzegovina»
            return span
        if not self.is_name(head) or self._is_office(head):
            apposed = (
                c
                for c in tree.children[head]
                if tree.deps[c] == "appos" and self.is_name(c) and span[0] <= c < span[1]
            )
            name = next(apposed, None)
            if name is not None:
                head = name
            elif not self.is_name(head):
                return None
        begin, end = head, head + 1
        while begin > span[0] and self._is_part(begin - 1):
            begin -= 1
        while end < span[1] and self.is_name(end):
            end += 1
        end = self._with_of(end, span[1])
        begin = self._after_titles(begin, end)
        while begin < end and not self.is_name(begin):
            begin += 1
        if begin < end and all(self._is_office(i) for i in range(begin, end)):
            # «The Prime Minister» says what somebody is, as a capital does not change.
            return None
        has_letter = any(c.isalpha() for form in tree.forms[begin:end] for c in form)
        return (begin, end) if has_letter else None

    def _with_of(self, end: int, limit: int) -> int:
        """Return the end of a name like «Ministry of Harbours», its second half included."""
        words = self.tree.words
        is_institution = words[end - 1] in self.words["organisation_names"]
        i = end + 1
        if not is_institution or i >= limit or words[end] != "of":
            return end
        i += words[i] == "the"
        while i < limit and self.is_name(i):
            i += 1
        return i if self.is_name(i - 1) else end

    @cached_property
    def proper(self) -> list[bool]:
        """Whether each token is part of a name: a proper noun, and not the day before one.

        «On Friday Josef Amrani said» names Josef Amrani; the «Sunday Times» is a name whole.
        """
        words, institutions = self.tree.words, self.words["organisation_names"]
        return [
            is_proper
            and not (word in WEEKDAYS and not institutions.intersection(words[i + 1 : i + 2]))
            for i, (word, is_proper) in enumerate(zip(words, self.tree.proper, strict=True))
        ]

    def is_name(self, i: int) -> bool:
        """Whether token i is part of a name."""
        return self.proper[i]

    def _is_part(self, i: int) -> bool:
        """Whether token i belongs to the name that goes on after it."""
        return self.is_name(i) or (
            self.tree.words[i] in PARTICLES and i > 0 and self.is_name(i - 1)
        )

    def _after_titles(self, begin: int, end: int) -> int:
        """Return where the name starts after titles and offices («Prime Minister Edda …»)."""
        words = self.tree.words
        if words[end - 1] in self.words["organisation_names"]:
            # «Foreign Ministry»: what is an office beside a person's name belongs to this one.
            return begin
        for i in range(end - 2, begin - 1, -1):
            is_title = self._is_office(i)
            if self.tree.tags[i + 1] == "NNPS":
                return begin
            if is_title and not GENERATIONS.issuperset(words[i + 1 : end]):
                return i + 1
        return begin

    @cached_property
    def runs(self) -> list[Range]:
        """All runs of proper nouns in the document; «Ministry of Harbours» is one."""
        runs: list[Range] = []
        begin = -1
        for i, is_name in enumerate([*self.proper, False]):
            if is_name:
                begin = i if begin < 0 else begin
            elif begin >= 0:
                if runs and self._with_of(runs[-1][1], i) == i:
                    begin = runs.pop()[0]
                runs.append((begin, i))
                begin = -1
        return runs

    @cached_property
    def full_names(self) -> list[Range]:
        """All names of two words or more in the document, titles left out."""
        starts = ((self._after_titles(begin, end), end) for begin, end in self.runs)
        return [(begin, end) for begin, end in starts if end - begin > 1]

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of all names in the document that look like a person's.

        News gives the full name at first mention and the surname alone from then on.
        """
        words = self.tree.words
        found = {
            words[end - 1]
            for begin, end in self.full_names
            if not (begin and words[begin - 1] in ARTICLES) and words[end - 2] not in ("of", "the")
        }
        return frozenset(found - self.words["organisation_names"])

    def full_name(self, name: str) -> str | None:
        """Return the one longer name in the document that ends in `name`, None for none or more.

        «Creel» is Alban Creel where the text has him, even if he speaks as Mr Creel alone.
        """
        short = tuple(name.split())
        longer = {
            self.clean(self.words_of(run))
            for run in self.full_names
            if tuple(self.tree.forms[run[1] - len(short) : run[1]]) == short
            # «Norway» is no short form of the «University of Norway».
            and (not self.is_place(name) or self._is_person(run))
        }
        longer.discard(name)
        return longer.pop() if len(longer) == 1 else None

    def type_of(self, name: Range, role: str | None, *, plural: bool, definite: bool) -> SourceType:
        """Return the likely class of a name's bearer.

        `role` are the words beside it, `plural` whether the phrase means several, `definite`
        whether an article stands before it (people's names have none).
        """
        begin, end = name
        words = self.tree.words[begin:end]
        before = self.tree.words[begin - 1] if begin else ""
        institutions = self.words["organisation_names"]
        if (
            self.is_place(self.words_of(name))
            or words[-1] in institutions
            or words[0] in institutions
            or "of" in words
        ):
            return SourceType.ORGANISATION
        if (
            before in self.words["titles"]
            or before in self.words["person"]
            or (role is not None and self._is_person_role(role))
        ):
            return SourceType.PERSON
        if plural and self.tree.tags[end - 1] == "NNPS":
            return SourceType.COLLECTIVE
        forms = self.tree.forms[begin:end]
        if any(len(form) > INITIALS and form.isupper() for form in forms) and (
            not " ".join(forms).isupper()
        ):
            # «UNC Harwick»: an acronym beside words is no given name.
            return SourceType.ORGANISATION
        is_full_name = len(words) > 1 or words[0] in self.surnames
        if is_full_name and not definite and before != "the":
            return SourceType.PERSON
        return SourceType.ORGANISATION

    def _is_person(self, name: Range) -> bool:
        kind = self.type_of(name, None, plural=False, definite=False)
        return kind is SourceType.PERSON

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a country, a state, a capital or a seat of government."""
        return name.lower().replace(".", "") in self.words.places

    def _is_person_role(self, role: str) -> bool:
        return any(
            self.lemmas.noun(word.strip(",.")) in self.words["person"]
            for word in role.lower().split()
        )

    def role(self, span: Range, name: Range) -> str | None:
        """Return the words of the phrase, before or after the name, that describe its bearer."""
        tree = self.tree
        for part in ((span[0], name[0]), (name[1], span[1])):
            begin, end = tree.trim(*part, BESIDE_NAME)
            if any(tree.tags[i][:2] in ("NN", "JJ") for i in range(begin, end)):
                return self.words_of((begin, end))
        return None

    def affiliation(self, begin: int, end: int) -> str | None:
        """Return the proper name that a role in the token range begins with.

        «Kremlin» in «Kremlin spokesman»; None where the role names no organisation.
        """
        tree = self.tree
        begin, end = tree.trim(begin, end, BESIDE_NAME)
        stop = begin
        while stop < end and self.is_name(stop) and not self._is_office(stop):
            stop += 1
        if begin < stop < end and self._is_office(end - 1):
            return self.clean(self.words_of((begin, stop)))
        return None

    def _is_office(self, i: int) -> bool:
        word = self.tree.words[i]
        if self.tree.tags[i] == "NNPS":
            # «Ministers Thorvane and Creel»
            word = self.lemmas.noun(word)
        return word in self.words["person"] or word in self.words["titles"]

    def clean(self, name: str) -> str:
        """Return a name without a possessive ending or punctuation at its edges."""
        return name.removesuffix("’s").removesuffix("'s").strip(" ,.;:") or name
