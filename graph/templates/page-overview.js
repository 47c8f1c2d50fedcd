/* The first view: how much rests on whom, the sources that matter most by kind, the outlets, and
   what is contested. All of it follows the filters. */

const TOP_OF_A_KIND = 6;
const FIRST_KINDS = 3; // before what is contested

function drawOverview() {
  const shares = anonymityShares(selection.chosen);
  const kinds = kindsBySize();
  replace(
    byId("view-overview"),
    headline(shares),
    make("div", { className: "kinds" }, kinds.slice(0, FIRST_KINDS).map(kindCard)),
    make("div", { className: "columns" }, contestedCard(), outletsCard()),
    make("div", { className: "kinds" }, kinds.slice(FIRST_KINDS).map(kindCard)),
    !kinds.length && make("p", { className: "nothing" }, texts.nothing_left),
  );
}

/** The great figures, and the bar of named and unnamed sources. */
function headline(shares) {
  const speaking = selection.sources.reduce((n, count) => n + (count > 0), 0);
  const figures = [
    ["attributions", selection.chosen.length],
    ["sources", speaking],
    ["documents", documentsAmong(selection.chosen)],
  ].map(([what, n]) =>
    make(
      "div",
      { className: "figure" },
      make("strong", {}, number(n)),
      make("span", {}, texts.counts[what][n === 1 ? "noun_one" : "noun"]),
    ),
  );
  return make(
    "section",
    { className: "headline", attributes: { "aria-label": texts.at_a_glance } },
    make("div", { className: "figures" }, figures),
    make(
      "div",
      { className: "shares" },
      make("h2", {}, texts.resting),
      bar(shares, selection.chosen.length),
      make(
        "ul",
        { className: "key" },
        Object.entries(shares).map(([name, count]) =>
          make(
            "li",
            {},
            make(
              "button",
              {
                type: "button",
                className: "keyed",
                data: { key: `share ${name}` },
                attributes: {
                  "aria-pressed": String(state.anonymity.includes(anonymityCode(name))),
                },
                disabled: anonymityCode(name) < 0,
                on: {
                  click: () => choose({ anonymity: toggled(state.anonymity, anonymityCode(name)) }),
                },
              },
              make("span", { className: `swatch ${name}` }),
              make("span", {}, texts.share_names[name]),
              " ",
              make(
                "strong",
                {},
                selection.chosen.length ? percent(count / selection.chosen.length) : "–",
              ),
              muted(` ${number(count)}`),
            ),
          ),
        ),
      ),
    ),
  );
}

const anonymityCode = (name) => data.lists.anonymities.indexOf(name);

/** A bar in parts; its numbers stand beside it, so it is hidden from screen readers. */
function bar(counts, all) {
  const parts = Object.entries(counts)
    .filter(([, count]) => count)
    .map(([name, count]) => {
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
  return make(
    "section",
    { className: `card kind ${type}`, attributes: { "aria-labelledby": `kind-${type}` } },
    make(
      "h2",
      { id: `kind-${type}` },
      shapeIcon(type, "named"),
      make("span", {}, texts.plural_types[type]),
    ),
    make(
      "p",
      { className: "muted" },
      fill(texts.kind_account, {
        sources: counted("sources", sources.length),
        attributions: counted("attributions", total),
        share: percent(unnamed / total),
      }),
    ),
    make(
      "ol",
      { className: "ranking" },
      sources.slice(0, TOP_OF_A_KIND).map((source) => rank(source, most)),
    ),
    left > 0 &&
      button(
        fill(texts.more_sources, { n: number(left) }),
        () => choose({ open: { what: "others", type: code } }),
        { className: "more", key: `kind ${type}` },
      ),
  );
}

function rank(source, most) {
  const count = selection.sources[source];
  const length = make("span", { className: `length ${anonymityOf(source)}` });
  length.style.width = `${(100 * count) / most}%`;
  return make(
    "li",
    {},
    make(
      "button",
      {
        type: "button",
        className: "ranked",
        data: { key: `ranked ${source}` },
        on: { click: () => openSource(source) },
      },
      make(
        "span",
        { className: "who" },
        iconOf(source),
        make("span", { className: "name" }, isolated(labelOf(source))),
        anonymityOf(source) !== "named" &&
          make("span", { className: "tag" }, nameIn("anonymities", anonymityOf(source))),
      ),
      make("span", { className: "count" }, number(count)),
      make("span", { className: "track", attributes: { "aria-hidden": "true" } }, length),
    ),
  );
}
