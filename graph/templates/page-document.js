/* The article as the graph holds it, every attribution marked in its place. */

const MOST_TITLES = 400; // in the list of documents
let shownDocument = -1;

/** The documents of the selection, as they come: latest first. */
function documentsChosen() {
  const found = [];
  for (const a of selection.chosen) {
    const document = data.at.document[a];
    if (found.at(-1) !== document) found.push(document);
  }
  return found;
}

function documentToRead(found) {
  if (state.read >= 0) return state.read;
  if (state.open?.what === "claim") return data.at.document[state.open.attribution];
  return found[0] ?? -1;
}

async function drawDocument() {
  const found = documentsChosen();
  const wanted = documentToRead(found);
  drawTitles(found, wanted);
  byId("article").hidden = wanted < 0;
  byId("no-article").hidden = wanted >= 0;
  if (wanted < 0) return;
  if (wanted !== shownDocument)
    replace(byId("article"), make("p", { className: "muted" }, texts.loading));
  const chunk = await chunkOf(wanted).catch((error) => {
    replace(
      byId("article"),
      make("p", { className: "note" }, fill(texts.failed, { error: error.message })),
    );
  });
  if (!chunk) return;
  if (state.view !== "document" || documentToRead(documentsChosen()) !== wanted) return;
  replace(byId("article"), articleHead(wanted), articleText(wanted, chunk.documents[wanted]));
  const changed = wanted !== shownDocument;
  shownDocument = wanted;
  showOpened(changed);
}

/** The list of documents, and the ways to the one before and after. */
function drawTitles(found, wanted) {
  const place = found.indexOf(wanted);
  const listed = found.slice(0, MOST_TITLES);
  if (wanted >= 0 && !listed.includes(wanted)) listed.unshift(wanted);
  replace(
    byId("titles"),
    listed.map((document) =>
      make(
        "option",
        {
          value: document,
          selected: document === wanted,
        },
        isolatedText(
          shortened(
            [data.documents.date[document], titleOf(document)].filter(Boolean).join("  "),
            54,
          ),
        ),
      ),
    ),
  );
  byId("titles").disabled = !listed.length;
  byId("titles-left").textContent =
    found.length > MOST_TITLES
      ? fill(texts.more_documents, { n: number(found.length - MOST_TITLES) })
      : "";
  for (const [id, other] of [
    ["newer", found[place - 1]],
    ["older", found[place + 1]],
  ]) {
    byId(id).disabled = other === undefined;
    byId(id).dataset.document = other ?? "";
  }
}

function articleHead(document) {
  const told = data.documents;
  const inside = selection.counts.document[document];
  const facts = [told.publisher[document], told.author[document], told.date[document]].filter(
    Boolean,
  );
  return make(
    "header",
    {},
    make("h2", { dir: "auto" }, titleOf(document)),
    make(
      "p",
      { className: "muted" },
      facts.flatMap((fact, i) => [i ? " · " : "", isolated(fact)]),
      facts.length > 0 && " · ",
      counted("attributions", data.countOf[document]),
      told.url[document] && [" · ", webLink(told.url[document], texts.article)],
    ),
    inside < data.countOf[document] &&
      make(
        "p",
        { className: "muted" },
        fill(texts.some_marked, { n: number(inside), all: number(data.countOf[document]) }),
      ),
    make(
      "p",
      { className: "marks" },
      texts.marks,
      ["source", "cue", "content"].map((role) => [
        " ",
        make("mark", { className: role }, texts.roles[role]),
      ]),
    ),
  );
}

function articleText(number, { text, offset, marks, gaps }) {
  const letters = Array.from(text);
  const told = marks.map(([role, begin, end, attribution]) => ({ role, begin, end, attribution }));
  const first = firstMarks(told);
  const words = (begin, end) => letters.slice(begin - offset, end - offset).join("");
  const gap = (begin) => gaps?.some(([from, to]) => begin >= from && begin < to);
  const meant = meantBy(told, words);
  const pieces = piecesOf(
    offset,
    offset + letters.length,
    told.concat(gaps?.map(([begin, end]) => ({ role: "gap", begin, end, attribution: -1 })) ?? []),
  );
  const body = nested(
    pieces,
    (begin, end) => paragraphs(gap(begin) ? " […]\n" : words(begin, end)),
    (mark, depth, isFirst) =>
      mark.role === "gap"
        ? make("span", { className: "gap", title: texts.gap })
        : markElement(mark, {
            depth,
            isFirst,
            takesFocus: isFirst && first.get(mark.attribution) === mark,
            meant: meant.get(mark),
          }),
  );
  return make("div", { className: "text", dir: "auto" }, body);
}

/** The mark of each attribution that the keyboard opens: its cue, else the first there is. */
function firstMarks(marks) {
  const found = new Map();
  for (const mark of marks) {
    const known = found.get(mark.attribution);
    if (!known || (mark.role === "cue" && known.role !== "cue")) found.set(mark.attribution, mark);
  }
  return found;
}

/** Who is meant by each mention that says it in other words, once for each place. */
function meantBy(marks, words) {
  const found = new Map();
  const told = new Set();
  for (const mark of marks.filter(({ role }) => role === "source")) {
    const label = sourcesOf(mark.attribution).map(labelOf).join(texts.and);
    const place = `${mark.begin} ${mark.end} ${label}`;
    if (folded(words(mark.begin, mark.end)) === folded(label) || told.has(place)) continue;
    told.add(place);
    found.set(mark, label);
  }
  return found;
}

/** Text, its lines a little apart. */
const paragraphs = (words) =>
  words
    .split(/\n\s*/)
    .flatMap((line, i) => (i ? [make("span", { className: "break" }, "\n"), line] : [line]))
    .filter(Boolean);

function markElement(mark, { depth, isFirst, takesFocus, meant }) {
  const { role, attribution } = mark;
  const aside = selection.inside[attribution] ? "" : " aside";
  const element = make("span", {
    className: `mark ${role}${role === "content" ? ` depth-${depth}` : ""}${aside}`,
    data: { attribution },
  });
  if (isFirst && meant) element.dataset.label = meant;
  if (takesFocus) element.append(opener(attribution));
  return element;
}

/** A button without words, for the keyboard: marks nest, and buttons must not. */
function opener(attribution) {
  const who = sourcesOf(attribution).map(labelOf).join(texts.and) || texts.unknown_source;
  const cue = data.cues?.[attribution] || nameIn("acts", valueOf(attribution, "act"));
  return make("button", {
    type: "button",
    className: "opener",
    data: { key: `mark ${attribution}` },
    attributes: { "aria-label": fill(texts.open_claim, { who, cue }) },
  });
}

/** Bring out the marks of the attribution that is open, and go there. */
function showOpened(scroll) {
  const open = state.open?.what === "claim" ? state.open.attribution : -1;
  const marks = [...byId("article").querySelectorAll("[data-attribution]")];
  const own = marks.filter((mark) => Number(mark.dataset.attribution) === open);
  byId("article").classList.toggle("has-open", own.length > 0);
  for (const mark of own) mark.classList.add("open");
  if (own.length && scroll) own[0].scrollIntoView({ block: "center" });
}

/** The attribution that a click means: the innermost over these words or, where that is open
    already, the one around it. */
function attributionAt(target) {
  const found = [];
  for (
    let mark = target.closest("[data-attribution]");
    mark;
    mark = mark.parentElement.closest("[data-attribution]")
  ) {
    found.push(Number(mark.dataset.attribution));
  }
  const over = [...new Set(found)];
  const open = state.open?.what === "claim" ? over.indexOf(state.open.attribution) : -1;
  return over[(open + 1) % over.length];
}

function listenToDocument() {
  byId("titles").addEventListener("change", (event) =>
    choose({ read: Number(event.target.value) }),
  );
  for (const id of ["newer", "older"]) {
    byId(id).addEventListener("click", () => choose({ read: Number(byId(id).dataset.document) }));
  }
  byId("article").addEventListener("click", (event) => {
    const found = attributionAt(event.target);
    if (found === undefined) return;
    choose({ open: { what: "claim", attribution: found }, read: shownDocument });
  });
  byId("article").addEventListener("pointerover", (event) => {
    const over = event.target.closest("[data-attribution]")?.dataset.attribution;
    for (const mark of byId("article").querySelectorAll(".mark")) {
      mark.classList.toggle("over", over !== undefined && mark.dataset.attribution === over);
    }
  });
}
