"""The cue's speech act, its negation, and the stance that follows from both."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from quoth.extractors.drafts import Draft, drafts_of
from quoth.extractors.modality import Modality
from quoth.extractors.tree import Tree, tree_of
from quoth.extractors.values import SpeechAct, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from quoth.extractors.lexicon import CueLexicon

NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "cannot"))


class Stances:
    """Give each draft `speech_act` (unless it has one), `cue_negated`, `stance` and how it is told.

    `cue_certainty` and `cue_future` say whether it was said at all («may say», «will announce»).

    The act of a cue word is in the lexicon; a word without one says. The default stance of an act,
    and what its negation makes of it, are in ``lexicons/stances.json``; where a negated act has no
    entry («did not say»), nothing is known of the stance.
    """

    def __init__(self, lexicon: CueLexicon) -> None:
        self.lexicon = lexicon
        self.modality = Modality.load()
        path = files("quoth.extractors") / "lexicons" / "stances.json"
        table = json.loads(path.read_text(encoding="utf-8"))
        self.default = {SpeechAct(act): Stance(s) for act, s in table["default"].items()}
        self.negated = {SpeechAct(act): Stance(s) for act, s in table["negated"].items()}

    def __call__(self, doc: Doc) -> Doc:
        """Set these keys on every draft; returns the same `doc`."""
        tree = tree_of(doc)
        for draft in drafts_of(doc):
            act = SpeechAct(draft.get("speech_act") or self._act(draft))
            negated = self._is_negated(tree, draft)
            draft["speech_act"] = act.value
            draft["cue_negated"] = negated
            if draft["head"] is not None:
                told = self.modality.of(tree, draft["head"])
                draft["cue_certainty"] = told.certainty.value
                draft["cue_future"] = told.future
            draft["stance"] = self._stance(act, negated).value
        return doc

    def _act(self, draft: Draft) -> SpeechAct:
        word = draft["word"]
        return self.lexicon.acts.get(word) or self.lexicon.acts.get(
            word.split("_", 1)[0], SpeechAct.SAY
        )

    def _is_negated(self, tree: Tree, draft: Draft) -> bool:
        head = draft["head"]
        if head is None:
            return False
        if any(
            tree.words[c] in NEGATIONS and tree.deps[c] in ("neg", "advmod", "det", "preconj")
            for c in tree.children[head]
        ):
            return True
        # «neither confirmed nor denied»: «nor» hangs on the first verb.
        first = tree.heads[head]
        return tree.deps[head] == "conj" and any(
            tree.words[c] == "nor" and first < c < head for c in tree.children[first]
        )

    def _stance(self, act: SpeechAct, negated: bool) -> Stance:
        if act in (SpeechAct.NO_COMMENT, SpeechAct.UNVERIFIED):
            return Stance.UNKNOWN
        if negated:
            return self.negated.get(act, Stance.UNKNOWN)
        return self.default[act]
