"""Cardinal numbers as news writes them."""

from __future__ import annotations

CARDINALS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty"),
        1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50}  # fmt: skip
SETS = {"both": 2, "couple": 2, "pair": 2, "trio": 3, "dozen": 12}
"""Words that count as a number does: «both officials», «a couple of», «a dozen»."""
LONGEST = 9
"""Digits beyond which a number is no count of sources."""


def number_of(word: str) -> int | None:
    """Return the number that a lower-cased word stands for («four», «1,200»), None for others."""
    if word in CARDINALS or word in SETS:
        return CARDINALS.get(word) or SETS[word]
    digits = word.replace(",", "")
    if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST:
        return int(digits)
    return None
