/* Everything begins here: read the data, show the overview, then read the words. */

const DRAW = {
  overview: drawOverview,
  network: drawNetwork,
  claims: drawClaims,
  document: drawDocument,
};

/** Show the state; `before` is the one that was shown. */
function show(before) {
  const filtered = !before || CHOOSING.some((key) => !same(before[key], state[key]));
  if (filtered) {
    select();
    drawChips();
    drawFacets();
    drawTimeline();
    tellSelection();
  }
  for (const view of VIEWS) {
    const active = view === state.view;
    const tab = byId(`tab-${view}`);
    tab.setAttribute("aria-selected", String(active));
    tab.tabIndex = active ? 0 : -1;
    byId(`view-${view}`).hidden = !active;
  }
  document.body.dataset.view = state.view;
  // The panel first: it takes room, and the network is fitted into what is left.
  drawPanel(before);
  DRAW[state.view]();
}

function tellSelection() {
  const words =
    selection.chosen.length === data.size
      ? fill(texts.all_chosen, { attributions: counted("attributions", data.size) })
      : fill(texts.chosen, {
          n: number(selection.chosen.length),
          attributions: counted("attributions", data.size),
        });
  byId("chosen").textContent = words;
  announce(words);
}

function listenToTabs() {
  byId("tabs").addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose({ view: tab.dataset.view });
  });
  byId("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const place = VIEWS.indexOf(state.view);
    const next = step
      ? VIEWS.at((place + step) % VIEWS.length)
      : { Home: VIEWS[0], End: VIEWS.at(-1) }[event.key];
    if (!next) return;
    event.preventDefault();
    choose({ view: next });
    byId(`tab-${next}`).focus();
  });
}

/** `/` goes to the search, 1 to 4 to the views, unless somebody is typing. */
function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const view = VIEWS[Number(event.key) - 1];
    if (event.key === "/") byId("search").focus();
    else if (view) choose({ view });
    else return;
    event.preventDefault();
  });
}

function listenToFolding() {
  const narrow = matchMedia(NARROW);
  const fold = () => {
    byId("filters").open = !narrow.matches;
    byId("legend").open = !narrow.matches;
  };
  fold();
  narrow.addEventListener("change", fold);
  byId("skip").addEventListener("click", () => byId("main").focus());
}

/** For benchmarks, which measure, and for tests, which wait. */
function mark(name) {
  performance.mark(name);
  document.documentElement.dataset.state = name;
}

/** The source that the page was made about, if it was, stands open. */
function stateAtFirst() {
  const focus = data.core.query?.focus;
  return focus === undefined
    ? NOTHING
    : { ...NOTHING, open: { what: "source", source: focus }, expand: [focus] };
}

async function start() {
  await loadCore();
  state = location.hash ? parsed(location.hash) : stateAtFirst();
  byId("made").textContent = [data.core.quoth, ...(data.core.extractors ?? [])]
    .filter(Boolean)
    .join(", ");
  setUpTimeline();
  show(null);
  mark("painted");
  listenToTabs();
  listenToKeys();
  listenToFolding();
  listenToFacets();
  listenToSearch();
  listenToNetwork();
  listenToDocument();
  listenToPanel();
  listenToExport();
  window.addEventListener("popstate", followAddress);
  await loadWords();
  show(state.q ? null : state); // what was shown without words is shown with them
  mark("ready");
}

start().catch((error) => {
  byId("failure").hidden = false;
  // Without texts not even the data could be read; with them something was missing later.
  if (texts.failed) byId("failure").textContent = fill(texts.failed, { error: error.message });
  else byId("failure").append(` ${error.message}`);
});
