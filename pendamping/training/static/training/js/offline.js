// This page and those of its module stay on the phone for reading without a signal; how far one read is remembered.

const about = document.querySelector("[data-offline]");
const { offline: person, worker, scope, list } = about.dataset;
const STORE = `belajar-${person}`;

async function keepAll() {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register(worker, { scope });
  for (const name of await caches.keys()) if (name.startsWith("belajar-") && name !== STORE) await caches.delete(name);
  const store = await caches.open(STORE);
  const parts = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const own = parts.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/static/"));
  const pages = [...document.querySelectorAll("[data-keep]")].map(({ dataset }) => dataset.keep);
  const wanted = [location.href.split("#")[0], list, ...pages, ...own.map(({ href }) => href)];
  const kept = await Promise.all([...new Set(wanted)].map((address) => keep(store, address)));
  const said = document.querySelector("[data-offline-said]");
  if (said && kept.every(Boolean)) said.hidden = false;
}

async function keep(store, address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    const isOwn = answer.headers.get("X-Keep-Offline") === person;
    if (!answer.ok || answer.redirected || !(isOwn || address.includes("/static/"))) return false;
    await store.put(address, answer.clone());
    if (isOwn && (answer.headers.get("Content-Type") || "").startsWith("text/html")) await keepPictures(store, await answer.text());
    return true;
  } catch { return false; }
}

async function keepPictures(store, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const { attributes } of page.querySelectorAll(".reading img")) {
    const answer = await fetch(attributes.src.value, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && answer.headers.get("X-Keep-Offline") === person) await store.put(attributes.src.value, answer);
  }
}

async function tell(place) {
  const here = new URL(place.dataset.offlineList, location).pathname;
  document.querySelector("[data-offline-note]").hidden = navigator.onLine;
  const store = await caches.open(STORE);
  for (const request of await store.keys()) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(here) || pathname === new URL(list, location).pathname) continue;
    const answer = await store.match(request, { ignoreVary: true });
    if (!(answer.headers.get("Content-Type") || "").startsWith("text/html")) continue;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const link = document.createElement("a");
    link.href = pathname;
    link.textContent = page.querySelector("h1")?.textContent.trim() || pathname;
    place.append(Object.assign(document.createElement("li"), {}));
    place.lastElementChild.append(link);
    document.querySelector("[data-offline-empty]").hidden = true;
  }
}

// How far down the page somebody read: told when they leave it, and gone back to when they return.
function remember(text) {
  const form = document.getElementById(text.dataset.placeForm);
  const whole = () => Math.max(1, document.documentElement.scrollHeight - innerHeight);
  const before = Number(text.dataset.reading);
  if (before > 5 && before < 95 && !location.hash) scrollTo(0, (before / 100) * whole());
  let told = before;
  const send = () => {
    const place = Math.min(100, Math.round((100 * scrollY) / whole()));
    if (!form || document.visibilityState !== "hidden" || place === told) return;
    told = place;
    form.elements.place.value = place;
    navigator.sendBeacon(form.action, new FormData(form));
  };
  document.addEventListener("visibilitychange", send);
}

const text = document.querySelector("[data-reading]");
if (text) remember(text);
const listed = document.querySelector("[data-offline-list]");
keepAll().catch(() => { /* no room, or not allowed: the pages are read with a signal */ });
if (listed && "caches" in window) tell(listed).catch(() => { /* nothing kept */ });
