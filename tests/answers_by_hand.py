"""The corpus with a cluster, and the rows that every named question gives over it by hand."""

from collections.abc import Callable
from datetime import date

from examples import corpus, denial, leak, permits, reversal
from rdflib import RDF, URIRef

from quoth.graph import SourceGraph
from quoth.graph.vocabulary import ID, LINKS_GRAPH, SAID


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
