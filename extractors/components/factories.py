"""The one place where quoth's spaCy components get their names.

spaCy imports this module through the entry points of the package, so that
``nlp.add_pipe("quoth_attributions")`` works in anybody's pipeline. Nothing heavy is loaded before a
component is made.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

Component = Callable[[Doc], Doc]

THRESHOLD = -0.85
"""Log-odds that gave the best content+source F1 on PolNeAR's dev part."""


def paragraphs(nlp: Language, name: str) -> Component:
    """Make the component that starts sentences at paragraph breaks; put it before the parser."""
    from quoth.extractors.components.paragraphs import Paragraphs

    return Paragraphs()


def quotations(nlp: Language, name: str) -> Component:
    """Make the component that finds quotations."""
    from quoth.extractors.components.quotations import Quotations

    return Quotations()


def attributions(nlp: Language, name: str, threshold: float) -> Component:
    """Make the component that finds attributions; needs parser, tagger and quotations."""
    from quoth.extractors.components.attributions import Attributions
    from quoth.extractors.evidence import Evidence
    from quoth.extractors.lemmas import Lemmatizer

    return Attributions(Evidence.load(), Lemmatizer.of(nlp), threshold)


def register() -> None:
    """Register every component with spaCy; calling it again changes nothing."""
    Language.factory("quoth_paragraphs", assigns=["token.is_sent_start"], func=paragraphs)
    Language.factory("quoth_quotations", assigns=["doc.spans"], func=quotations)
    Language.factory(
        "quoth_attributions",
        requires=["token.dep", "token.tag", "doc.spans"],
        assigns=["doc._.attributions"],
        default_config={"threshold": THRESHOLD},
        func=attributions,
    )


register()
