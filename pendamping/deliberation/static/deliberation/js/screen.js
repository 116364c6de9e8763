// data-screen: a part of the page that is looked at again every few seconds and changes only when the room did. Without a
// connection it says since when; on the phone that leads, what is chosen waits there and is sent by itself.

import { all, box, hear, hour, keep, keepPages, lost, now, pending, sendAll, waiting } from "./signal.js";
import { reason, show } from "./people.js";

const part = box.querySelector("[data-part]");
const EVERY = Number(box.dataset.every) * 1000;
const PATIENCE = 8000;
let tag = box.dataset.tag;
let asked = 0;

async function look() {
  const mine = ++asked;
  try {
    const answer = await fetch(box.dataset.screen, { headers: { "If-None-Match": tag }, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE) });
    const text = answer.status === 200 ? await answer.text() : "";
    if (answer.status !== 304 && (!text || answer.redirected)) throw new Error(String(answer.status));
    hear(answer.headers.get("Date"));
    if (text && mine === asked && !(await pending())) swap(text, answer.headers.get("ETag"));
  } catch { lost(2 * EVERY); }
  tick();
}

function swap(html, fresh) {
  const focused = document.activeElement?.id;
  part.innerHTML = html; // our own server's page, put together from escaped values
  tag = (fresh || "").replace(/^W\//, "") || tag;
  if (focused) document.getElementById(focused)?.focus();
}

// Minutes left or over of what runs; the hour in the corner.
function tick() {
  for (const one of part.querySelectorAll("[data-until]")) {
    const minutes = Math.round((new Date(one.dataset.until).getTime() - now()) / 60_000);
    one.textContent = (minutes < 0 ? one.dataset.over : one.dataset.left).replace("{n}", Math.abs(minutes));
    one.classList.toggle("is-over", minutes < 0);
  }
  for (const one of part.querySelectorAll("[data-clock]")) one.textContent = hour(now());
}

// A choice is kept first, then sent.
async function choose(event) {
  const form = event.target.closest("form[data-waiting]");
  if (!form || !waiting) return;
  event.preventDefault();
  event.stopPropagation();
  try { await keep(form); } catch { form.submit(); return; }
  press(form);
  await send();
}

// At once, as if it were heard: the next look says what really is.
function press(form) {
  const button = form.querySelector("[aria-pressed]");
  if (!button) { form.querySelector("button").setAttribute("aria-busy", "true"); return; }
  for (const one of part.querySelectorAll("[aria-pressed=true]")) one.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
}

async function send() {
  const number = await sendAll(2 * EVERY);
  if (!waiting) return;
  await refusals();
  const note = box.querySelector("[data-waits-said]");
  if (!note.dataset.refused) {
    note.hidden = number === 0;
    note.textContent = box.dataset.waits.replace("{n}", number);
  }
  if (number === 0) await look();
}

// Of a choice it is said why it was not taken, and another is made; people stay until they are mended or removed.
async function refusals() {
  const note = box.querySelector("[data-waits-said]");
  delete note.dataset.refused;
  await show();
  for (const one of (await all()).filter(({ refused, words }) => refused && !words)) {
    note.textContent = `${box.dataset.refused} ${reason(one.refused)}`;
    note.hidden = false;
    note.dataset.refused = "1";
    tag = "";
    await waiting.drop(one.op);
  }
}

document.addEventListener("submit", choose, true);
addEventListener("online", () => send().then(look));
setInterval(() => { if (document.visibilityState === "visible") (waiting ? send() : look()); }, EVERY);
setInterval(tick, 10_000);
tick();
keepPages().catch(() => { /* opened with a signal only */ });
