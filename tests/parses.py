"""Small hand-built parses, and drafts on them."""

import spacy
from spacy.tokens import Doc

from quoth.extractors.drafts import Draft, Range, register_extensions
from quoth.extractors.lemmas import Lemmatizer

VOCAB = spacy.blank("en").vocab
LEMMAS = Lemmatizer(
    {
        "lemma_exc": {"verb": {"said": ["say"], "told": ["tell"]}, "noun": {}},
        "lemma_index": {
            "verb": {"accuse", "add", "warn", "blame", "emerge", "confirm", "deny", "believe"},
            "noun": {"claim", "charge"},
        },
        "lemma_rules": {
            "verb": [["ing", ""], ["ied", "y"], ["ies", "y"], ["ed", "e"], ["ed", ""], ["s", ""]],
            "noun": [["s", ""]],
        },
    }
)


def parse(*tokens: tuple[str, str, int, str]) -> Doc:
    """Build a parse from (form, tag, position of the head, relation)."""
    register_extensions()
    forms, tags, heads, deps = zip(*tokens, strict=True)
    return Doc(VOCAB, words=list(forms), tags=list(tags), heads=list(heads), deps=list(deps))


def draft(
    word: str, source: Range | None, cue: Range, *content: Range, log_odds: float = 1.0
) -> Draft:
    """A draft whose cue's first token is its head."""
    return Draft(
        head=cue[0], word=word, frame="", source=source, cue=cue, content=list(content),
        log_odds=log_odds, passive=False,
    )  # fmt: skip


def words(doc: Doc, *ranges: Range | None) -> list[str]:
    """The words of token ranges, those that are None left out."""
    return [" ".join(t.text for t in doc[r[0] : r[1]]) for r in ranges if r is not None]
