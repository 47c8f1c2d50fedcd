"""How claims and the saying itself are told: polarity, certainty, time, and on which words."""

from collections.abc import Callable

import pytest

from quoth.extractors.records import Extraction

Extract = Callable[[str], Extraction]


@pytest.mark.parametrize(
    ("text", "told", "words"),
    [
        ("She said the wall fell.", ("positive", "certain", "non-future"), []),
        ("She said the wall did not fall.", ("negative", "certain", "non-future"), ["not"]),
        ("She said nobody fell.", ("negative", "certain", "non-future"), ["nobody"]),
        ("She said the wall may fall.", ("positive", "possible", "non-future"), ["may"]),
        ("She said the wall will fall.", ("positive", "certain", "future"), ["will"]),
        ("She said the wall would fall.", ("positive", "certain", "future"), ["would"]),
        (
            "She said the wall was likely to fall.",
            ("positive", "probable", "non-future"),
            ["likely"],
        ),
        ("She asked whether the wall fell.", ("positive", "underspecified", "non-future"), None),
    ],
)
def test_claims(
    extract: Extract, text: str, told: tuple[str, str, str], words: list[str] | None
) -> None:
    claim = extract(text).attributions[0].claim
    assert claim is not None
    assert (claim.polarity, claim.certainty, claim.temporality) == told
    if words is not None:
        assert [span.text for span in claim.modality] == words


@pytest.mark.parametrize(
    ("text", "cue", "certainty", "temporality"),
    [
        ("She said the wall fell.", "said", "certain", "non-future"),
        ("She will announce that the pier closes.", "will announce", "certain", "future"),
        ("She may say that the pier closes.", "may say", "possible", "non-future"),
        ("If she says that the pier closes, we go.", "says", "underspecified", "future"),
        ("She wants to announce that the pier closes.", "announce", "underspecified", "future"),
    ],
)
def test_whether_it_was_said_at_all(
    extract: Extract, text: str, cue: str, certainty: str, temporality: str
) -> None:
    found = next(a for a in extract(text) if a.cue is not None and str(a.cue).endswith(cue))
    assert (found.cue_certainty, found.cue_temporality) == (certainty, temporality)
