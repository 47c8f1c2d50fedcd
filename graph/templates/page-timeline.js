/* The small timeline: how many statements by day, week, month or year, and two handles, which are
   sliders to the keyboard, for the first and the last. */

const MOST_BARS = 60;
const DAY_MS = 86400000;
const STEPS = [
  ["day", (day) => day],
  ["week", (day) => day - ((day + 3) % 7)], // 1970-01-01 was a Thursday
  ["month", (day) => firstDay(day, (date) => [date.getUTCFullYear(), date.getUTCMonth()])],
  ["year", (day) => firstDay(day, (date) => [date.getUTCFullYear(), 0])],
];

let bars = []; // [first day, last day] of each bar
let barOf = () => 0;

const firstDay = (day, partsOf) => Date.UTC(...partsOf(new Date(day * DAY_MS)), 1) / DAY_MS;

const dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Choose the finest step that gives few enough bars, and list them. */
function setUpTimeline() {
  const days = [...new Set(data.dayOf.filter((day, document) => day !== null && data.countOf[document]))]
    .sort((one, other) => one - other);
  byId("timeline").hidden = days.length < 2;
  if (days.length < 2) return;
  const [first, last] = [days[0], days.at(-1)];
  for (const [, begin] of STEPS) {
    const starts = startsBetween(first, last, begin);
    bars = starts.map((start, i) => [start, (starts[i + 1] ?? last + 1) - 1]);
    const places = new Map(starts.map((start, i) => [start, i]));
    barOf = (day) => places.get(begin(day));
    if (bars.length <= MOST_BARS) break;
  }
  for (const [id, value] of [["from", 0], ["to", bars.length - 1]]) {
    const slider = byId(id);
    slider.max = bars.length - 1;
    slider.value = value;
    slider.addEventListener("input", () => moved(id));
  }
}

function startsBetween(first, last, begin) {
  const starts = [begin(first)];
  // Only the changes matter, so days are walked; news spans years, not millennia.
  for (let day = first + 1; day <= last && starts.length <= 4000; day++) {
    if (begin(day) !== starts.at(-1)) starts.push(begin(day));
  }
  return starts;
}

const chooseDates = delayed((dates) => choose(dates, { quietly: true }), 60);

function moved(id) {
  const [from, to] = ["from", "to"].map((end) => Number(byId(end).value));
  if (from > to) byId(id === "from" ? "to" : "from").value = byId(id).value;
  const [first, last] = ["from", "to"].map((end) => Number(byId(end).value));
  tellDates(first, last);
  chooseDates({
    from: first === 0 ? "" : dayText(bars[first][0]),
    to: last === bars.length - 1 ? "" : dayText(bars[last][1]),
  });
}

function tellDates(first, last) {
  byId("from").setAttribute("aria-valuetext", dayText(bars[first][0]));
  byId("to").setAttribute("aria-valuetext", dayText(bars[last][1]));
  byId("from-shown").textContent = dayText(Math.max(bars[first][0], data.firstDay));
  byId("to-shown").textContent = dayText(bars[last][1]);
}

const dayIn = (text, otherwise) => (text ? Date.parse(`${text}T00:00:00Z`) / DAY_MS : otherwise);

function drawTimeline() {
  if (bars.length < 2) return;
  data.firstDay ??= Math.min(...[...data.dayOf].filter((day) => day !== null));
  const counts = new Array(bars.length).fill(0);
  let undated = 0;
  for (const [day, count] of selection.days) {
    if (day === null) undated += count;
    else counts[barOf(day)] += count;
  }
  const [from, to] = [dayIn(state.from, -Infinity), dayIn(state.to, Infinity)];
  const inside = bars.map(([first, last]) => last >= from && first <= to);
  const first = Math.max(inside.indexOf(true), 0);
  const last = inside.includes(true) ? inside.lastIndexOf(true) : bars.length - 1;
  byId("from").value = first;
  byId("to").value = last;
  tellDates(first, last);
  const most = Math.max(...counts, 1);
  byId("bars").setAttribute("viewBox", `0 0 ${bars.length} 40`);
  byId("bars").replaceChildren(...counts.map((count, i) => svg("rect", {
    x: i + 0.06, width: 0.88, y: 40 - (38 * count) / most, height: (38 * count) / most,
    class: inside[i] ? "in" : "out",
  }, svg("title", {}, `${dayText(bars[i][0])}: ${counted("attributions", count)}`))));
  byId("undated").textContent = undated ? fill(texts.undated, { n: number(undated) }) : "";
}
