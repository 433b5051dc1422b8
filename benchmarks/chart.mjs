// Time of a decision over the number of rules, as an SVG with logarithmic axes.

const [WIDTH, HEIGHT] = [720, 420];
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 170, 30, 50];
const COLOURS = ['#1a7f37', '#cf222e', '#0969da', '#8250df', '#9a6700', '#57606a'];

/** `lines` have a name and points: number of rules, nanoseconds. */
export function chart(lines) {
  const all = lines.flatMap(({ points }) => points);
  const decades = (values) => [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const [x0, x1] = decades(all.map(([count]) => count));
  const [y0, y1] = decades(all.map(([, ns]) => ns));
  const x = (count) => LEFT + ((Math.log10(count) - x0) / (x1 - x0)) * (WIDTH - LEFT - RIGHT);
  const y = (ns) => HEIGHT - BOTTOM - ((Math.log10(ns) - y0) / (y1 - y0)) * (HEIGHT - TOP - BOTTOM);
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const grid = [
    ...range(x0, x1).map(
      (count) =>
        `<line x1="${px(x(count))}" y1="${TOP}" x2="${px(x(count))}" y2="${HEIGHT - BOTTOM}" stroke="#d0d7de"/>` +
        `<text x="${px(x(count))}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${count.toLocaleString('en')}</text>`,
    ),
    ...range(y0, y1).map(
      (ns) =>
        `<line x1="${LEFT}" y1="${px(y(ns))}" x2="${WIDTH - RIGHT}" y2="${px(y(ns))}" stroke="#d0d7de"/>` +
        `<text x="${LEFT - 8}" y="${px(y(ns) + 4)}" text-anchor="end">${unit(ns)}</text>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#57606a">
<title>Time of a decision over the number of rules</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${grid.join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">rules "this user may do this with this document"</text>
${lines.map((line, i) => drawn(line, COLOURS[i % COLOURS.length], x, y)).join('\n')}
</svg>
`;
}

function drawn({ name, points }, colour, x, y) {
  const path = points.map(([count, ns]) => `${px(x(count))},${px(y(ns))}`).join(' ');
  const [count, ns] = points.at(-1);
  const dots = points.map(([c, n]) => `<circle cx="${px(x(c))}" cy="${px(y(n))}" r="3" fill="${colour}"/>`).join('');
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}<text x="${px(x(count) + 8)}" y="${px(y(ns) + 4)}" fill="${colour}">${name}, ${time(ns)}</text>`;
}

function px(number) {
  return Number(number.toFixed(1));
}

function unit(ns) {
  if (ns < 1000) return `${ns} ns`;
  return ns < 1e6 ? `${ns / 1000} µs` : `${ns / 1e6} ms`;
}

function time(ns) {
  if (ns < 1000) return `${ns.toFixed(0)} ns`;
  return ns < 1e6 ? `${(ns / 1000).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`;
}
