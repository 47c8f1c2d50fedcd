"""Attributions counted by source, outlet and document: what the measures of a graph start from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quoth.extractors.values import Anonymity
from quoth.graph.facts import UNKNOWN_OUTLET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quoth.graph.facts import Facts


def by_source(
    facts: Facts, attributions: Iterable[str], *, named: bool = False
) -> dict[str, list[str]]:
    """Return the attributions of each source, of several sources to each; or of `named` ones."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for attribution in attributions:
        for source in facts.sources[attribution]:
            if not named or facts.whole.anonymity(source) == Anonymity.NAMED:
                found[source].append(attribution)
    return dict(found)


def by_outlet(facts: Facts, attributions: Iterable[str]) -> dict[str, list[str]]:
    """Return the attributions in each outlet's documents."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for attribution in attributions:
        for document in facts.whole.places([attribution]):
            found[facts.whole.outlets.get(document, UNKNOWN_OUTLET)].append(attribution)
    return dict(found)


def hits_by_document(
    facts: Facts, attributions: Iterable[str], is_hit: Callable[[str], bool]
) -> list[tuple[int, int]]:
    """Return, for each document, how many of its attributions are hits, and how many it has."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for attribution in attributions:
        for document in facts.whole.places([attribution]):
            found[document].append(is_hit(attribution))
    return [(sum(found[document]), len(found[document])) for document in sorted(found)]


def is_unnamed(facts: Facts, attribution: str) -> bool:
    """Return whether none of the attribution's sources is named, as «reportedly» has none."""
    sources = facts.sources[attribution]
    return all(facts.whole.anonymity(source) != Anonymity.NAMED for source in sources)
