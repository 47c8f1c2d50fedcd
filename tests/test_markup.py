"""What notebooks and terminals show of records, results and graphs."""

import re
from html import unescape
from io import StringIO

from examples import corpus, permits
from hypothesis import given, settings
from rich.console import Console
from story import Story
from strategies import extractions

from quoth.extractors.marks import MOST_ATTRIBUTIONS
from quoth.extractors.printable import printable
from quoth.extractors.records import Attribution, Extraction
from quoth.extractors.terminal import SIGNS, attribution_text
from quoth.graph import open_graph
from quoth.graph.results import Result

MARK = re.compile(r'<span style="[^"]*" title="([^"]*)">(.*?)</span>', re.DOTALL)


def html(shown: Attribution | Extraction | Result) -> str:
    return shown._repr_html_()


def marks(attribution: Attribution) -> list[tuple[str, str]]:
    """Return the marked pieces, with what they are."""
    return [(unescape(text), parts) for parts, text in MARK.findall(html(attribution))]


def test_source_cue_and_content_are_marked() -> None:
    told, insisted = permits().attributions
    assert marks(told) == [
        ('"No ship may leave without a permit,"', "content"),
        ("a senior port official", "source"),
        ("told", "cue"),
    ]
    assert marks(insisted)[1:] == [("insisted", "cue"), ("the report was false", "content")]
    assert "<strong>a senior port official</strong>" in html(told)
    assert "committed, say, 2024-02-06, to Harbour Gazette" in html(told)


def test_a_part_inside_another_is_both() -> None:
    story = Story("It is, Ruiz said, safe.")
    ruiz = story.source("Ruiz")
    attribution = story.says(
        ruiz,
        sentence=story.document.text,
        cue="said",
        mention=story.mention("Ruiz", ruiz),
        claim=story.claim(story.document.text),
    )
    assert marks(attribution) == [
        ("It is, ", "content"),
        ("Ruiz", "source, content"),
        (" ", "content"),
        ("said", "cue, content"),
        (", safe.", "content"),
    ]


def test_nothing_of_an_article_is_run() -> None:
    story = Story("<script>x</script> said <b>it</b>.", title="<img src=x>", publisher="<i>P</i>")
    source = story.source("<script>x</script>")
    story.says(source, sentence=story.document.text, cue="said", claim=story.claim("<b>it</b>"))
    shown = html(story.extraction())
    for tag in ("<script", "<img", "<b>", "<i>"):
        assert tag not in shown
    assert "&lt;script&gt;" in shown


def test_an_extraction() -> None:
    shown = html(permits())
    assert "<strong>Harbour permits</strong>" in shown
    assert "Daily Example · Jo Writer · 2024-02-06 · 2 attributions" in shown
    assert shown.count("<li>") == 2


def test_a_long_extraction_says_how_much_is_left_out() -> None:
    story = Story("Ruiz said it. " * (MOST_ATTRIBUTIONS + 3))
    ruiz = story.source("Ruiz")
    for number in range(1, MOST_ATTRIBUTIONS + 4):
        story.says(ruiz, sentence="Ruiz said it.", cue=story.span("said", number))
    shown = html(story.extraction())
    assert shown.count("<li>") == MOST_ATTRIBUTIONS
    assert "<p>and 3 more</p>" in shown


@given(extractions())
@settings(max_examples=50)
def test_the_sentence_is_there_whole(extraction: Extraction) -> None:
    for attribution in extraction:
        body = html(attribution).partition('pre-line">')[2].removesuffix("</span></div>")
        sentence = attribution.sentence.text.encode("utf-8", "replace").decode()
        assert unescape(re.sub(r"</?span[^>]*>", "", body)) == sentence


def test_a_result() -> None:
    shown = html(Result(("who", "when"), (("<b>Ruiz", None), ("Holm", 3))))
    assert "<th>who</th>" in shown
    assert "&lt;b&gt;Ruiz" in shown
    assert "<b>" not in shown
    assert "2 rows" in shown


def test_a_graph() -> None:
    with open_graph() as graph:
        graph.add(corpus())
        shown = graph._repr_html_()
    assert "&lt;SourceGraph in memory&gt;" in shown
    assert "4 documents, 9 attributions" in shown


def test_a_closed_graph_says_so() -> None:
    graph = open_graph()
    graph.close()
    assert "the graph is closed; open it again" in graph._repr_html_()


def terminal(shown: object, width: int = 100) -> str:
    """Return what rich prints of something, without colours."""
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(shown)
    return console.file.getvalue()  # type: ignore[attr-defined]


class TestATerminal:
    def test_parts_stand_in_signs(self) -> None:
        told, _ = permits().attributions
        who, sentence = terminal(told, width=300).splitlines()
        assert who == "a senior port official  committed, say, 2024-02-06, to Harbour Gazette"
        assert sentence.startswith(
            '["No ship may leave without a permit,"] {a senior port official}'
        )
        assert "<told>" in sentence

    def test_a_part_inside_another_is_inside_its_signs(self) -> None:
        story = Story("It is, Ruiz said, safe.")
        ruiz = story.source("Ruiz")
        attribution = story.says(
            ruiz,
            sentence=story.document.text,
            cue="said",
            mention=story.mention("Ruiz", ruiz),
            claim=story.claim(story.document.text),
        )
        assert terminal(attribution).splitlines()[1] == "[It is, {Ruiz} <said>, safe.]"

    def test_nothing_of_an_article_drives_it(self) -> None:
        story = Story("\x1b[31mRuiz\u202e said [red]it[/red].", title="A\x07 [b]title[/b]")
        ruiz = story.source("Ruiz\u202e")
        story.says(ruiz, sentence=story.document.text, cue="said", claim=story.claim("[red]it"))
        extraction = story.extraction()
        rows = Result(("[b]who",), (("\x1b[31m[red]Ruiz",),))
        for shown in (extraction, extraction.document, extraction.attributions[0], rows):
            printed = terminal(shown)
            assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", printed)
            assert "[red]" in printed

    @given(extractions())
    @settings(max_examples=25)
    def test_signs_are_closed_as_they_are_opened(self, extraction: Extraction) -> None:
        for attribution in extraction:
            shown = attribution_text(attribution).plain.partition("\n")[2]
            words = printable(attribution.sentence.text, edges=True)
            for opening, closing in SIGNS.values():
                added = [shown.count(sign) - words.count(sign) for sign in (opening, closing)]
                assert added[0] == added[1] >= 0

    def test_a_document_an_extraction_a_result_and_a_graph(self) -> None:
        shown = terminal(permits())
        assert shown.startswith(
            "Harbour permits\nDaily Example · Jo Writer · 2024-02-06 · 2 attributions\n"
        )
        assert "No ship may leave" in terminal(permits().document)
        table = terminal(Result(("who", "when"), (("Ruiz", None), ("Holm", 3))))
        assert [line.split() for line in table.splitlines() if "─" not in line] == [
            ["who", "when"],
            ["Ruiz"],
            ["Holm", "3"],
        ]
        assert "… 100 rows" in terminal(Result(("n",), tuple((n,) for n in range(100))))
        with open_graph() as graph:
            graph.add(corpus())
            assert terminal(graph) == "<SourceGraph in memory>\n4 documents, 9 attributions\n"


@given(extractions())
@settings(max_examples=25)
def test_plain_representations_are_one_short_line(extraction: Extraction) -> None:
    parts = [extraction, extraction.document, *extraction, *(a.claim for a in extraction)]
    for part in parts:
        assert len(repr(part)) < 400
        assert repr(part).isprintable()


def test_plain_representations() -> None:
    extraction = permits()
    told = extraction.attributions[0]
    assert repr(extraction.document).startswith("<Document 'Harbour permits', 2024-02-06, ")
    assert repr(extraction).endswith(": 2 attributions, 5 sources>")
    assert repr(told).startswith(f"<Attribution {told.key} 'a senior port official: No ship")
    assert repr(Result(("who", "n"), (("a", 1),))) == "<Result: 1 row of who, n>"


def test_a_document() -> None:
    story = Story("Line.\n\nIt <b>is</b>.", title="<img src=x>", begin=7)
    shown = story.document._repr_html_()
    assert "&lt;img src=x&gt;" in shown
    assert '<span style="opacity:0.6">Line.\n\n</span>It &lt;b&gt;is' in shown


def test_styles_reach_nothing_else() -> None:
    extraction = permits()
    for shown in (extraction, extraction.document, extraction.attributions[0]):
        html_ = shown._repr_html_()
        assert "<style" not in html_
        assert " class=" not in html_
        assert html_.count("<div") == html_.count("</div>")
        assert html_.count("<span") == html_.count("</span>")
