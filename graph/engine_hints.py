"""Tells Oxigraph which subselects of a question are small, without leaving out a row.

Its planner (the crate sparopt) begins with what it takes for small: a LIMIT counts, but only one of
a million or less does, which cuts what a large graph holds. And it takes a join for a thousand
times smaller with each variable that both sides have, so a join with one row of three constants,
which changes nothing, does the same.
"""

import re
from itertools import count

UNLIMITED = 1_000_000_000
"""The LIMIT from which on one is for the engine's planner alone (`quoth.graph.catalogue`)."""
_MARKED = re.compile(rf"\}}\s*LIMIT {UNLIMITED}\b")
"""The end of a subselect that is to be taken for small (`quoth.graph.catalogue`)."""
_KEYS = 3
"""With two some questions still begin elsewhere."""


def hinted(sparql: str) -> str:
    """Return `sparql` with a hint in the place of each LIMIT of a billion.

    >>> hinted("SELECT ?a {?a a ?b} LIMIT 1000000000").partition(" BIND")[0]
    'SELECT ?a {?a a ?b'
    """
    numbers = count()

    def hint(_: re.Match[str]) -> str:
        number = next(numbers)
        names = [f"?_small{number}_{key}" for key in range(_KEYS)]
        bound = " ".join(f"BIND(1 AS {name})" for name in names)
        return f" {bound} VALUES ({' '.join(names)}) {{ ({' '.join('1' * _KEYS)}) }} }}"

    return _MARKED.sub(hint, sparql)
