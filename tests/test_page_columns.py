"""The page's tables: what can be listed and filtered, row by row."""

from typing import Any

from examples import corpus, denial, leak, permits
from page_blocks import drawn
from story import Story

from quoth.graph import open_graph
from quoth.graph.vocabulary import SAID


class TestColumns:
    core = drawn(*corpus()).core()

    def rows(self, what: str) -> list[dict[str, Any]]:
        """Return a table row by row, codes as the values that they stand for."""
        lists = {
            "type": "types",
            "anonymity": "anonymities",
            "act": "acts",
            "stance": "stances",
            "certainty": "certainties",
            "polarity": "polarities",
            "temporality": "temporalities",
            "quotation": "quotations",
            "medium": "media",
            "kind": "kinds",
        }
        columns = {k: v for k, v in self.core[what].items() if k != "more"}
        names = list(columns)
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        for row in rows:
            for name, known in lists.items():
                if name in row:
                    row[name] = self.core["lists"][known][row[name]]
        return rows

    def test_attributions_latest_document_first_and_in_text_order(self) -> None:
        titles = self.core["documents"]["title"]
        told = [
            (titles[row["document"]], row["act"], self.core["sources"]["label"][row["source"]])
            for row in self.rows("attributions")
        ]
        assert told == [
            ("reversal", "say", "Maria Vance"),
            ("Denial", "deny", "Maria Vance"),
            ("Denial", "criticise", "Critics"),
            ("Leak", "report", "Northern Wire"),
            ("Leak", "say", "two people familiar with the plan"),
            ("Leak", "unverified", "Harbour Gazette"),
            ("Leak", "no-comment", "Maria Vance"),
            ("Harbour permits", "say", "a senior port official"),
            ("Harbour permits", "insist", "Maria Vance"),
        ]

    def test_what_is_said_of_an_attribution(self) -> None:
        row = self.rows("attributions")[7]
        del row["document"], row["source"]
        assert row == {
            "act": "say",
            "stance": "committed",
            "quotation": "direct",
            "medium": "telephone",
            "certainty": "certain",
            "polarity": "negative",
            "temporality": "non-future",
            "confidence": 97,
            "time": "2024-02-06",
            "parent": -1,
            "contested": 1,
            "cluster": -1,
        }

    def test_the_attribution_around_another_one(self) -> None:
        assert [row["parent"] for row in self.rows("attributions")] == [-1] * 4 + [3] + [-1] * 4

    def test_what_is_not_said_has_the_empty_value(self) -> None:
        refusal = self.rows("attributions")[6]
        assert [refusal[n] for n in ("certainty", "polarity", "temporality", "medium")] == [""] * 4

    def test_sources_most_quoted_first(self) -> None:
        labels = [row["label"] for row in self.rows("sources")]
        assert labels[0] == "Maria Vance"
        assert labels[1:6] == sorted(labels[1:6])
        assert labels[6:] == ["Anna Belmar", "the report"]  # only spoken of

    def test_what_is_said_of_a_source(self) -> None:
        row = self.rows("sources")[0]
        assert row["id"].endswith("/person-maria-vance")
        assert (row["type"], row["anonymity"]) == ("Person", "named")
        assert (row["aliases"], row["merged"]) == (["Vance"], 0)
        assert row["affiliations"] == ["Ministry of Trade and Transport"]

    def test_edges_with_the_attributions_behind_them(self) -> None:
        labels = self.core["sources"]["label"]
        assert [
            (row["kind"], labels[row["from"]], labels[row["to"]], row["by"])
            for row in self.rows("edges")
        ] == [
            ("talks about", "Critics", "Anna Belmar", 2),
            ("relays", "Northern Wire", "two people familiar with the plan", 3),
            ("told", "two people familiar with the plan", "Northern Wire", 4),
            ("told", "a senior port official", "Harbour Gazette", 7),
            ("denies", "Maria Vance", "a senior port official", 8),
            ("talks about", "Maria Vance", "the report", 8),
        ]

    def test_documents(self) -> None:
        assert self.rows("documents")[3] == {
            "id": self.core["documents"]["id"][3],
            "key": permits().document.key,
            "title": "Harbour permits",
            "publisher": "Daily Example",
            "author": "Jo Writer",
            "date": "2024-02-06",
            "url": "https://example.org/news/2024/02/06/permits",
            "chunk": 0,
        }

    def test_totals_count_the_whole_graph(self) -> None:
        assert self.core["totals"] == {
            "attributions": 9,
            "sources": 6,
            "documents": 4,
            "own_claims": 2,
            "unnamed_sources": 3,
            "unspecified_sources": 0,
            "unnamed_attributions": 3,
            "unspecified_attributions": 0,
        }

    def test_words(self) -> None:
        words = drawn(denial()).data.block("words")
        assert words["claims"] == [
            "that the port would close",
            "Anna Belmar of lobbying for the closure",
        ]
        assert words["cues"] == ["denied", "accused"]


def test_several_speakers_of_one_attribution() -> None:
    story = Story("Vance and Belmar agreed.")
    both = (story.source("Vance"), story.source("Belmar"))
    story.says(*both, sentence="Vance and Belmar agreed.", cue="agreed")
    columns = drawn(story.extraction()).core()["attributions"]
    assert (columns["source"], columns["more"]) == ([0], {"0": [1]})


def test_a_document_of_which_nothing_is_known() -> None:
    story = Story("Vance agreed.")
    story.says(story.source("Vance"), sentence="Vance agreed.", cue="agreed")
    columns = drawn(story.extraction()).core()["documents"]
    assert [columns[name] for name in ("title", "publisher", "author", "date", "url")] == [[""]] * 5


def test_an_address_that_runs_is_none() -> None:
    story = Story("Vance agreed.", url="javascript:alert(1)")
    story.says(story.source("Vance"), sentence="Vance agreed.", cue="agreed")
    assert drawn(story.extraction()).core()["documents"]["url"] == [""]


def test_attributions_in_no_document_are_listed_without_a_text() -> None:
    """A graph from elsewhere may leave out what quoth always writes."""
    graph = open_graph()
    graph.add(leak())
    acts = f"?act a <{SAID.Attribution}> ; <{SAID.inDocument}> ?document"
    graph.dataset.update(
        f"DELETE {{ GRAPH ?g {{ ?act <{SAID.inDocument}> ?document }} }} "
        f"WHERE {{ GRAPH ?g {{ {acts} }} }}"
    )
    data = graph.draw().data
    assert data.columns["attributions"]["document"] == [-1] * 4
    assert sorted(data.block("words")["cues"]) == [
        "declined to comment",
        "reported",
        "told",
        "was unable to verify",
    ]
    assert data.block("chunk-0")["evidence"] == {}
