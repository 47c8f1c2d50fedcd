"""What notebooks show of records, results and graphs."""

import re
from html import unescape

from factories import Story, corpus, permits
from hypothesis import given, settings
from strategies import extractions

from quoth.extractors.markup import MOST_ATTRIBUTIONS
from quoth.extractors.records import Attribution, Extraction
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
    assert "Daily Example · 2024-02-06 · 2 attributions" in shown
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
