// The form of a voice on a phone with a bad signal: it asks what neighbours said, keeps what is sent until the receipt is
// there, and finds a ward by its name. Without this file the form works as a plain page.

const { queue } = globalThis;
const SENT = "suara-sent";
const PATIENCE = 10_000; // milliseconds for a few bytes: 2G takes two of its seconds for them
const AGAIN = 120_000;
const form = document.querySelector("form[data-give]");
const box = document.getElementById("outbox");

// What the server has answered for waits no more: its receipt is here, or the form with what was wrong. With neither, it
// was lost on its way: it waits here, and does not stand in the form as well, to be sent twice.
async function settle() {
  const op = sessionStorage.getItem(SENT);
  if (!op) return;
  sessionStorage.removeItem(SENT);
  const wrong = form?.querySelector(".errors");
  const voice = await queue.get(op);
  if (!wrong && !document.querySelector("[data-receipt]")) {
    if (form && voice) afresh();
    return;
  }
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
    about: form.elements.is_confidential.checked ? "" : form.elements.text.value.slice(0, 80), // others may look on
    fields: [...new FormData(form)],
  };
  let isKept = false;
  try { await queue.put(voice); isKept = true; } catch { /* no room, or not allowed: it is sent as any form is */ }
  if (await isReached()) {
    if (isKept) sessionStorage.setItem(SENT, voice.op);
    form.submit();
    return;
  }
  if (!isKept) {
    rest();
    box.hidden = false;
    box.querySelector("ul").replaceChildren(Object.assign(document.createElement("li"), { textContent: box.dataset.full }));
    box.scrollIntoView();
    return;
  }
  const registered = await navigator.serviceWorker?.getRegistration();
  registered?.sync?.register("suara").catch(() => { /* sent when this page is open again */ });
  navigator.storage?.persist?.();
  afresh();
  await show();
  box.scrollIntoView();
}

// Is there a signal that carries anything? What the phone itself says of it is often wrong.
async function isReached() {
  if (!navigator.onLine) return false;
  try {
    const answer = await fetch(form.dataset.give, { method: "HEAD", cache: "no-store", signal: queue.within(PATIENCE) });
    await answer.text(); // leaving the page in the midst of an answer is an error to the browser
    return answer.ok;
  } catch { return false; }
}

// Nothing was sent from this page: its draft is not dropped by the next one (core/js/app.js).
function rest() {
  sessionStorage.removeItem("draft-sent");
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

// The next voice: nothing of the last is in it, not even what no field shows.
function afresh() {
  form.reset();
  for (const name of ["point_latitude", "point_longitude", "proof"]) if (form.elements[name]) form.elements[name].value = "";
  form.querySelectorAll("[data-locate] [role=status], .draft-note").forEach((said) => said.replaceChildren());
  form.dispatchEvent(new Event("rested"));
  rest();
  localStorage.removeItem(`draft:${form.dataset.draft}`);
  newOp();
}

// Made here, for a page kept on the phone is opened more than once.
function newOp() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  form.elements.op.value = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
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
  for (const field of form.elements) if (field.type === "checkbox") field.checked = false;
  for (const [name, value] of voice.fields) {
    const field = form.elements[name];
    if (!field || value instanceof File || ["op", "proof"].includes(name)) continue;
    if (field.type === "checkbox") field.checked = true; // one that is said to be confidential stays so
    else field.value = value;
  }
  form.dispatchEvent(new Event("input")); // it is a draft again, and stays one in a closed tab
  photosAgain(voice.fields);
  await queue.drop(voice.op);
  await show();
}

let isSending = false;
async function sendAll() {
  if (isSending || !navigator.onLine || !(await queue.all()).some(queue.waits)) return;
  isSending = true;
  try { await queue.sendAll(); } catch { /* it goes on waiting */ }
  isSending = false;
  await show();
}

// What neighbours said there, as soon as the place is known; again when the words are.
const near = document.querySelector("[data-near]");
let asked = 0;
async function look() {
  const mine = ++asked;
  const body = new FormData(form);
  for (const name of ["photos", "contact"]) body.delete(name);
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
  setInterval(sendAll, AGAIN); // a phone that never knew it had no signal is told of none
  settle().then(show).then(sendAll).catch(() => { /* storage forbidden: nothing waits here */ });
  if ("serviceWorker" in navigator && "caches" in window) keepPage().catch(() => { /* opened with a signal only */ });
} else settle().catch(() => { /* storage forbidden */ });
