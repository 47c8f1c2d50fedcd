/* Two cards of the overview: who names their sources, and what is contested. */

const TOP_OUTLETS = 8;
const TOP_CONTESTED = 5;

/** Which outlet leans how much on sources that it does not name. */
function outletsCard() {
  const outlets = new Map();
  for (const a of selection.chosen) {
    const code = data.publisherOf[data.at.document[a]];
    if (!outlets.has(code)) outlets.set(code, []);
    outlets.get(code).push(a);
  }
  if (!outlets.size || (outlets.size === 1 && !data.lists.publishers[[...outlets.keys()][0]]))
    return "";
  const rows = [...outlets]
    .sort(([, one], [, other]) => other.length - one.length)
    .slice(0, TOP_OUTLETS);
  return make(
    "section",
    { className: "card" },
    make("h2", {}, texts.outlets),
    make(
      "table",
      { className: "outlets" },
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          make("th", { scope: "col" }, texts.facets.publisher),
          make("th", { scope: "col", className: "number" }, texts.statements),
          make("th", { scope: "col" }, texts.unnamed_share),
        ),
      ),
      make(
        "tbody",
        {},
        rows.map(([code, attributions]) => {
          const shares = anonymityShares(attributions);
          const unnamed = (shares.unnamed + shares.unspecified) / attributions.length;
          return make(
            "tr",
            {},
            make(
              "th",
              { scope: "row" },
              button(
                isolated(choiceName("publisher", code)),
                () => choose({ publisher: toggled(state.publisher, code) }),
                { className: "name", key: `outlet ${code}` },
              ),
            ),
            make("td", { className: "number" }, number(attributions.length)),
            make(
              "td",
              {},
              make(
                "span",
                { className: "share" },
                bar(shares, attributions.length),
                make("span", {}, percent(unnamed)),
              ),
            ),
          );
        }),
      ),
    ),
  );
}

/** Claims that somebody denies or disputes, the most answered documents' first. */
function contestedCard() {
  const found = selection.chosen.filter((a) => data.at.contested[a]);
  if (!found.length) return "";
  return make(
    "section",
    { className: "card" },
    make(
      "h2",
      {},
      icon("glyph contested", "sign-contested"),
      make("span", {}, texts.contested_claims),
    ),
    make(
      "ul",
      { className: "quotes" },
      Array.from(found.slice(0, TOP_CONTESTED), (attribution) =>
        make(
          "li",
          {},
          make(
            "button",
            {
              type: "button",
              className: "quote",
              data: { key: `contested ${attribution}` },
              on: { click: () => openClaim(attribution) },
            },
            make("span", { className: "said", dir: "auto" }, shortened(wordsOf(attribution), 160)),
            muted(
              speakersInWords(attribution),
              " · ",
              isolated(originOf(data.at.document[attribution])),
            ),
          ),
        ),
      ),
    ),
    found.length > TOP_CONTESTED &&
      button(
        fill(texts.show_all, { n: number(found.length) }),
        () => choose({ contested: true, view: "claims" }),
        { className: "more", key: "all contested" },
      ),
  );
}

/** The sources of an attribution, as text. */
function speakersInWords(attribution) {
  const sources = sourcesOf(attribution);
  if (!sources.length) return texts.unknown_source;
  return sources.flatMap((source, i) => [i ? texts.and : "", isolated(labelOf(source))]);
}
