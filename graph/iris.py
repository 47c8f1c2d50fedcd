"""IRIs as functions of the input: the policy that ``ontology.ttl`` states, in code."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph
from rdflib import URIRef

from quoth.extractors.records import Extractor, Source, Span, digest
from quoth.extractors.values import Anonymity, SourceType
from quoth.graph.terms import clean
from quoth.graph.vocabulary import ID

VOICE = "voice"
"""`Source.key` of the outlet or author whose words the document itself is."""

SLUG_LENGTH = 80

_QUALIFIED = re.compile(r"(?P<name>.*\w.*?)\s*\((?P<qualifier>[^()]*\w[^()]*)\)\s*", re.DOTALL)
"""A name that ends in brackets, as a user tells homonyms apart."""

_GLOBAL_PREFIXES = {SourceType.PERSON: "person", SourceType.ORGANISATION: "org"}


@lru_cache(maxsize=65_536)
def slug(name: str) -> str:
    """Return `name` as the readable part of an IRI: ``[a-z0-9-]+``, never empty.

    >>> slug("Dr. María  Vance-O'Neill")
    'dr-maria-vance-o-neill'
    >>> slug("Łódź Gazette"), slug("Łodz gazette") == slug("łodz GAZETTE")
    ('odz-gazette-x36e9540a9b', True)
    """
    folded = [
        c for c in unicodedata.normalize("NFKD", name).lower() if not unicodedata.combining(c)
    ]
    ascii_part = re.sub(r"[^a-z0-9]+", "-", "".join(folded)).strip("-")
    loses_letters = any(c.isalnum() and not c.isascii() for c in folded)
    if ascii_part and not loses_letters and len(ascii_part) <= SLUG_LENGTH:
        return ascii_part
    folded_name = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    suffix = f"x{digest(folded_name)[:10]}"
    head = ascii_part[: SLUG_LENGTH - len(suffix) - 1].strip("-")
    return f"{head}-{suffix}" if head else suffix


def source_slug(name: str) -> str:
    """Return the slug of a source's name, what tells homonyms apart after ``--``.

    >>> source_slug("John Smith (FBI)"), source_slug("John Smith")
    ('john-smith--fbi', 'john-smith')
    """
    # Most names hold no bracket, and the pattern is slow to find that out.
    bracketed = _QUALIFIED.fullmatch(name) if "(" in name else None
    if bracketed is None:
        return slug(name)
    return f"{slug(bracketed['name'])}--{slug(bracketed['qualifier'])}"


def organisation_iri(name: str) -> URIRef:
    """Return the global IRI of the organisation called `name`."""
    return ID[f"org-{source_slug(name)}"]


def person_iri(name: str) -> URIRef:
    """Return the global IRI of the person called `name`."""
    return ID[f"person-{source_slug(name)}"]


def predicate_iri(lemma: str) -> URIRef:
    """Return the IRI of a proposition's predicate."""
    return ID[f"pred-{slug(lemma)}"]


def extractor_iri(extractor: Extractor) -> URIRef:
    """Return the IRI of one version of an extractor."""
    version = quote(extractor.version, safe="", errors="surrogatepass")
    return ID[f"extractor-{slug(extractor.name)}-{version}"]


def web_iri(url: str) -> URIRef | None:
    """Return `url` as an absolute IRI, or None where it cannot be one.

    Characters that an IRI may not hold (a space, a quotation mark) are percent-encoded.
    """
    encoded = quote(clean(url).strip(), safe="%/:?#[]@!$&'()*+,;=-._~")
    for candidate in (url, encoded):
        try:
            return URIRef(pyoxigraph.NamedNode(candidate).value)
        except ValueError:
            continue
    return None


class DocumentIris:
    """The IRIs of one document and of everything that stands in it.

    `key` is the document's (`Document.key`).
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.document = ID[f"doc-{key}"]

    def span(self, span: Span) -> URIRef:
        """Return the IRI of a stretch of the text (RFC 5147)."""
        return ID[f"doc-{self.key}#char={span.begin},{span.end}"]

    def attribution(self, key: str) -> URIRef:
        """Return the IRI of the attribution with this `Attribution.key`."""
        return ID[f"att-{self.key}-{key}"]

    def own_voice(self, key: str) -> URIRef:
        """Return the IRI of the document's own claim with this `Attribution.key`."""
        return ID[f"own-{self.key}-{key}"]

    def claim(self, pieces: Sequence[Span], by: str | None = None) -> URIRef:
        """Return the IRI of the claim made of `pieces`; `by` keeps a second reading apart."""
        suffix = f"-by-{by}" if by else ""
        return ID[f"claim-{self.key}-{'-'.join(piece.key for piece in pieces)}{suffix}"]

    def proposition(self, claim: URIRef, number: int) -> URIRef:
        """Return the IRI of proposition `number` (from 1) of `claim`."""
        return ID[f"prop-{claim.removeprefix(ID['claim-'])}-{number}"]

    def source(self, source: Source) -> URIRef:
        """Return the IRI of `source`: global for named people and organisations, else local."""
        prefix = _GLOBAL_PREFIXES.get(source.type)
        if prefix and source.anonymity is Anonymity.NAMED:
            return ID[f"{prefix}-{source_slug(source.label)}"]
        if source.key == VOICE:
            return ID[f"voice-{self.key}"]
        return ID[f"local-{self.key}-{source.key}"]

    def description(self, source_key: str) -> URIRef:
        """Return the IRI of what this document says of the source with this key."""
        return ID[f"description-{self.key}-{source_key}"]

    def link(self, *parts: str) -> URIRef:
        """Return the IRI of a claim link, given its from, type, to and evidence."""
        return ID[f"link-{self.key}-{digest(*parts)[:20]}"]

    def graph(self, extractor: Extractor) -> URIRef:
        """Return the name of the graph that holds what `extractor` found here."""
        return ID[f"graph-{self.key}-{slug(extractor.name)}"]

    def run(self, extractor: Extractor) -> URIRef:
        """Return the IRI of the application of `extractor` to this document."""
        run = digest(
            self.key, extractor.name, extractor.version, extractor.model, extractor.config_hash
        )
        return ID[f"run-{run[:20]}"]


def position(key: str) -> tuple[int, ...]:
    """Return a key ``begin-end`` as numbers to sort by; ``voice`` comes before all."""
    return () if key == VOICE else tuple(map(int, key.split("-")))
