"""An invented archive of short reports, as rows of a table: for what only many documents show.

Names come whole and short, bodies with and without their legal form; claims are told again and
denied; some reports are copies of a wire report, and some rows cannot be read.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

_FIRST = ("Edda", "Maro", "Silke", "Anselm", "Tova", "Ruben")
_LAST = ("Thorvane", "Belmar", "Ostrick", "Quillby", "Harrow", "Lindqvist", "Sabo")
_BODIES = (
    "Ministry of Harbours",
    "Harbour Ministry",
    "National Bank of Utopia",
    "NBU",
    "Saltmere Ferries Ltd",
    "Saltmere Ferries",
    "Estry Port Authority",
)
_TOWNS = ("Saltmere", "Brackwater", "Norhaven", "Ullin", "Dorn", "Estry", "Feldholm", "Garsk")
_THINGS = (
    "ferry", "harbour", "breakwater", "tramway", "reservoir", "grain store", "lighthouse", "school",
    "market", "bridge", "hospital", "library"
)  # fmt: skip
_FATES = (
    "would close to large ships before winter",
    "had cost {} million crowns more than planned",
    "was inspected twice in {} days",
    "would be sold to a company from abroad",
)
_CUES = ("said", "warned", "denied", "confirmed", "insisted")
_OUTLETS = ("Daily Example", "Coastal Wire", "Estry Post")
_FIRST_DAY = date(2031, 3, 1)


def rows(count: int, *, seed: int = 1) -> Iterator[dict[str, object]]:
    """Yield `count` rows: id, text, title, date, publisher, author and url."""
    dice = Random(seed)
    wire = [_sentence(dice) for _ in range(12)]
    for number in range(count):
        day = _FIRST_DAY + timedelta(days=number % 40)
        outlet = _OUTLETS[number % 3]
        sentences = [_sentence(dice) for _ in range(dice.randint(2, 4))]
        if number % 25 == 3:
            sentences = [f"The {_OUTLETS[1]} reported the damage first.", *wire[number % 2 :]]
        yield {
            "id": f"reports/{number:05}",
            "text": " ".join(sentences),
            "title": f"Report {number}",
            "date": day,
            "publisher": outlet,
            "author": f"{_FIRST[number % 6]} {_LAST[number % 7]}" if number % 4 else None,
            "url": f"https://example.org/{number}" if number % 2 else None,
        }


def _sentence(dice: Random) -> str:
    first, last, body = dice.choice(_FIRST), dice.choice(_LAST), dice.choice(_BODIES)
    fate = dice.choice(_FATES).format(dice.choice((3, 4, 40)))
    claim = f"the {dice.choice(_THINGS)} of {dice.choice(_TOWNS)} {fate}"
    cue = dice.choice(_CUES)
    who = dice.choice(
        (
            f"{first} {last}",
            f"{first[0]}. {last}",
            f"Mr. {last}",
            f"the {body}",
            "A senior official",
        )
    )
    if dice.random() < 0.3:
        return f"{first} {last} of the {body} {cue} that {claim}."
    if dice.random() < 0.2:
        return f'"{claim[0].upper()}{claim[1:]}," {who} told the Estry Post on Tuesday.'
    return f"{who[0].upper()}{who[1:]} {cue} that {claim}."
