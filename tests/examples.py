"""Four small documents of invented news, and what is found in them by hand."""

from dataclasses import replace
from datetime import date

from story import Story

from quoth.extractors.records import (
    Channel,
    ClaimLink,
    Extraction,
    Proposition,
    Utterance,
)
from quoth.extractors.values import (
    Anonymity,
    Certainty,
    LinkType,
    Medium,
    MentionForm,
    Polarity,
    QuotationType,
    SourceType,
    SpeechAct,
    Stance,
    Temporality,
)


def permits() -> Extraction:
    """Return an unnamed official's claim, a named denial of it, and a sentence of the paper's own.

    Every optional field of the records is filled somewhere in it.
    """
    story = Story(
        '"No ship may leave without a permit," a senior port official told the Harbour Gazette '
        "on Tuesday in a telephone interview.\n"
        "Ministry spokeswoman Maria Vance insisted the report was false.\n"
        "The harbour opened in 1954.",
        id="permits",
        url="https://example.org/news/2024/02/06/permits",
        title="Harbour permits",
        date=date(2024, 2, 6),
        publisher="Daily Example",
        author="Jo Writer",
    )
    first, second, third = story.document.text.split("\n")
    official = story.source(
        "a senior port official", SourceType.PERSON, Anonymity.UNNAMED, affiliation="Port Authority"
    )
    gazette = story.source("the Harbour Gazette", SourceType.ORGANISATION, label="Harbour Gazette")
    vance = story.source(
        "Maria Vance", aliases=("Vance",), affiliation="Ministry of Trade and Transport"
    )
    report = story.source("the report", SourceType.DOCUMENT, Anonymity.UNSPECIFIED)
    told = story.says(
        official,
        sentence=first,
        cue="told",
        cue_lemma="tell",
        mention=story.mention(
            "a senior port official",
            official,
            form=MentionForm.DESCRIPTION,
            described_as="senior port official",
            confidence=0.9,
        ),
        claim=story.claim(
            '"No ship may leave without a permit,"',
            polarity=Polarity.NEGATIVE,
            propositions=(
                Proposition(
                    subject=story.span("No ship"),
                    predicate=story.span("may leave"),
                    object=story.span("without a permit"),
                    lemma="leave",
                    confidence=0.8,
                ),
            ),
        ),
        quotation=QuotationType.DIRECT,
        addressees=(gazette,),
        addressee_mention=story.mention("the Harbour Gazette", gazette),
        channel=Channel(span=story.span("telephone interview"), medium=Medium.TELEPHONE),
        time=Utterance(
            span=story.span("on Tuesday"),
            edtf="2024-02-06",
            first=date(2024, 2, 6),
            last=date(2024, 2, 6),
            anchor=date(2024, 2, 6),
        ),
        confidence=0.97,
    )
    story.says(
        vance,
        sentence=second,
        cue="insisted",
        cue_lemma="insist",
        mention=story.mention(
            "Ministry spokeswoman Maria Vance", vance, described_as="Ministry spokeswoman"
        ),
        claim=story.claim(
            "the report was false",
            about=(story.mention("the report", report, form=MentionForm.DESCRIPTION),),
            propositions=(
                Proposition(
                    subject=story.span("the report"),
                    predicate=story.span("was"),
                    object=story.span("false"),
                    lemma="be",
                    subject_source=report.key,
                ),
            ),
        ),
        quotation=QuotationType.INDIRECT,
        speech_act=SpeechAct.INSIST,
        links=(
            ClaimLink(
                type=LinkType.DENIES,
                evidence=story.span("the report was false"),
                target=told.key,
                confidence=0.55,
            ),
        ),
    )
    story.own(third)
    return story.extraction()


def leak() -> Extraction:
    """Return a chain of two links, a failed verification and a refusal to comment."""
    story = Story(
        "The Northern Wire reported that two people familiar with the plan told the agency that "
        "the port would close on Friday.\n"
        "The Harbour Gazette was unable to verify that.\n"
        "Maria Vance declined to comment.",
        id="leak",
        title="Leak",
        date=date(2024, 2, 7),
        publisher="Other Times",
    )
    first, second, third = story.document.text.split("\n")
    wire = story.source("The Northern Wire", SourceType.ORGANISATION, label="Northern Wire")
    people = story.source(
        "two people familiar with the plan", SourceType.COLLECTIVE, Anonymity.UNNAMED, count=2
    )
    gazette = story.source("The Harbour Gazette", SourceType.ORGANISATION, label="Harbour Gazette")
    vance = story.source("Maria Vance")
    outer = story.says(
        wire,
        sentence=first,
        cue="reported",
        cue_lemma="report",
        mention=story.mention("The Northern Wire", wire),
        claim=story.claim(first.removeprefix("The Northern Wire reported ").removesuffix(".")),
        quotation=QuotationType.INDIRECT,
        speech_act=SpeechAct.REPORT,
        stance=Stance.UNCOMMITTED,
    )
    inner = story.says(
        people,
        sentence=first,
        cue="told",
        cue_lemma="tell",
        mention=story.mention(
            "two people familiar with the plan", people, form=MentionForm.DESCRIPTION
        ),
        claim=story.claim("that the port would close on Friday", temporality=Temporality.FUTURE),
        quotation=QuotationType.INDIRECT,
        addressees=(wire,),
        addressee_mention=story.mention("the agency", wire, form=MentionForm.DESCRIPTION),
        nested_in=outer.key,
        depth=1,
    )
    story.says(
        gazette,
        sentence=second,
        cue="was unable to verify",
        cue_lemma="verify",
        mention=story.mention("The Harbour Gazette", gazette),
        speech_act=SpeechAct.UNVERIFIED,
        stance=Stance.UNKNOWN,
        links=(
            ClaimLink(
                type=LinkType.COULD_NOT_VERIFY, evidence=story.span(second), target=inner.key
            ),
        ),
    )
    story.says(
        vance,
        sentence=third,
        cue="declined to comment",
        cue_lemma="comment",
        mention=story.mention("Maria Vance", vance),
        speech_act=SpeechAct.NO_COMMENT,
        stance=Stance.UNKNOWN,
        links=(
            ClaimLink(
                type=LinkType.DECLINES_TO_COMMENT, evidence=story.span("declined to comment")
            ),
        ),
    )
    return story.extraction()


def denial() -> Extraction:
    """Return a rejected claim and an accusation of somebody who is not heard."""
    story = Story(
        "Vance denied on Thursday that the port would close.\n"
        "Critics accused Anna Belmar of lobbying for the closure.\n"
        "The port lies in the north.",
        id="denial",
        title="Denial",
        date=date(2024, 2, 9),
        publisher="Daily Example",
    )
    first, second, third = story.document.text.split("\n")
    vance = story.source("Vance", label="Maria Vance", aliases=("Vance",))
    critics = story.source("Critics", SourceType.COLLECTIVE, Anonymity.UNNAMED)
    belmar = story.source("Anna Belmar")
    story.says(
        vance,
        sentence=first,
        cue="denied",
        cue_lemma="deny",
        mention=story.mention("Vance", vance),
        claim=story.claim("that the port would close", temporality=Temporality.FUTURE),
        quotation=QuotationType.INDIRECT,
        speech_act=SpeechAct.DENY,
        stance=Stance.REJECTING,
        time=Utterance(
            span=story.span("on Thursday"),
            edtf="2024-02-08",
            first=date(2024, 2, 8),
            last=date(2024, 2, 8),
            anchor=date(2024, 2, 9),
        ),
    )
    story.says(
        critics,
        sentence=second,
        cue="accused",
        cue_lemma="accuse",
        mention=story.mention("Critics", critics, form=MentionForm.DESCRIPTION),
        claim=story.claim(
            "Anna Belmar of lobbying for the closure",
            certainty=Certainty.UNDERSPECIFIED,
            about=(story.mention("Anna Belmar", belmar),),
        ),
        quotation=QuotationType.INDIRECT,
        speech_act=SpeechAct.CRITICISE,
    )
    story.own(third)
    return story.extraction()


def reversal() -> Extraction:
    """Return the same source's claim of what she had denied; the document has no publisher."""
    story = Story(
        '"The port will close on Friday," Vance said, "whatever anybody says."',
        id="reversal",
        date=date(2024, 3, 1),
    )
    vance = story.source("Vance", label="Maria Vance", aliases=("Vance",))
    story.says(
        vance,
        sentence=story.document.text,
        cue="said",
        cue_lemma="say",
        mention=story.mention("Vance", vance),
        claim=story.claim(
            '"The port will close on Friday,"',
            '"whatever anybody says."',
            temporality=Temporality.FUTURE,
        ),
        quotation=QuotationType.DIRECT,
    )
    return story.extraction()


def corpus() -> tuple[Extraction, ...]:
    """Return all the documents above, in the order of their dates."""
    return permits(), leak(), denial(), reversal()


def newer(extraction: Extraction) -> Extraction:
    """The same document, as the next version of the extractor reads it."""
    first, *others = extraction.attributions
    return replace(
        extraction,
        extractor=replace(extraction.extractor, version="0.2.0"),
        attributions=(replace(first, stance=Stance.UNKNOWN), *others),
    )
