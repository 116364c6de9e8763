// data-cover="id of the boxes": draw boxes over a photo; each becomes a line of four numbers, which also work typed.

const SVG = "http://www.w3.org/2000/svg";
const box = document.querySelector("[data-cover]");
const field = box && document.getElementById(box.dataset.cover);
const plane = box?.querySelector("svg");

const read = () => field.value.split("\n").map((line) => line.trim().split(/[\s,]+/).map(Number))
  .filter((numbers) => numbers.length === 4 && numbers.every(Number.isFinite));

function draw(extra) {
  plane.querySelectorAll("rect").forEach((old) => old.remove());
  for (const [x, y, width, height] of extra ? [...read(), extra] : read()) {
    const rect = document.createElementNS(SVG, "rect");
    Object.entries({ x, y, width, height }).forEach(([name, value]) => rect.setAttribute(name, value));
    plane.append(rect);
  }
}

function at(event) {
  const edge = plane.getBoundingClientRect();
  const part = (value, length) => Math.round(1000 * Math.min(1, Math.max(0, value / length)));
  return [part(event.clientX - edge.left, edge.width), part(event.clientY - edge.top, edge.height)];
}

if (field && plane) {
  let first = null;
  const between = ([x, y]) => [Math.min(x, first[0]), Math.min(y, first[1]), Math.abs(x - first[0]), Math.abs(y - first[1])];
  plane.addEventListener("pointerdown", (event) => { first = at(event); plane.setPointerCapture(event.pointerId); });
  plane.addEventListener("pointermove", (event) => { if (first) draw(between(at(event))); });
  plane.addEventListener("pointercancel", () => { first = null; draw(); });
  plane.addEventListener("pointerup", (event) => {
    const drawn = first && between(at(event));
    first = null;
    if (drawn && drawn[2] > 5 && drawn[3] > 5) field.value = [...field.value.split("\n").filter(Boolean), drawn.join(" ")].join("\n");
    draw();
  });
  field.addEventListener("input", () => draw());
  draw();
}
