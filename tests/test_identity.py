"""Which names mean one source: what merges, what stays apart, and what it says for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.graph.identity import pairs
from quoth.graph.iris import organisation_iri, person_iri
from quoth.graph.source_facts import SourceFacts
from quoth.graph.unification import Merge, unify

NBU = str(organisation_iri("National Bank of Utopia"))


def person(name: str, **facts: object) -> SourceFacts:
    return SourceFacts(str(person_iri(name)), name, **facts)  # type: ignore[arg-type]


def body(name: str, *aliases: str) -> SourceFacts:
    return SourceFacts(str(organisation_iri(name)), name, set(aliases))


def merges(*sources: SourceFacts) -> list[Merge]:
    by_iri = dict(sorted((source.iri, source) for source in sources))
    return unify(by_iri, pairs(by_iri))


def merged(*sources: SourceFacts) -> dict[str, str]:
    names = {source.iri: source.name for source in sources}
    return {names[merge.source]: names[merge.canonical] for merge in merges(*sources)}


ONE = {
    "a surname alone": ("Orlok", "Dimitri Orlok", "surname"),
    "an initial": ("D. Orlok", "Dimitri Orlok", "initials"),
    "two initials without points": ("JD Orlok", "Jonas David Orlok", "initials"),
    "another romanisation": ("Dmitry Orlok", "Dmitrii Orlok", "spelling"),
    "another script": ("Зоя Орлова", "Zoya Orlova", "name"),
    "a surname romanised in French": ("Arkadi Jelnin", "Arkady Zhelnin", "spelling"),
    "a middle initial": ("Edda Thorvane", "Edda B. Thorvane", "middle name"),
    "a title in the name": ("Minister Edda Thorvane", "Edda Thorvane", "name"),
    "junior, spelled out": ("Ansel Vale Junior", "Ansel Vale, Jr.", "name"),
    "a letter that has no plain form": ("Anna Łukow", "Anna Lukow", "name"),
    "a particle": ("Alten", "Ursa von Alten", "surname"),
}
TWO = {
    "other first names": ("Ana Orlok", "Dimitri Orlok"),
    "other initials": ("A. Orlok", "Dimitri Orlok"),
    "other middle names": ("Ansel W. Vale", "Ansel H. W. Vale"),
    "father and son": ("Ansel Vale Sr.", "Ansel Vale Jr."),
    "perhaps father and son": ("Ansel Vale", "Ansel Vale Jr."),
    "other surnames": ("Dimitri Orlok", "Dimitri Orloff"),
    "a short name in two spellings": ("Ty Orlok", "Ti Orlok"),
}


@pytest.mark.parametrize(("one", "other", "rule"), ONE.values(), ids=ONE)
def test_names_of_one_person_are_merged_and_say_why(one: str, other: str, rule: str) -> None:
    (merge,) = merges(person(one), person(other))
    assert merge.rule == rule
    assert one in merge.reason
    assert other in merge.reason
    assert 0.5 <= merge.confidence < 1


@pytest.mark.parametrize(("one", "other"), TWO.values(), ids=TWO)
def test_names_of_two_people_stay_apart(one: str, other: str) -> None:
    assert merged(person(one), person(other)) == {}


def test_the_fullest_name_stands_for_all() -> None:
    found = merged(person("Thorvane"), person("E. Thorvane"), person("Edda Britt Thorvane"))
    assert found == {"Thorvane": "Edda Britt Thorvane", "E. Thorvane": "Edda Britt Thorvane"}


def test_a_surname_that_fits_two_people_is_nobodys() -> None:
    assert merged(person("Orlok"), person("Ana Orlok"), person("Dimitri Orlok")) == {}


def test_a_middle_name_that_fits_two_people_is_nobodys() -> None:
    people = person("Ansel Vale"), person("Ansel W. Vale"), person("Ansel H. Vale")
    assert merged(*people) == {}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param({"affiliations": {NBU}}, {"affiliations": {NBU}}, id="affiliation"),
        pytest.param({"roles": {"bank chief"}}, {"roles": {"bank chief"}}, id="role"),
        pytest.param({"settings": {("wire", 300)}}, {"settings": {("wire", 301)}}, id="outlet"),
    ],
)
def test_a_surname_that_fits_two_people_goes_with_what_it_shares(
    mine: dict[str, object], theirs: dict[str, object]
) -> None:
    short, ana, other = person("Orlok", **mine), person("Ana Orlok", **theirs), person("Ivo Orlok")
    (merge,) = merges(short, ana, other)
    assert merge.canonical == ana.iri
    (alone,) = merges(person("Orlok", **mine), person("Ana Orlok", **theirs))
    assert merge.confidence < alone.confidence


def test_a_surname_that_shares_as_much_with_both_is_nobodys() -> None:
    bank = {"affiliations": {NBU}}
    people = person("Orlok", **bank), person("Ana Orlok", **bank), person("Ivo Orlok", **bank)
    assert merged(*people) == {}


def test_a_surname_of_another_body_stays_apart() -> None:
    mayor = person("Smith", affiliations={str(organisation_iri("City Hall"))})
    assert merged(mayor, person("John Smith", affiliations={NBU})) == {}


def test_what_one_document_tells_apart_stays_apart() -> None:
    assert merged(person("Orlok", documents={"d"}), person("Ana Orlok", documents={"d"})) == {}


def test_an_affiliation_counts_under_any_name_of_the_body() -> None:
    short = person("Orlok", affiliations={str(organisation_iri("NBU"))})
    full = person("Ana Orlok", affiliations={NBU})
    (merge,) = (
        m
        for m in merges(short, full, body("NBU"), body("National Bank of Utopia"))
        if m.source == short.iri
    )
    assert merge.confidence == pytest.approx(0.9)
    assert "org-" in merge.reason


BODIES = {
    "an article": ("The Harbour Gazette", "Harbour Gazette", "name"),
    "a legal form": ("Brandreth Marine Ltd.", "Brandreth Marine", "legal form"),
    "initials": ("NBU", "National Bank of Utopia", "acronym"),
    "initials with points and an article": ("the N.B.U.", "National Bank of Utopia", "acronym"),
    "words that change places": ("Harbour Ministry", "Ministry of Harbours", "word order"),
    "the end of a longer name": ("Court of Audit", "National Court of Audit", "short form"),
}
OTHER_BODIES = {
    "a university and another": ("University of Washford", "Washford University"),
    "two ministries": ("Ministry of Health", "Ministry of Harbours"),
    "one word of a name": ("Gazette", "Harbour Gazette"),
    "the place in a name": ("Washford", "Washford Post"),
    "initials of something else": ("NBV", "National Bank of Utopia"),
    "a generic word": ("Bank", "National Bank"),
}


@pytest.mark.parametrize(("one", "other", "rule"), BODIES.values(), ids=BODIES)
def test_names_of_one_body_are_merged_and_say_why(one: str, other: str, rule: str) -> None:
    (merge,) = merges(body(one), body(other))
    assert merge.rule == rule
    assert one in merge.reason


@pytest.mark.parametrize(("one", "other"), OTHER_BODIES.values(), ids=OTHER_BODIES)
def test_names_of_two_bodies_stay_apart(one: str, other: str) -> None:
    assert merged(body(one), body(other)) == {}


def test_initials_that_fit_two_bodies_are_nobodys() -> None:
    two = body("National Bank of Utopia"), body("New Builders’ Union")
    assert merged(body("NBU"), *two) == {}


def test_a_name_used_for_one_body_is_its_name_elsewhere() -> None:
    assert merged(body("Lumen"), body("Lumen Water", "Lumen")) == {"Lumen": "Lumen Water"}
    assert merged(body("Lumen"), body("Lumen Water", "Lumen"), body("Lumen Gas", "Lumen")) == {}
    assert merged(body("institute"), body("Merrow Institute", "institute")) == {}


def test_a_person_is_no_body() -> None:
    assert merges(person("Ford"), body("Ford Ltd"), body("Ford Motors")) == []


def test_the_user_beats_the_rules() -> None:
    one, other, third = person("Orlok"), person("Dimitri Orlok"), person("Ana Vale")
    by_iri = {source.iri: source for source in (one, other, third)}
    found = unify(by_iri, pairs(by_iri), [(other.iri, third.iri)], [(one.iri, other.iri)])
    ((source, canonical, rule, confidence, _),) = found
    assert {source, canonical} == {other.iri, third.iri}
    assert (rule, confidence) == ("user", 1.0)


def test_kept_apart_holds_across_a_group() -> None:
    short, one, other = person("Orlok"), person("Dmitry Orlok"), person("Dmitrii Orlok")
    by_iri = {source.iri: source for source in (short, one, other)}
    inferred = pairs(by_iri)
    assert len(unify(by_iri, inferred)) == 2
    kept = unify(by_iri, inferred, apart=[(one.iri, other.iri)])
    assert {one.iri, other.iri} - {m.source for m in kept} - {m.canonical for m in kept} != set()
    assert all({m.source, m.canonical} != {one.iri, other.iri} for m in kept)


NAMES = st.sampled_from(
    ["Ana Orlok", "A. Orlok", "Orlok", "Dimitri Orlok", "Dmitry Orlok", "Ana B. Orlok", "D. Orlok"]
)


@given(st.lists(NAMES, unique=True), st.randoms())
def test_the_order_of_the_sources_changes_nothing(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merges(*map(person, names)) == merges(*map(person, shuffled))


@given(st.lists(NAMES, unique=True))
def test_a_canonical_source_is_never_merged_itself(names: list[str]) -> None:
    found = merges(*map(person, names))
    assert {m.canonical for m in found}.isdisjoint(m.source for m in found)


@pytest.mark.slow
def test_a_hundred_thousand_sources_take_seconds() -> None:
    from time import process_time

    syllables = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
    surnames = [a + b + c for a in syllables for b in syllables[:20] for c in syllables[:8]]
    people = [
        person(f"{given} {surname.title()}")
        for surname in surnames[:9_000]
        for given in ("Ana", "Ivo", "Rolf", "Tilde", "Edda", "Marit", "Jonas", "A.", "I.")
    ]
    bodies = [body(f"{s.title()} {kind}") for s in surnames[:9_500] for kind in ("Bank", "Ltd")]
    sources = {source.iri: source for source in (*people, *bodies)}
    assert len(sources) >= 100_000
    begin = process_time()
    found = unify(sources, pairs(sources))
    assert process_time() - begin < 30
    assert len(found) == 2 * 9_000  # «A.» is Ana, «I.» is Ivo
