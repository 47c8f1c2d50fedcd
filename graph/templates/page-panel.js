/* The panel beside the views: what stands behind a source, an edge, the others of a kind, a claim. */

const FIRST_CLAIMS = 10;
const OPEN_CONNECTIONS = 8;
let openedFrom = null; // what had the focus before the panel opened
let panelFrom = ""; // what the panel shows

async function drawPanel(before) {
  const { open } = state;
  const panel = byId("panel");
  if (!open) {
    closePanel();
    return;
  }
  const from = JSON.stringify([open, fragmentOf({ ...unchosen(), ...chosenOf(state) }), Boolean(data.claims), state.expand]);
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
  ...NOTHING, ...Object.fromEntries(CHOOSING.map((key) => [key, chosen[key]])),
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
  const again = openedFrom?.isConnected ? openedFrom
    : key && [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  (again || byId("search")).focus();
}

/* ---- a source ---- */

function sourcePanel(source) {
  const said = saidBy(source);
  const expanded = state.expand.includes(source);
  const only = same(state.source, [source]);
  return [[iconOf(source), " ", isolated(labelOf(source))], [
    aboutSource(source, said),
    make("div", { className: "actions" },
      button(only ? texts.all_sources : texts.only_source,
        () => choose({ source: only ? [] : [source] }), { className: "action", key: "only" }),
      button(expanded ? texts.fold : texts.expand, () => choose({
        view: "network",
        expand: toggled(state.expand, source),
      }), { className: "action", key: "expand" })),
    connectionsOf(source),
    claimsOf(said),
  ]];
}

function aboutSource(source, said) {
  const told = data.sources;
  const stances = STANCES.map((stance) => [stance, said.filter((a) => valueOf(a, "stance") === stance).length])
    .filter(([, count]) => count).map(([stance, count]) => counted(stance, count));
  const merged = told.merged?.[source] || [];
  const names = (list) => list.flatMap((name, i) => [i ? ", " : "", isolated(name)]);
  return [
    make("p", { className: "what" }, describe(source)),
    told.affiliations[source] !== 0 && make("p", { className: "what" },
      fillWith(texts.affiliation, { name: names(told.affiliations[source]) })),
    told.aliases[source] !== 0 && make("p", { className: "what" },
      fillWith(texts.aliases, { names: names(told.aliases[source]) })),
    make("p", { className: "what" }, said.length ? fill(texts.account, {
      attributions: counted("attributions", said.length),
      stances: stances.join(", "),
      documents: counted("documents", documentsAmong(said)),
    }) : texts.no_claims),
    merged.length > 0 && make("details", { className: "merged" },
      make("summary", {}, fill(texts.merged, { n: number(merged.length) })),
      make("ul", {}, merged.map(({ label, reason, confidence }) => make("li", {}, isolated(label),
        make("span", { className: "why" }, [reason, confidence >= 0 && fill(texts.sure, { n: confidence })]
          .filter(Boolean).flatMap((words, i) => [i ? "; " : "", isolated(words)])))))),
  ];
}

function connectionsOf(source) {
  const own = edgesAt(source);
  if (!own.length) return "";
  const entry = (edge) => {
    const kind = data.lists.kinds[edge.kind];
    const way = edge.from === source ? "out" : "in";
    const other = way === "out" ? edge.to : edge.from;
    return make("li", {}, lineIcon(kind, stanceOf(edge)),
      button(fillWith(texts.kinds[kind][way], { other: isolated(labelOf(other)) }),
        () => choose({ open: { what: "edge", kind: edge.kind, from: edge.from, to: edge.to } }),
        { className: "name", key: `connection ${edgeName(edge)}` }),
      edge.count > 1 && make("span", { className: "muted" }, ` ×${number(edge.count)}`));
  };
  return make("details", { className: "connections", open: own.length <= OPEN_CONNECTIONS },
    make("summary", {}, make("h3", {}, `${texts.connections} (${number(own.length)})`)),
    make("ul", {}, own.slice(0, MOST_ROWS).map(entry)));
}

/** Claims in a list that grows when asked to. */
function claimsOf(attributions) {
  if (!attributions.length) return "";
  const list = make("ul", { className: "claims" });
  const more = button("", () => grow(), { className: "more" });
  const grow = (most = 50) => {
    const shown = list.children.length;
    list.append(...attributions.slice(shown, shown + most).map(claimCard));
    const left = attributions.length - list.children.length;
    more.hidden = left <= 0;
    more.textContent = fill(texts.more_claims, { n: number(left) });
    if (shown) list.children[shown].querySelector("button").focus();
  };
  grow(FIRST_CLAIMS);
  return make("section", {},
    make("h3", {}, `${texts.said_claims} (${number(attributions.length)})`), list, more);
}

/* ---- an edge, the others, a claim ---- */

function edgePanel(open) {
  const said = statementsBehind(open);
  const kind = data.lists.kinds[open.kind];
  return [fillWith(texts.edge[kind], {
    from: sourceButton(open.from), to: sourceButton(open.to),
  }), [
    make("p", { className: "what" }, counted("attributions", said.length)),
    claimsOf(said),
  ]];
}

function othersPanel(type) {
  const drawn = drawnSources();
  const inPicture = state.view === "network";
  const found = selection.drawn.speaking.filter((source) =>
    data.sources.type[source] === type && !(inPicture && drawn.has(source)));
  const name = data.lists.types[type];
  const list = make("ul", { className: "sources" }, found.slice(0, 200).map((source) => make("li", {},
    sourceButton(source), make("span", { className: "count" }, number(selection.sources[source])))));
  return [[shapeIcon(name, "named"), " ", fill(inPicture ? texts.others : texts.all_of_kind, {
    n: number(found.length), kind: texts.kind_nouns[name][found.length === 1 ? 0 : 1],
  })], [
    make("div", { className: "actions" },
      button(texts.only_kind, () => choose({ type: same(state.type, [type]) ? [] : [type] }), { className: "action", key: "only" }),
      inPicture && state.top < 240 && button(texts.draw_more,
        () => choose({ top: Math.min(2 * state.top, 240) }), { className: "action", key: "more" })),
    list,
    found.length > 200 && make("p", { className: "muted" }, fill(texts.more_choices, { n: number(found.length - 200) })),
  ]];
}

function claimPanel(attribution) {
  const sources = sourcesOf(attribution);
  const body = evidenceOf(attribution)
    .then((evidence) => evidencePanel(attribution, evidence))
    .catch((error) => make("p", { className: "note" }, fill(texts.failed, { error: error.message })));
  return [fillWith(texts.claim_heading, {
    who: sources.length ? sourceButtons(sources) : texts.unknown_source,
    act: nameIn("acts", valueOf(attribution, "act")),
  }), body];
}

function listenToPanel() {
  byId("close").addEventListener("click", () => choose({ open: null }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.open) choose({ open: null });
  });
}
