/* What the panel tells of a source: who it is, its connections, and what it says. */

const FIRST_CLAIMS = 10;
const OPEN_CONNECTIONS = 8;

function sourcePanel(source) {
  const said = saidBy(source);
  const expanded = state.expand.includes(source);
  const only = same(state.source, [source]);
  return [
    [iconOf(source), " ", isolated(labelOf(source))],
    [
      aboutSource(source, said),
      make(
        "div",
        { className: "actions" },
        button(
          only ? texts.all_sources : texts.only_source,
          () => choose({ source: only ? [] : [source] }),
          { className: "action", key: "only" },
        ),
        button(
          expanded ? texts.fold : texts.expand,
          () =>
            choose({
              view: "network",
              expand: toggled(state.expand, source),
            }),
          { className: "action", key: "expand" },
        ),
      ),
      connectionsOf(source),
      claimsOf(said),
    ],
  ];
}

function aboutSource(source, said) {
  const told = data.sources;
  const stances = STANCES.map((stance) => [
    stance,
    said.filter((a) => valueOf(a, "stance") === stance).length,
  ])
    .filter(([, count]) => count)
    .map(([stance, count]) => counted(stance, count));
  const merged = told.merged?.[source] || [];
  const names = (list) => list.flatMap((name, i) => [i ? ", " : "", isolated(name)]);
  return [
    make("p", { className: "what" }, describe(source)),
    told.affiliations[source] !== 0 &&
      make(
        "p",
        { className: "what" },
        fillWith(texts.affiliation, { name: names(told.affiliations[source]) }),
      ),
    told.aliases[source] !== 0 &&
      make(
        "p",
        { className: "what" },
        fillWith(texts.aliases, { names: names(told.aliases[source]) }),
      ),
    make(
      "p",
      { className: "what" },
      said.length
        ? fill(texts.account, {
            attributions: counted("attributions", said.length),
            stances: stances.join(", "),
            documents: counted("documents", documentsAmong(said)),
          })
        : texts.no_claims,
    ),
    merged.length > 0 &&
      make(
        "details",
        { className: "merged" },
        make("summary", {}, fill(texts.merged, { n: number(merged.length) })),
        make(
          "ul",
          {},
          merged.map(({ label, reason, confidence }) =>
            make(
              "li",
              {},
              isolated(label),
              make(
                "span",
                { className: "why" },
                [reason, confidence >= 0 && fill(texts.sure, { n: confidence })]
                  .filter(Boolean)
                  .flatMap((words, i) => [i ? "; " : "", isolated(words)]),
              ),
            ),
          ),
        ),
      ),
  ];
}

function connectionsOf(source) {
  const own = edgesAt(source);
  if (!own.length) return "";
  const entry = (edge) => {
    const kind = data.lists.kinds[edge.kind];
    const way = edge.from === source ? "out" : "in";
    const other = way === "out" ? edge.to : edge.from;
    return make(
      "li",
      {},
      lineIcon(kind, stanceOf(edge)),
      button(
        fillWith(texts.kinds[kind][way], { other: isolated(labelOf(other)) }),
        () => choose({ open: { what: "edge", kind: edge.kind, from: edge.from, to: edge.to } }),
        { className: "name", key: `connection ${edgeName(edge)}` },
      ),
      edge.count > 1 && muted(` ×${number(edge.count)}`),
    );
  };
  return make(
    "details",
    { className: "connections", open: own.length <= OPEN_CONNECTIONS },
    make("summary", {}, make("h3", {}, `${texts.connections} (${number(own.length)})`)),
    make("ul", {}, own.slice(0, MOST_ROWS).map(entry)),
  );
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
  return make(
    "section",
    {},
    make("h3", {}, `${texts.said_claims} (${number(attributions.length)})`),
    list,
    more,
  );
}
