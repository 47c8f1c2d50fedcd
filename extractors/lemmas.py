"""Dictionary forms of English words, from the tables of spaCy's own lemmatizer.

spaCy's component needs part-of-speech labels that another component derives for every token; both
together cost half of the parse, and the rules ask for a lemma at one token in five.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

Table = dict[str, Any]


class Lemmatizer:
    """Looks forms up in the tables of a rule lemmatizer, and remembers them.

    The method is that of WordNet's morphy, as in spaCy's rule lemmatizer: exceptions
    (``lemma_exc``) first, then the first suffix rule (``lemma_rules``) that gives a word of the
    index (``lemma_index``), else the form itself.
    """

    def __init__(self, tables: dict[str, Table]) -> None:
        self.tables = tables
        self._index = {pos: frozenset(words) for pos, words in tables["lemma_index"].items()}
        self._known: dict[tuple[str, str], str] = {}

    @classmethod
    def of(cls, nlp: Language) -> Lemmatizer:
        """Take the tables of the pipeline's lemmatizer, which may be disabled.

        Raises ValueError when `nlp` has no rule lemmatizer.
        """
        component: Any = dict(nlp.components).get("lemmatizer")
        if component is None or not component.lookups.has_table("lemma_rules"):
            raise ValueError(
                f"the pipeline {nlp.meta.get('name', '')!r} has no rule lemmatizer: load a model "
                "such as en_core_web_sm (its lemmatizer may be disabled, not excluded)"
            )
        lookups = component.lookups
        return cls(
            {
                name: {pos: lookups.get_table(name).get(pos, {}) for pos in ("verb", "noun")}
                for name in ("lemma_exc", "lemma_index", "lemma_rules")
            }
        )

    def verb(self, form: str, tag: str = "VB") -> str:
        """Return the lemma of a lower-cased verb form; a base form (tags VB, VBP) is its own."""
        if tag in ("VB", "VBP") and form in self._index.get("verb", ()):
            return form
        return self._lemma(form, "verb")

    def noun(self, form: str) -> str:
        """Return the lemma of a lower-cased common noun."""
        return self._lemma(form, "noun")

    def _lemma(self, form: str, pos: str) -> str:
        key = (form, pos)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look_up(form, pos)
        return known

    def _look_up(self, form: str, pos: str) -> str:
        form = form.replace("’", "'")
        exceptions = self.tables["lemma_exc"].get(pos, {}).get(form)
        if exceptions:
            return str(exceptions[0])
        index = self._index.get(pos, ())
        for old, new in self.tables["lemma_rules"].get(pos, ()):
            if form.endswith(old):
                candidate = form[: len(form) - len(old)] + new
                if candidate in index:
                    return str(candidate)
        return form
