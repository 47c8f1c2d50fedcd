"""What an organisation's name is made of: articles, legal forms, word order and initials."""

import re
from dataclasses import dataclass

from quoth.graph.name_words import name_words, tokens

_ACRONYM = re.compile(r"(?:[A-Z][.&]?){2,8}")
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 8


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation's name, folded to Latin letters in lower case.

    `words` leave articles at the beginning out, `core` also legal forms («Ltd»); `bag` is the set
    of the core's words, in the singular and without «of» and «for», of bodies whose words change
    places («Ministry of Harbours», «Harbour Ministry»), else empty. `acronym` is the name where it
    looks like one, else empty; `initials` what it may be shortened to.
    """

    words: tuple[str, ...]
    core: tuple[str, ...]
    bag: frozenset[str]
    acronym: str
    initials: frozenset[str]


def organisation_name(name: str) -> OrganisationName | None:
    """Return the parts of `name`, or None where it holds no letter or digit.

    >>> organisation_name("The Harbour Gazette Ltd").core
    ('harbour', 'gazette')
    >>> sorted(organisation_name("National Bank of Utopia").initials)
    ['nbou', 'nbu']
    """
    lists = name_words()
    spelled = tokens(name)
    if not spelled:
        return None
    words = [word.lower() for word in spelled]
    while len(words) > 1 and words[0] in lists.articles:
        words.pop(0)
        spelled.pop(0)
    core = list(words)
    while len(core) > 1 and core[-1] in lists.legal_forms:
        core.pop()
    content = [word for word in core if word not in lists.connectives]
    is_invertible = len(content) > 1 and not lists.invertible.isdisjoint(content)
    bag = frozenset(map(_singular, content)) if is_invertible else frozenset()
    return OrganisationName(
        tuple(words), tuple(core), bag, _acronym(name, spelled), _initials(core, content)
    )


def _acronym(name: str, spelled: list[str]) -> str:
    compact = "".join(spelled)
    bare = name.strip().removeprefix("The ").removeprefix("the ")
    is_one = _ACRONYM.fullmatch(bare) and compact.isupper()
    return compact.lower() if is_one and len(compact) >= _SHORTEST_ACRONYM else ""


def _initials(core: list[str], content: list[str]) -> frozenset[str]:
    if len(content) < _SHORTEST_ACRONYM:
        return frozenset()
    made = {
        "".join(word[0] for part in words for word in part.split("-")) for words in (core, content)
    }
    return frozenset(initials for initials in made if len(initials) <= _LONGEST_ACRONYM)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
