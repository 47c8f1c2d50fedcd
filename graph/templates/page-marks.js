/* From marks over a text, which may nest and cross, to elements that nest. Offsets count code
   points, so texts are cut by code points. */

const DEPTHS = 4; // as many lines under a text as can be told apart
const INNER_LAST = ["content", "source", "cue"];

/** Pieces of a text with the marks over each, outermost first: [[begin, end, marks]].
    `marks` are {role, begin, end, attribution}; where two cross, the longer is the outer one. */
function piecesOf(begin, end, marks) {
  const edges = new Set([begin, end]);
  for (const mark of marks) edges.add(mark.begin).add(mark.end);
  const cuts = [...edges].filter((cut) => cut >= begin && cut <= end).sort((a, b) => a - b);
  const ordered = [...marks].sort(
    (one, other) =>
      other.end - other.begin - (one.end - one.begin) ||
      INNER_LAST.indexOf(one.role) - INNER_LAST.indexOf(other.role) ||
      one.attribution - other.attribution,
  );
  return cuts.slice(0, -1).map((from, i) => {
    const to = cuts[i + 1];
    return [from, to, ordered.filter((mark) => mark.begin <= from && mark.end >= to)];
  });
}

/** Nest elements over pieces: `element(mark, depth, isFirst)` makes one, `text(begin, end)` the
    nodes in it. A mark that another one interrupts goes on in an element of its own. */
function nested(pieces, text, element) {
  const top = document.createDocumentFragment();
  const open = []; // [mark, element]
  const seen = new Set();
  for (const [begin, end, marks] of pieces) {
    let common = 0;
    while (common < open.length && open[common][0] === marks[common]) common++;
    open.length = common;
    for (const mark of marks.slice(common)) {
      const depth = marks.filter((other) => other.role === "content").indexOf(mark);
      const made = element(mark, Math.min(depth, DEPTHS - 1), !seen.has(mark));
      seen.add(mark);
      (open.at(-1)?.[1] ?? top).append(made);
      open.push([mark, made]);
    }
    (open.at(-1)?.[1] ?? top).append(...text(begin, end));
  }
  return top;
}
