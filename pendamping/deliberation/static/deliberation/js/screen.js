// data-screen: a part of the page that is looked at again every few seconds and changes only when the room did. Without a
// connection it says since when; on the phone that leads, what is chosen waits there and is sent by itself.

const box = document.querySelector("[data-screen]");
const part = box.querySelector("[data-part]");
const said = box.querySelector("[data-lost-said]");
const { waiting } = globalThis;
const EVERY = Number(box.dataset.every) * 1000;
const PATIENCE = 8000;
let tag = box.dataset.tag;
let seen = Date.now(); // when the server was last heard
let behind = Number(store("kendali-clock")) || 0; // milliseconds the server's clock is ahead of this one
let asked = 0;

function store(key, value) {
  try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; }
}

const hour = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: box.dataset.zone }).format(at);

async function look() {
  const mine = ++asked;
  try {
    const answer = await fetch(box.dataset.screen, { headers: { "If-None-Match": tag }, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE) });
    const text = answer.status === 200 ? await answer.text() : "";
    if (answer.status !== 304 && (!text || answer.redirected)) throw new Error(String(answer.status));
    hear(answer.headers.get("Date"));
    if (text && mine === asked && !(await pending())) swap(text, answer.headers.get("ETag"));
  } catch { lost(); }
  tick();
}

function hear(date) {
  seen = Date.now();
  if (date) { behind = new Date(date).getTime() - seen; store("kendali-clock", behind); }
  said.hidden = true;
}

function lost() {
  if (Date.now() - seen < 2 * EVERY && navigator.onLine) return;
  said.textContent = box.dataset.lost.replace("{time}", hour(seen));
  said.hidden = false;
}

function swap(html, fresh) {
  const focused = document.activeElement?.id;
  part.innerHTML = html; // our own server's page, put together from escaped values
  tag = (fresh || "").replace(/^W\//, "") || tag;
  if (focused) document.getElementById(focused)?.focus();
}

// Minutes left or over of what runs; the hour in the corner.
function tick() {
  const now = Date.now() + behind;
  for (const one of part.querySelectorAll("[data-until]")) {
    const minutes = Math.round((new Date(one.dataset.until).getTime() - now) / 60_000);
    one.textContent = (minutes < 0 ? one.dataset.over : one.dataset.left).replace("{n}", Math.abs(minutes));
    one.classList.toggle("is-over", minutes < 0);
  }
  for (const one of part.querySelectorAll("[data-clock]")) one.textContent = hour(now);
}

const pending = async () => (waiting ? (await waiting.all().catch(() => [])).filter(waiting.waits).length : 0);

// A choice is kept first, then sent: what the phone says of its own signal is often wrong.
async function choose(event) {
  const form = event.target.closest("form[data-waiting]");
  if (!form || !waiting) return;
  event.preventDefault();
  event.stopPropagation();
  const claimed = new Date(Date.now() + behind).toISOString();
  const op = fresh();
  const fields = [...new FormData(form)].filter(([name]) => !["op", "claimed_at"].includes(name));
  fields.push(["op", op], ["claimed_at", claimed]);
  try { await waiting.put({ op, at: Date.now(), about: box.dataset.person, address: form.getAttribute("action"), fields }); } catch { form.submit(); return; }
  press(form);
  (await navigator.serviceWorker?.getRegistration())?.sync?.register("kendali").catch(() => { /* sent while this page is open */ });
  await send();
}

function fresh() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// At once, as if it were heard: the next look says what really is.
function press(form) {
  const button = form.querySelector("[aria-pressed]");
  if (!button) { form.querySelector("button").setAttribute("aria-busy", "true"); return; }
  for (const one of part.querySelectorAll("[aria-pressed=true]")) one.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
}

// Whoever signed in anew has another token, and the choices of somebody else are not theirs.
async function renew() {
  const { person } = box.dataset;
  const token = part.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const one of (await waiting.all()).filter(waiting.waits)) {
    const fields = one.fields.map(([name, value]) => [name, name === "csrfmiddlewaretoken" && token ? token : value]);
    if (one.about !== person) await waiting.drop(one.op);
    else await waiting.put({ ...one, fields });
  }
}

let sending = null;
function send() {
  sending ??= sendOnce().finally(() => { sending = null; });
  return sending;
}

async function sendOnce() {
  if (!waiting) return;
  try { if (await pending()) await renew(); await waiting.sendAll(); await refusals(); } catch { lost(); }
  const number = await pending();
  const note = box.querySelector("[data-waits-said]");
  if (!note.dataset.refused) {
    note.hidden = number === 0;
    note.textContent = box.dataset.waits.replace("{n}", number);
  }
  if (number === 0) await look();
}

async function refusals() {
  const note = box.querySelector("[data-waits-said]");
  delete note.dataset.refused;
  for (const one of (await waiting.all()).filter(({ refused }) => refused)) {
    const page = new DOMParser().parseFromString(one.refused, "text/html");
    note.textContent = `${box.dataset.refused} ${page.querySelector(".errors, h1")?.textContent.trim() || ""}`;
    note.hidden = false;
    note.dataset.refused = "1";
    tag = "";
    await waiting.drop(one.op);
  }
}

// The page of the phone stays on it, and opens again without a signal.
async function keepPage() {
  const { worker, person } = box.dataset;
  if (!worker || !("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register(worker, { scope: location.pathname });
  const kept = await caches.open(`belajar-${person}`);
  const page = await fetch(location.pathname, { credentials: "same-origin" });
  if (page.ok && !page.redirected && page.headers.get("X-Keep-Offline") === person) await kept.put(location.pathname, page);
  const own = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(`${location.origin}/static/`));
  await kept.addAll([...new Set(own)]);
}

document.addEventListener("submit", choose, true);
addEventListener("online", () => send().then(look));
setInterval(() => { if (document.visibilityState === "visible") (waiting ? send() : look()); }, EVERY);
setInterval(tick, 10_000);
tick();
keepPage().catch(() => { /* opened with a signal only */ });
