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

THRESHOLD = -0.7
"""Log-odds that gave the best content+source F1 on PolNeAR's dev part."""

NESTED_THRESHOLD = -0.75
"""The same for clauses inside another's content, chosen on GUM's news and interviews."""

MODEL_NESTED_THRESHOLD = 0.0
"""Log-odds of the model inside its own contents, chosen on GUM's news and interviews."""

MODEL_RULES_NESTED_THRESHOLD = -0.75
"""The same for candidates that only the rules see there."""


def paragraphs(nlp: Language, name: str) -> Component:
    """Make the component that starts sentences at paragraph breaks; put it before the parser."""
    from quoth.extractors.components.paragraphs import Paragraphs

    return Paragraphs()


def quotations(nlp: Language, name: str) -> Component:
    """Make the component that finds quotations."""
    from quoth.extractors.components.quotations import Quotations

    return Quotations()


def attributions(nlp: Language, name: str, threshold: float, nested_threshold: float) -> Component:
    """Make the component that finds attributions; needs parser, tagger and quotations."""
    from quoth.extractors.components.attributions import Attributions
    from quoth.extractors.evidence import Evidence
    from quoth.extractors.lemmas import Lemmatizer

    return Attributions(Evidence.load(), Lemmatizer.of(nlp), threshold, nested_threshold)


def model(
    nlp: Language, name: str, nested_threshold: float, rules_nested_threshold: float
) -> Component:
    """Make the component that finds attributions with the trained model; needs what the rules do.

    Raises DamagedModelError when a file of the model is not the one that was released.
    """
    from quoth.extractors.components.attributions import Attributions
    from quoth.extractors.components.model import LOOSE, ModelAttributions
    from quoth.extractors.evidence import Evidence
    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.neural.network import Network

    lemmas = Lemmatizer.of(nlp)
    return ModelAttributions(
        Network.load(),
        Attributions(Evidence.load(), lemmas, LOOSE, LOOSE),
        lemmas,
        nested_threshold=nested_threshold,
        rules_nested_threshold=rules_nested_threshold,
    )


def boundaries(nlp: Language, name: str) -> Component:
    """Make the component that corrects where sources and contents end."""
    from quoth.extractors.components.boundaries import Boundaries

    return Boundaries()


def constructions(nlp: Language, name: str) -> Component:
    """Make the component that knows set phrases («it emerged that», «a charge he denies»)."""
    from quoth.extractors.components.constructions import Constructions
    from quoth.extractors.lemmas import Lemmatizer

    return Constructions(Lemmatizer.of(nlp))


def withholding(nlp: Language, name: str) -> Component:
    """Make the component that finds what is withheld («declined to comment»)."""
    from quoth.extractors.components.withholding import Withholding
    from quoth.extractors.lemmas import Lemmatizer

    return Withholding(Lemmatizer.of(nlp))


def nesting(nlp: Language, name: str) -> Component:
    """Make the component that tells outer attributions from those inside them."""
    from quoth.extractors.components.nesting import Nesting

    return Nesting()


def stances(nlp: Language, name: str) -> Component:
    """Make the component that gives speech acts and stances."""
    from quoth.extractors.components.stance import Stances
    from quoth.extractors.lexicon import CueLexicon

    return Stances(CueLexicon.load())


def circumstances(nlp: Language, name: str) -> Component:
    """Make the component that finds addressees and media."""
    from quoth.extractors.components.circumstances import Circumstances
    from quoth.extractors.lemmas import Lemmatizer

    return Circumstances(Lemmatizer.of(nlp))


def times(nlp: Language, name: str) -> Component:
    """Make the component that finds when something was said."""
    from quoth.extractors.components.times import Times

    return Times()


def reasons(nlp: Language, name: str) -> Component:
    """Make the component that finds why sources are not named."""
    from quoth.extractors.components.reasons import Reasons

    return Reasons()


def sources(nlp: Language, name: str) -> Component:
    """Make the component that brings the mentions of one source together."""
    from quoth.extractors.antecedents import load_weights
    from quoth.extractors.components.sources import Sources
    from quoth.extractors.lemmas import Lemmatizer
    from quoth.extractors.names import SourceWords

    return Sources(SourceWords.load(), Lemmatizer.of(nlp), load_weights())


def voice(nlp: Language, name: str) -> Component:
    """Make the component that collects what the document says in its own voice."""
    from quoth.extractors.components.voice import Voice

    return Voice()


def claims(nlp: Language, name: str) -> Component:
    """Make the component that reads what is claimed."""
    from quoth.extractors.components.claims import Claims
    from quoth.extractors.lemmas import Lemmatizer

    return Claims(Lemmatizer.of(nlp))


def responses(nlp: Language, name: str) -> Component:
    """Make the component that links denials and the like to what they answer."""
    from quoth.extractors.components.responses import Responses
    from quoth.extractors.lemmas import Lemmatizer

    return Responses(Lemmatizer.of(nlp))


STAGES = (
    "quoth_quotations",
    "quoth_attributions",
    "quoth_boundaries",
    "quoth_constructions",
    "quoth_withholding",
    "quoth_nesting",
    "quoth_stances",
    "quoth_circumstances",
    "quoth_times",
    "quoth_reasons",
    "quoth_voice",
    "quoth_claims",
    "quoth_sources",
    "quoth_responses",
)
"""The components after the parser, in the order in which they build on one another."""

MODEL_STAGES = tuple("quoth_model" if s == "quoth_attributions" else s for s in STAGES)
"""The same with the trained model's attributions."""


def register() -> None:
    """Register every component with spaCy; calling it again changes nothing."""
    parse = ["token.dep", "token.tag"]
    drafts = ["doc._.attributions"]
    factory = Language.factory
    factory("quoth_paragraphs", assigns=["token.is_sent_start"], func=paragraphs)
    factory("quoth_quotations", assigns=["doc.spans"], func=quotations)
    factory(
        "quoth_attributions",
        requires=[*parse, "doc.spans"],
        assigns=drafts,
        default_config={"threshold": THRESHOLD, "nested_threshold": NESTED_THRESHOLD},
        func=attributions,
    )
    factory(
        "quoth_model",
        requires=[*parse, "doc.spans"],
        assigns=drafts,
        default_config={
            "nested_threshold": MODEL_NESTED_THRESHOLD,
            "rules_nested_threshold": MODEL_RULES_NESTED_THRESHOLD,
        },
        func=model,
    )
    factory(
        "quoth_boundaries",
        requires=[*parse, *drafts, "doc.spans"],
        assigns=drafts,
        func=boundaries,
    )
    factory("quoth_constructions", requires=[*parse, *drafts], assigns=drafts, func=constructions)
    factory("quoth_withholding", requires=parse, assigns=drafts, func=withholding)
    factory("quoth_nesting", requires=drafts, assigns=drafts, func=nesting)
    factory("quoth_stances", requires=[*parse, *drafts], assigns=drafts, func=stances)
    factory("quoth_circumstances", requires=[*parse, *drafts], assigns=drafts, func=circumstances)
    factory("quoth_times", requires=[*parse, *drafts], assigns=drafts, func=times)
    factory("quoth_reasons", requires=drafts, assigns=drafts, func=reasons)
    factory("quoth_voice", requires=drafts, assigns=["doc._.own_claims"], func=voice)
    factory("quoth_claims", requires=[*parse, *drafts], assigns=drafts, func=claims)
    factory(
        "quoth_sources",
        requires=[*parse, *drafts, "doc._.own_claims"],
        assigns=[*drafts, "doc._.sources"],
        func=sources,
    )
    factory("quoth_responses", requires=[*parse, *drafts], assigns=drafts, func=responses)


register()
