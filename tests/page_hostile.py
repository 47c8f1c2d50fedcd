"""Thirty strings that try to get out of a page, in every text field of every record."""

from datetime import date

from story import Story

from quoth.extractors.records import (
    Channel,
    ClaimLink,
    Extraction,
    Extractor,
    Proposition,
    Utterance,
)
from quoth.extractors.values import LinkType, Medium, MentionForm, SourceType

HOSTILE = [
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "'><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<style>*{display:none}</style>",
    "</style><body onload=window.pwned=1>",
    "</title><script>window.pwned=1</script>",
    "<!--<script>window.pwned=1//-->",
    "]]><script>window.pwned=1</script>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<a href=javascript:window.pwned=1>click</a>",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "href=javascript:window.pwned=1",
    "{{7*7}}${window.pwned=1}{%raw%}",
    "&quot;&lt;b&gt;&#x3c;script&#x3e;",
    '\\"}];window.pwned=1;//',
    "\\u003cscript\\u003ewindow.pwned=1",
    "`tick ${parent.pwned=1}`",
    "__proto__",
    "constructor.prototype",
    "toString",
    "\u202ereversed\u2066 and open",
    "\u2067\u2067\u202b never closed",
    "line\u2028end\u2029",
    "=HYPERLINK(window.pwned)",
    "Zalgo \u0335\u0336\u0337\u0338\u0340\u0341\u0342 🏴‍☠️ text",
    "W" * 400,
]


def hostile() -> list[Extraction]:
    """Return a document for each string, with a claim and a denial made of it."""
    return [_document(number, words) for number, words in enumerate(HOSTILE)]


def _document(number: int, words: str) -> Extraction:
    said = f"{words} told {words} that {words} left {words} on {words} by {words} for {words}."
    denied = f"A clerk {number} said {words} was false."
    story = Story(
        f"{said}\n{denied}",
        id=f"{number} {words}",
        url=words if number % 2 else f"javascript:window.pwned={number}",
        title=words,
        publisher=words,
        author=words,
        date=date(2031, 1, 1 + number),
    )
    fields = {"aliases": (f"{words} too",), "affiliation": words}
    source = story.source(words, **fields)
    heard = story.source(words, SourceType.ORGANISATION, nth=2, **fields)
    clerk = story.source(f"A clerk {number}")
    day = date(2031, 1, 1)
    first = story.says(
        source,
        sentence=said,
        cue="told",
        cue_lemma=words,
        mention=story.mention(words, source, form=MentionForm.DESCRIPTION, described_as=words),
        claim=story.claim(
            story.document.span(said.index("that "), said.index(" on ", said.index(" left "))),
            propositions=(
                Proposition(
                    subject=story.span(words, 3),
                    predicate=story.span("left"),
                    object=story.span(words, 4),
                    lemma=words,
                ),
            ),
            about=(story.mention(words, heard, nth=3),),
        ),
        addressees=(heard,),
        addressee_mention=story.mention(words, heard, nth=2),
        time=Utterance(span=story.span(words, 5), edtf="2031-01-01", first=day, last=day),
        channel=Channel(span=story.span(words, 6), medium=Medium.RADIO),
        anonymity_reason=story.span(words, 7),
    )
    story.says(
        clerk,
        sentence=denied,
        cue=story.document.span(
            len(said) + 1 + denied.index("said"), len(said) + 5 + denied.index("said")
        ),
        claim=story.claim(story.span(words, 8)),
        links=(
            ClaimLink(type=LinkType.DENIES, evidence=story.span("was false"), target=first.key),
        ),
    )
    return story.extraction(Extractor(name="rules", version="1", model=words))
