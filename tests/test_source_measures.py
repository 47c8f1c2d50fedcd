"""Measures of a graph as tables, counted by hand in the small newsroom."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from examples import corpus, leak
from newsroom import Newsroom, iri, newsroom

from quoth.graph import open_graph
from quoth.graph.contests import contested_claims
from quoth.graph.errors import QueryError
from quoth.graph.measures import wilson
from quoth.graph.networks import network_of
from quoth.graph.replies import hearings
from quoth.graph.source_measures import Measures

if TYPE_CHECKING:
    import pandas as pd

ALL = Measures(newsroom().facts)
ORIGINALS = Measures(newsroom().facts.where(copies=False))


def rows(table: "pd.DataFrame", *columns: str) -> list[tuple[Any, ...]]:
    """Return some columns of a table as tuples."""
    return list(table[list(columns)].itertuples(index=False, name=None))


def test_shares_count_a_joint_statement_for_each() -> None:
    assert rows(ALL.shares(), "who", "attributions", "documents", "share") == [
        ("Ada", 5, 4, 5 / 11),
        ("Bo", 2, 2, 2 / 11),
        ("Cy", 2, 1, 2 / 11),
        ("a man", 1, 1, 1 / 11),
        ("an official", 1, 1, 1 / 11),
    ]
    assert ALL.shares()["share"].sum() == pytest.approx(1)


def test_shares_of_the_named() -> None:
    assert rows(ALL.shares(named=True), "who", "share") == [
        ("Ada", 5 / 9),
        ("Bo", 2 / 9),
        ("Cy", 2 / 9),
    ]


def test_diversity() -> None:
    table = ORIGINALS.diversity(top=1)
    assert rows(table, "outlet", "attributions", "sources", "hhi", "top_share") == [
        ("(unknown)", 3, 2, pytest.approx(5 / 9), pytest.approx(2 / 3)),
        ("Gazette", 3, 2, pytest.approx(5 / 9), pytest.approx(2 / 3)),
        ("Post", 2, 2, 0.5, 0.5),
    ]
    assert list(table["effective"])[2] == pytest.approx(2)


def test_an_outlet_without_a_named_source_has_no_diversity() -> None:
    room = Newsroom()
    room.document("rumour", "Echo")
    room.source("a voice", "unspecified")
    room.says("r", "rumour", "a voice")
    (row,) = Measures(room.facts).diversity().to_dict("records")
    assert (row["attributions"], row["sources"]) == (0, 0)
    assert math.isnan(row["entropy"])
    (row,) = Measures(room.facts).diversity(unnamed=True).to_dict("records")
    assert (row["attributions"], row["entropy"]) == (1, 0)


def test_unnamed() -> None:
    columns = ("outlet", "documents", "attributions", "unnamed", "share", "low", "high")
    assert rows(ALL.unnamed(), *columns) == [
        ("Gazette", 1, 4, 1, *wilson(1, 4)),
        # One of two in the copy, none of two in the denial: a design effect of 4/3, as if three;
        # (0.25 + 3.8415/6 -+ 1.96 * sqrt(0.1875/3 + 3.8415/36)) / (1 + 3.8415/3).
        ("Post", 2, 4, 1, 0.25, pytest.approx(0.03684, abs=5e-5), pytest.approx(0.74391, abs=5e-5)),
        ("(unknown)", 1, 2, 0, *wilson(0, 2)),
    ]
    effects = list(ALL.unnamed()["design_effect"])
    assert effects[1] == pytest.approx(4 / 3)
    assert math.isnan(effects[0])


def test_unnamed_agrees_with_the_named_question() -> None:
    with open_graph() as graph:
        graph.add(corpus())
        asked = graph.ask("unnamed-share").records()
        table = graph.measures().unnamed()
    found = {(row.outlet, row.attributions, row.unnamed) for row in table.itertuples()}
    assert {(row["outlet"], row["attributions"], row["unnamed"]) for row in asked} == found


def test_timeline_has_days_without_any() -> None:
    table = ALL.timeline(every="day")
    assert len(table) == 8
    assert rows(table, "documents", "attributions", "unnamed", "sources") == [
        (1, 4, 1, 2),
        (1, 2, 0, 2),
        *[(0, 0, 0, 0)] * 5,
        (1, 2, 1, 1),
    ]
    assert str(table["begins"].iloc[-1].date()) == "2031-09-08"


def test_timeline_of_no_period() -> None:
    with pytest.raises(QueryError, match="'year'"):
        ALL.timeline(every="year")


def test_replies() -> None:
    assert rows(ALL.replies(), "accused", "documents", "answered", "share", "low", "high") == [
        ("Ada", 2, 2, *wilson(2, 2)),
        ("Bo", 1, 0, *wilson(0, 1)),
    ]
    assert ALL.reply_rate().share == pytest.approx(2 / 3)


def test_the_outlet_is_heard_in_its_own_voice_and_a_name_merged_is_the_same_person() -> None:
    room = Newsroom()
    room.document("row", "Echo")
    room.says("c", "row", "critics", act="criticise", about=["Echo", "Ada Adams", "Bo"])
    room.says("o", "row", "Echo", own=True)
    room.says("r", "row", "Ada")
    room.merge("Ada Adams", "Ada")
    answered = rows(Measures(room.facts).replies(), "source", "answered")
    assert sorted(answered) == sorted([(iri("Ada"), 1), (iri("Bo"), 0), (iri("Echo"), 1)])


def test_criticism_in_the_documents_own_voice_does_not_count() -> None:
    room = Newsroom()
    room.document("row", "Echo")
    room.says("c", "row", "Echo", act="criticise", about=["Ada"], own=True)
    assert Measures(room.facts).replies().empty
    assert math.isnan(Measures(room.facts).reply_rate().share)


def test_contested() -> None:
    # Committed in fire: the cluster (denied by Bo), a3, a4; in the Post: b1 (denied by Ada, there
    # A. Adams), b2, the cluster again, c2; undated: d1.
    assert rows(ALL.contested(), "outlet", "claims", "contested", "share") == [
        ("Post", 4, 2, 0.5),
        ("Gazette", 3, 1, pytest.approx(1 / 3)),
        ("(unknown)", 1, 0, 0.0),
    ]


@pytest.mark.parametrize(("opponent", "contested"), [("Bo", 1), ("Ada", 0), ("Ada Adams", 0)])
def test_who_rejects_the_claim_itself_contests_it_unless_it_is_the_same_person(
    opponent: str, contested: int
) -> None:
    room = Newsroom()
    room.document("row", "Echo")
    room.merge("Ada Adams", "Ada")
    room.says("a", "row", "Ada", cluster="one")
    room.says("b", "row", opponent, stance="rejecting", cluster="one")
    assert list(Measures(room.facts).contested()["contested"]) == [contested]


def test_chains() -> None:
    columns = ("outlet", "attributions", "mean_depth", "deepest", "hearsay", "share")
    assert rows(ALL.chains(), *columns) == [
        ("Gazette", 4, 0.25, 1, 1, 0.25),
        ("(unknown)", 2, 0.0, 0, 0, 0.0),
        ("Post", 4, 0.0, 0, 0, 0.0),
    ]


def test_chains_are_as_deep_as_the_records_say() -> None:
    with open_graph() as graph:
        graph.add(leak())
        (row,) = graph.measures().chains().to_dict("records")
    assert row["mean_depth"] == sum(a.depth for a in leak()) / len(leak().attributions)
    assert row["deepest"] == 1


def test_relays() -> None:
    assert rows(ALL.relays(), "who", "betweenness", "relays", "relayed") == [
        ("Bo", 0.0, 1, 0),
        ("Ada", 0.0, 0, 1),
    ]


def test_relays_stand_between_those_who_are_relayed() -> None:
    # wire <- aide <- minister, and the aide is also relayed by the paper: of the pairs of others,
    # 3 * 2, the aide is between wire and minister, and paper and minister.
    room = Newsroom()
    room.document("row", "Echo")
    for name in ("wire", "paper", "aide", "minister"):
        room.source(name)
    room.says("w", "row", "wire")
    room.says("p", "row", "paper")
    room.says("a", "row", "aide", inside=["w"])
    room.says("b", "row", "aide", inside=["p"])
    room.says("m", "row", "minister", inside=["a"])
    table = Measures(room.facts).relays()
    assert rows(table, "who", "betweenness", "relays", "relayed") == [
        ("aide", pytest.approx(2 / 6), 1, 2),
        ("paper", 0.0, 1, 0),
        ("wire", 0.0, 1, 0),
        ("minister", 0.0, 0, 1),
    ]
    expected = nx.betweenness_centrality(network_of(room.facts, "chain"))
    assert dict(rows(table, "source", "betweenness")) == pytest.approx(expected)


def test_communities() -> None:
    table = ORIGINALS.communities("documents")
    assert dict(rows(table, "who", "community"))["Ada"] == 1
    assert set(table["node"]) == {"source", "document"}
    assert list(table["community"]) == sorted(table["community"])


def test_those_who_are_quoted_together_are_one_community() -> None:
    room = Newsroom()
    for document, names in (("fire", "abc"), ("fair", "xyz"), ("flood", "abc"), ("fog", "xyz")):
        room.document(document, "Echo")
        for name in names:
            room.says(f"{document}-{name}", document, name)
    table = Measures(room.facts).communities()
    groups = table.groupby("community")["id"].agg(set).to_dict()
    assert groups == {1: set(map(iri, "abc")), 2: set(map(iri, "xyz"))}


def test_measures_leave_copies_out_unless_told_otherwise() -> None:
    room = newsroom()
    with open_graph() as graph:
        for triple in room.dataset.triples((None, None, None)):
            graph.dataset.add(triple)
        assert graph.measures().shares()["attributions"].sum() == 9
        assert graph.measures(copies=True).shares()["attributions"].sum() == 11
        assert graph.measures(outlet="Gazette").shares()["attributions"].sum() == 4


MEASURES = ("shares", "diversity", "unnamed", "timeline", "replies", "contested", "chains")


@pytest.mark.parametrize("name", [*MEASURES, "relays", "communities"])
def test_nothing(name: str) -> None:
    table = getattr(Measures(Newsroom().facts), name)()
    assert table.empty
    assert list(table.columns) == list(getattr(ALL, name)().columns)


def test_replies_agree_with_the_named_question() -> None:
    with open_graph() as graph:
        graph.add(corpus())
        asked = {
            (row["accused"], row["document"]) for row in graph.ask("accused-unheard").records()
        }
        facts = graph.facts()
        titles = network_of(facts, "documents").nodes.data("label")
        found = {
            (facts.whole.label(case.accused), titles[case.document])
            for case in hearings(facts)
            if not case.is_heard
        }
    assert found == asked != set()


def test_contested_agrees_with_the_named_question() -> None:
    with open_graph() as graph:
        graph.add(corpus())
        asked = {row["claim"] for row in graph.ask("contested").records()}
        facts = graph.facts()
        words = network_of(facts, "claims").nodes.data("label")
        found = {
            words[claim] for claim, case in contested_claims(facts).items() if case.is_contested
        }
    assert found == asked != set()


def test_the_same_on_oxigraph(tmp_path: Path) -> None:
    with open_graph() as memory, open_graph(tmp_path / "news.quoth") as folder:
        memory.add(corpus())
        folder.add(corpus())
        for name in (*MEASURES, "relays", "communities"):
            expected, found = (getattr(graph.measures(), name)() for graph in (memory, folder))
            assert not expected.empty
            assert expected.equals(found)
        assert str(memory.measures().reply_rate()) == str(folder.measures().reply_rate())
