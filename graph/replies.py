"""Whether those who are criticised are heard in the same document."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quoth.extractors.values import SpeechAct
from quoth.graph.vocabulary import ACT, SAID

if TYPE_CHECKING:
    from quoth.graph.facts import Facts


class Hearing(NamedTuple):
    """A source that criticism in a document mentions, and whether it says anything there."""

    document: str
    accused: str
    is_heard: bool


def hearings(facts: Facts) -> list[Hearing]:
    """Return who is criticised in which document, sorted, each once a document.

    As in the named questions «reply-rate» and «accused-unheard»: whoever is attributed anything
    in the document is heard, also with «no comment» or under a name that was merged into another
    one, and so is the outlet in its own voice. Criticism in a document's own voice does not count.
    """
    criticism = str(ACT[SpeechAct.CRITICISE.value])
    acts = facts.whole.columns[SAID.speechAct]
    about = facts.whole.merged(SAID.about)
    accused: defaultdict[str, set[str]] = defaultdict(set)
    for attribution in facts.sources:
        if criticism in acts.get(attribution, ()):
            for document in facts.whole.places([attribution]):
                for claim in facts.whole.claims.get(attribution, ()):
                    accused[document].update(about.get(claim, ()))
    heard: defaultdict[str, set[str]] = defaultdict(set)
    for class_, column in (
        (SAID.Attribution, facts.whole.sources),
        (SAID.OwnVoice, facts.whole.voices),
    ):
        places = facts.whole.columns.of(class_, SAID.inDocument)
        for attribution, sources in column.items():
            for document in places.get(attribution, ()):
                if document in accused:
                    heard[document].update(sources)
    return [
        Hearing(document, source, source in heard[document])
        for document in sorted(accused)
        for source in sorted(accused[document])
    ]
