// What the pages share that go on without a signal: since when it is gone, what waits on this phone until it is back, and
// which pages stay on it. The screen in the hall keeps nothing and only says that it lost its connection.

export const box = document.querySelector("[data-screen], [data-signal]");
export const { waiting } = globalThis;
const said = box.querySelector("[data-lost-said]");
let seen = Date.now(); // when the server was last heard
let behind = Number(store("kendali-clock")) || 0; // milliseconds the server's clock is ahead of this one

function store(key, value) {
  try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; }
}

export const now = () => Date.now() + behind;
export const hour = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: box.dataset.zone }).format(at);

export function hear(date) {
  seen = Date.now();
  if (date) { behind = new Date(date).getTime() - seen; store("kendali-clock", behind); }
  said.hidden = true;
}

export function lost(patience = 0) {
  if (Date.now() - seen < patience && navigator.onLine) return;
  said.textContent = box.dataset.lost.replace("{time}", hour(seen));
  said.hidden = false;
}

// What is sent is kept first: what the phone says of its own signal is often wrong. Mended, it was done when it was first
// claimed. Throws where nothing can be kept.
export async function keep(form, button, more = {}, claimed = undefined) {
  const op = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const fields = [...new FormData(form)].filter(([name]) => !["op", "claimed_at"].includes(name));
  if (button?.name) fields.push([button.name, button.value]);
  fields.push(["op", op], ["claimed_at", claimed ?? new Date(now()).toISOString()]);
  const address = form.getAttribute("action") || location.pathname;
  await waiting.put({ op, at: Date.now(), about: box.dataset.person, address, fields, ...more });
  await count();
  const registered = await navigator.serviceWorker?.getRegistration();
  registered?.sync?.register("kendali").catch(() => { /* sent while this page is open */ });
}

export const all = async () => (waiting ? waiting.all().catch(() => []) : []);
export const pending = async () => (await all()).filter((one) => waiting.waits(one)).length;

// Whoever signs out is asked first while something waits (core/js/app.js), for it goes with them.
export const count = async () => store("kendali-waits", (await all()).length);

// Whoever signed in anew has another token, and what somebody else kept is not theirs.
async function renew() {
  const token = document.querySelector("main [name=csrfmiddlewaretoken]")?.value;
  for (const one of await all()) {
    const fields = one.fields.map(([name, value]) => [name, name === "csrfmiddlewaretoken" && token ? token : value]);
    if (one.about !== box.dataset.person) await waiting.drop(one.op);
    else if (waiting.waits(one)) await waiting.put({ ...one, fields });
  }
}

let sending = null;
export function sendAll(patience = 0) {
  sending ??= sendOnce(patience).finally(() => { sending = null; });
  return sending;
}

// How many wait still.
async function sendOnce(patience) {
  if (!waiting) return 0;
  try { await renew(); await waiting.sendAll(); } catch { lost(patience); }
  await count();
  return pending();
}

// These pages stay on the phone in the store of their person, and open again without a signal; one the server says may not
// stay any more, as that of a closed meeting, goes.
export async function keepPages() {
  const { worker, scopes, pages, person } = box.dataset;
  if (!worker || !("serviceWorker" in navigator) || !("caches" in window)) return;
  for (const scope of scopes.split(" ")) await navigator.serviceWorker.register(worker, { scope });
  const kept = await caches.open(`belajar-${person}`);
  const parts = new Set(performance.getEntriesByType("resource").map(({ name }) => name));
  for (const address of pages.split(" ")) {
    const page = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    const [path] = address.split("?");
    if (page.ok && !page.redirected && page.headers.get("X-Keep-Offline") === person) {
      const html = new DOMParser().parseFromString(await page.clone().text(), "text/html");
      for (const { attributes } of html.querySelectorAll("script[src]")) parts.add(new URL(attributes.src.value, location).href);
      await kept.put(path, page);
    } else await kept.delete(path, { ignoreSearch: true });
  }
  await kept.addAll([...parts].filter((name) => name.startsWith(`${location.origin}/static/`)));
}
