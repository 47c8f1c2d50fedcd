"""Networks of each kind, counted by hand in a small newsroom; slices of time."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from examples import corpus
from hypothesis import given
from hypothesis import strategies as st
from named_edges import ADA, BO, POST, ROOM, edges
from networkx.algorithms import bipartite
from newsroom import iri

from quoth.graph import open_graph
from quoth.graph.errors import QueryError
from quoth.graph.network import EdgeKind
from quoth.graph.networks import NetworkKind, network_of
from quoth.graph.time_slices import first_day, networks_over_time, next_first_day, slices


def test_told() -> None:
    assert edges(network_of(ROOM.facts, "told")) == {("Ada", "the Post"): 3}


def test_a_merged_source_is_one_node_and_no_other() -> None:
    network = network_of(ROOM.facts, "told")
    assert set(network) == {ADA, POST}
    assert network.nodes[ADA]["label"] == "Ada"
    assert network.nodes[ADA]["weight"] == 5
    assert network.edges[ADA, POST] == {
        "kind": "told",
        "weight": 3,
        "committed": 3,
        "rejecting": 0,
        "uncommitted": 0,
        "unknown": 0,
        "attributions": (iri("a1"), iri("b2"), iri("c1")),
        "documents": (iri("denial"), iri("fire"), iri("wire")),
        "first": "2031-09-01",
        "last": "2031-09-08",
    }


def test_about() -> None:
    assert edges(network_of(ROOM.facts, "about")) == {
        ("Ada", "Bo"): 1,
        ("Bo", "Ada"): 1,
        ("Cy", "Ada"): 1,
        ("Cy", "Bo"): 1,
        ("an official", "Ada"): 1,
    }


def test_an_edge_without_a_dated_document_has_no_days() -> None:
    edge = network_of(ROOM.facts, "about").edges[iri("Cy"), ADA]
    assert "first" not in edge
    assert "last" not in edge


def test_chain_leads_from_who_relays_to_who_is_relayed() -> None:
    assert edges(network_of(ROOM.facts, "chain")) == {("Bo", "Ada"): 1}


def test_denial_counts_both_sorts_and_an_attribution_once() -> None:
    network = network_of(ROOM.facts, "denial")
    assert edges(network) == {("Bo", "Ada"): 1, ("Ada", "Bo"): 1}
    answer = network.edges[ADA, BO]
    assert (answer["kind"], answer["denies"], answer["disputes"]) == ("denies", 1, 1)
    assert network.edges[BO, ADA]["disputes"] == 0


def test_co_citation_counts_documents_and_a_copy_with_its_origin() -> None:
    network = network_of(ROOM.facts, "co-citation")
    assert edges(network) == {
        ("Ada", "Bo"): 2,
        ("Ada", "Cy"): 1,
        ("Ada", "a man"): 1,
        ("Ada", "an official"): 1,
        ("Bo", "a man"): 1,
        ("Bo", "an official"): 1,
        ("a man", "an official"): 1,
    }
    assert network.edges[ADA, BO]["documents"] == (iri("denial"), iri("fire"))


def test_claims_of_a_cluster_are_one_node() -> None:
    network = network_of(ROOM.facts, "claims")
    cluster = network.nodes[iri("cluster 1")]
    assert cluster["claims"] == (iri("claim a1"), iri("claim c1"))
    assert cluster["label"] == "words of a1"
    assert (cluster["weight"], cluster["node"], cluster["bipartite"]) == (2, "claim", 1)
    assert network.edges[ADA, iri("cluster 1")]["weight"] == 2
    assert set(network[iri("claim d2")]) == {ADA, iri("Cy")}
    tops = {node for node, side in network.nodes.data("bipartite") if side == 0}
    assert bipartite.is_bipartite_node_set(network, tops)


def test_documents_and_their_sources() -> None:
    network = network_of(ROOM.facts, "documents")
    assert edges(network)["Ada", "fire"] == 2
    wire = network.nodes[iri("wire")]
    assert (wire["label"], wire["date"], wire["publisher"]) == ("About wire", "2031-09-08", "Post")
    assert wire["copy_of"] == iri("fire")
    undated = network.nodes[iri("undated")]
    assert not {"date", "publisher", "copy_of"} & set(undated)


def test_sources_are_the_edges_of_the_single_kinds_together() -> None:
    network = network_of(ROOM.facts)
    assert isinstance(network, nx.MultiDiGraph)
    by_kind: dict[str, set[tuple[str, str]]] = {}
    for origin, target, key in network.edges(keys=True):
        by_kind.setdefault(key, set()).add((origin, target))
    told, about, chain, denial = (
        set(network_of(ROOM.facts, kind).edges()) for kind in ("told", "about", "chain", "denial")
    )
    assert by_kind[EdgeKind.TOLD] == told
    assert by_kind[EdgeKind.TALKS_ABOUT] == about
    assert by_kind[EdgeKind.RELAYS] == chain
    assert by_kind[EdgeKind.DENIES] | by_kind[EdgeKind.DISPUTES] == denial


@pytest.mark.parametrize("kind", list(NetworkKind))
def test_what_every_network_has(kind: NetworkKind) -> None:
    network = network_of(ROOM.facts, kind)
    assert network.graph["kind"] == kind
    assert len(network) > 0
    for node in network.nodes.values():
        assert {"node", "label", "weight", "attributions", "documents"} <= set(node)
        assert node["weight"] == len(node["attributions"])
    assert list(network) == sorted(n for n in network if network.nodes[n]["node"] == "source") + (
        sorted(n for n in network if network.nodes[n]["node"] != "source")
    )


@pytest.mark.parametrize("kind", list(NetworkKind))
def test_the_same_on_oxigraph(kind: NetworkKind, tmp_path: Path) -> None:
    with open_graph() as memory, open_graph(tmp_path / "news.quoth") as folder:
        memory.add(corpus())
        folder.add(corpus())
        expected, found = memory.network(kind), folder.network(kind)
    assert list(expected.nodes.items()) == list(found.nodes.items())
    assert list(expected.edges(data=True)) == list(found.edges(data=True))
    assert len(expected) > 0


def test_no_such_kind() -> None:
    with pytest.raises(QueryError, match="called 'freinds'; there are sources, told, about"):
        network_of(ROOM.facts, "freinds")


class TestWhere:
    def test_days_are_included(self) -> None:
        facts = ROOM.facts.where(since="2031-09-02", until=date(2031, 9, 8))
        assert edges(network_of(facts, "told")) == {("Ada", "the Post"): 2}

    def test_an_answer_leads_to_a_claim_from_before(self) -> None:
        facts = ROOM.facts.where(since="2031-09-02")
        assert edges(network_of(facts, "denial"))["Bo", "Ada"] == 1

    def test_a_document_without_a_date_is_in_no_time(self) -> None:
        facts = ROOM.facts.where(since="1000-01-01")
        assert iri("d1") in ROOM.facts.sources
        assert iri("d1") not in facts.sources

    def test_outlet(self) -> None:
        facts = ROOM.facts.where(outlet="pOST")
        assert set(facts.sources) == {iri(key) for key in ("b1", "b2", "c1", "c2")}
        assert set(ROOM.facts.where(outlet="(unknown)").sources) == {iri("d1"), iri("d2")}

    def test_without_copies(self) -> None:
        assert iri("c1") not in ROOM.facts.where(copies=False).sources

    def test_nothing_asked_changes_nothing(self) -> None:
        assert ROOM.facts.where().sources == ROOM.facts.sources

    @pytest.mark.parametrize(
        ("where", "message"),
        [
            ({"since": "yesterday"}, "'yesterday' is no day; write it as 2031-05-03"),
            ({"outlet": "Echo"}, "outlet called 'Echo'; there are .unknown., Gazette, Post"),
        ],
    )
    def test_wrong(self, where: Any, message: str) -> None:
        with pytest.raises(QueryError, match=message):
            ROOM.facts.where(**where)


class TestTime:
    def test_weeks_begin_on_monday(self) -> None:
        networks = networks_over_time(ROOM.facts, "told", every="week")
        assert {day.isoformat(): edges(network) for day, network in networks.items()} == {
            "2031-09-01": {("Ada", "the Post"): 2},
            "2031-09-08": {("Ada", "the Post"): 1},
        }

    def test_slices_hold_each_dated_attribution_once(self) -> None:
        parts = slices(ROOM.facts, "day").values()
        found = [attribution for part in parts for attribution in part.sources]
        assert sorted(found) == sorted(ROOM.facts.where(since="1000-01-01").sources)

    def test_no_such_period(self) -> None:
        with pytest.raises(QueryError, match="'year'; there are day, week, month"):
            slices(ROOM.facts, "year")

    @given(st.dates(max_value=date(9999, 1, 1)), st.sampled_from(["day", "week", "month"]))
    def test_periods_follow_each_other_without_a_gap(self, day: date, every: str) -> None:
        first = first_day(day, every)
        following = next_first_day(first, every)
        assert first <= day < following
        assert first_day(following, every) == following
        assert first_day(date.fromordinal(following.toordinal() - 1), every) == first


@pytest.mark.slow
def test_nothing_depends_on_the_order_of_hashes() -> None:
    program = """
from newsroom import newsroom
from quoth.graph.networks import NetworkKind, network_of
from quoth.graph.network_measures import betweenness, communities, modularity
from quoth.graph.projections import projection
for kind in NetworkKind:
    network = network_of(newsroom().facts, kind)
    print(list(network.nodes.items()), list(network.edges(data=True)))
    groups = communities(network)
    print(betweenness(network), groups, modularity(network, groups))
    if kind in ("claims", "documents"):
        projected = projection(network, weighting="newman")
        print(list(projected.edges(data=True)), modularity(projected, communities(projected)))
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "the-Post" in runs[0]
