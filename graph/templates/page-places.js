/* Where things stand in the network. Places come from the data (graph/layout.py laid them out); of
   the few that are drawn together here, the empty space between them is taken out and boxes that
   would cover each other are pushed apart, in steps that always come out the same. */

const ROUNDS = 160;
const AIR = 2; // how much room there is, in the boxes' own area
const EVEN = 0.6; // how far places go by rank, which leaves no corner empty, and not by distance
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Return [x, y] of the middle of each box {width, height, x, y, near}; x is null where the data
    have no place, and `near` then the number of a box to stand by. `aspect` is width by height. */
function placesOf(boxes, aspect) {
  const places = spread(boxes, aspect);
  for (let round = 0; round < ROUNDS; round++) if (!pushApart(boxes, places)) break;
  return places;
}

function spread(boxes, aspect) {
  const known = boxes.filter((box) => box.x !== null);
  const area = AIR * boxes.reduce((sum, box) => sum + box.width * box.height, 0);
  const width = Math.sqrt(area * aspect);
  const height = width / aspect;
  const across = evened(
    known.map((box) => box.x),
    width,
  );
  const down = evened(
    known.map((box) => box.y),
    height,
  );
  const places = boxes.map((box) => (box.x === null ? null : [across(box.x), down(box.y)]));
  // The others stand in a spiral around the one that they are connected with.
  const around = new Map();
  boxes.forEach((box, i) => {
    if (places[i]) return;
    const [x, y] = places[box.near] ?? [0, 0];
    const nth = (around.get(box.near) ?? 0) + 1;
    around.set(box.near, nth);
    const far = 90 + 34 * Math.sqrt(nth);
    places[i] = [x + far * Math.cos(nth * GOLDEN), y + far * Math.sin(nth * GOLDEN)];
  });
  return places;
}

/** Return a function that spreads these values over a length, partly by rank. */
function evened(values, length) {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!(high > low)) return () => 0;
  return (value) => {
    const rank = sorted.indexOf(value) / (sorted.length - 1);
    return (EVEN * rank + (1 - EVEN) * ((value - low) / (high - low)) - 0.5) * length;
  };
}

/** Move boxes that overlap by half of the shorter way each; tell whether any did. */
function pushApart(boxes, places) {
  let moved = false;
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length; j++) {
      const dx = places[j][0] - places[i][0];
      const dy = places[j][1] - places[i][1];
      const overX = (boxes[i].width + boxes[j].width) / 2 - Math.abs(dx);
      const overY = (boxes[i].height + boxes[j].height) / 2 - Math.abs(dy);
      if (overX <= 0 || overY <= 0) continue;
      moved = true;
      const axis = overX < overY ? 0 : 1;
      const way = ((axis ? dy : dx) < 0 ? -1 : 1) * (Math.min(overX, overY) / 2 + 0.5);
      places[i][axis] -= way;
      places[j][axis] += way;
    }
  }
  return moved;
}
