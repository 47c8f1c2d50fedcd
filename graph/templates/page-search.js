/* One search for sources, documents and words: a combobox after the ARIA Authoring Practices. */

const OFFERED = { sources: 8, documents: 4 };
let offers = [];
let active = -1;

function offer() {
  const wanted = byId("search").value.trim();
  active = -1;
  offers = wanted ? offersFor(wanted) : [];
  byId("offers").replaceChildren(
    ...offers.map(({ group, sign, words, note }, i) =>
      make(
        "li",
        {
          id: `offer-${i}`,
          className: group,
          attributes: { role: "option", "aria-selected": "false" },
          on: { mousedown: (event) => event.preventDefault(), click: () => take(i) },
        },
        sign,
        make("span", { className: "words" }, words),
        make("span", { className: "count" }, note),
      ),
    ),
  );
  openOffers(offers.length > 0);
  if (wanted) {
    const sources = offers.filter((one) => one.group === "source").length;
    announce(sources ? fill(texts.offers, { n: number(offers.length) }) : texts.no_source);
  }
}

function offersFor(wanted) {
  const terms = termsOf(wanted);
  const matching = (words) => terms.every((term) => words.includes(term));
  const found = (what, limit) => {
    const numbers = [];
    const all = searched(what);
    for (let i = 0; i < all.length && numbers.length < limit; i++)
      if (matching(all[i])) numbers.push(i);
    return numbers;
  };
  const words = {
    group: "text",
    sign: icon("glyph", "sign-search"),
    words: fillWith(texts.search_words, { words: make("b", {}, isolated(wanted)) }),
    note: "",
    take: () => choose({ q: wanted, view: state.view === "overview" ? "claims" : state.view }),
  };
  return [
    ...found("sources", OFFERED.sources).map((source) => ({
      group: "source",
      sign: iconOf(source),
      words: isolated(labelOf(source)),
      note: number(selection.sources[source]),
      take: () => pick(source),
    })),
    ...found("documents", OFFERED.documents).map((document) => ({
      group: "document",
      sign: icon("glyph", "sign-document"),
      words: isolated(titleOf(document)),
      note: data.documents.date[document],
      take: () => choose({ view: "document", read: document }),
    })),
    words,
  ];
}

/** Go to a source: its panel opens and, in the network, it is there with its neighbours. */
function pick(source) {
  const drawn = drawnSources().has(source);
  choose({
    open: { what: "source", source },
    expand: drawn ? state.expand : [...state.expand, source],
  });
}

function take(i) {
  const offered = offers[i];
  byId("search").value = "";
  openOffers(false);
  offered.take();
}

function openOffers(open) {
  byId("offers").hidden = !open;
  byId("search").setAttribute("aria-expanded", String(open));
  if (!open) byId("search").removeAttribute("aria-activedescendant");
}

function activate(i) {
  const entries = byId("offers").children;
  entries[active]?.setAttribute("aria-selected", "false");
  active = (i + entries.length) % entries.length;
  entries[active].setAttribute("aria-selected", "true");
  entries[active].scrollIntoView({ block: "nearest" });
  byId("search").setAttribute("aria-activedescendant", entries[active].id);
}

function listenToSearch() {
  const search = byId("search");
  search.addEventListener("input", offer);
  search.addEventListener("focus", () => {
    if (search.value.trim()) offer();
  });
  search.addEventListener("blur", () => openOffers(false));
  search.addEventListener("keydown", (event) => {
    const open = !byId("offers").hidden;
    if (event.key === "ArrowDown" && offers.length) activate(open ? active + 1 : 0);
    else if (event.key === "ArrowUp" && open) activate(active - 1);
    else if (event.key === "Enter" && open) take(Math.max(active, 0));
    else if (event.key === "Escape" && open) {
      openOffers(false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
}
