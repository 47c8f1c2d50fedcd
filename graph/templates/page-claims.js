/* The list of claims: what the filters leave, in the order of any column, a page at a time. */

const PAGE = 50;
const COLUMNS = [
  // how it is sorted, by a key for each attribution
  ["date", null], // as the attributions come: latest first
  ["source", () => rankOf("label", (a) => sourcesOf(a)[0] ?? -1)],
  ["act", () => rankOf("act")],
  ["claim", () => searched("claims")],
  ["document", () => rankOf("title", (a) => data.at.document[a])],
  ["confidence", () => data.at.confidence],
];
const ranks = {};
let shownPage = 0;
let listedFrom = "";

/** The rank of names in alphabetical order, by attribution. */
function rankOf(what, numberFor) {
  if (ranks[what]) return ranks[what];
  const names =
    what === "label"
      ? data.sources.label
      : what === "title"
        ? data.documents.title
        : data.lists.acts.map((act) => nameIn("acts", act));
  const order = [...names.keys()].sort((one, other) =>
    folded(names[one]) < folded(names[other]) ? -1 : 1,
  );
  const rank = new Int32Array(names.length);
  order.forEach((number, place) => {
    rank[number] = place;
  });
  const number = numberFor ?? ((a) => data.at.act[a]);
  ranks[what] = Int32Array.from({ length: data.size }, (_, a) => rank[number(a)] ?? -1);
  return ranks[what];
}

function ordered() {
  const found = Array.from(selection.chosen);
  const [, keysOf] = COLUMNS.find(([name]) => name === state.sort);
  if (!keysOf) return state.down ? found : found.reverse();
  if (state.sort === "claim" && !data.claims) return found;
  const keys = keysOf();
  const way = state.down ? 1 : -1;
  const first = state.sort === "confidence" ? -way : way; // the surest stand first
  return found.sort((one, other) =>
    keys[one] < keys[other] ? -first : keys[one] > keys[other] ? first : one - other,
  );
}

function drawClaims() {
  const from = JSON.stringify([fragmentOf({ ...state, open: null, view: "claims" })]);
  if (from !== listedFrom) shownPage = 0;
  listedFrom = from;
  const all = ordered();
  const pages = Math.max(Math.ceil(all.length / PAGE), 1);
  shownPage = Math.min(shownPage, pages - 1);
  replace(
    byId("claims-head"),
    make(
      "tr",
      {},
      COLUMNS.map(([name]) => heading(name)),
    ),
  );
  replace(
    byId("claims-rows"),
    all.slice(shownPage * PAGE, (shownPage + 1) * PAGE).map(claimRow),
    !all.length &&
      make(
        "tr",
        { className: "none" },
        make("td", { colSpan: COLUMNS.length }, texts.nothing_left),
      ),
  );
  const turn = (by, label, off) =>
    button(label, () => turnPage(by), { className: "turn", key: `turn ${by}`, disabled: off });
  replace(
    byId("pages"),
    pages > 1 && [
      turn(-1, texts.earlier, shownPage === 0),
      make("span", {}, fill(texts.page, { n: number(shownPage + 1), all: number(pages) })),
      turn(1, texts.later, shownPage === pages - 1),
    ],
  );
}

function turnPage(by) {
  shownPage += by;
  drawClaims();
  byId("view-claims").scrollIntoView({ block: "start" });
  announce(
    fill(texts.page, {
      n: number(shownPage + 1),
      all: number(Math.ceil(selection.chosen.length / PAGE)),
    }),
  );
}

function heading(name) {
  const active = state.sort === name;
  const sorted = active ? (state.down ? "▾" : "▴") : "";
  return make(
    "th",
    {
      scope: "col",
      className: `col-${name}`,
      attributes: active
        ? { "aria-sort": (name === "date") === state.down ? "descending" : "ascending" }
        : {},
    },
    button(
      [
        texts.columns[name],
        make("span", { className: "sorted", attributes: { "aria-hidden": "true" } }, sorted),
      ],
      () => choose({ sort: name, down: active ? !state.down : true }, { quietly: true }),
      { key: `sort ${name}` },
    ),
  );
}

function claimRow(attribution) {
  const document = data.at.document[attribution];
  const sources = sourcesOf(attribution);
  const stance = valueOf(attribution, "stance");
  const confidence = data.at.confidence[attribution];
  const open = state.open?.what === "claim" && state.open.attribution === attribution;
  const cell = (name, ...children) =>
    make("td", { className: `col-${name}`, data: { label: texts.columns[name] } }, children);
  return make(
    "tr",
    { className: open ? "open" : "" },
    cell("date", data.documents.date[document] || "–"),
    cell(
      "source",
      sources.length
        ? sources.map((source) =>
            make(
              "span",
              { className: "who" },
              iconOf(source),
              button(isolated(labelOf(source)), () => openSource(source), { className: "name" }),
            ),
          )
        : muted(texts.unknown_source),
    ),
    cell(
      "act",
      make(
        "span",
        { className: "act" },
        make("span", { className: `dash stance-${stance}` }),
        make(
          "span",
          {},
          nameIn("acts", valueOf(attribution, "act")),
          make("span", { className: "hidden-words" }, ` (${nameIn("stances", stance)})`),
        ),
      ),
    ),
    cell(
      "claim",
      button(
        [make("span", { dir: "auto" }, shortened(wordsOf(attribution), 240))],
        () => openClaim(attribution),
        { className: "said", key: `claim ${attribution}` },
      ),
      contestedBadge("span", attribution),
    ),
    cell(
      "document",
      button(isolated(titleOf(document)), () => choose({ view: "document", read: document }), {
        className: "name",
      }),
      data.documents.publisher[document] && muted(isolated(data.documents.publisher[document])),
    ),
    cell("confidence", confidence < 0 ? "–" : `${confidence} %`),
  );
}
