/* The first view: how much rests on whom, the sources that matter most by kind, the outlets, and
   what is contested. All of it follows the filters. */

const TOP_OF_A_KIND = 6;
const FIRST_KINDS = 3; // before what is contested
const TOP_OUTLETS = 8;
const TOP_CONTESTED = 5;

function drawOverview() {
  const shares = anonymityShares(selection.chosen);
  const kinds = kindsBySize();
  replace(byId("view-overview"),
    headline(shares),
    make("div", { className: "kinds" }, kinds.slice(0, FIRST_KINDS).map(kindCard)),
    make("div", { className: "columns" }, contestedCard(), outletsCard()),
    make("div", { className: "kinds" }, kinds.slice(FIRST_KINDS).map(kindCard)),
    !kinds.length && make("p", { className: "nothing" }, texts.nothing_left));
}

/** The great figures, and the bar of named and unnamed sources. */
function headline(shares) {
  const speaking = selection.sources.reduce((n, count) => n + (count > 0), 0);
  const figures = [
    ["attributions", selection.chosen.length],
    ["sources", speaking],
    ["documents", documentsAmong(selection.chosen)],
  ].map(([what, n]) => make("div", { className: "figure" },
    make("strong", {}, number(n)), make("span", {}, texts.counts[what][n === 1 ? "noun_one" : "noun"])));
  return make("section", { className: "headline", attributes: { "aria-label": texts.at_a_glance } },
    make("div", { className: "figures" }, figures),
    make("div", { className: "shares" },
      make("h2", {}, texts.resting),
      bar(shares, selection.chosen.length),
      make("ul", { className: "key" }, Object.entries(shares).map(([name, count]) =>
        make("li", {}, make("button", {
          type: "button",
          className: "keyed",
          data: { key: `share ${name}` },
          attributes: { "aria-pressed": String(state.anonymity.includes(anonymityCode(name))) },
          disabled: anonymityCode(name) < 0,
          on: { click: () => choose({ anonymity: toggled(state.anonymity, anonymityCode(name)) }) },
        }, make("span", { className: `swatch ${name}` }),
        make("span", {}, texts.share_names[name]), " ",
        make("strong", {}, selection.chosen.length ? percent(count / selection.chosen.length) : "–"),
        make("span", { className: "muted" }, ` ${number(count)}`)))))));
}

const anonymityCode = (name) => data.lists.anonymities.indexOf(name);

/** A bar in parts; its numbers stand beside it, so it is hidden from screen readers. */
function bar(counts, all) {
  const parts = Object.entries(counts).filter(([, count]) => count).map(([name, count]) => {
    const part = make("span", { className: `part ${name}` });
    part.style.flexGrow = count / all;
    return part;
  });
  return make("div", { className: "bar", attributes: { "aria-hidden": "true" } }, parts);
}

/** The kinds of sources with the sources of the selection in each, the most quoted first. */
function kindsBySize() {
  const kinds = new Map();
  for (let source = 0; source < selection.sources.length; source++) {
    const count = selection.sources[source];
    if (!count) continue;
    const code = data.sources.type[source];
    if (!kinds.has(code)) kinds.set(code, { code, sources: [], total: 0, unnamed: 0 });
    const kind = kinds.get(code);
    kind.sources.push(source);
    kind.total += count;
    if (anonymityOf(source) !== "named") kind.unnamed += count;
  }
  for (const kind of kinds.values()) kind.sources.sort(byWeight);
  return [...kinds.values()].sort((one, other) => other.total - one.total);
}

const byWeight = (one, other) => selection.sources[other] - selection.sources[one] || one - other;

function kindCard({ code, sources, total, unnamed }) {
  const type = data.lists.types[code];
  const most = selection.sources[sources[0]];
  const left = sources.length - TOP_OF_A_KIND;
  return make("section", { className: `card kind ${type}`, attributes: { "aria-labelledby": `kind-${type}` } },
    make("h2", { id: `kind-${type}` }, shapeIcon(type, "named"), make("span", {}, texts.plural_types[type])),
    make("p", { className: "muted" }, fill(texts.kind_account, {
      sources: counted("sources", sources.length),
      attributions: counted("attributions", total),
      share: percent(unnamed / total),
    })),
    make("ol", { className: "ranking" }, sources.slice(0, TOP_OF_A_KIND).map((source) => rank(source, most))),
    left > 0 && button(fill(texts.more_sources, { n: number(left) }),
      () => choose({ open: { what: "others", type: code } }), { className: "more", key: `kind ${type}` }));
}

function rank(source, most) {
  const count = selection.sources[source];
  const length = make("span", { className: `length ${anonymityOf(source)}` });
  length.style.width = `${(100 * count) / most}%`;
  return make("li", {}, make("button", {
    type: "button",
    className: "ranked",
    data: { key: `ranked ${source}` },
    on: { click: () => choose({ open: { what: "source", source } }) },
  },
  make("span", { className: "who" }, iconOf(source), make("span", { className: "name" }, isolated(labelOf(source))),
    anonymityOf(source) !== "named" && make("span", { className: "tag" }, nameIn("anonymities", anonymityOf(source)))),
  make("span", { className: "count" }, number(count)),
  make("span", { className: "track", attributes: { "aria-hidden": "true" } }, length)));
}

/** Which outlet leans how much on sources that it does not name. */
function outletsCard() {
  const outlets = new Map();
  for (const a of selection.chosen) {
    const code = data.publisherOf[data.at.document[a]];
    if (!outlets.has(code)) outlets.set(code, []);
    outlets.get(code).push(a);
  }
  if (!outlets.size || (outlets.size === 1 && !data.lists.publishers[[...outlets.keys()][0]])) return "";
  const rows = [...outlets].sort(([, one], [, other]) => other.length - one.length).slice(0, TOP_OUTLETS);
  return make("section", { className: "card" },
    make("h2", {}, texts.outlets),
    make("table", { className: "outlets" },
      make("thead", {}, make("tr", {},
        make("th", { scope: "col" }, texts.facets.publisher),
        make("th", { scope: "col", className: "number" }, texts.statements),
        make("th", { scope: "col" }, texts.unnamed_share))),
      make("tbody", {}, rows.map(([code, attributions]) => {
        const shares = anonymityShares(attributions);
        const unnamed = (shares.unnamed + shares.unspecified) / attributions.length;
        return make("tr", {},
          make("th", { scope: "row" }, button(isolated(choiceName("publisher", code)),
            () => choose({ publisher: toggled(state.publisher, code) }),
            { className: "name", key: `outlet ${code}` })),
          make("td", { className: "number" }, number(attributions.length)),
          make("td", {}, make("span", { className: "share" }, bar(shares, attributions.length),
            make("span", {}, percent(unnamed)))));
      }))));
}

/** Claims that somebody denies or disputes, the most answered documents' first. */
function contestedCard() {
  const found = selection.chosen.filter((a) => data.at.contested[a]);
  if (!found.length) return "";
  return make("section", { className: "card" },
    make("h2", {}, icon("glyph contested", "sign-contested"), make("span", {}, texts.contested_claims)),
    make("ul", { className: "quotes" }, Array.from(found.slice(0, TOP_CONTESTED), (attribution) =>
      make("li", {}, make("button", {
        type: "button",
        className: "quote",
        data: { key: `contested ${attribution}` },
        on: { click: () => choose({ open: { what: "claim", attribution } }) },
      }, make("span", { className: "said", dir: "auto" }, shortened(wordsOf(attribution), 160)),
      make("span", { className: "muted" }, speakersInWords(attribution), " · ",
        isolated(originOf(data.at.document[attribution]))))))),
    found.length > TOP_CONTESTED && button(fill(texts.show_all, { n: number(found.length) }),
      () => choose({ contested: true, view: "claims" }), { className: "more", key: "all contested" }));
}

/** The sources of an attribution, as text. */
function speakersInWords(attribution) {
  const sources = sourcesOf(attribution);
  if (!sources.length) return texts.unknown_source;
  return sources.flatMap((source, i) => [i ? texts.and : "", isolated(labelOf(source))]);
}
