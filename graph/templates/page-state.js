/* What the reader has chosen: one object, written into the address's fragment, so that a view can be
   shared and Back and Forward work. Whatever in a fragment has no meaning here is passed over. */

const VIEWS = ["overview", "network", "claims", "document"];
const ORDERS = ["date", "source", "act", "claim", "document", "confidence"];
const NARROW = "(max-width: 60rem)"; // as page-media.css has it
const NOTHING = Object.freeze({
  view: "overview",
  q: "",
  source: [],
  type: [],
  anonymity: [],
  act: [],
  stance: [],
  certainty: [],
  quotation: [],
  publisher: [],
  document: [],
  from: "",
  to: "",
  confidence: 0,
  contested: false,
  sort: "date",
  down: true,
  top: matchMedia(NARROW).matches ? 14 : 30,
  expand: [],
  read: -1,
  open: null,
});
/** The parts of the state that choose attributions. */
const CHOOSING = [
  "q",
  "source",
  "type",
  "anonymity",
  "act",
  "stance",
  "certainty",
  "quotation",
  "publisher",
  "document",
  "from",
  "to",
  "confidence",
  "contested",
];

let state = { ...NOTHING };

/** How each list of choices is written: as the names of its codes. */
function namesFor(key) {
  return (
    {
      source: data.sources.id,
      expand: data.sources.id,
      document: data.documents.key,
      publisher: data.lists.publishers,
      type: data.lists.types,
      anonymity: data.lists.anonymities,
    }[key] ?? data.lists[LISTS[key]]
  );
}

function numberIn(key, name) {
  if (key === "source" || key === "expand") return data.sourceNumbers.get(name) ?? -1;
  if (key === "document") return data.documentNumbers.get(name) ?? -1;
  return namesFor(key).indexOf(name);
}

/* ---- the fragment ---- */

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function parsed(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const found = { ...NOTHING };
  for (const [key, value] of Object.entries(NOTHING)) {
    if (!Array.isArray(value)) continue;
    const numbers = given
      .getAll(key)
      .map((name) => numberIn(key, name))
      .filter((n) => n >= 0);
    found[key] = [...new Set(numbers)];
  }
  if (VIEWS.includes(given.get("view"))) found.view = given.get("view");
  if (ORDERS.includes(given.get("sort"))) found.sort = given.get("sort");
  found.down = given.has("up") ? false : NOTHING.down;
  found.q = (given.get("q") ?? "").slice(0, 200);
  for (const key of ["from", "to"]) if (DAY.test(given.get(key) ?? "")) found[key] = given.get(key);
  found.confidence = within(given.get("confidence"), 0, 100, 0);
  found.top = within(given.get("top"), 5, 300, NOTHING.top);
  found.contested = given.has("contested");
  found.read = data.documentNumbers.get(given.get("read")) ?? -1;
  found.open = opened(given.get("open") ?? "");
  return found;
}

function within(text, least, most, otherwise) {
  const value = Number.parseInt(text ?? "", 10);
  return value >= least && value <= most ? value : otherwise;
}

/** What `open` names: a source, an edge between two, the others of a kind, an attribution. */
function opened(text) {
  const [what, ...parts] = text.split(" ").map(unescaped);
  if (what === "source") {
    const source = data.sourceNumbers.get(parts[0]);
    return source === undefined ? null : { what, source };
  }
  if (what === "edge") {
    const [kind, from, to] = [
      data.lists.kinds.indexOf(parts[0]),
      data.sourceNumbers.get(parts[1]),
      data.sourceNumbers.get(parts[2]),
    ];
    return kind < 0 || from === undefined || to === undefined ? null : { what, kind, from, to };
  }
  if (what === "others") {
    const type = data.lists.types.indexOf(parts[0]);
    return type < 0 ? null : { what, type };
  }
  if (what === "claim") {
    const document = data.documentNumbers.get(parts[0]);
    const nth = within(parts[1], 0, (data.countOf[document] ?? 0) - 1, -1);
    return nth < 0 ? null : { what, attribution: data.firstOf[document] + nth };
  }
  return null;
}

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function openedText(open) {
  const id = (source) => data.sources.id[source];
  const parts = {
    source: () => [id(open.source)],
    edge: () => [data.lists.kinds[open.kind], id(open.from), id(open.to)],
    others: () => [data.lists.types[open.type]],
    claim: () => {
      const document = data.at.document[open.attribution];
      return [data.documents.key[document], open.attribution - data.firstOf[document]];
    },
  }[open.what]();
  return [open.what, ...parts.map(encodeURIComponent)].join(" ");
}

/** The fragment of a state; what is as at the beginning is left out. */
function fragmentOf(chosen) {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(chosen)) {
    if (Array.isArray(value)) for (const code of value) given.append(key, namesFor(key)[code]);
    else if (value === NOTHING[key]) continue;
    else if (key === "open") given.set(key, openedText(value));
    else if (key === "read") given.set(key, data.documents.key[value]);
    else if (key === "contested") given.set(key, "yes");
    else if (key === "down") given.set("up", "yes");
    else given.set(key, value);
  }
  return given.toString();
}

/* ---- changes ---- */

/** Change the state and show it. `quietly` makes no entry for Back, as while somebody types. */
function choose(change, { quietly = false } = {}) {
  const before = state;
  state = { ...state, ...change };
  const fragment = fragmentOf(state);
  if (fragment !== fragmentOf(before)) {
    try {
      const address = fragment ? `#${fragment}` : `${location.pathname}${location.search}`;
      history[quietly ? "replaceState" : "pushState"](null, "", address);
    } catch {
      // A frame in a notebook may have no history of its own; the page works without.
    }
  }
  show(before);
}

function followAddress() {
  const before = state;
  state = parsed(location.hash);
  show(before);
}

const openSource = (source) => choose({ open: { what: "source", source } });
const openClaim = (attribution) => choose({ open: { what: "claim", attribution } });

/** The same list with a code more, or less. */
const toggled = (codes, code) =>
  codes.includes(code) ? codes.filter((other) => other !== code) : [...codes, code];

const unchosen = () => Object.fromEntries(CHOOSING.map((key) => [key, NOTHING[key]]));

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
