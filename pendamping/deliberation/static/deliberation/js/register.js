// The attendance register on a phone whose signal comes and goes: whoever is put on it is kept first, then sent, in order.
// Without this file, or with nothing to keep it in, the forms are sent as any form is.

import { box, hear, keep, keepPages, lost, pending, sendAll, waiting } from "./signal.js";
import { people, show, words } from "./people.js";

const AGAIN = 5000;
const PATIENCE = 10_000;
const note = box.querySelector("[data-waits-said]");
const keeping = new WeakSet(); // forms of which a tap is being kept just now
let kept = 0; // how often somebody was kept to be sent
let shown = 0; // … and how many of these the page shows; it is looked at anew until it shows all
const form = document.querySelector("form.form[data-waiting]"); // of one person; the invited have a form each
const AS_KEPT = "?luring=1"; // with the form, also when the hours of attendance are over
const isAgain = ({ fields }) => fields.some(([name]) => name === "invitation") || (!form && location.search === AS_KEPT);
const mend = { label: (one) => (isAgain(one) ? box.dataset.again : box.dataset.back), act: (one) => (isAgain(one) ? again(one) : putBack(one)) };

async function choose(event) {
  const sent = event.target.closest("form[data-waiting]");
  if (!sent || !waiting) return;
  event.preventDefault();
  event.stopPropagation();
  if (keeping.has(sent) || !sent.reportValidity()) return; // a second tap on the same button is nobody else
  keeping.add(sent);
  try { await taken(sent, event); } finally { keeping.delete(sent); }
  await send();
  if (sent === form) box.scrollIntoView();
}

// Kept on the phone, and said on the page; without a place to keep it, it is sent as any form is.
async function taken(sent, event) {
  const { submitter } = event;
  const { mends, claimed } = sent.dataset;
  try { await keep(sent, submitter, { words: words(sent, submitter), from: location.pathname }, claimed); } catch { plainly(sent, submitter); return; }
  kept += 1;
  if (mends) await waiting.drop(mends);
  if (sent === form) afresh();
  await tell();
}

// The button that was pressed says woman or man.
function plainly(sent, { name, value }) {
  if (name) sent.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  sent.submit();
}

// The next person, most likely from the same RT.
function afresh() {
  const { value } = form.elements.place;
  form.reset();
  form.elements.place.value = value;
  for (const name of ["mends", "claimed"]) delete form.dataset[name];
}

function putBack({ op, fields }) {
  if (!form) { location.assign(`${AS_KEPT}#${op}`); return; }
  form.reset();
  for (const field of form.elements) if (field.type === "checkbox") field.checked = false;
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (!field || ["op", "claimed_at", "csrfmiddlewaretoken"].includes(name)) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
  form.dataset.mends = op; // it stays here until it is sent again, and was done when it was first claimed
  form.dataset.claimed = fields.find(([name]) => name === "claimed_at")[1];
  form.scrollIntoView();
}

async function again({ refused: _answer, ...one }) {
  await waiting.put({ ...one, at: Date.now() });
  await send();
}

// Whoever waits is not ticked again, and is not here yet.
async function tell() {
  const waits = (await people()).filter(waiting.waits);
  note.hidden = waits.length === 0;
  note.textContent = box.dataset.waits.replace("{n}", waits.length);
  const ticked = new Set(waits.flatMap(({ fields }) => fields.filter(([name]) => name === "invitation").map(([, uid]) => uid)));
  for (const one of document.querySelectorAll(".person")) {
    const acts = one.querySelector("form");
    if (acts) acts.hidden = ticked.has(one.id);
    one.querySelector("[data-waits-here]").hidden = !ticked.has(one.id);
  }
  await show(mend);
}

async function send() {
  if (await pending()) kept += 1;
  const sent = kept; // once nothing waits, the server has all these; who is kept meanwhile is looked for later
  const number = await sendAll(PATIENCE);
  await tell();
  if (shown < kept && number === 0) await look(sent);
}

// What the server says now, in the parts of the page that nobody types in; then the pages on the phone are as fresh.
// An answer that knows fewer of those kept than the page shows comes late, and is left.
async function look(known = shown) {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE) });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (known < shown) return;
    for (const part of document.querySelectorAll("[data-part]")) part.replaceChildren(...(page.querySelector(`[data-part=${part.dataset.part}]`)?.childNodes ?? []));
    hear(answer.headers.get("Date"));
    shown = known;
    await keepPages();
  } catch { lost(PATIENCE); }
  await tell();
}

async function mendThis() {
  const one = (await people()).find(({ op, refused }) => refused && location.hash === `#${op}`);
  if (one && form) putBack(one);
}

document.addEventListener("submit", choose, true);
addEventListener("dropped", tell);
addEventListener("offline", () => lost());
addEventListener("online", () => send().then(() => look()));
setInterval(async () => { if (document.visibilityState === "visible" && (shown < kept || (await pending()))) await send(); }, AGAIN);
if (waiting) send().then(mendThis).catch(() => { /* storage forbidden: nothing waits here */ });
if (!navigator.onLine) lost();
keepPages().catch(() => { /* opened with a signal only */ });
