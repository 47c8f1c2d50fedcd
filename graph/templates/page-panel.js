/* The panel beside the views: what stands behind a source, an edge, the others, a claim. */

let openedFrom = null; // what had the focus before the panel opened
let panelFrom = ""; // what the panel shows

async function drawPanel(before) {
  const { open } = state;
  const panel = byId("panel");
  if (!open) {
    closePanel();
    return;
  }
  const from = JSON.stringify([
    open,
    fragmentOf({ ...unchosen(), ...chosenOf(state) }),
    Boolean(data.claims),
    state.expand,
  ]);
  if (from === panelFrom) return;
  const fresh = !same(before?.open ?? null, open);
  panelFrom = from;
  if (panel.hidden) openedFrom = document.activeElement;
  const [heading, body] = {
    source: () => sourcePanel(open.source),
    edge: () => edgePanel(open),
    others: () => othersPanel(open.type),
    claim: () => claimPanel(open.attribution),
  }[open.what]();
  replace(byId("panel-heading"), heading);
  panel.hidden = false;
  document.body.classList.add("with-panel");
  if (fresh) {
    byId("panel-body").scrollTop = 0;
    byId("panel-heading").focus({ preventScroll: true });
  }
  replace(byId("panel-body"), make("p", { className: "muted" }, texts.loading));
  const content = await body;
  if (from === panelFrom) replace(byId("panel-body"), content);
}

const chosenOf = (chosen) => ({
  ...NOTHING,
  ...Object.fromEntries(CHOOSING.map((key) => [key, chosen[key]])),
});

function closePanel() {
  const panel = byId("panel");
  if (panel.hidden) return;
  const inside = panel.contains(document.activeElement) || document.activeElement === document.body;
  panel.hidden = true;
  panelFrom = "";
  document.body.classList.remove("with-panel");
  if (!inside) return;
  const key = openedFrom?.dataset?.key;
  const again = openedFrom?.isConnected
    ? openedFrom
    : key && [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  (again || byId("search")).focus();
}

/* ---- an edge, the others, a claim; page-source.js has the source ---- */

function edgePanel(open) {
  const said = statementsBehind(open);
  const kind = data.lists.kinds[open.kind];
  return [
    fillWith(texts.edge[kind], {
      from: sourceButton(open.from),
      to: sourceButton(open.to),
    }),
    [make("p", { className: "what" }, counted("attributions", said.length)), claimsOf(said)],
  ];
}

function othersPanel(type) {
  const drawn = drawnSources();
  const inPicture = state.view === "network";
  const found = selection.drawn.speaking.filter(
    (source) => data.sources.type[source] === type && !(inPicture && drawn.has(source)),
  );
  const name = data.lists.types[type];
  const list = make(
    "ul",
    { className: "sources" },
    found
      .slice(0, 200)
      .map((source) =>
        make(
          "li",
          {},
          sourceButton(source),
          make("span", { className: "count" }, number(selection.sources[source])),
        ),
      ),
  );
  return [
    [
      shapeIcon(name, "named"),
      " ",
      fill(inPicture ? texts.others : texts.all_of_kind, {
        n: number(found.length),
        kind: texts.kind_nouns[name][found.length === 1 ? 0 : 1],
      }),
    ],
    [
      make(
        "div",
        { className: "actions" },
        button(texts.only_kind, () => choose({ type: same(state.type, [type]) ? [] : [type] }), {
          className: "action",
          key: "only",
        }),
        inPicture &&
          state.top < 240 &&
          button(texts.draw_more, () => choose({ top: Math.min(2 * state.top, 240) }), {
            className: "action",
            key: "more",
          }),
      ),
      list,
      found.length > 200 &&
        make(
          "p",
          { className: "muted" },
          fill(texts.more_choices, { n: number(found.length - 200) }),
        ),
    ],
  ];
}

function claimPanel(attribution) {
  const sources = sourcesOf(attribution);
  const body = evidenceOf(attribution)
    .then((evidence) => evidencePanel(attribution, evidence))
    .catch((error) =>
      make("p", { className: "note" }, fill(texts.failed, { error: error.message })),
    );
  return [
    fillWith(texts.claim_heading, {
      who: sources.length ? sourceButtons(sources) : texts.unknown_source,
      act: nameIn("acts", valueOf(attribution, "act")),
    }),
    body,
  ];
}

function listenToPanel() {
  byId("close").addEventListener("click", () => choose({ open: null }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.open) choose({ open: null });
  });
}
