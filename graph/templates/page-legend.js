/* What stands around the network: its legend, its buttons, and the table that says the same. */

const MOST_ROWS = 100; // of each table; the list of claims has everything

function drawLegend() {
  const kept = {
    type: new Set(drawn.sources.map(typeOf)),
    anonymity: new Set(drawn.sources.map(anonymityOf)),
    kind: new Set(drawn.edges.map((edge) => data.lists.kinds[edge.kind])),
    stance: new Set(drawn.edges.map(stanceOf)),
  };
  for (const [name, values] of Object.entries(kept)) {
    for (const entry of document.querySelectorAll(`.legend li[data-${name}]`)) {
      entry.hidden = !values.has(entry.dataset[name]);
    }
  }
  for (const section of document.querySelectorAll(".legend section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  byId("edges-left").textContent =
    drawn.left === drawn.edges.length
      ? ""
      : fill(texts.edges_left, {
          n: number(drawn.edges.length),
          edges: counted("edges", drawn.left),
        });
  byId("fold").hidden = !state.expand.length && state.top <= NOTHING.top;
  byId("more-drawn").hidden = !drawn.others.length || state.top >= 240;
}

function drawPictureTable() {
  const sources = [...drawn.sources].sort(byWeight);
  const edges = [...drawn.edges].sort((one, other) => other.count - one.count);
  replace(
    byId("picture-table"),
    table(
      texts.sources_drawn,
      [texts.facets.source, texts.facets.type, texts.statements],
      sources,
      (source) => [
        button([iconOf(source), " ", isolated(labelOf(source))], () => openSource(source), {
          className: "name",
          key: `drawn ${source}`,
        }),
        describe(source),
        number(selection.sources[source]),
      ],
    ),
    drawn.others.length > 0 &&
      make(
        "ul",
        { className: "others" },
        drawn.others.map(({ type, sources: n, statements }) =>
          make(
            "li",
            {},
            button(
              fill(texts.others_told, {
                sources: fill(texts.others, {
                  n: number(n),
                  kind: texts.kind_nouns[data.lists.types[type]][n === 1 ? 0 : 1],
                }),
                attributions: counted("attributions", statements),
              }),
              () => choose({ open: { what: "others", type } }),
              { className: "name", key: `others ${type}` },
            ),
          ),
        ),
      ),
    edges.length > 0 &&
      table(
        texts.edges_drawn,
        [texts.connection, texts.facets.stance, texts.statements],
        edges,
        (edge) => [
          button(
            fillWith(texts.edge[data.lists.kinds[edge.kind]], {
              from: isolated(labelOf(edge.from)),
              to: isolated(labelOf(edge.to)),
            }),
            () => choose({ open: { what: "edge", kind: edge.kind, from: edge.from, to: edge.to } }),
            { className: "name", key: `edge ${edgeName(edge)}` },
          ),
          nameIn("stances", stanceOf(edge)),
          number(edge.count),
        ],
      ),
  );
}

/** A table of up to MOST_ROWS rows, of which the last column holds numbers. */
function table(caption, headings, rows, cellsOf) {
  const last = headings.length - 1;
  return make(
    "table",
    {},
    make("caption", {}, caption),
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        headings.map((heading, i) =>
          make("th", { scope: "col", className: i === last ? "number" : "" }, heading),
        ),
      ),
    ),
    make(
      "tbody",
      {},
      rows.slice(0, MOST_ROWS).map((row) =>
        make(
          "tr",
          {},
          cellsOf(row).map((cell, i) =>
            make("td", { className: i === last ? "number" : "" }, cell),
          ),
        ),
      ),
    ),
    rows.length > MOST_ROWS &&
      make(
        "tfoot",
        {},
        make(
          "tr",
          {},
          make(
            "td",
            { colSpan: headings.length },
            fill(texts.more_rows, { n: number(rows.length - MOST_ROWS) }),
          ),
        ),
      ),
  );
}
