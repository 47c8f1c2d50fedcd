"""The named questions and free SPARQL: the same, hand-checked rows on rdflib and on Oxigraph."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factories import Story, corpus, denial, leak, permits, reversal
from hypothesis import given, settings
from rdflib import RDF, Literal, URIRef
from strategies import words

from quoth.extractors.records import ClaimLink
from quoth.extractors.values import Anonymity, LinkType, SpeechAct, Stance
from quoth.graph import QueryError, SourceGraph, execution, list_queries, open_graph
from quoth.graph.results import Result
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID

HOSTILE = [
    '"@en . } ; DROP ALL #',
    "'",
    '"',
    "\\",
    "\\u0022 . ?x ?y ?z",
    "}\n}\n; DELETE WHERE { ?s ?p ?o } #",
    "# comment",
    "?source",
    "$source",
    "<http://a/b c>",
    "a\0b\r\n\t\ud800",
    "{{name}}",
    "%s {0}",
    "",
]


def claim(story: Callable[[], object], place: str) -> URIRef:
    return ID[f"claim-{story().document.key}-{place}"]  # type: ignore[attr-defined]


def clustered(graph: SourceGraph) -> SourceGraph:
    """The corpus, with the three claims that the port closes in one cluster."""
    graph.add(corpus())
    links = graph.dataset.graph(LINKS_GRAPH)
    cluster = ID["cluster-closure"]
    links.add((cluster, RDF.type, SAID.ClaimCluster))
    for member in (
        claim(leak, "82-117"),
        claim(denial, "25-50"),
        claim(reversal, "0-32-45-69"),
    ):
        links.add((member, SAID.inCluster, cluster))
    return graph


@pytest.fixture(scope="module", params=["rdflib", "Oxigraph"])
def graph(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SourceGraph]:
    where = None if request.param == "rdflib" else tmp_path_factory.mktemp("graph") / "news"
    with open_graph(where) as opened:
        yield clustered(opened)


FEB_6, FEB_7, FEB_8, FEB_9, MAR_1 = (
    date(2024, 2, 6),
    date(2024, 2, 7),
    date(2024, 2, 8),
    date(2024, 2, 9),
    date(2024, 3, 1),
)
CLOSE = "that the port would close"
FRIDAY = "The port will close on Friday [...] whatever anybody says."
ON_FRIDAY = "that the port would close on Friday"
PEOPLE = "two people familiar with the plan"
OFFICIAL = "a senior port official"
NO_SHIP = "No ship may leave without a permit"

EXPECTED: dict[str, tuple[dict[str, object], list[tuple[object, ...]]]] = {
    "who-said": (
        {"source": "Maria Vance"},
        [
            ("Maria Vance", "deny", "rejecting", "indirect", CLOSE, "denied", "Denial", 0, 51),
            (
                "Maria Vance", "insist", "committed", "indirect", "the report was false",
                "insisted", "Harbour permits", 123, 186,
            ),
            (
                "Maria Vance", "no-comment", "unknown", "none", None,
                "declined to comment", "Leak", 166, 198,
            ),
            ("Maria Vance", "say", "committed", "direct", FRIDAY, "said", "reversal", 0, 69),
        ],
    ),
    "timeline": (
        {"source": "VANCE", "since": "2024-02-07", "until": FEB_9},
        [
            (FEB_7, "Maria Vance", "no-comment", "none", None, "Leak", 166, 198),
            (FEB_8, "Maria Vance", "deny", "indirect", CLOSE, "Denial", 0, 51),
        ],
    ),
    "sources": (
        {},
        [
            ("Maria Vance", "Person", "named", 4, 4, ID["person-maria-vance"]),
            ("Critics", "Collective", "unnamed", 1, 1, ID[f"local-{denial().document.key}-52-59"]),
            ("Harbour Gazette", "Organisation", "named", 1, 1, ID["org-harbour-gazette"]),
            ("Northern Wire", "Organisation", "named", 1, 1, ID["org-northern-wire"]),
            (OFFICIAL, "Person", "unnamed", 1, 1, ID[f"local-{permits().document.key}-38-60"]),
            (PEOPLE, "Collective", "unnamed", 1, 1, ID[f"local-{leak().document.key}-32-65"]),
        ],
    ),
    "claims-about": (
        {"subject": "anna belmar"},
        [
            (
                "Critics", "attributed", "criticise", "Anna Belmar of lobbying for the closure",
                "Denial", 52, 108,
            )
        ],
    ),
    "unnamed-share": (
        {},
        [
            ("Daily Example", 4, 2, 50.0),
            ("Other Times", 4, 1, 25.0),
            ("(unknown)", 1, 0, 0.0),
        ],
    ),
    "contested": (
        {},
        [
            (
                NO_SHIP, OFFICIAL, "denies", "Maria Vance", "the report was false",
                "Harbour permits", 123, 186,
            ),
            (ON_FRIDAY, PEOPLE, "rejects", "Maria Vance", CLOSE, "Denial", 0, 51),
        ],
    ),
    "unnamed-only": (
        {},
        [
            ("Anna Belmar of lobbying for the closure", "Critics", 1, "Denial", 1),
            (NO_SHIP, OFFICIAL, 1, "Harbour permits", 1),
        ],
    ),
    "accused-unheard": (
        {},
        [
            (
                "Anna Belmar", "Critics", "Anna Belmar of lobbying for the closure",
                "Denial", 52, 108,
            )
        ],
    ),
    "hearsay": (
        {},
        [
            (ON_FRIDAY, 1, PEOPLE, "tell", "Leak", 0, 118),
            (ON_FRIDAY, 0, "Northern Wire", "report", "Leak", 0, 118),
        ],
    ),
    "unverified": (
        {},
        [(ON_FRIDAY, "Harbour Gazette", FEB_7, "Leak", "Maria Vance", MAR_1, "reversal")],
    ),
    "changed-position": (
        {},
        [("Maria Vance", FRIDAY, MAR_1, "reversal", CLOSE, FEB_9, "Denial")],
    ),
    "told-again": ({}, [(FRIDAY, 3, 3, "2024-02-07", "Leak")]),
    "reply-rate": ({}, [("Anna Belmar", 1, 0, 0.0, ID["person-anna-belmar"])]),
    "outlet-sources": (
        {"outlet": "DAILY example"},
        [
            ("Maria Vance", "named", 2, 2), ("Critics", "unnamed", 1, 1),
            (OFFICIAL, "unnamed", 1, 1),
        ],
    ),
    "anonymity-reasons": ({}, []),
    "network": (
        {},
        [
            (
                "Critics", "talks about", "Anna Belmar", 1,
                ID[f"local-{denial().document.key}-52-59"], ID["person-anna-belmar"],
            ),
            (
                "Maria Vance", "denies", OFFICIAL, 1,
                ID["person-maria-vance"], ID[f"local-{permits().document.key}-38-60"],
            ),
            (
                "Maria Vance", "talks about", "the report", 1,
                ID["person-maria-vance"], ID[f"local-{permits().document.key}-165-175"],
            ),
            (
                "Northern Wire", "relays", PEOPLE, 1,
                ID["org-northern-wire"], ID[f"local-{leak().document.key}-32-65"],
            ),
            (
                OFFICIAL, "told", "Harbour Gazette", 1,
                ID[f"local-{permits().document.key}-38-60"], ID["org-harbour-gazette"],
            ),
            (
                PEOPLE, "told", "Northern Wire", 1,
                ID[f"local-{leak().document.key}-32-65"], ID["org-northern-wire"],
            ),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_named_question_gives_the_rows_checked_by_hand(graph: SourceGraph, name: str) -> None:
    parameters, rows = EXPECTED[name]
    result = graph.ask(name, **parameters)
    assert list(result) == [
        tuple(str(cell) if isinstance(cell, URIRef) else cell for cell in row) for row in rows
    ]


def test_the_table_of_attributions(graph: SourceGraph) -> None:
    first, *others = graph.ask("attributions").records()
    assert first == {
        "document": "Denial", "begin": 0, "end": 51, "who": "Maria Vance", "type": "Person",
        "anonymity": "named", "act": "deny", "stance": "rejecting", "quotation": "indirect",
        "cue": "denied", "claim": CLOSE, "addressee": None, "said_on": "2024-02-08", "depth": 0,
        "confidence": 1.0, "attribution": str(ID[f"att-{denial().document.key}-6-12"]),
    }  # fmt: skip
    assert [row["addressee"] for row in others if row["addressee"]] == [
        "Harbour Gazette",
        "Northern Wire",
    ]


@pytest.mark.slow
def test_every_question_gives_both_engines_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    with open_graph(tmp_path / "news") as folder:
        memory = clustered(open_graph())
        clustered(folder)
        for query in list_queries():
            parameters = {p.name: "vance" for p in query.parameters if p.default is None}
            terms = query.bindings(parameters)
            hide = frozenset(terms)
            there = execution.run(memory.dataset, query.text, terms, hide=hide)
            here = folder.ask(query.name, **parameters)
            assert memory.ask(query.name, **parameters) == here
            assert there.columns == here.columns
            if "ORDER BY" in query.text:
                assert there.rows == here.rows, query.name
            else:
                assert set(there.rows) == set(here.rows), query.name


@pytest.mark.parametrize("where", [None, "news"])
def test_an_empty_graph_answers_nothing(where: str | None, tmp_path: Path) -> None:
    with open_graph(where and tmp_path / where) as graph:
        for query in list_queries():
            parameters = {p.name: "vance" for p in query.parameters if p.default is None}
            assert len(graph.ask(query.name, **parameters)) == 0, query.name


class TestWhatCounts:
    """The finer print of the headers."""

    def test_an_alias_finds_its_source_and_half_a_name_does_not(self, graph: SourceGraph) -> None:
        assert len(graph.ask("who-said", source="vAnCe")) == 4
        assert len(graph.ask("who-said", source="Maria")) == 0

    def test_dates_are_the_texts_own_before_the_documents(self, graph: SourceGraph) -> None:
        rows = graph.ask("timeline", source="Vance").records()
        assert [row["day"] for row in rows] == [FEB_6, FEB_7, FEB_8, MAR_1]

    def test_words_of_a_subject_count_as_what_a_claim_is_about(self, graph: SourceGraph) -> None:
        rows = graph.ask("claims-about", subject="SHIP").records()
        assert [(row["who"], row["claim"]) for row in rows] == [(OFFICIAL, NO_SHIP)]

    @pytest.mark.parametrize("where", [None, "news"])
    def test_own_claims_are_told_apart(self, where: str | None, tmp_path: Path) -> None:
        story = Story("Maria Vance resigned.", publisher="Daily Example")
        vance = story.source("Maria Vance")
        story.own("Maria Vance resigned.", about=(story.mention("Maria Vance", vance),))
        with open_graph(where and tmp_path / where) as graph:
            graph.add(story.extraction())
            (row,) = graph.ask("claims-about", subject="Maria Vance").records()
            assert (row["who"], row["voice"]) == ("Daily Example", "own")
            for name, parameters in {
                "who-said": {"source": "Daily Example"},
                "timeline": {"source": "Daily Example"},
                "sources": {},
                "unnamed-share": {},
                "unnamed-only": {},
                "attributions": {},
                "network": {},
            }.items():
                assert len(graph.ask(name, **parameters)) == 0, name

    @pytest.mark.parametrize("where", [None, "news"])
    def test_an_attribution_with_one_named_source_is_not_unnamed(
        self, where: str | None, tmp_path: Path
    ) -> None:
        story = Story("Ann Lee and an aide said that it rained.", publisher="Daily Example")
        ann, aide = story.source("Ann Lee"), story.source("an aide", anonymity=Anonymity.UNNAMED)
        story.says(
            ann, aide, sentence=story.document.text, cue="said",
            claim=story.claim("that it rained"),
        )  # fmt: skip
        with open_graph(where and tmp_path / where) as graph:
            graph.add(story.extraction())
            assert list(graph.ask("unnamed-share")) == [("Daily Example", 1, 0, 0.0)]
            assert len(graph.ask("unnamed-only")) == 0
            assert graph.stats().unnamed == 0

    @pytest.mark.parametrize("where", [None, "news"])
    def test_a_confirmation_by_a_named_source_is_enough(
        self, where: str | None, tmp_path: Path
    ) -> None:
        there = permits()
        told, insisted = there.attributions
        confirms = ClaimLink(
            type=LinkType.CONFIRMS, evidence=insisted.links[0].evidence, target=told.key
        )
        there = replace(there, attributions=(told, replace(insisted, links=(confirms,))))
        with open_graph(where and tmp_path / where) as graph:
            graph.add(there)
            assert len(graph.ask("unnamed-only")) == 0
            assert len(graph.ask("contested")) == 0

    @pytest.mark.parametrize("where", [None, "news"])
    def test_reasons_for_anonymity_are_in_the_texts_words(
        self, where: str | None, tmp_path: Path
    ) -> None:
        text = "An aide, who was not authorised to speak, said that it rained."
        story = Story(text, publisher="Daily Example", title="Rain")
        story.says(
            story.source("An aide", anonymity=Anonymity.UNNAMED), sentence=text, cue="said",
            claim=story.claim("that it rained"),
            anonymity_reason=story.span("not authorised to speak"),
        )  # fmt: skip
        with open_graph(where and tmp_path / where) as graph:
            graph.add(story.extraction())
            assert list(graph.ask("anonymity-reasons")) == [
                ("not authorised to speak", "An aide", "that it rained", "Daily Example", "Rain",
                 0, len(text)),
            ]  # fmt: skip

    @pytest.mark.parametrize("where", [None, "news"])
    def test_whoever_answers_is_heard(self, where: str | None, tmp_path: Path) -> None:
        story = Story("Critics accused Anna Belmar of fraud. Anna Belmar declined to comment.")
        critics = story.source("Critics", anonymity=Anonymity.UNNAMED)
        belmar = story.source("Anna Belmar")
        story.says(
            critics, sentence="Critics accused Anna Belmar of fraud.", cue="accused",
            speech_act=SpeechAct.CRITICISE,
            claim=story.claim(
                "Anna Belmar of fraud", about=(story.mention("Anna Belmar", belmar),)
            ),
        )  # fmt: skip
        with open_graph(where and tmp_path / where) as graph:
            graph.add(story.extraction())
            assert [row["accused"] for row in graph.ask("accused-unheard").records()] == [
                "Anna Belmar"
            ]
            story.says(
                belmar, sentence="Anna Belmar declined to comment.", cue="declined to comment",
                stance=Stance.UNKNOWN,
            )  # fmt: skip
            graph.add(story.extraction())
            assert len(graph.ask("accused-unheard")) == 0


class TestLinksAcrossDocuments:
    """Merged sources count as one, and wire copies do not count."""

    @pytest.fixture(params=[None, "news"])
    def graph(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SourceGraph]:
        names = ("Maria Vance", "M. Vance")
        texts = ("Maria Vance said that it rained.", "M. Vance denied that it rained.")
        with open_graph(request.param and tmp_path / request.param) as graph:
            for name, text, stance, outlet in zip(
                (*names, "M. Vance"), (*texts, texts[1]),
                (Stance.COMMITTED, Stance.REJECTING, Stance.REJECTING),
                ("Daily Example", "Other Times", "Third Post"), strict=True,
            ):  # fmt: skip
                story = Story(text, publisher=outlet, title=outlet, id=outlet)
                story.says(
                    story.source(name), sentence=text, cue=text.split()[2], stance=stance,
                    claim=story.claim("that it rained"),
                )  # fmt: skip
                graph.add(story.extraction())
            claims = sorted(graph.query("SELECT ?c { ?c a said:Claim }"))
            documents = {
                str(title): str(iri)
                for iri, title in graph.query("SELECT ?d ?t { ?d dcterms:title ?t }")
            }
            merged = (ID["person-m-vance"], URIRef(f"{SAID}canonical"), ID["person-maria-vance"])
            copy = (
                URIRef(documents["Third Post"]), URIRef(f"{SAID}copyOf"),
                URIRef(documents["Other Times"]),
            )  # fmt: skip
            links = graph.dataset.graph(LINKS_GRAPH)
            links.add(merged)
            links.add(copy)
            for (claim,) in claims:
                links.add((URIRef(str(claim)), SAID.inCluster, ID["cluster-rain"]))
            yield graph

    @pytest.mark.parametrize("name", ["Maria Vance", "m. vance"])
    def test_either_name_finds_all_that_was_said(self, graph: SourceGraph, name: str) -> None:
        rows = graph.ask("who-said", source=name).records()
        assert [(row["who"], row["document"]) for row in rows] == [
            ("Maria Vance", outlet) for outlet in ("Daily Example", "Other Times", "Third Post")
        ]

    def test_counts_are_of_one_source_without_copies(self, graph: SourceGraph) -> None:
        assert list(graph.ask("sources")) == [
            ("Maria Vance", "Person", "named", 2, 2, str(ID["person-maria-vance"]))
        ]
        assert list(graph.ask("outlet-sources", outlet="THIRD post")) == []
        assert list(graph.ask("outlet-sources", outlet="other times")) == [
            ("Maria Vance", "named", 1, 1)
        ]
        assert [row[0] for row in graph.ask("unnamed-share")] == ["Daily Example", "Other Times"]

    def test_a_merged_source_contests_nobody_but_changes_its_mind(self, graph: SourceGraph) -> None:
        assert len(graph.ask("contested")) == 0
        rows = graph.ask("changed-position").records()
        assert [(row["who"], row["rejected_in"]) for row in rows] == [
            ("Maria Vance", "Other Times"), ("Maria Vance", "Third Post"),
        ]  # fmt: skip

    def test_told_again_counts_originals(self, graph: SourceGraph) -> None:
        (row,) = graph.ask("told-again").records()
        assert row == {
            "claim": "that it rained", "outlets": 2, "documents": 2, "first_on": "",
            "first_in": "Daily Example",
        }  # fmt: skip


class TestCatalogue:
    def test_every_question_is_checked(self) -> None:
        assert set(EXPECTED) | {"attributions"} == {query.name for query in list_queries()}

    def test_every_query_says_what_it_answers(self) -> None:
        for query in list_queries():
            assert re.search(r"[.?]$", query.title), query.name
            assert len(query.title) <= 100
            assert "own" in query.description, f"{query.name}: does the own voice count?"

    def test_every_parameter_is_described_and_stands_in_select(self) -> None:
        for query in list_queries():
            select = query.text[query.text.index("SELECT") : query.text.index("WHERE")]
            assert query.text.count("@param") == len(query.parameters)
            for parameter in query.parameters:
                assert f"?{parameter.name} " in select
                assert parameter.meaning
                if parameter.default is not None:
                    assert parameter.term(parameter.default)

    def test_usage_is_what_one_types(self) -> None:
        usage = {query.name: query.usage for query in list_queries()}
        assert usage["timeline"] == "source=NAME [since=DATE] [until=DATE]"
        assert usage["sources"] == ""

    def test_parameters_are_no_columns(self, graph: SourceGraph) -> None:
        assert graph.ask("timeline", source="Vance").columns[0] == "day"

    @pytest.mark.parametrize(
        ("name", "parameters", "problem"),
        [
            ("who-sad", {}, "no query called 'who-sad'; there are accused-unheard, anonymity"),
            ("who-said", {}, r"query who-said: needs source=NAME \(the source's name"),
            ("who-said", {"source": "<https://a/b>"}, "is an IRI, and this takes a name"),
            ("who-said", {"sorce": "x"}, "no parameter 'sorce'; it takes source=NAME"),
            ("sources", {"source": "x"}, "no parameter 'source'; it takes no parameters"),
            ("timeline", {"source": "x", "since": "May"}, "'May' is no date; write it like 2024-"),
        ],
    )
    def test_mistakes_are_explained(
        self, graph: SourceGraph, name: str, parameters: dict[str, str], problem: str
    ) -> None:
        with pytest.raises(QueryError, match=problem):
            graph.ask(name, **parameters)


class TestParameters:
    @pytest.mark.parametrize("value", HOSTILE)
    def test_hostile_values_are_values(self, graph: SourceGraph, value: str) -> None:
        before = len(graph.dataset)
        assert len(graph.ask("who-said", source=value)) == 0
        assert len(graph.query("SELECT ?x ?s WHERE { ?s skos:prefLabel ?x }", x=value)) == 0
        assert len(graph.dataset) == before

    @settings(deadline=None, max_examples=20)
    @given(name=words.filter(bool))
    def test_any_name_is_found_and_nothing_else(self, name: str) -> None:
        story = Story("Nobody said that it rained.")
        source = story.source("Nobody", label=name, anonymity=Anonymity.UNNAMED)
        story.says(
            source, sentence=story.document.text, cue="said", claim=story.claim("that it rained")
        )
        graph = open_graph()
        graph.add([story.extraction(), permits()])
        rows = graph.ask("who-said", source=name).records()
        assert [row["who"] for row in rows] == [name]

    def test_terms_of_every_kind(self, graph: SourceGraph) -> None:
        by_iri = graph.query(
            "SELECT ?who ?name WHERE { ?who skos:prefLabel ?name }", who=ID["person-maria-vance"]
        )
        assert list(by_iri) == [(str(ID["person-maria-vance"]), "Maria Vance")]
        by_literal = graph.query(
            "SELECT ?name ?who WHERE { ?who skos:prefLabel ?name }",
            name=Literal("Maria Vance", lang="en"),
        )
        assert [row[1] for row in by_literal] == [str(ID["person-maria-vance"])]
        by_number = graph.query("SELECT ?n ?a WHERE { ?a said:depth ?d FILTER(?d = ?n) }", n=1)
        assert len(by_number) == 1
        by_day = graph.query(
            "SELECT ?day ?a WHERE { ?a said:saidFrom ?d FILTER(?d > ?day) }", day=date(2024, 2, 7)
        )
        assert len(by_day) == 1

    @pytest.mark.parametrize(
        ("value", "problem"),
        [
            (URIRef("http://a/b c"), "is no absolute IRI"),
            (URIRef("nowhere"), "is no absolute IRI"),
            (["a"], "is no text, number, truth value, date or IRI"),
            (None, "is no text, number, truth value, date or IRI"),
        ],
    )
    def test_what_is_no_term_is_refused(
        self, graph: SourceGraph, value: object, problem: str
    ) -> None:
        with pytest.raises(QueryError, match=problem):
            graph.query("SELECT ?x WHERE { ?x ?y ?z }", x=value)

    def test_a_parameter_must_stand_in_select(self, graph: SourceGraph) -> None:
        with pytest.raises(QueryError, match=r"must stand in SELECT: write SELECT \?n"):
            graph.query("SELECT ?a WHERE { ?a said:depth ?n }", n=1)

    def test_a_parameter_must_stand_in_the_query(self, graph: SourceGraph) -> None:
        with pytest.raises(QueryError, match=r"no variable \?m"):
            graph.query("SELECT ?n WHERE { ?a said:depth ?n } # ?m", m=1)


class TestFreeSparql:
    def test_prefixes_are_bound(self, graph: SourceGraph) -> None:
        result = graph.query(
            "SELECT (COUNT(*) AS ?n) WHERE { ?a a said:Attribution ; said:speechAct act:deny ;"
            " said:stance val:rejecting ; said:inDocument/dcterms:issued ?day }"
        )
        assert list(result) == [(1,)]

    def test_ask(self, graph: SourceGraph) -> None:
        result = graph.query("ASK { ?a a said:OwnVoice }")
        assert (result.columns, result.rows) == (("answer",), ((True,),))

    def test_construct(self, graph: SourceGraph) -> None:
        result = graph.query("CONSTRUCT { ?a said:denies ?c } WHERE { ?a said:denies ?c }")
        assert result.columns == ("subject", "predicate", "object")
        key = permits().document.key
        assert list(result) == [
            (str(ID[f"att-{key}-156-164"]), str(SAID.denies), str(ID[f"claim-{key}-0-37"]))
        ]

    def test_named_graphs(self, graph: SourceGraph) -> None:
        result = graph.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?c said:inCluster ?k } }")
        assert list(result) == [(str(LINKS_GRAPH),)]

    def test_values_are_pythons(self, graph: SourceGraph) -> None:
        result = graph.query(
            "SELECT (1 AS ?i) (0.5 AS ?d) (1e0 AS ?f) (true AS ?b) ('x'@en AS ?s)"
            " (?nothing AS ?n) ('2024-02-06'^^xsd:date AS ?day) WHERE {}"
        )
        (row,) = result
        assert row == (1, 0.5, 1.0, True, "x", None, FEB_6)
        assert [type(cell) for cell in row] == [int, float, float, bool, str, type(None), date]

    @pytest.mark.parametrize(
        ("query", "problem"),
        [
            ("SELECT ?x\nWHERE { ?x ?y }", r"no SPARQL: line 2, column \d+: .*: WHERE"),
            ("SELECT ?x WHERE { ?x zz:y ?z }", "no SPARQL: line 1"),
            ("SELECT ?x {", r"line 1, column 12: the query cannot go on like this: SELECT"),
            (" ", "the query is empty"),
            ("SELECT * { FILTER(" + "!" * 9000 + "true) }", "too long: more than 2000 operators"),
            ("SELECT * { " + "OPTIONAL {} " * 300 + "}", "too long: more than 200 OPTIONAL"),
            ("SELECT * { ?a " + "id:p+/" * 300 + "id:p ?b }", "too long: more than 200 steps"),
            ("DELETE WHERE { ?s ?p ?o }", "this is an update"),
            ("INSERT DATA { id:a said:b id:c }", "this is an update"),
            ("PREFIX a: <b:c> DROP ALL", "this is an update"),
            ("LOAD <file:///etc/passwd>", "this is an update"),
            ("SELECT * FROM <http://a/b> WHERE { ?s ?p ?o }", "FROM is not supported"),
            ("SELECT * WHERE { SERVICE <http://a/b> { ?s ?p ?o } }", "SERVICE is not supported"),
            # To Oxigraph the < is an operator and '>' the end of a string.
            ("SELECT * { ?a ?b ?c FILTER(?c<'>') SERVICE <a:b> {} FILTER(?c='') }", "SERVICE"),
            ("SELECT * { ?a ?b 1service#\nid:x\n{} }", "SERVICE is not supported"),
        ],
    )
    def test_mistakes_are_explained(self, graph: SourceGraph, query: str, problem: str) -> None:
        before = len(graph.dataset)
        with pytest.raises(QueryError, match=problem):
            graph.query(query)
        assert len(graph.dataset) == before

    def test_words_in_strings_and_names_are_no_keywords(self, graph: SourceGraph) -> None:
        result = graph.query(
            "SELECT ?from WHERE { ?from skos:prefLabel 'from SERVICE' . # FROM <x>\n"
            ' ?from <http://from/service> """FROM\n"SERVICE" the service: closed """ }'
        )
        assert len(result) == 0

    @pytest.mark.parametrize(
        "query",
        ["SELECT *\nWHERE " + "{" * 5000 + "}" * 5000, "ASK {\nFILTER(1<" + "(" * 5000 + "1)&&2>1"],
    )
    def test_too_deep_a_query_is_refused(self, graph: SourceGraph, query: str) -> None:
        with pytest.raises(QueryError, match=r"nested too deep: line 2, column \d+"):
            graph.query(query)

    def test_brackets_in_strings_and_comments_nest_nothing(self, graph: SourceGraph) -> None:
        many = "{(" * 300
        query = f'SELECT (\'{many}\' AS ?x) ("""{many}""" AS ?y) {{}} # {many}'
        assert list(graph.query(query)) == [(many, many)]

    def test_half_a_character_is_told_with_its_place(self, graph: SourceGraph) -> None:
        with pytest.raises(QueryError, match="not UTF-8: line 2, column 4"):
            graph.query('SELECT\n ("\ud800" AS ?x) {}')


class TestResult:
    table = Result(
        ("who", "day", "n"),
        (("=HYPERLINK(1)", FEB_6, -1), ("+1", None, 2.5), ('a, "b"\nc', FEB_6, True)),
    )

    def test_csv_is_no_formula(self) -> None:
        assert self.table.to_csv() == (
            "who,day,n\r\n"
            "'=HYPERLINK(1),2024-02-06,-1\r\n"
            "'+1,,2.5\r\n"
            '"a, ""b""\nc",2024-02-06,True\r\n'
        )

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_every_start_of_a_formula_is_guarded(self, start: str) -> None:
        assert f"'{start}x" in Result(("a",), ((f"{start}x",),)).to_csv()

    def test_json(self) -> None:
        assert json.loads(self.table.to_json())[0] == {
            "who": "=HYPERLINK(1)",
            "day": "2024-02-06",
            "n": -1,
        }

    def test_pandas(self) -> None:
        frame = self.table.to_pandas()
        assert list(frame.columns) == ["who", "day", "n"]
        assert frame.shape == (3, 3)
        assert list(Result(("a", "b"), ()).to_pandas().columns) == ["a", "b"]

    def test_is_a_sequence_of_rows(self) -> None:
        assert len(self.table) == 3
        assert [row[0] for row in self.table] == ["=HYPERLINK(1)", "+1", 'a, "b"\nc']
