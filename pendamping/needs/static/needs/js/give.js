// The form of a voice on a phone with a bad signal: it asks what neighbours said, keeps what is sent until the receipt is
// there, and finds a ward by its name. Without this file the form works as a plain page.

const { queue } = globalThis;
const SENT = "suara-sent";
const form = document.querySelector("form[data-give]");
const box = document.getElementById("outbox");

// What the server has answered for waits no more: its receipt is here, or the form with what was wrong.
async function settle() {
  const op = sessionStorage.getItem(SENT);
  const wrong = form?.querySelector(".errors");
  if (!op || !(wrong || document.querySelector("[data-receipt]"))) return;
  sessionStorage.removeItem(SENT);
  const voice = await queue.get(op);
  if (wrong && voice) photosAgain(voice.fields);
  await queue.drop(op);
}

// A browser sends no file twice by itself; we have them still.
function photosAgain(fields) {
  const input = form.elements.photos;
  const transfer = new DataTransfer();
  for (const [name, value] of fields) if (name === "photos" && value.size) transfer.items.add(value);
  if (!transfer.files.length) return;
  input.files = transfer.files;
  form.dispatchEvent(new Event("rested"));
}

async function keep(event) {
  const { submitter } = event;
  if (event.defaultPrevented || form.dataset.sent || form.hasAttribute("data-busy")) return;
  if (submitter?.name === "look" || submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  const voice = {
    op: form.elements.op.value, at: Date.now(), address: form.getAttribute("action") || location.pathname,
    about: form.elements.text.value.slice(0, 80), fields: [...new FormData(form)],
  };
  let isKept = false;
  try { await queue.put(voice); isKept = true; } catch { /* no room, or not allowed: it is sent as any form is */ }
  if (navigator.onLine || !isKept) {
    if (isKept) sessionStorage.setItem(SENT, voice.op);
    form.submit();
    return;
  }
  const registered = await navigator.serviceWorker?.getRegistration();
  registered?.sync?.register("suara").catch(() => { /* sent when this page is open again */ });
  navigator.storage?.persist?.();
  afresh();
  await show();
  box.scrollIntoView();
}

function afresh() {
  form.reset();
  form.dispatchEvent(new Event("rested"));
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  localStorage.removeItem(`draft:${form.dataset.draft}`);
  newOp();
}

// Made here, for a page kept on the phone is opened more than once.
function newOp() {
  if (crypto.randomUUID) form.elements.op.value = crypto.randomUUID();
}

// What waits, and what came of it.
async function show() {
  const voices = await queue.all();
  box.hidden = voices.length === 0;
  box.querySelector("ul").replaceChildren(...voices.map(line));
}

function line(voice) {
  const item = document.createElement("li");
  const words = document.createElement("p");
  const state = queue.waits(voice) ? "waiting" : voice.refused ? "refused" : "sent";
  words.textContent = `${voice.about ? `“${voice.about}” — ` : ""}${box.dataset[state]}`;
  item.append(words);
  if (voice.page) item.append(opener(voice), " ");
  if (voice.refused) {
    words.append(": ", reason(voice.refused));
    item.append(button(box.dataset.again, () => putBack(voice)), " ");
  }
  item.append(button(box.dataset.drop, async () => { await queue.drop(voice.op); await show(); }, queue.waits(voice) && box.dataset.sure));
  return item;
}

// The receipt with its key, where the page that came back names it; else the page itself, which is shown only once.
function opener({ page, receipt }) {
  const own = parsed(page).querySelector("[data-giver]")?.dataset.giver || receipt;
  if (!own) return button(box.dataset.open, () => document.getElementById("main").replaceChildren(...parsed(page).getElementById("main").childNodes));
  return Object.assign(document.createElement("a"), { href: own, className: "button button-secondary", textContent: box.dataset.open });
}

function button(label, act, question) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet", textContent: label });
  made.addEventListener("click", () => {
    if (question && made.textContent !== question) made.textContent = question;
    else act();
  });
  return made;
}

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
const reason = (html) => [...parsed(html).querySelectorAll(".errors li")].map((one) => one.textContent.trim()).join(" ");

async function putBack(voice) {
  for (const [name, value] of voice.fields) {
    const field = form.elements[name];
    if (field && !(value instanceof File) && name !== "op") field.value = value;
  }
  photosAgain(voice.fields);
  await queue.drop(voice.op);
  await show();
}

async function sendAll() {
  if (!navigator.onLine) return;
  try { await queue.sendAll(); } catch { /* it goes on waiting */ }
  await show();
}

// What neighbours said there, as soon as the place is known; again when the words are.
const near = document.querySelector("[data-near]");
let asked = 0;
async function look() {
  const mine = ++asked;
  const body = new FormData(form);
  body.delete("photos");
  body.set("look", "near");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body });
    const page = parsed(await answer.text()).querySelector("[data-ward]");
    if (!answer.ok || !page || mine !== asked) return;
    if (!form.elements.ward.value) form.elements.ward.value = page.dataset.ward;
    near.querySelector("[data-look]").hidden = true;
    near.querySelectorAll(":scope > [data-ward]").forEach((old) => old.remove());
    near.prepend(page);
  } catch { /* without a signal nobody is asked */ }
}

function lookWhenKnown() {
  const { ward, rw, rt, text } = form.elements;
  for (const field of [ward, rw, rt]) field.addEventListener("change", look);
  text.addEventListener("change", () => { if (ward.value && text.value.length > 10) look(); });
  form.addEventListener("located", look);
}

// A ward by its name: the first that has these letters is chosen.
function search(field) {
  const { ward } = form.elements;
  field.closest("[hidden]").hidden = false;
  field.addEventListener("input", () => {
    const typed = field.value.trim().toLowerCase();
    const found = typed && [...ward.options].find(({ value, text }) => value && text.toLowerCase().includes(typed));
    if (!found || found.value === ward.value) return;
    ward.value = found.value;
    ward.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

async function keepPage() {
  await navigator.serviceWorker.register(form.dataset.give, { scope: location.pathname });
  const store = await caches.open("suara");
  const own = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(`${location.origin}/static/`));
  await store.addAll([location.pathname, ...new Set(own)]);
}

if (form) {
  newOp();
  form.addEventListener("submit", keep);
  lookWhenKnown();
  document.querySelectorAll("[data-ward-search]").forEach(search);
  addEventListener("online", sendAll);
  settle().then(show).then(sendAll).catch(() => { /* storage forbidden: nothing waits here */ });
  if ("serviceWorker" in navigator && "caches" in window) keepPage().catch(() => { /* opened with a signal only */ });
} else settle().catch(() => { /* storage forbidden */ });
