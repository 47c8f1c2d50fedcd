"""A claim as linking compares it, and when two claims cannot be the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A claim to compare.

    `key` is the day, the document's key, and begin and end: it sorts claims by age. `stems` are
    its content words, `numbers` and `names` those of them that must not contradict another's,
    `verbs` the lemmas of its predicates but for «be» and the like; `document` is its document.
    `text` is what a model of English may read of it, empty in other languages;
    `opposites` are stems that say the opposite of one of its own; `subjects` those of its names
    that are the subject of a proposition.
    """

    iri: str
    key: tuple[str, str, int, int]
    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    negative: bool
    document: str
    verbs: frozenset[str] = frozenset()
    text: str = ""
    opposites: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()

    @property
    def content(self) -> tuple[frozenset[str], frozenset[str], frozenset[str], bool]:
        """What makes two claims equal."""
        return self.stems, self.numbers, self.names, self.negative


def contradict(one: Told, other: Told) -> bool:
    """Whether two claims cannot be the same: another polarity, numbers, names, or opposites.

    A number or name that only one of them gives makes it more exact; one in each that the other
    does not give makes them two claims. So does a word whose opposite the other has («rose»,
    «fell»), and standing inside the other in its document.
    """
    return (
        one.negative != other.negative
        or _differ(one.numbers, other.numbers)
        or _differ(one.names, other.names)
        or not (one.opposites.isdisjoint(other.stems) or other.opposites.isdisjoint(one.stems))
        or (one.document == other.document and overlap(one.key, other.key))
    )


def shared_words(one: Told, other: Told) -> frozenset[str]:
    """Return the content words that two claims share and that are no names."""
    return (one.stems & other.stems) - one.names - other.names


def overlap(one: tuple[str, str, int, int], other: tuple[str, str, int, int]) -> bool:
    """Whether two claims of one document stand inside one another, by their keys."""
    return one[2] < other[3] and other[2] < one[3]


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not (one <= other or other <= one)
