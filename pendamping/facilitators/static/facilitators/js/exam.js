// The computer test: each answer leaves at once, waits on this computer while the line is down, and is never forgotten.

const bar = document.querySelector("[data-exam]");
const clock = bar.querySelector(".exam-clock");
const saved = bar.querySelector(".exam-saved");
const key = `exam-${bar.dataset.exam}`;
const kept = read();
let last = Math.max(kept.last || 0, Number(bar.dataset.sequence));
const waiting = new Map(Object.entries(kept.waiting || {}));
const hasEnd = "left" in bar.dataset;  // a quiz may have all the time there is
let ends = performance.now() + 1000 * Number(bar.dataset.left);
const typing = new Map();  // a form whose text is being typed, and when it leaves
let sending = false;
let pause = 1000;

function read() {
  try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; }
}

function keep() {
  try { localStorage.setItem(key, JSON.stringify({ last, waiting: Object.fromEntries(waiting) })); } catch { /* memory holds it */ }
}

function later(form) {
  clearTimeout(typing.get(form));
  typing.set(form, setTimeout(() => queue(form), 1000));
}

function queueTyped() {
  for (const form of [...typing.keys()]) queue(form);
}

function queue(form) {
  clearTimeout(typing.get(form));
  typing.delete(form);
  const shared = read();  // another tab of this browser counts on from the same number
  last = Math.max(last, shared.last || 0) + 1;
  const answer = new FormData(form).getAll("answer").map(String);
  waiting.set(form.dataset.number, { answer, sequence: last });
  keep();
  show();
  send();
}

async function send() {
  if (sending) return;
  sending = true;
  for (const [number, one] of waiting) {
    const outcome = await post(number, one);
    if (outcome === "later") {
      setTimeout(send, pause);
      pause = Math.min(2 * pause, 15000);
      break;
    }
    pause = 1000;
    const now = waiting.get(number);
    if (now && now.sequence === one.sequence) waiting.delete(number);
    keep();
    show();
  }
  sending = false;
  if (waiting.size && pause === 1000) send();
}

async function post(number, { answer, sequence }) {
  const form = document.getElementById(`soal-${number}`);
  const body = new URLSearchParams(answer.map((one) => ["answer", one]));
  body.set("sequence", sequence);
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token) body.set(token.name, token.value);
  try {
    const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20000) });
    if (reply.status >= 500 || reply.status === 429) return "later";
    if (reply.redirected) { location.reload(); return "later"; }  // signed out meanwhile: what waits here goes on after signing in
    const said = await reply.json();
    if (reply.status === 409 || reply.status === 403) { location.reload(); return "later"; }
    mark(form, number, reply.ok, said);
    return "done";
  } catch { return "later"; }
}

function mark(form, number, ok, said) {
  const sign = form.querySelector(".exam-mark");
  sign.textContent = ok ? (said.answered ? "✓" : "") : said.detail;
  sign.classList.toggle("wrong", !ok);
  if (!ok) return;
  if (said.sequence > last) last = said.sequence;
  document.querySelector(`.exam-index a[href="#soal-${number}"]`).classList.toggle("is-answered", said.answered);
  if (hasEnd) ends = performance.now() + 1000 * said.seconds_left;
}

function show() {
  bar.classList.toggle("is-waiting", waiting.size > 0);
  saved.textContent = waiting.size ? `${waiting.size} ${bar.dataset.saidWaiting}` : bar.dataset.saidSaved;
}

function tick() {
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  const two = (value) => String(value).padStart(2, "0");
  clock.textContent = left ? `${Math.floor(left / 3600) ? `${Math.floor(left / 3600)}:` : ""}${two(Math.floor(left / 60) % 60)}:${two(left % 60)}` : bar.dataset.saidOver;
  bar.classList.toggle("is-short", left < 300);
  if (left <= 1) queueTyped();  // whoever still types is heard before the time is up
  if (left === 0 && (!waiting.size || performance.now() > ends + 1000 * Number(bar.dataset.grace))) {
    clearInterval(beat);
    location.reload();
  }
}

for (const form of document.querySelectorAll(".exam-question")) {
  form.addEventListener("input", ({ target }) => { if (target.type === "text") later(form); });
  form.addEventListener("change", ({ target }) => { if (target.type !== "text" || typing.has(form)) queue(form); });
  form.addEventListener("submit", (event) => { event.preventDefault(); queue(form); });
  const one = waiting.get(form.dataset.number);
  if (one) for (const [place, input] of form.querySelectorAll("[name=answer]").entries()) {
    if (input.tagName === "SELECT") input.value = one.answer[place] || "";
    else if (input.type === "text") input.value = one.answer[0] || "";
    else input.checked = one.answer.includes(input.value);
  }
}
document.querySelector(".exam-end").addEventListener("submit", (event) => { if (waiting.size) { event.preventDefault(); show(); send(); } });
addEventListener("online", send);
addEventListener("beforeunload", (event) => { queueTyped(); if (waiting.size) event.preventDefault(); });
const beat = hasEnd ? setInterval(tick, 1000) : 0;
if (hasEnd) tick();
if (waiting.size) { show(); send(); }
