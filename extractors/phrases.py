"""What a noun phrase says of whom it means: name or description, class, number, gender."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quoth.extractors.constituents import Constituents
from quoth.extractors.numbers import number_of
from quoth.extractors.values import MentionForm, SourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quoth.extractors.drafts import Range
    from quoth.extractors.names import Names

ACRONYM = 2
"""Words of a name beyond which any short form may be its initials; else only capitals are."""
PERSON_SUFFIXES = ("er", "or", "ist", "ian", "man", "woman", "ant", "one", "body", "mate", "eer")
FEMALE = frozenset(("she", "her", "hers", "ms", "ms.", "mrs", "mrs.", "miss", "dame", "lady"))
MALE = frozenset(("he", "him", "his", "mr", "mr.", "sir", "lord"))
PRONOUN_TAGS = frozenset(("PRP", "PRP$", "WP", "WDT", "WP$"))
PLURAL_PRONOUNS = frozenset(("they", "them", "their", "we", "us", "these", "those"))
THINGS = frozenset(("it", "its", "which", "this", "that"))
SINGLE = frozenset(("another", "each", "either", "neither", "one"))
OTHERS = SINGLE | {"some", "others", "all", "both", "many", "several", "few", "most"}
"""Words that stand for somebody of a kind and never point back to one alone («another said»)."""
POINTING = frozenset(("the", "this", "that", "these", "those"))


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A mention's words, read.

    `token` is its head, `name` the proper name in it (None without one), `role` what else describes
    the bearer, `head` the lower-cased lemma of the head noun, `type` the likely class, `plural`
    whether it means several, `definite` whether it points back («the source»); `affiliation` is the
    organisation that the role names («Kremlin spokesman»: Kremlin) or the country that a seat of
    government stands for («Kyiv»: Ukraine); `place` whether the name is a country, state, capital
    or seat of government; `institution` whether the description names an institution after all
    («the coastal navy» with a capital); `gender` is ``f`` or ``m`` where a title, a pronoun or the
    noun itself says so, else empty; `count` is how many the words say («four sources»).
    """

    range: Range
    token: int
    form: MentionForm
    head: str
    type: SourceType
    plural: bool
    definite: bool
    name: str | None = None
    role: str | None = None
    affiliation: str | None = None
    institution: bool = False
    place: bool = False
    gender: str = ""
    count: int | None = None

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The lower-cased words of the name."""
        return tuple((self.name or "").lower().replace(".", "").split())

    @cached_property
    def initials(self) -> str:
        """The first letters of a name of several words, small words left out; empty for one."""
        words = [word for word in self.tokens if word not in ("of", "the", "and", "for")]
        return "".join(word[0] for word in words) if len(self.tokens) > 1 else ""

    def may_name_same(self, other: Phrase) -> bool:
        """Whether two names may be one bearer's: equal, one ends the other, or an acronym."""
        a, b = self.tokens, other.tokens
        if not a or not b:
            return False
        if a == b:
            return True
        if self.place or other.place:
            # «Australia» is neither «Western Australia» nor the «University of Australia».
            return False
        short, long = sorted((a, b), key=len)
        if len(short) < len(long):
            if long[-len(short) :] == short:
                return True
            shorter = self if a == short else other
            if len(short) == 1 and (len(long) > ACRONYM or (shorter.name or "").isupper()):
                return short[0] in (self.initials, other.initials)
        return False


class PhraseReader:
    """Reads mentions of one document; names are not looked for in the `foreign` tokens."""

    def __init__(self, names: Names, foreign: frozenset[int] = frozenset()) -> None:
        self.names = names
        self.foreign = foreign
        self.tree = names.tree
        self.words = names.words

    def read(self, span: Range) -> Phrase:
        """Return what the tokens in `span` say of whom they mean."""
        tree = self.tree
        head = self.head(span)
        tag = tree.tags[head]
        # A mark before «I’m» keeps spaCy from taking it apart.
        word = tree.words[head].replace("’", "'").split("'", 1)[0] or tree.words[head]
        is_alone = span[1] - span[0] == 1
        if not is_alone and tree.tags[span[0]] == "PRP" and tree.forms[span[0] + 1][:1] in "'’":
            # The parser has the second half of «I’m» for the head.
            return self._pronoun(span, span[0], tree.words[span[0]])
        if is_alone and word in OTHERS:
            return self._description(span, head, plural=word not in SINGLE, definite=False)
        if tag in PRONOUN_TAGS or (is_alone and (tag in ("DT", "EX") or word == "i")):
            if is_alone and _is_acronym(tree.forms[head]):
                return self._acronym(span, head)
            return self._pronoun(span, head, word)
        definite = tree.words[span[0]] in POINTING or tree.tags[span[0]] == "PRP$"
        joined = any(tree.deps[c] == "conj" and span[0] <= c < span[1] for c in tree.children[head])
        plural = tag in ("NNS", "NNPS") or joined
        name = self.names.find(span, head)
        if name is None:
            return self._description(span, head, plural=plural, definite=definite)
        role = self.names.role(span, name)
        kind = self.names.type_of(name, role, plural=plural, definite=definite)
        is_person = kind is SourceType.PERSON
        words = self.names.clean(self.names.words_of(name))
        country = self.words.governments.get(words.lower().replace(".", ""))
        return Phrase(
            range=span,
            token=head,
            form=MentionForm.NAME,
            head=self.names.lemmas.noun(tree.words[head]),
            type=kind,
            plural=plural,
            definite=definite,
            name=words,
            place=self.names.is_place(words),
            role=role,
            affiliation=self.names.affiliation(span[0], name[0]) if is_person else country,
            gender=self._gender(span),
            count=self._count(span, head) if plural else None,
        )

    def names_of_document(self) -> Iterator[Phrase]:
        """Yield every proper name of the document with the noun phrase around it, in text order.

        Of «Harbour Minister Edda Thorvane and her deputy» the phrase is the first half; a name that
        modifies another noun («the Thorvane plan») stands alone.
        """
        tree, parts = self.tree, Constituents(self.tree)
        for begin, end in self.names.runs:
            if begin in self.foreign:
                continue
            token = self.head((begin, end))
            span = parts.phrase(token)
            alone = tree.deps[token] in ("compound", "poss", "nmod") or any(
                tree.deps[c] == "conj" for c in tree.children[token]
            )
            if alone or not (span[0] <= begin and end <= span[1]):
                span = (begin, end)
            phrase = self.read(span)
            if phrase.name:
                yield phrase

    def head(self, span: Range) -> int:
        """Return the token of `span` whose head lies outside it; the first noun of several."""
        tree = self.tree
        outside = [
            i for i in range(*span) if not span[0] <= tree.heads[i] < span[1] or tree.heads[i] == i
        ]
        nouns = [i for i in outside if tree.tags[i][:2] in ("NN", "PR", "WP")]
        return (nouns or outside or [span[1] - 1])[0]

    def _acronym(self, span: Range, head: int) -> Phrase:
        """Read capitals that the tagger took for a pronoun («WHO»)."""
        return Phrase(
            range=span,
            token=head,
            form=MentionForm.NAME,
            head=self.tree.words[head],
            type=SourceType.ORGANISATION,
            plural=False,
            definite=False,
            name=self.tree.forms[head],
        )

    def _pronoun(self, span: Range, head: int, word: str) -> Phrase:
        plural = word in PLURAL_PRONOUNS
        kind = SourceType.COLLECTIVE if plural else SourceType.PERSON
        return Phrase(
            range=span,
            token=head,
            form=MentionForm.PRONOUN,
            head=word,
            type=SourceType.ORGANISATION if word in THINGS else kind,
            plural=plural,
            definite=True,
            gender=self._gender(span),
        )

    def _description(self, span: Range, head: int, *, plural: bool, definite: bool) -> Phrase:
        tree, lemmas = self.tree, self.names.lemmas
        counted = self._counted(head)
        noun = head if counted is None else counted
        if counted is not None:
            plural = tree.words[head] != "one"
        lemma = lemmas.noun(tree.words[noun])
        kind = self._described_type(tree.words[noun], lemma, plural=plural)
        capitalised = any(
            tree.forms[i][:1].isupper() and tree.tags[i][:2] in ("JJ", "NN")
            for i in range(span[0] + 1, span[1])
        )
        return Phrase(
            range=span,
            token=head,
            form=MentionForm.DESCRIPTION,
            head=lemma,
            type=kind,
            plural=plural,
            definite=definite,
            institution=kind is SourceType.ORGANISATION and capitalised,
            gender=self._gender(span),
            count=self._count(span, head) if plural or counted is not None else None,
        )

    def _count(self, span: Range, head: int) -> int | None:
        """Return how many a phrase says it means: «four sources», «a dozen of them»."""
        tree = self.tree
        before = [i for i in tree.children[head] if span[0] <= i < head]
        numbers = [number_of(tree.words[i]) for i in (*before, head)]
        return next((number for number in numbers if number), None)

    def _counted(self, head: int) -> int | None:
        """Return the noun that is counted («a number of officials», «two of them»)."""
        counts = (
            self.tree.tags[head] == "CD"
            or self.tree.words[head] in self.words["collective"]
            or self.names.lemmas.noun(self.tree.words[head]) in self.words["partitive"]
        )
        if not counts:
            return None
        preposition = self.tree.child(head, "prep")
        if preposition is None or self.tree.words[preposition] != "of":
            return None
        return self.tree.child(preposition, "pobj")

    def _described_type(self, word: str, lemma: str, *, plural: bool) -> SourceType:
        if lemma in self.words["document"]:
            return SourceType.DOCUMENT
        if lemma in self.words["organisation"] and not plural:
            return SourceType.ORGANISATION
        if word in self.words["collective"] or plural:
            return SourceType.COLLECTIVE
        is_person = (
            lemma in self.words["person"]
            or word in SINGLE
            or word in PLURAL_PRONOUNS
            or word.endswith(PERSON_SUFFIXES)
        )
        return SourceType.PERSON if is_person else SourceType.ORGANISATION

    def _gender(self, span: Range) -> str:
        for word in self.tree.words[span[0] : span[1]]:
            if word in FEMALE or word.endswith("woman"):
                return "f"
            if word in MALE or (word.endswith("man") and not word.endswith("human")):
                return "m"
        return ""


def _is_acronym(form: str) -> bool:
    return form in ("WHO", "US")
