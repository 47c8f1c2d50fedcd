"""What is left of an extraction when only sure attributions are wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quoth.extractors.records import Attribution, Extraction


def confident(extraction: Extraction, minimum: float) -> Extraction:
    """Return the extraction without attributions whose confidence (0 to 1) is below `minimum`.

    What was nested in one that goes is nested in the next outer one that stays, a link to one that
    goes keeps its type and loses its target, and sources that nobody needs any more go as well. The
    document's own claims stay: what was attributed is not turned into the document's own voice.
    """
    if all(a.confidence >= minimum for a in extraction.attributions):
        return extraction
    by_key = {a.key: a for a in extraction.attributions}
    kept = {a.key for a in extraction.attributions if a.confidence >= minimum}
    attributions = tuple(_mended(a, by_key, kept) for a in extraction.attributions if a.key in kept)
    own_claims = tuple(_unlinked(a, kept | {a.key}) for a in extraction.own_claims)
    needed = {
        source for a in (*attributions, *own_claims) for source in (*a.sources, *a.addressees)
    }
    return replace(
        extraction,
        attributions=attributions,
        own_claims=own_claims,
        sources=tuple(source for source in extraction.sources if source in needed),
    )


def _mended(
    attribution: Attribution, by_key: dict[str, Attribution], kept: set[str]
) -> Attribution:
    around: list[str] = []
    outer = attribution.nested_in
    while outer is not None:
        around.append(outer)
        outer = by_key[outer].nested_in
    stay = [key for key in around if key in kept]
    depth = attribution.depth - (len(around) - len(stay))
    return _unlinked(replace(attribution, nested_in=stay[0] if stay else None, depth=depth), kept)


def _unlinked(attribution: Attribution, kept: set[str]) -> Attribution:
    if all(link.target is None or link.target in kept for link in attribution.links):
        return attribution
    links = tuple(
        link if link.target in kept else replace(link, target=None) for link in attribution.links
    )
    return replace(attribution, links=links)
