"""Which mentions mean one source: names by their words, nouns and pronouns by who spoke last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quoth.extractors.drafts import Draft, Entity, Range
from quoth.extractors.values import Anonymity, MentionForm, SourceType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quoth.extractors.names import SourceWords
    from quoth.extractors.phrases import Phrase, PhraseReader
    from quoth.extractors.tree import Tree

FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
IMPERSONAL = frozenset(("it", "there", "what", "this", "that"))


@dataclass
class _Known:
    """A source found so far: the phrases that meant it, the latest last."""

    phrases: list[Phrase] = field(default_factory=list)
    type: SourceType = SourceType.UNSPECIFIED
    anonymity: Anonymity = Anonymity.UNSPECIFIED
    first: Range = (0, 0)

    @property
    def names(self) -> list[Phrase]:
        return [p for p in self.phrases if p.name]


class Resolver:
    """Resolves the mentions of one document, in the order in which they are given."""

    def __init__(self, tree: Tree, reader: PhraseReader, words: SourceWords) -> None:
        self.tree = tree
        self.reader = reader
        self.words = words
        self.known: list[_Known] = []
        self.spoken: list[tuple[int, int]] = []
        self.by_range: dict[Range, int] = {}

    def source(self, draft: Draft, outer: list[int]) -> int:
        """Return the position of the source of a draft, made when it is new."""
        place = draft["cue"] or draft["content"][0]
        if draft["source"] is None:
            if draft["cue"] is None:
                before = self._last_speaker(place[0])
                if before is not None:
                    return before
            return self._unspecified(place)
        number = self.mention(draft["source"], outer)
        self.spoken.append((draft["source"][0], number))
        return number

    def mention(self, span: Range, outer: list[int], apart: Sequence[int] = ()) -> int:
        """Return the position of the source that the tokens in `span` mean.

        `outer` are the speakers of the attribution around it, `apart` those whom a pronoun cannot
        mean («she told him»).
        """
        if span in self.by_range:
            return self.by_range[span]
        phrase = self.reader.read(span)
        found = self._find(phrase, outer, apart)
        if found is None:
            self.known.append(_Known(first=span))
            found = len(self.known) - 1
        self._note(self.known[found], phrase)
        self.by_range[span] = found
        return found

    def _find(self, phrase: Phrase, outer: list[int], apart: Sequence[int]) -> int | None:
        if phrase.form is MentionForm.PRONOUN:
            return self._of_pronoun(phrase, outer, apart)
        if phrase.name:
            return self._of_name(phrase)
        return self._of_description(phrase)

    def _of_name(self, phrase: Phrase) -> int | None:
        for number in range(len(self.known) - 1, -1, -1):
            known = self.known[number]
            if any(_same_name(p, phrase) for p in known.names):
                return number
        # «The ministry» before its name is given.
        for number in range(len(self.known) - 1, -1, -1):
            known = self.known[number]
            described = not known.names and known.phrases and known.phrases[0].definite
            if described and phrase.tokens[-1:] == (known.phrases[0].head,):
                return number
        return None

    def _of_description(self, phrase: Phrase) -> int | None:
        words = tuple(self.tree.words[slice(*phrase.range)])
        for number, known in enumerate(self.known):
            # A name that its writer or the tagger did not take for one («kyiv»).
            if any(p.tokens[-len(words) :] == words for p in known.names):
                return number
        if not phrase.definite:
            return None
        before = phrase.range[0]
        speakers = {number for _, number in self.spoken}
        for number in self._recent(before):
            for p in self.known[number].phrases:
                if p.plural == phrase.plural and (
                    p.head == phrase.head
                    or (p.tokens and p.tokens[-1] == phrase.head)
                    or (p.role or "").lower().split()[-1:] == [phrase.head]
                ):
                    return number
            known = self.known[number]
            if (
                phrase.head in self.words["generic_unnamed"]
                and number in speakers
                and not phrase.plural
                and known.anonymity is Anonymity.UNNAMED
                and known.type is SourceType.PERSON
            ):
                return number
        return None

    def _of_pronoun(self, phrase: Phrase, outer: list[int], apart: Sequence[int]) -> int | None:
        if phrase.head in FIRST_PERSON and outer:
            return outer[0]
        begin = phrase.range[0]
        if phrase.head in RELATIVE:
            antecedent = self._antecedent(begin)
            if antecedent is not None:
                return self.mention(antecedent, outer)
        wanted = _wanted(phrase.head)
        fitting = [
            number
            for number in self._recent(begin)
            if number not in apart
            and self.known[number].type in wanted
            and self._agrees(self.known[number], phrase)
        ]
        # Who speaks goes on speaking: an addressee comes second.
        speakers = {number for _, number in self.spoken}
        spoken = [number for number in fitting if number in speakers]
        if spoken or fitting:
            return (spoken or fitting)[0]
        if phrase.head in IMPERSONAL or apart:
            return None
        return self._last_speaker(begin)

    def _antecedent(self, pronoun: int) -> Range | None:
        """Return the noun phrase that a relative pronoun takes up."""
        tree = self.tree
        verb = tree.heads[pronoun]
        noun = tree.heads[verb]
        if tree.deps[verb] != "relcl" or tree.tags[noun][:1] not in "NP" or noun >= pronoun:
            return None
        return tree.trim(tree.left(noun), min(pronoun, tree.left(verb)), frozenset((",",)))

    def _agrees(self, known: _Known, phrase: Phrase) -> bool:
        genders = {p.gender for p in known.phrases if p.gender}
        return not phrase.gender or not genders or phrase.gender in genders

    def _recent(self, before: int) -> list[int]:
        """Positions of known sources, the latest mentioned before the token first."""
        last = {
            number: max((p.range[0] for p in known.phrases if p.range[0] < before), default=-1)
            for number, known in enumerate(self.known)
        }
        return sorted((n for n, at in last.items() if at >= 0), key=lambda n: -last[n])

    def _last_speaker(self, before: int) -> int | None:
        spoken = [(at, number) for at, number in self.spoken if at < before]
        return max(spoken)[1] if spoken else None

    def _unspecified(self, place: Range) -> int:
        self.known.append(_Known(first=place))
        return len(self.known) - 1

    def _note(self, known: _Known, phrase: Phrase) -> None:
        """Add the phrase to what is known of a source; the fullest name wins."""
        known.phrases.append(phrase)
        if phrase.name:
            if known.anonymity is not Anonymity.NAMED or (
                known.type is not SourceType.PERSON and phrase.type is SourceType.PERSON
            ):
                known.type = phrase.type
            known.anonymity = Anonymity.NAMED
            if known.type is SourceType.COLLECTIVE:
                known.anonymity = Anonymity.UNNAMED
        elif known.anonymity is Anonymity.UNSPECIFIED:
            if phrase.form is MentionForm.PRONOUN and phrase.head in IMPERSONAL:
                return
            known.type = phrase.type
            known.anonymity = Anonymity.NAMED if phrase.institution else Anonymity.UNNAMED

    def entities(self) -> list[Entity]:
        """Return the sources in the order of their positions."""
        entities = []
        for known in self.known:
            names = sorted({p.name for p in known.names if p.name}, key=lambda n: (-len(n), n))
            longer = self.reader.names.full_name(names[0]) if names else None
            names = [longer, *names] if longer else names
            label = names[0] if names else self._description(known)
            entities.append(
                Entity(
                    label=label or "unspecified",
                    type=known.type.value,
                    anonymity=known.anonymity.value,
                    aliases=names[1:],
                    affiliation=next((p.affiliation for p in known.phrases if p.affiliation), None),
                    first=known.first,
                )
            )
        return entities

    def _description(self, known: _Known) -> str:
        described = [p for p in known.phrases if p.form is MentionForm.DESCRIPTION]
        phrase = next(iter(described or known.phrases), None)
        if phrase is None:
            return ""
        return self.reader.names.words_of(phrase.range)


def _wanted(pronoun: str) -> tuple[SourceType, ...]:
    if pronoun in ("it", "its", "this", "that", "which"):
        return SourceType.ORGANISATION, SourceType.DOCUMENT
    if pronoun in ("they", "them", "their", "these", "those", "we", "us"):
        return SourceType.COLLECTIVE, SourceType.ORGANISATION
    return (SourceType.PERSON,)


def _same_name(one: Phrase, other: Phrase) -> bool:
    """Whether two names may be one bearer's: equal, one ends the other, or an acronym."""
    a, b = one.tokens, other.tokens
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < len(long):
        if long[-len(short) :] == short:
            return True
        if len(short) == 1 and len(long) > 2:
            initials = "".join(word[0] for word in long if word not in ("of", "the", "and", "for"))
            return short[0] == initials
    return False
