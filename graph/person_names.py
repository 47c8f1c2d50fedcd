"""What a person's name is made of, and whether two may be one person's."""

from dataclasses import dataclass, field

from quoth.graph.name_words import name_words, spelling_key, tokens

_LONGEST_INITIALS = 3


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, folded to Latin letters in lower case, titles left out.

    `given` are first and middle names or their initials, `surname` the last word (particles such
    as «von» left out), `generation` jr, sr, ii … or empty; `qualifier` what a user tells homonyms
    apart by: the words in brackets at the end.
    """

    given: tuple[str, ...]
    surname: str
    generation: str = ""
    qualifier: str = field(default="", repr=False)

    @property
    def is_full(self) -> bool:
        """Whether the first name is there, as a word."""
        return bool(self.given) and len(self.given[0]) > 1

    @property
    def block(self) -> str:
        """What the names of one person have in common: the surname, however it is romanised."""
        return spelling_key(self.surname)


def person_name(name: str) -> PersonName | None:
    """Return the parts of `name`, or None where nothing is left of it but titles.

    >>> person_name("Prime Minister Edda B. Thorvane, Jr.")
    PersonName(given=('edda', 'b'), surname='thorvane', generation='jr')
    >>> person_name("Ms von Alten"), person_name("JD Hale")
    (PersonName(given=(), surname='alten', generation=''), \
PersonName(given=('j', 'd'), surname='hale', generation=''))
    """
    lists = name_words()
    name, _, rest = name.partition("(")
    qualifier = " ".join(tokens(rest)).lower()
    words = tokens(name)
    shouted = name.isupper()
    generation = ""
    while len(words) > 1 and words[-1].lower() in lists.generations:
        generation = lists.generations[words.pop().lower()]
    while len(words) > 1 and words[0].lower() in lists.titles:
        words.pop(0)
    if not words or words[-1].lower() in lists.titles:
        return None
    *before, surname = words
    given: list[str] = []
    for word in before:
        if word.lower() in lists.particles:
            continue
        if word.isupper() and not shouted and len(word) <= _LONGEST_INITIALS:
            given += word.lower()
        else:
            given.append(word.lower())
    return PersonName(tuple(given), surname.lower(), generation, qualifier)


def same_word(one: str, other: str) -> bool:
    """Whether two folded words are one name, perhaps romanised in two ways."""
    return one == other or spelling_key(one) == spelling_key(other)


def _may_be(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return same_word(one, other)


def given_names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether first and middle names or initials do not contradict each other.

    One may leave middle names out («George Vale», «George W. Vale»); where both have them, they
    agree one by one.
    """
    if not one or not other:
        return True
    (first, *middle), (other_first, *other_middle) = one, other
    if not _may_be(first, other_first):
        return False
    if not middle or not other_middle:
        return True
    return len(middle) == len(other_middle) and all(
        _may_be(a, b) for a, b in zip(middle, other_middle, strict=True)
    )
