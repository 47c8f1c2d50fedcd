"""Which IRIs sources and addresses get."""

import pytest
from hypothesis import given
from quad_facts import facts
from rdflib import DCTERMS, URIRef
from story import Story
from strategies import exact_texts

from quoth.extractors.records import Source
from quoth.extractors.values import Anonymity, SourceType
from quoth.graph import quads
from quoth.graph.iris import DocumentIris, slug, web_iri
from quoth.graph.terms import plain
from quoth.graph.vocabulary import (
    ID,
    SCHEMA,
)


@pytest.mark.parametrize(
    ("type_", "anonymity", "expected"),
    [
        (SourceType.PERSON, Anonymity.NAMED, "person-john-smith"),
        (SourceType.ORGANISATION, Anonymity.NAMED, "org-john-smith"),
        (SourceType.DOCUMENT, Anonymity.NAMED, "local-k-3-9"),
        (SourceType.COLLECTIVE, Anonymity.NAMED, "local-k-3-9"),
        (SourceType.PERSON, Anonymity.UNNAMED, "local-k-3-9"),
        (SourceType.UNSPECIFIED, Anonymity.UNSPECIFIED, "local-k-3-9"),
    ],
)
def test_only_named_people_and_organisations_are_global(
    type_: SourceType, anonymity: Anonymity, expected: str
) -> None:
    source = Source(key="3-9", label="John Smith", type=type_, anonymity=anonymity)
    assert DocumentIris("k").source(source) == ID[expected]


class TestSlugs:
    def test_accents_case_and_punctuation_fold(self) -> None:
        assert slug("  José  O'NEILL-Díaz ") == "jose-o-neill-diaz"

    def test_lost_letters_are_made_up_for(self) -> None:
        assert slug("李明") != slug("王芳")
        assert slug("Łódź") != slug("ódź")
        assert slug("Иван Smith") != slug("Smith")

    def test_case_does_not_matter_in_other_scripts(self) -> None:
        assert slug("ИВАН") == slug("иван")

    @given(exact_texts)
    def test_any_name_gives_a_short_slug(self, name: str) -> None:
        assert 0 < len(slug(name)) <= 80
        assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")

    def test_long_names_that_begin_alike_differ(self) -> None:
        assert slug("a" * 100) != slug("a" * 101)


@pytest.mark.parametrize(
    ("url", "iri"),
    [
        ("https://example.org/ü?q=1#x", "https://example.org/ü?q=1#x"),
        ('https://example.org/a b"<c>', "https://example.org/a%20b%22%3Cc%3E"),
        ("not an address", None),
        ("http://[", None),
        ("", None),
        ("https://example.org/\ud800", "https://example.org/%EF%BF%BD"),
    ],
)
def test_an_address_becomes_an_iri_or_stays_text(url: str, iri: str | None) -> None:
    assert web_iri(url) == (None if iri is None else URIRef(iri))
    story = Story("It rained.", url=url)
    found = facts(quads(story.extraction()), ID[f"doc-{story.document.key}"])
    assert ((DCTERMS.isVersionOf, URIRef(iri)) in found) if iri else True
    assert ((SCHEMA.url, plain(url)) in found) == (iri != url)
