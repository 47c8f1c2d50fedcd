/* The filters beside the views, and the chips that show and remove what is active. */

const MANY = 7; // choices of a filter that are shown before somebody asks for all
const unfolded = new Set(); // filters of which all choices are shown
const FACET_TEXTS = {
  type: "types",
  anonymity: "anonymities",
  act: "acts",
  stance: "stances",
  certainty: "certainties",
  quotation: "quotations",
};

/** How a choice is called, in words. */
function choiceName(facet, code) {
  if (facet === "source") return labelOf(code);
  if (facet === "document") {
    return [titleOf(code), data.documents.date[code]].filter(Boolean).join(", ");
  }
  const value = namesFor(facet)[code];
  if (facet === "publisher") return value || texts.no_publisher;
  return nameIn(FACET_TEXTS[facet], value) || texts.not_said;
}

function drawFacets() {
  for (const facet of FACETS) drawFacet(facet);
  byId("confidence").value = state.confidence;
  byId("confidence-shown").textContent = state.confidence ? `${state.confidence} %` : texts.any;
  byId("contested").checked = state.contested;
}

function drawFacet(facet) {
  const counts = selection.counts[facet];
  const choices = [];
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] || state[facet].includes(code)) choices.push(code);
  }
  const marked = new Set(state[facet]);
  choices.sort(
    (one, other) =>
      marked.has(other) - marked.has(one) || counts[other] - counts[one] || one - other,
  );
  const limit = unfolded.has(facet) ? 200 : Math.max(MANY, marked.size);
  const group = byId(`facet-${facet}`);
  replace(
    group,
    choices.slice(0, limit).map((code) => choice(facet, code, counts[code])),
    choices.length > limit && !unfolded.has(facet)
      ? button(fill(texts.all_choices, { n: number(choices.length) }), () => unfold(facet), {
          className: "more",
          key: "more",
        })
      : choices.length > limit &&
          make(
            "p",
            { className: "muted" },
            fill(texts.more_choices, { n: number(choices.length - limit) }),
          ),
  );
  group.closest("details").hidden = choices.length === 0;
}

function choice(facet, code, count) {
  const box = make("input", {
    type: "checkbox",
    checked: state[facet].includes(code),
    data: { key: `${facet} ${code}` },
    on: { change: () => choose({ [facet]: toggled(state[facet], code) }) },
  });
  const sign =
    facet === "source"
      ? iconOf(code)
      : facet === "type"
        ? shapeIcon(data.lists.types[code], "named")
        : facet === "anonymity"
          ? shapeIcon("Person", data.lists.anonymities[code])
          : facet === "stance" &&
            make("span", { className: `dash stance-${data.lists.stances[code]}` });
  return make(
    "label",
    { className: "choice" },
    box,
    sign,
    make("span", { className: "words" }, isolated(choiceName(facet, code))),
    make("span", { className: "count" }, number(count)),
  );
}

function unfold(facet) {
  unfolded.add(facet);
  drawFacet(facet);
  byId(`facet-${facet}`).querySelectorAll("input")[MANY]?.focus();
}

/* ---- the active filters ---- */

function drawChips() {
  const chips = [];
  const add = (key, name, words, change) =>
    chips.push(
      make(
        "li",
        {},
        make(
          "button",
          {
            type: "button",
            className: "chip",
            data: { key },
            attributes: { "aria-label": fill(texts.remove, { name: `${name}: ${words}` }) },
            on: { click: () => choose(change) },
          },
          muted(`${name} `),
          isolated(shortened(words, 40)),
          make("span", { className: "cross", attributes: { "aria-hidden": "true" } }, "×"),
        ),
      ),
    );
  if (state.q.trim()) add("q", texts.words, state.q, { q: "" });
  for (const facet of FACETS) {
    for (const code of state[facet]) {
      add(`${facet} ${code}`, texts.facets[facet], choiceName(facet, code), {
        [facet]: toggled(state[facet], code),
      });
    }
  }
  if (state.from || state.to) {
    add("date", texts.dates, datesInWords(state.from, state.to), { from: "", to: "" });
  }
  if (state.confidence) {
    add("confidence", texts.confidence, fill(texts.at_least, { n: state.confidence }), {
      confidence: 0,
    });
  }
  if (state.contested) add("contested", texts.claims, texts.contested, { contested: false });
  const several =
    chips.length > 1 &&
    make(
      "li",
      {},
      button(texts.remove_all, () => choose(unchosen()), { className: "more", key: "all" }),
    );
  replace(byId("chips"), chips, several);
  byId("chips").hidden = chips.length === 0;
  byId("filters-count").textContent = chips.length ? `(${number(chips.length)})` : "";
}

function datesInWords(from, to) {
  if (from === to) return from;
  if (!to) return fill(texts.since, { from });
  return from ? fill(texts.between, { from, to }) : fill(texts.until, { to });
}

function listenToFacets() {
  byId("confidence").addEventListener(
    "input",
    delayed((event) => {
      choose({ confidence: Number(event.target.value) }, { quietly: true });
    }, 60),
  );
  byId("contested").addEventListener("change", (event) => {
    choose({ contested: event.target.checked });
  });
  byId("contested").closest("label").hidden = !data.at.contested.includes(1);
  const sure = data.at.confidence.some((confidence) => confidence >= 0);
  byId("confidence").closest("details").hidden = !sure;
}
