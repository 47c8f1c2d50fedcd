"""Checks a graph against the shapes of the vocabulary (SHACL, through pyshacl)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyshacl
from rdflib import RDF, SH, XSD, Dataset, Graph, Literal
from rdflib.term import Node

from quoth.graph.vocabulary import NIF, PREFIXES


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong: at which node, along which path, with which value, and why.

    IRIs of the bound prefixes are shortened: ``id:att-…``, ``said:cue``.
    """

    focus: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.focus, self.path, self.value) if part)
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found: nothing wrong (`conforms`), or `violations` in order."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def __str__(self) -> str:
        if self.conforms:
            return "valid"
        count = len(self.violations)
        head = f"{count} violation{'s' if count > 1 else ''}"
        return "\n".join([head, *map(str, self.violations)])


def validate(dataset: Dataset) -> Report:
    """Check the union of a dataset's graphs against ``shapes.ttl``.

    Works on a copy in memory: the dataset is neither changed nor asked by pyshacl, which would
    leave its default graph switched to the union, and which takes the ``"x"^^xsd:string`` that
    a folder's graph gives for another value than ``"x"``. 10,000 quads take about two seconds.
    """
    data = Graph()
    for subject, predicate, object_, _ in dataset.quads((None, None, None, None)):
        data.add((subject, predicate, _without_string_type(object_)))
    shapes, ontology = _schema()
    _, results, _ = pyshacl.validate(
        data, shacl_graph=shapes, ont_graph=ontology, inference="none", inplace=True
    )
    assert isinstance(results, Graph)
    found = [_violation(results, r) for r in results.subjects(RDF.type, SH.ValidationResult)]
    return Report(tuple(sorted([*found, *_misplaced_words(data)])))


@cache
def _schema() -> tuple[Graph, Graph]:
    """Return the shapes and the ontology; neither is changed by a validation."""
    folder = files(__package__)
    shapes, ontology = (
        Graph().parse(data=(folder / name).read_text(encoding="utf-8"), format="turtle")
        for name in ("shapes.ttl", "ontology.ttl")
    )
    return shapes, ontology


def _misplaced_words(data: Graph) -> Iterator[Violation]:
    """Yield the spans whose words are not as many characters as their offsets say."""
    for span, words in data.subject_objects(NIF.anchorOf):
        begin, end = data.value(span, NIF.beginIndex), data.value(span, NIF.endIndex)
        try:
            length = int(str(end)) - int(str(begin))
        except ValueError:
            continue  # the shapes report offsets that are missing or no numbers
        if len(str(words)) != length:
            yield Violation(
                focus=_shorten(span),
                path="nif:anchorOf",
                value=str(words),
                message=f"{len(str(words))} characters where the offsets say {length}",
            )


def _without_string_type(term: Node) -> Node:
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term


def _violation(results: Graph, result: Node) -> Violation:
    focus, path, value, message = (
        results.value(result, predicate)
        for predicate in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
    )
    if results.value(result, SH.sourceConstraintComponent) == SH.InConstraintComponent:
        message = Literal("is none of the values that fit here")  # pyshacl lists them unordered
    inverse = None if path is None else results.value(path, SH.inversePath)
    return Violation(
        focus=_shorten(focus),
        path=_shorten(path) if inverse is None else f"^{_shorten(inverse)}",
        value="" if value == focus else _shorten(value),
        message=_shorten(message),
    )


def _shorten(term: Node | None) -> str:
    if term is None:
        return ""
    for prefix, namespace in PREFIXES.items():
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return str(term)
