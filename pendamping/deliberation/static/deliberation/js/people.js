// People put on the register without a signal, as they were typed: each waits, or was refused with its reason and can be
// mended and sent again where it was typed, or removed.

import { all, box, count, waiting } from "./signal.js";

const place = box.querySelector("[data-people]");

// What was typed, in the words of the form.
export function words(form, button) {
  const typed = [...form.elements].map((field) => {
    if (field.type === "hidden" || !field.value) return "";
    if (["radio", "checkbox"].includes(field.type)) return field.checked ? field.labels[0].textContent : "";
    return field.tagName === "SELECT" ? field.selectedOptions[0].text : field.tagName === "INPUT" ? field.value : "";
  });
  const pressed = button?.name ? button.textContent : "";
  return [form.dataset.words, ...typed, pressed].map((one) => one?.trim()).filter(Boolean).join(" · ");
}

export const people = async () => (await all()).filter((one) => one.words).sort((one, other) => one.at - other.at);

// mend: what this page does to one typed here, null where it can only be opened there.
let shown = "";
export async function show(mend = null) {
  const found = await people();
  const state = found.map(({ op, refused }) => op + Boolean(refused)).join();
  if (state === shown) return; // a question that is asked stays
  shown = state;
  place.hidden = found.length === 0;
  place.querySelector("ul").replaceChildren(...found.map((one) => line(one, mend)));
}

function line(one, mend) {
  const item = document.createElement("li");
  const [who, state] = [document.createElement("b"), document.createElement("p")];
  who.textContent = one.words;
  state.append(who, " – ", one.refused ? `${place.dataset.refused} ${reason(one.refused)}` : place.dataset.waits);
  item.append(state);
  if (one.refused && mend && one.from === location.pathname) item.append(button(mend.label(one), () => mend.act(one)), " ");
  else if (one.refused) item.append(Object.assign(document.createElement("a"), { href: one.from, className: "button button-secondary", textContent: place.dataset.open }), " ");
  item.append(button(place.dataset.drop, async () => { await waiting.drop(one.op); await count(); await show(mend); dispatchEvent(new Event("dropped")); }, place.dataset.sure));
  return item;
}

function button(label, act, question = "") {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet", textContent: label });
  made.addEventListener("click", () => { if (question && made.textContent !== question) made.textContent = question; else act(); });
  return made;
}

export function reason(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const listed = [...page.querySelectorAll(".errors li")].map((one) => one.textContent.trim()).join(" ");
  return listed || page.querySelector(".errors, h1")?.textContent.trim() || "";
}
