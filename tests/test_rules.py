"""What the rules find in sentences that each show one construction of newswire."""

from collections.abc import Callable

import pytest

from quoth.extractors.records import Attribution, Extraction
from quoth.extractors.values import QuotationType

Extract = Callable[[str], Extraction]
Parts = tuple[str | None, str | None, tuple[str, ...]]

CASES: dict[str, tuple[str, Parts]] = {
    "that clause": (
        "The minister said that the harbour would reopen on Friday.",
        ("The minister", "said", ("that the harbour would reopen on Friday",)),
    ),
    "clause without that": (
        "The union says the divers were never paid.",
        ("The union", "says", ("the divers were never paid",)),
    ),
    "content before the cue": (
        "The harbour would reopen on Friday, the minister said.",
        ("the minister", "said", ("The harbour would reopen on Friday",)),
    ),
    "inverted cue": (
        "“The harbour is finished,” said Marit Oskarvik.",
        ("Marit Oskarvik", "said", ("“The harbour is finished,”",)),
    ),
    "quotation that goes on": (
        "“The harbour is finished,” she said. “Nobody will pay for a new one.”",
        ("she", "said", ("“The harbour is finished,”", "“Nobody will pay for a new one.”")),
    ),
    "colon": (
        "The mayor was blunt. He added: “Nobody will pay for a new harbour.”",
        ("He", "added", ("“Nobody will pay for a new harbour.”",)),
    ),
    "addressee is no content": (
        "Two officials told the Gazette that the wall was sinking.",
        ("Two officials", "told", ("that the wall was sinking",)),
    ),
    "according to": (
        "The wall was sinking, according to a leaked memo.",
        ("a leaked memo", "according to", ("The wall was sinking",)),
    ),
    "participle inherits its source": (
        "Thorvane backed her colleague, adding that the facts would come out.",
        ("Thorvane", "adding", ("that the facts would come out",)),
    ),
    "noun cue": (
        "Nobody believed his claim that the wall had been inspected.",
        ("his", "claim", ("that the wall had been inspected",)),
    ),
    "belief": (
        "The insurers believe the wall will fall.",
        ("The insurers", "believe", ("the wall will fall",)),
    ),
    "stance on a noun phrase": (
        "The opposition rejected the proposal on Monday.",
        ("The opposition", "rejected", ("the proposal",)),
    ),
    "unpaired mark": (
        "“The harbour is finished and nobody will pay, said Marit Oskarvik.",
        ("Marit Oskarvik", "said", ("The harbour is finished and nobody will pay",)),
    ),
    "quotation over two paragraphs": (
        "“The harbour is finished,” she said. “We told them.\n\n“Nobody listened to us at all.”",
        (
            "she",
            "said",
            ("“The harbour is finished,”", "“We told them.", "“Nobody listened to us at all.”"),
        ),
    ),
    "signature": (
        "“The harbour is finished and nobody will pay for it.” — Marit Oskarvik",
        ("Marit Oskarvik", "—", ("“The harbour is finished and nobody will pay for it.”",)),
    ),
}


def parts(attribution: Attribution) -> Parts:
    mention, cue = attribution.mention, attribution.cue
    return (
        mention.span.text if mention else None,
        cue.text if cue else None,
        tuple(span.text for span in attribution.content),
    )


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_construction(extract: Extract, text: str, expected: Parts) -> None:
    assert expected in [parts(attribution) for attribution in extract(text)]


def test_passive_without_agent_has_no_mention(extract: Extract) -> None:
    (found,) = extract("It was alleged that the inspector had been bribed.")
    assert found.mention is None or found.mention.span.text == "It"
    assert found.source.label in ("unspecified", "It")


def test_quotation_without_any_cue_has_neither_cue_nor_mention(extract: Extract) -> None:
    text = (
        "“The harbour is finished,” said Marit Oskarvik.\n\nA crane stands idle at the pier.\n\n"
        "“It was the finest harbour on this coast and they let it sink.”"
    )
    last = list(extract(text))[-1]
    assert (last.cue, last.mention) == (None, None)
    assert last.source.label == "Marit Oskarvik"


def test_nested_attribution_names_its_outer_one(extract: Extract) -> None:
    found = extract("The agency said two officials had told it that the wall was sinking.")
    outer, inner = (next(a for a in found if str(a.cue) == cue) for cue in ("said", "had told"))
    assert (outer.depth, outer.nested_in) == (0, None)
    assert (inner.depth, inner.nested_in) == (1, outer.key)


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("“The wall is sinking,” the mayor said.", QuotationType.DIRECT),
        ("The mayor said the wall was “sinking like a stone”.", QuotationType.MIXED),
        ("The mayor said the wall was sinking.", QuotationType.INDIRECT),
    ],
)
def test_quotation_type(extract: Extract, text: str, quotation: QuotationType) -> None:
    (found,) = extract(text)
    assert found.quotation is quotation


def test_a_sentence_that_attributes_nothing_is_the_documents_own_claim(extract: Extract) -> None:
    found = extract("The crane stands idle. The mayor said the wall was sinking.")
    (own,) = found.own_claims
    assert str(own.claim) == "The crane stands idle."
    assert own.source.label == "Harbour Post"
    assert own.triple == ("The crane", "The crane stands idle.", "Harbour Post")


def test_every_sentence_is_attributed_or_the_documents_own(extract: Extract) -> None:
    text = "Rain fell. The mayor said the wall was sinking. A crane stood idle. Nobody worked."
    found = extract(text)
    covered = [a.sentence.text for a in (*found.attributions, *found.own_claims)]
    assert all(sentence in covered for sentence in text.replace(". ", ".|").split("|"))
