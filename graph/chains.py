"""How deep attributions are nested: who says that somebody says that …."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def chain_depths(outer: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Return how many attributions each of those in `outer` stands within.

    `outer` maps an attribution to the next outer ones; one that is no key has the depth 0 and is
    no key of the answer either. Of several ways out the longest counts, and a circle, which no
    text can have, is cut where it closes.

    >>> chain_depths({"c": ["b"], "b": ["a"]})
    {'b': 1, 'c': 2}
    """
    depths: dict[str, int] = {}
    for start in sorted(outer):
        walk = [start]
        open_: dict[str, None] = {}
        while walk:
            inner = walk[-1]
            missing = [o for o in outer[inner] if o in outer and o not in depths and o not in open_]
            if inner in depths or (inner in open_ and not missing):
                depths.setdefault(
                    inner, 1 + max((depths.get(o, 0) for o in outer[inner]), default=-1)
                )
                walk.pop()
                continue
            open_[inner] = None
            walk += [o for o in missing if o != inner]
    return dict(sorted(depths.items()))
