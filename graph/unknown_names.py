"""Tells, of a question that has no rows, that nobody is called what it was asked about."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rdflib import SKOS

from quoth.graph import execution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Dataset
    from rdflib.term import Identifier

    from quoth.graph.catalogue import NamedQuery

_NAMES = f"SELECT DISTINCT ?name WHERE {{ ?source <{SKOS.prefLabel}>|<{SKOS.altLabel}> ?name }}"
_NEAREST = 3


def unknown_names(dataset: Dataset, query: NamedQuery, bindings: Mapping[str, Identifier]) -> str:
    """Return which names in `bindings` no source has, with the nearest that there are.

    Empty where every name is known: then the answer is empty for another reason. Names are
    compared as the questions do, in upper or lower case.
    """
    asked = [str(bindings[p.name]) for p in query.parameters if p.type == "name"]
    if not asked:
        return ""
    names = sorted({str(name) for (name,) in execution.run(dataset, _NAMES)})
    known = {name.lower() for name in names}
    return "; ".join(_told(name, names) for name in asked if name.lower() not in known)


def _told(asked: str, names: list[str]) -> str:
    nearest = ", ".join(nearest_names(asked, names))
    return f"no source is called {asked!r}" + (
        f"; the nearest names are {nearest}" if nearest else ""
    )


def nearest_names(asked: str, names: list[str]) -> list[str]:
    """Return up to three of `names`: those that hold the words, then those of like letters.

    >>> nearest_names("thorvane", ["Edda Thorvane", "Maro Belmar", "Edda Thorvin"])
    ['Edda Thorvane', 'Edda Thorvin']
    """
    sought = " ".join(asked.lower().split())
    spelled: dict[str, str] = {}
    for name in names:
        spelled.setdefault(name.lower(), name)
    holding = [lower for lower in spelled if sought and f" {sought} " in f" {lower} "]
    holding.sort(key=lambda lower: (len(lower), lower))
    alike = get_close_matches(sought, spelled, n=_NEAREST, cutoff=0.5)
    return [spelled[lower] for lower in dict.fromkeys([*holding, *alike])][:_NEAREST]
