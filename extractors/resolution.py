"""Which mentions mean one source: names by their words, nouns and pronouns by a weighted choice."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from quoth.extractors.antecedents import IMPERSONAL, Antecedents, Known, is_place
from quoth.extractors.coordination import conjuncts
from quoth.extractors.entities import entities_of
from quoth.extractors.interviews import FIRST_PERSON, SECOND_PERSON, interviewee
from quoth.extractors.register import Register
from quoth.extractors.relatives import RELATIVE, antecedent_of
from quoth.extractors.values import Anonymity, MentionForm, SourceType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quoth.extractors.drafts import Draft, Entity, Range
    from quoth.extractors.names import SourceWords
    from quoth.extractors.phrases import Phrase, PhraseReader
    from quoth.extractors.tree import Tree

SURE = {"name": 0.98, "description": 0.7, "first person": 0.8, "interview": 0.75, "last": 0.5}
"""Share of mentions so resolved that are right in GUM's news and interviews and MEANTIME, about."""

OFFICE_SURENESS = 0.7
"""From which probability on an office without a name is that of somebody named before."""


class Resolver:
    """Resolves the mentions of one document.

    Every name in the document is known from the start, with its places; a name becomes a source
    when a mention of one is resolved to it.
    """

    def __init__(
        self, tree: Tree, reader: PhraseReader, words: SourceWords, antecedents: Antecedents
    ) -> None:
        self.tree = tree
        self.reader = reader
        self.words = words
        self.antecedents = antecedents
        self.known = Register()
        self.spoken: list[tuple[int, int]] = []
        self.by_range: dict[Range, int] = {}
        self.sureness: dict[Range, float] = {}
        for phrase in reader.names_of_document():
            found = self.known.of_name(phrase)
            if found is None:
                found = self.known.new()
            self.known.note(found, phrase)

    def sources(self, draft: Draft, outer: list[int]) -> list[int]:
        """Return the positions of the sources of a draft, made when they are new."""
        place = draft["cue"] or draft["content"][0]
        if draft["source"] is None:
            before = self._last_speaker(place[0]) if draft["cue"] is None else None
            return [self._unspecified(place) if before is None else before]
        found = self.mentions(draft["source"], outer)
        self.spoken += [(draft["source"][0], number) for number in found]
        return found

    def mentions(self, span: Range, outer: list[int], apart: Sequence[int] = ()) -> list[int]:
        """Return the positions of the sources that the tokens in `span` mean.

        `outer` are the speakers of the attribution around it, `apart` those whom a pronoun cannot
        mean («she told him»). There are several for «Smith and Jones».
        """
        parts = conjuncts(self.reader.names, span, self.reader.head(span))
        found = [self._mention(part, outer, apart) for part in parts]
        if len(parts) > 1:
            self._share_class(parts, found)
        self.sureness[span] = min(self.sureness[part] for part in parts)
        return list(dict.fromkeys(found))

    def _share_class(self, parts: Sequence[Range], found: Sequence[int]) -> None:
        """«Ministers Smith and Jones»: what the first is, a later bare name is too."""
        first = self.known[found[0]]
        for part, number in zip(parts[1:], found[1:], strict=True):
            known = self.known[number]
            is_bare = part[1] - part[0] == 1 and len({p.name for p in known.phrases}) == 1
            if (
                is_bare
                and first.type is SourceType.PERSON
                and known.names[:1]
                and (not known.names[0].place)
            ):
                known.type = first.type

    def _mention(self, span: Range, outer: list[int], apart: Sequence[int]) -> int:
        if span in self.by_range:
            return self.by_range[span]
        phrase = self.reader.read(span)
        found, sureness = self.find(phrase, outer, apart)
        if found is None:
            found = self._in_office(phrase, outer)
        if found is None:
            found = self.known.new()
        known = self.known[found]
        if not known.used:
            known.used, known.first = True, span
        self.known.note(found, phrase)
        self.by_range[span] = found
        self.sureness[span] = sureness
        return found

    def find(
        self, phrase: Phrase, outer: Sequence[int], apart: Sequence[int] = ()
    ) -> tuple[int | None, float]:
        """Return which of the known a phrase means, None for a new one, and how sure that is."""
        if phrase.form is MentionForm.PRONOUN:
            return self._of_pronoun(phrase, outer, apart)
        if phrase.name:
            return self.known.of_name(phrase), SURE["name"]
        return self._of_description(phrase), SURE["description"]

    def _of_description(self, phrase: Phrase) -> int | None:
        words = tuple(self.tree.words[slice(*phrase.range)])
        # A name that its writer or the tagger did not take for one («kyiv»).
        found = self.known.first(words[-1], lambda p: p.tokens[-len(words) :] == words)
        if found is not None or not phrase.definite or self._is_restricted(phrase):
            return found
        if self._is_owned(phrase):
            # «The minister's office» is no other office.
            return self.known.first_of(lambda p: tuple(self.tree.words[slice(*p.range)]) == words)
        recent = self.known.recent(phrase.range[0])
        unnamed = [number for number in recent if self._is_unnamed_speaker(number)]
        if phrase.head == "source" and not phrase.plural and unnamed:
            # Anybody who is not named may be called that.
            return unnamed[0]
        for number in recent:
            if any(self._describes(phrase, p) for p in self.known[number].phrases):
                return number
        if phrase.head in self.words["generic_unnamed"] and not phrase.plural and unnamed:
            return unnamed[0]
        # «The ministry» before its name is given.
        found = self.known.first(phrase.head, lambda p: phrase.head in (p.head, *p.tokens[-1:]))
        if found is None and phrase.head in self.words["pointing_back"]:
            best = self._best(phrase, (SourceType.ORGANISATION,), (), named=True)
            found = best[0] if best else None
        return found

    def _in_office(self, phrase: Phrase, outer: Sequence[int]) -> int | None:
        """Return the named one whom «the minister», who speaks, means; None for somebody new.

        Those who tell of it, `outer`, would have said «I».
        """
        is_office = phrase.definite and not phrase.plural and phrase.head in self.words["office"]
        if not is_office or phrase.name or self.tree.child(phrase.token, "prep") is not None:
            # «The president of the club» says itself who is meant.
            return None
        candidates = self.candidates(phrase, (SourceType.PERSON,), outer, named=True)
        best = self.antecedents.best(phrase, candidates, self.spoken, is_source=True)
        return best[0] if best and best[1] >= OFFICE_SURENESS else None

    def _is_unnamed_speaker(self, number: int) -> bool:
        known = self.known[number]
        unnamed = known.anonymity is Anonymity.UNNAMED and known.type is SourceType.PERSON
        return unnamed and any(number == speaker for _, speaker in self.spoken)

    def _is_restricted(self, phrase: Phrase) -> bool:
        """Whether a clause without a comma says which one is meant («the person who called»)."""
        clause = self.tree.child(phrase.token, "relcl")
        return clause is not None and self.tree.forms[self.tree.left(clause) - 1] != ","

    def _is_owned(self, phrase: Phrase) -> bool:
        """Whether a description names its owner («the minister's office»)."""
        tree = self.tree
        owner = tree.child(phrase.token, "poss")
        return owner is not None and tree.tags[owner][:2] == "NN"

    def _describes(self, phrase: Phrase, earlier: Phrase) -> bool:
        """Whether a definite description has the noun of an earlier phrase, its name or role."""
        role = (earlier.role or "").lower().replace(",", " ").split()
        is_office = phrase.type is SourceType.ORGANISATION and earlier.type is SourceType.PERSON
        if phrase.plural != earlier.plural or is_office:
            # «The office» is not the «inspector at the Survey Office».
            return False
        nouns = (earlier.head, *earlier.tokens[-1:], *role[-1:])
        if phrase.head in nouns:
            return True
        return phrase.head in role and phrase.type is SourceType.PERSON

    def _of_pronoun(
        self, phrase: Phrase, outer: Sequence[int], apart: Sequence[int]
    ) -> tuple[int | None, float]:
        if phrase.head in FIRST_PERSON and outer:
            return outer[0], SURE["first person"]
        if phrase.head in FIRST_PERSON | SECOND_PERSON and self.interviewee is not None:
            return self.interviewee, SURE["interview"]
        begin = phrase.range[0]
        if phrase.head in RELATIVE:
            antecedent = antecedent_of(begin, self.tree, self.reader)
            if antecedent is not None:
                return self._mention(antecedent, list(outer), ()), SURE["name"]
        found = self._best(phrase, wanted_types(phrase.head), apart)
        if found is not None:
            return found
        if phrase.head in IMPERSONAL or apart:
            return None, SURE["description"]
        return self._last_speaker(begin), SURE["last"]

    def _best(
        self,
        phrase: Phrase,
        wanted: tuple[SourceType, ...],
        apart: Sequence[int],
        *,
        named: bool = False,
    ) -> tuple[int, float] | None:
        """Return the likeliest of the known of the wanted classes, with a name if `named`."""
        return self.antecedents.best(
            phrase,
            self.candidates(phrase, wanted, apart, named=named),
            self.spoken,
            is_source=not apart,
        )

    def candidates(
        self,
        phrase: Phrase,
        wanted: tuple[SourceType, ...],
        apart: Sequence[int] = (),
        *,
        named: bool = False,
    ) -> list[tuple[int, Known]]:
        """Return the known whom a phrase may mean by class and gender, with their numbers."""
        return [
            (number, known)
            for number, known in enumerate(self.known)
            if number not in apart
            and known.type in wanted
            and (known.names or not named)
            and self._agrees(known, phrase)
        ]

    @cached_property
    def interviewee(self) -> int | None:
        """Who answers in an interview; None in other texts."""
        return interviewee(self.tree, self.antecedents.quotations, self.known)

    def _agrees(self, known: Known, phrase: Phrase) -> bool:
        return not phrase.gender or not known.genders or phrase.gender in known.genders

    def _last_speaker(self, before: int) -> int | None:
        spoken = [(at, number) for at, number in self.spoken if at < before]
        return max(spoken)[1] if spoken else None

    def _unspecified(self, place: Range) -> int:
        self.known.append(Known(first=place, used=True))
        return len(self.known) - 1

    def speak_of(self, pieces: Iterable[Range]) -> None:
        """Count the people and institutions named in the token ranges among the sources."""
        spoken_of = {i for begin, end in pieces for i in range(begin, end)}
        taken = {known.first for known in self.known if known.used}
        for known in self.known:
            if known.used:
                continue
            if any(phrase.place or is_place(self.tree, phrase) for phrase in known.names):
                continue
            for phrase in known.names:
                inside = spoken_of.issuperset(range(*phrase.range))
                if inside and phrase.range not in taken and self._is_somebody(phrase):
                    known.used, known.first = True, phrase.range
                    taken.add(phrase.range)
                    break

    def _is_somebody(self, phrase: Phrase) -> bool:
        """Whether a name is surely a person's or an institution's, and no place's or day's."""
        if phrase.type is SourceType.PERSON:
            return True
        institutions = self.words["organisation_names"]
        is_institution = bool(institutions.intersection((phrase.tokens[0], phrase.tokens[-1])))
        return phrase.type is SourceType.ORGANISATION and is_institution

    def entities(self) -> tuple[list[Entity], dict[int, int]]:
        """Return the sources and addressees, and the position of each known that is one."""
        return entities_of(self.known, self.reader.names)


def wanted_types(pronoun: str) -> tuple[SourceType, ...]:
    """Return the classes that a pronoun may mean."""
    if pronoun in ("it", "its", "this", "that", "which"):
        return SourceType.ORGANISATION, SourceType.DOCUMENT
    if pronoun in ("they", "them", "their", "these", "those", "we", "us"):
        return SourceType.COLLECTIVE, SourceType.ORGANISATION
    return (SourceType.PERSON,)
