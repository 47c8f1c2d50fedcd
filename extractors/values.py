"""The closed vocabularies of a record: the values that a field may hold.

Each member's value is the local name of the SKOS concept in ``graph/ontology.ttl``; a test
compares the two, so neither can drift.
"""

from enum import StrEnum


class SourceType(StrEnum):
    """What a source is, independent of whether it is named."""

    PERSON = "Person"
    ORGANISATION = "Organisation"
    COLLECTIVE = "Collective"
    DOCUMENT = "DocumentSource"
    UNSPECIFIED = "UnspecifiedSource"


class Anonymity(StrEnum):
    """Whether the text names the source, only describes it, or leaves it out."""

    NAMED = "named"
    UNNAMED = "unnamed"
    UNSPECIFIED = "unspecified"


class MentionForm(StrEnum):
    """How a mention refers."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class QuotationType(StrEnum):
    """How much of the content stands between quotation marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    NONE = "none"


class SpeechAct(StrEnum):
    """The kind of act that a cue names (the leaves of the ontology's scheme)."""

    SAY = "say"
    ASSERT = "assert"
    INSIST = "insist"
    CONFIRM = "confirm"
    DENY = "deny"
    DOUBT = "doubt"
    PREDICT = "predict"
    SUGGEST = "suggest"
    ANNOUNCE = "announce"
    REPORT = "report"
    WARN = "warn"
    ASK = "ask"
    REQUEST = "request"
    ORDER = "order"
    PROPOSE = "propose"
    PROMISE = "promise"
    PRAISE = "praise"
    CRITICISE = "criticise"
    APOLOGISE = "apologise"
    BELIEVE = "believe"
    WANT = "want"
    KNOW = "know"
    NO_COMMENT = "no-comment"
    UNVERIFIED = "unverified"


class Stance(StrEnum):
    """The source's commitment to the claim."""

    COMMITTED = "committed"
    REJECTING = "rejecting"
    UNCOMMITTED = "uncommitted"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether a cue or a claim is negated."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Certainty(StrEnum):
    """The modality that the content itself carries (GRaSP, van Son et al. 2016)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNDERSPECIFIED = "underspecified"


class Temporality(StrEnum):
    """Whether the claim speaks of the future (GRaSP, van Son et al. 2016)."""

    FUTURE = "future"
    NON_FUTURE = "non-future"


class Medium(StrEnum):
    """Channel or setting of the utterance."""

    INTERVIEW = "interview"
    PRESS_CONFERENCE = "press-conference"
    TELEVISION = "television"
    RADIO = "radio"
    TELEPHONE = "telephone"
    STATEMENT = "statement"
    SPEECH = "speech"
    TESTIMONY = "testimony"
    COURT_FILING = "court-filing"
    SOCIAL_MEDIA = "social-media"
    EMAIL = "email"
    PUBLICATION = "publication"
    PRIVATE_CONVERSATION = "private-conversation"


class LinkType(StrEnum):
    """How an attribution responds to what somebody else claims."""

    DENIES = "denies"
    DISPUTES = "disputes"
    CONFIRMS = "confirms"
    DECLINES_TO_COMMENT = "declinesToComment"
    COULD_NOT_VERIFY = "couldNotVerify"
