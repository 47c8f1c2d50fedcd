"""What is left of an extraction when only sure attributions are wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quoth.extractors.records import Attribution, Claim, Extraction, Source


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
    needed = set(sources_of((*attributions, *own_claims), extraction.sources))
    return replace(
        extraction,
        attributions=attributions,
        own_claims=own_claims,
        sources=tuple(source for source in extraction.sources if source in needed),
    )


def sources_of(attributions: Iterable[Attribution], known: Iterable[Source]) -> tuple[Source, ...]:
    """Return who says, is told or is spoken of in the attributions, each once, as they appear.

    `known` holds the sources that claims speak of, among others.
    """
    by_key = {source.key: source for source in known}
    found: dict[Source, None] = {}
    for attribution in attributions:
        keys = _spoken_of(attribution.claim) if attribution.claim else ()
        spoken_of = (by_key[key] for key in keys if key in by_key)
        found |= dict.fromkeys((*attribution.sources, *attribution.addressees, *spoken_of))
    return tuple(found)


def _spoken_of(claim: Claim) -> Iterator[str]:
    """Yield the keys of the sources that a claim refers to."""
    for proposition in claim.propositions:
        if proposition.subject_source is not None:
            yield proposition.subject_source
    for mention in claim.about:
        yield from mention.refers_to


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
