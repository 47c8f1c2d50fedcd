"""Which sources a rule may compare at all: keys that both must share.

Where sources are too many for one machine's memory, `quoth.graph.identity` compares those that
keys connect, directly or by way of others, and finds the same as among all of them: whatever a
rule looks up about two names, such as whether initials fit a third one, they share a key with.
"""

from collections.abc import Iterator
from typing import NamedTuple

from quoth.graph.organisation_names import organisation_name
from quoth.graph.person_names import person_name
from quoth.graph.source_facts import SourceFacts


class Key(NamedTuple):
    """What sources may share; it counts where one of those that share it calls it its `own`.

    Initials fit many organisations, and matter only where an acronym has them.
    """

    text: str
    own: bool


def organisation_keys(source: SourceFacts) -> Iterator[Key]:
    """Yield the keys of an organisation: cores of its names, their ends, bag and initials."""
    name = organisation_name(source.name)
    if name is None:
        return
    yield _core(name.core, own=True)
    if name.bag:
        yield Key(f"bag {' '.join(sorted(name.bag))}", own=True)
    if name.acronym:
        yield Key(f"initials {name.acronym}", own=True)
    else:
        for initials in sorted(name.initials):
            yield Key(f"initials {initials}", own=False)
    for begin in range(1, len(name.core) - 1):
        yield _core(name.core[begin:], own=False)
    for alias in sorted(source.aliases):
        other = organisation_name(alias)
        if other is not None:
            yield _core(other.core, own=False)


def person_key_of(source: SourceFacts) -> str | None:
    """Return what all names of one person share, None where the name is none."""
    name = person_name(source.name)
    return None if name is None else name.block


def _core(words: tuple[str, ...], *, own: bool) -> Key:
    return Key(f"core {' '.join(words)}", own)
