"""Bytes -> text: UTF-8, UTF-16 and UTF-32 by their marks, and what else it may be in.

Where neither a byte order mark nor UTF-8 tells, the encoding is guessed. quoth reads English news,
so Windows-1252 is meant unless it would make words that no language in Latin script writes, or a
detector is sure of another code page. While the text is mostly ASCII, the detector's answer counts
only among the usual code pages of one byte a character: it sees Chinese in any accented letter
with a letter after it.
"""

from __future__ import annotations

import codecs
import logging
import re
from typing import TYPE_CHECKING

from quoth.extractors.readers.interface import ReadingError

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_log = logging.getLogger(__name__)

WINDOWS_1252 = "cp1252"

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_LETTER = r"[^\W\d_ªºµ]"
_BEYOND_ASCII = r"[À-ÖØ-öø-ÿŒœŠšŽžŸ]"
_UPPER = "[À-ÖØ-ÞŒŠŽŸ]"
_IMPLAUSIBLE = re.compile(
    "|".join(
        (
            "[ˆ˜¤¦¨¬¯¸]",  # signs of their own in no text
            rf"(?<![A-Za-z]){_BEYOND_ASCII}{{2,}}(?![A-Za-z])",  # a word with no plain letter
            rf"{_BEYOND_ASCII}{{3}}",
            rf"(?<=[a-zß-öø-ÿœšž]){_UPPER}",  # a capital after a small letter
            rf"(?<={_LETTER})[^\w\s\x00-\x7f´‘’–—…·•\xad](?={_LETTER})",  # a sign inside a word
            rf"[‚„](?!\S)|(?<={_LETTER})[‚„]",  # a quotation mark that opens, at a word's end
            rf"[£€¥¢](?={_LETTER}{{3}})",
            rf"[¹²³¼½¾ªºµ](?={_LETTER}{{2}})(?<!µ)",
            r"(?<=[^\W\d_mnN])[¹²³¼½¾ªºµ]",  # other than m² and nº
            r"[×÷](?=[^\W\d_])|(?<=[^\W\d_])[×÷]",
        )
    )
)
_EUROPEAN = re.compile(r"cp125[07]|iso8859_(?:2|3|4|9|10|13|14|15|16)")
_SINGLE_BYTE = re.compile(r"cp125\d|iso8859_\d+|koi8_[ru]|mac_(?:roman|latin2|greek|cyrillic)")
_SURE = 0.1
"""By how much the language must fit a code page better than Windows-1252 for it to be meant."""


def decode(raw: bytes, path: str, *, charset: str | None = None, quiet: bool = False) -> str:
    """Return the text of `raw`, read from `path`.

    `charset` is the encoding that a server states; a byte order mark, and text that is UTF-8
    without doubt, hold against it. Raises `ReadingError` for what is binary or damaged; a guessed
    encoding is logged as a warning unless `quiet`.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return checked(raw.decode(encoding), path)
            except UnicodeDecodeError as error:
                reason = f"damaged {encoding.removesuffix('-sig').upper()} at byte {error.start}"
                raise ReadingError(path, reason) from error
    try:
        return checked(raw.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        stated = _as_stated(raw, charset)
        if stated is not None:
            return checked(stated, path)
        if is_damaged_utf8(raw):
            reason = f"damaged UTF-8 at byte {error.start}: mend it, or save it anew as UTF-8"
            raise ReadingError(path, reason) from error
    text, encoding = _guess(raw, path)
    if not quiet:
        _log.warning("%s: not UTF-8; guessed encoding %s", path, encoding)
    return text


def checked(text: str, path: str) -> str:
    """Return `text`; raises `ReadingError` where it holds what no text holds."""
    if "\x00" in text:
        raise ReadingError(path, "binary, not text: it holds NUL characters")
    return text


def _as_stated(raw: bytes, charset: str | None) -> str | None:
    try:
        # Only encodings of text: Python calls others, such as base64, codecs too.
        name = codecs.lookup(charset).name if charset else "utf-8"
        return None if name == "utf-8" else raw.decode(name)
    except (LookupError, ValueError):
        return None


def _guess(raw: bytes, path: str) -> tuple[str, str]:
    encoding = None if b"\x00" in raw else detect(raw)
    if encoding is None:
        raise ReadingError(path, "binary, or text in an unknown encoding: save it as UTF-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"neither UTF-8 nor, as it seemed, {encoding}: save it as UTF-8"
        raise ReadingError(path, reason) from error
    if _NO_TEXT.search(text):
        raise ReadingError(path, "binary, not text: it holds control characters")
    return text, encoding


def is_damaged_utf8(raw: bytes) -> bool:
    """Whether `raw`, which is not UTF-8, was meant to be: some of it is, beyond ASCII.

    Where most bytes are beyond ASCII, some pairs of them are UTF-8 by accident, so there most
    must be.
    """
    text = raw.decode("utf-8", "replace")
    failures = text.count("\ufffd")
    sequences = len(text) - len(text.encode("ascii", "ignore")) - failures
    return sequences > (failures if _is_mostly_beyond_ascii(raw) else 0)


def detect(raw: bytes) -> str | None:
    """Return the name of the codec that `raw` is written in, or None when none fits."""
    # Imported where it is needed: nearly every text is UTF-8.
    from charset_normalizer import from_bytes

    matches = list(from_bytes(raw))
    if not _is_mostly_beyond_ascii(raw):
        matches = [match for match in matches if _SINGLE_BYTE.fullmatch(match.encoding)]
    if _is_plausible_windows_1252(raw) and not _is_surely_another(matches):
        return WINDOWS_1252
    return matches[0].encoding if matches else None


def _is_mostly_beyond_ascii(raw: bytes) -> bool:
    visible = sum(byte > 0x20 for byte in raw)
    return 2 * sum(byte > 0x7F for byte in raw) > visible


def _is_plausible_windows_1252(raw: bytes) -> bool:
    try:
        return not _IMPLAUSIBLE.search(raw.decode(WINDOWS_1252))
    except UnicodeDecodeError:
        return False


def _is_surely_another(matches: list[CharsetMatch]) -> bool:
    """Whether the best match is another European code page whose language fits clearly better."""
    if not matches or WINDOWS_1252 in matches[0].could_be_from_charset:
        return False
    best = matches[0]
    if not _EUROPEAN.fullmatch(best.encoding):
        return False
    fit = max((m.coherence for m in matches if WINDOWS_1252 in m.could_be_from_charset), default=0)
    return best.coherence > fit + _SURE
