"""Stories whose speakers share a surname, for what users decide about names."""

from datetime import date

from story import Story


def said(name: str, words: str, id: str) -> Story:
    story = Story(f"{name} said that {words}.", id=id, date=date(2031, 3, 4))
    story.says(
        story.source(name), sentence=story.document.text, cue="said", claim=story.claim(words)
    )
    return story


STORIES = (
    said("John Smith", "the agency had opened a case", "case"),
    said("John Smith", "the town would pay for the bridge", "bridge"),
    said("Smith", "nobody had asked him", "asked"),
    said("Edda Thorvane", "the facts would come out", "facts"),
    said("Nils Thorvane", "he would sell the yard", "yard"),
)
