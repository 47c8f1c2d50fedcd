"""Measures of a graph's attributions as pandas tables: by source, by outlet and over time.

They gather counts for `quoth.graph.measures` and networks for `quoth.graph.network_measures`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

from quoth.graph import measures, network_measures
from quoth.graph.chains import chain_depths
from quoth.graph.contests import contested_claims
from quoth.graph.counts import by_outlet, by_source, hits_by_document, is_unnamed
from quoth.graph.facts import UNKNOWN_OUTLET
from quoth.graph.networks import NetworkKind, network_of
from quoth.graph.replies import Hearing, hearings
from quoth.graph.time_slices import Period, first_day, next_first_day
from quoth.graph.vocabulary import SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quoth.graph.facts import Facts


class Measures:
    """Measures of the attributions that `facts` hold; each method returns a table.

    Outlets are documents' publishers, those without one stand together as «(unknown)». Shares are
    from 0 to 1; `low` and `high` bound them with a confidence of 95 %, NaN where there is nothing
    to measure. What is not attributed to anybody, the documents' own claims, is not counted.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def shares(self, *, named: bool = False) -> pd.DataFrame:
        """Return who says how much: a row a source, most quoted first.

        Columns: who, type, anonymity, attributions, documents (how many), share (of all), source
        (IRI). An attribution to several sources counts for each of them. With `named` the
        sources that are not named are left out, of the sum as well.
        """
        said = by_source(self.facts, self.facts.sources, named=named)
        parts = measures.shares({source: len(found) for source, found in said.items()})
        rows = [
            {
                "who": description["label"],
                "type": description["type"],
                "anonymity": description["anonymity"],
                "attributions": len(said[source]),
                "documents": len(self.facts.whole.places(said[source])),
                "share": share,
                "source": source,
            }
            for source, share in parts.items()
            for description in [self.facts.whole.describe(source)]
        ]
        columns = "who type anonymity attributions documents share source"
        return _table(rows, columns, "-attributions who source")

    def diversity(self, *, top: int = 3, unnamed: bool = False) -> pd.DataFrame:
        """Return how diverse each outlet's sources are: a row an outlet, most attributions first.

        Columns: outlet, attributions, sources (how many), entropy (bits), evenness, effective
        (number of equally quoted sources), gini, hhi, top_share (of the `top` most quoted); see
        `quoth.graph.measures`. Named sources only, since nobody knows whether two unnamed ones
        are the same; with `unnamed` each of these is one of its own.
        """
        rows = []
        for outlet, attributions in by_outlet(self.facts, self.facts.sources).items():
            said = by_source(self.facts, attributions, named=not unnamed)
            counts = [len(found) for found in said.values()]
            rows.append(
                {
                    "outlet": outlet,
                    "attributions": sum(counts),
                    "sources": len(counts),
                    "entropy": measures.entropy(counts),
                    "evenness": measures.evenness(counts),
                    "effective": measures.effective_number(counts),
                    "gini": measures.gini(counts),
                    "hhi": measures.hhi(counts),
                    "top_share": measures.top_share(counts, top),
                }
            )
        columns = "outlet attributions sources entropy evenness effective gini hhi top_share"
        return _table(rows, columns, "-attributions outlet")

    def unnamed(self) -> pd.DataFrame:
        """Return how much each outlet leans on unnamed sources, highest share first.

        Columns: outlet, documents, attributions, unnamed (attributions none of whose sources is
        named), share, low, high, design_effect. The interval is Wilson's, widened because the
        attributions of one document resemble each other (`measures.wilson_clustered`).
        """
        rows = []
        for outlet, attributions in by_outlet(self.facts, self.facts.sources).items():
            clusters = hits_by_document(self.facts, attributions, partial(is_unnamed, self.facts))
            hits, trials = (sum(column) for column in zip(*clusters, strict=True))
            bounds = measures.wilson_clustered(clusters)
            rows.append(
                {
                    "outlet": outlet,
                    "documents": len(clusters),
                    "attributions": trials,
                    "unnamed": hits,
                    **bounds._asdict(),
                }
            )
        columns = "outlet documents attributions unnamed share low high design_effect"
        return _table(rows, columns, "-share outlet")

    def timeline(self, *, every: str = Period.WEEK) -> pd.DataFrame:
        """Return how much was attributed in each day, week or month, by the documents' dates.

        Columns: begins (the period's first day), documents, attributions, unnamed, sources (named
        ones, how many). Periods in between without any have a row of zeros; documents without a
        date are in none. Raises QueryError when `every` is no `Period`.
        """
        by_day: defaultdict[Any, set[str]] = defaultdict(set)
        for attribution in self.facts.sources:
            for document in self.facts.whole.places([attribution]):
                if document in self.facts.whole.days:
                    by_day[first_day(self.facts.whole.days[document], every)].add(attribution)
        rows = []
        begins, last = min(by_day, default=None), max(by_day, default=None)
        while begins is not None and last is not None and begins <= last:
            found = by_day.get(begins, set())
            rows.append(
                {
                    "begins": pd.Timestamp(begins),
                    "documents": len(self.facts.whole.places(found)),
                    "attributions": len(found),
                    "unnamed": sum(is_unnamed(self.facts, attribution) for attribution in found),
                    "sources": len(by_source(self.facts, found, named=True)),
                }
            )
            begins = next_first_day(begins, every)
        return _table(rows, "begins documents attributions unnamed sources")

    def replies(self) -> pd.DataFrame:
        """Return how often those who are criticised are heard: a row each, most criticised first.

        Columns: accused, documents (in which criticism mentions them), answered (those of them
        where they say anything, also «no comment»), share, low, high (Wilson's interval), source
        (IRI). Criticism in a document's own voice does not count, but the outlet is heard in it.
        """
        by_accused: defaultdict[str, list[Hearing]] = defaultdict(list)
        for hearing in hearings(self.facts):
            by_accused[hearing.accused].append(hearing)
        rows = []
        for source, cases in by_accused.items():
            heard = sum(case.is_heard for case in cases)
            rows.append(
                {
                    "accused": self.facts.whole.label(source),
                    "documents": len(cases),
                    "answered": heard,
                    **measures.wilson(heard, len(cases))._asdict(),
                    "source": source,
                }
            )
        return _table(
            rows,
            "accused documents answered share low high source",
            "-documents share accused source",
        )

    def reply_rate(self) -> measures.ClusteredInterval:
        """Return in what part of all cases (see `replies`) the criticised are heard.

        Cases of one document are taken together, as in `measures.wilson_clustered`.
        """
        cases: defaultdict[str, list[bool]] = defaultdict(list)
        for hearing in hearings(self.facts):
            cases[hearing.document].append(hearing.is_heard)
        return measures.wilson_clustered([(sum(c), len(c)) for c in cases.values()])

    def contested(self) -> pd.DataFrame:
        """Return what part of the claims in each outlet somebody says is not so, highest first.

        Columns: outlet, claims, contested, share, low, high. Claims are those that a source is
        committed to; a cluster of claims is one, and counts for every outlet that has it. One is
        contested when anybody else denies, disputes or rejects it, in any document of the graph.
        The interval is Wilson's.
        """
        claims = contested_claims(self.facts)
        found_in: defaultdict[str, set[str]] = defaultdict(set)
        for claim, case in claims.items():
            for document in self.facts.whole.places(case.made_by):
                found_in[self.facts.whole.outlets.get(document, UNKNOWN_OUTLET)].add(claim)
        rows = []
        for outlet, found in found_in.items():
            hits = sum(claims[claim].is_contested for claim in found)
            bounds = measures.wilson(hits, len(found))._asdict()
            rows.append({"outlet": outlet, "claims": len(found), "contested": hits, **bounds})
        return _table(rows, "outlet claims contested share low high", "-share outlet")

    def chains(self) -> pd.DataFrame:
        """Return how far from its first teller each outlet tells what was said.

        Columns: outlet, attributions, mean_depth (links between the document's own report, which
        is depth 0, and the attribution), deepest, hearsay (attributions of depth 1 and more),
        share (of hearsay), low, high (as in `unnamed`), design_effect. Highest share first.
        """
        depths = chain_depths(self.facts.whole.columns[SAID.nestedIn])
        rows = []
        for outlet, attributions in by_outlet(self.facts, self.facts.sources).items():
            found = [depths.get(attribution, 0) for attribution in attributions]
            clusters = hits_by_document(self.facts, attributions, lambda a: depths.get(a, 0) > 0)
            rows.append(
                {
                    "outlet": outlet,
                    "attributions": len(found),
                    "mean_depth": sum(found) / len(found),
                    "deepest": max(found),
                    "hearsay": sum(depth > 0 for depth in found),
                    **measures.wilson_clustered(clusters)._asdict(),
                }
            )
        columns = "outlet attributions mean_depth deepest hearsay share low high design_effect"
        return _table(rows, columns, "-share outlet")

    def relays(self) -> pd.DataFrame:
        """Return who passes on what others say, highest betweenness first.

        Columns: who, betweenness (`network_measures.betweenness` in the network «chain»), relays
        (attributions in which it reports others), relayed (attributions in which others report
        it), source (IRI).
        """
        chain = network_of(self.facts, NetworkKind.CHAIN)
        assert isinstance(chain, nx.DiGraph)
        rows = [
            {
                "who": chain.nodes[source]["label"],
                "betweenness": score,
                "relays": _distinct(chain.out_edges(source, data="attributions")),
                "relayed": _distinct(chain.in_edges(source, data="attributions")),
                "source": source,
            }
            for source, score in network_measures.betweenness(chain).items()
        ]
        return _table(
            rows, "who betweenness relays relayed source", "-betweenness -relays who source"
        )

    def communities(
        self, kind: str = NetworkKind.CO_CITATION, *, resolution: float = 1.0
    ) -> pd.DataFrame:
        """Return which nodes of a network belong together: a row each, by community.

        Columns: community (1 is the largest), who, node (source, claim or document), attributions,
        id (IRI). See `network_measures.communities`; raises QueryError as `network_of`.
        """
        network = network_of(self.facts, kind)
        groups = network_measures.communities(network, resolution=resolution)
        rows = [_member(network, node, n) for n, group in enumerate(groups, 1) for node in group]
        return _table(rows, "community who node attributions id", "community -attributions who id")


def _table(rows: list[dict[str, Any]], columns: str, order: str = "") -> pd.DataFrame:
    """Return `rows` as a table with these columns, also where there are no rows.

    `order` are the columns to sort by, those with a minus from large to small.
    """
    table = pd.DataFrame(rows, columns=columns.split())
    if not order:
        return table
    return table.sort_values(
        [name.removeprefix("-") for name in order.split()],
        ascending=[not name.startswith("-") for name in order.split()],
        ignore_index=True,
    )


def _distinct(edges: Iterable[tuple[str, str, Iterable[str]]]) -> int:
    return len({attribution for *_, attributions in edges for attribution in attributions})


def _member(network: nx.Graph[str], iri: str, community: int) -> dict[str, Any]:
    node: Mapping[str, Any] = network.nodes[iri]
    return {
        "community": community,
        "who": node["label"],
        "node": node["node"],
        "attributions": node["weight"],
        "id": iri,
    }
