"""RDF files: N-Quads, TriG, Turtle and JSON-LD, in and out, through pyoxigraph.

What is written is sorted, so the same quads give the same bytes; what is read is read whole
before anything is done with it.
"""

import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode

from quoth.graph.errors import StoreError
from quoth.graph.terms import Quad, from_ox, to_ox
from quoth.graph.vocabulary import PREFIXES

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""The names of the RDF formats. All but Turtle keep the named graphs."""

SUFFIXES = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".jsonld": "jsonld",
}
"""The ends of file names that tell a format."""

COMPRESSED = ".gz"
"""What may follow them: the file is compressed with gzip."""


def serialize(quads: Iterable[Quad], format: str) -> bytes:
    """Return `quads` as UTF-8 in one of `FORMATS`, sorted.

    Turtle has no named graphs: it holds the union of all.
    """
    rdf_format = FORMATS[format]
    ox_quads = [to_ox(quad) for quad in quads]
    if format == "nquads":
        return b"".join(sorted_lines(ox_quads))
    if format == "turtle":
        ox_quads = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in ox_quads]
    ordered = sorted(set(ox_quads), key=_sort_key)
    return _dump(ordered, rdf_format)


def sorted_lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """Return `quads` as lines of N-Quads with their ends, each once, in the order of bytes."""
    lines = _dump(quads, ox.RdfFormat.N_QUADS).split(b"\n")
    return [line + b"\n" for line in sorted(set(lines)) if line]


def _dump(quads: Iterable[ox.Quad], format: ox.RdfFormat) -> bytes:
    dumped = ox.serialize(quads, format=format, prefixes=dict(PREFIXES))
    assert dumped is not None
    return dumped


def _sort_key(quad: ox.Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def suffix_of(path: Path) -> str:
    """Return the end of the name of `path`, in lower case and without ``.gz``.

    >>> suffix_of(Path("news.TRIG.gz")), suffix_of(Path("news.d"))
    ('.trig', '.d')
    """
    return Path(path.name.lower().removesuffix(COMPRESSED)).suffix


def format_of(path: Path) -> str:
    """Return the format that the name of `path` tells.

    Raises StoreError when it tells none.
    """
    try:
        return SUFFIXES[suffix_of(path)]
    except KeyError:
        ends = ", ".join(SUFFIXES)
        raise StoreError(
            f"{path}: the name of an RDF file ends in one of {ends}, or in one of them and .gz"
        ) from None


def require_named_graphs(syntax: str) -> None:
    """Raise StoreError unless `syntax` is one of `FORMATS` that keeps named graphs."""
    kept = [name for name in FORMATS if name != "turtle"]
    if syntax not in kept:
        raise StoreError(
            f"nanopublications are named graphs, which {syntax!r} cannot hold; write "
            f"{', '.join(kept)} (.trig, .nq, .jsonld)"
        )


def parse_file(path: Path, format: str | None = None) -> list[Quad]:
    """Return the quads of an RDF file, read whole; its name tells the format unless given.

    Raises StoreError when the file cannot be read, breaks its format's grammar, or holds blank
    nodes or triple terms, which quoth's graphs never do.
    """
    rdf_format = FORMATS[format or format_of(path)]
    try:
        data = _read(path)
        quads = list(ox.parse(data, format=rdf_format, base_iri=path.resolve().as_uri()))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StoreError(
            f"{path}: is no whole gzip file ({error}); copy it again, or make it anew"
        ) from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: is no valid {format or format_of(path)} file: {error}") from None
    if any(isinstance(quad.object, ox.Triple) for quad in quads):
        raise StoreError(f"{path}: holds triple terms (RDF 1.2), which quoth does not read")
    converted = list(from_ox(quads))
    for quad in converted:
        if any(isinstance(term, BNode) for term in quad):
            raise StoreError(f"{path}: holds blank nodes; give its nodes IRIs before importing it")
    return converted


def _read(path: Path) -> bytes:
    """Return what the file at `path` holds, uncompressed.

    Raises OSError, EOFError or zlib.error where it cannot be read or is no whole gzip file.
    """
    content = path.read_bytes()
    if not path.name.lower().endswith(COMPRESSED):
        return content
    if not content:
        raise EOFError("it is empty")
    return gzip.decompress(content)
