"""Free SPARQL and its parameters: values stay values, mistakes are explained."""

from datetime import date

import pytest
from answers_by_hand import FEB_6
from examples import permits
from hypothesis import given, settings
from rdflib import Literal, URIRef
from story import Story
from strategies import words

from quoth.extractors.values import Anonymity
from quoth.graph import QueryError, SourceGraph, open_graph
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID


@pytest.fixture
def graph(clustered_corpus: SourceGraph) -> SourceGraph:
    return clustered_corpus


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


class TestParameters:
    @pytest.mark.parametrize("value", HOSTILE)
    def test_hostile_values_are_values(self, graph: SourceGraph, value: str) -> None:
        before = len(graph.dataset)
        assert len(graph.ask("who-said", source=value)) == 0
        assert len(graph.query("SELECT ?x ?s WHERE { ?s skos:prefLabel ?x }", x=value)) == 0
        assert len(graph.dataset) == before

    @settings(max_examples=20)
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
