// Comforts bound to data- attributes. Every page works without this file; nothing here sends anything anywhere.

const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
const clock = () => {
  const parts = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  return parts.format(new Date());
};

// Storage may be full or forbidden; typing must go on.
const store = {
  read: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  write: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  drop: (key) => { try { localStorage.removeItem(key); } catch { /* nothing kept, nothing to drop */ } },
};

// data-draft="key": what was typed stays on this phone until a page that is not a failure answers the send.
const SENT = "draft-sent";
const kept = (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type);

function typed(form) {
  const values = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    const chosen = ["checkbox", "radio"].includes(field.type) ? (field.checked ? [field.value] : [])
      : field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value];
    values[field.name] = [...(values[field.name] ?? []), ...chosen];
  }
  return values;
}

function putBack(form, values) {
  for (const field of form.elements) {
    if (!kept(field) || !(field.name in values)) continue;
    const chosen = values[field.name];
    if (["checkbox", "radio"].includes(field.type)) field.checked = chosen.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = chosen.includes(option.value);
    else field.value = chosen[0] ?? "";
  }
}

function keepDraft(form) {
  const key = `draft:${form.dataset.draft}`;
  const note = form.querySelector(".draft-note");
  const blank = JSON.stringify(typed(form));
  const before = store.read(key);
  const answered = form.querySelector("[aria-invalid=true], .errors");
  if (before && !answered && JSON.stringify(before) !== blank) {
    putBack(form, before);
    form.dispatchEvent(new Event("drafted"));
    const afresh = document.createElement("button");
    afresh.type = "button";
    afresh.className = "button button-quiet";
    afresh.textContent = form.dataset.discard;
    afresh.addEventListener("click", () => { store.drop(key); putBack(form, JSON.parse(blank)); form.dispatchEvent(new Event("drafted")); note.textContent = ""; });
    note.append(form.dataset.restored, " ", afresh);
  }
  let waiting = 0;
  const save = () => {
    waiting = 0;
    if (store.write(key, typed(form))) note.textContent = `${form.dataset.saved} ${clock()}`;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 400);
  });
  addEventListener("pagehide", () => { if (waiting) save(); }); // the last word before the tab was closed
}

// details.fold: its line tells what its fields were set to, or that this was changed; a draft put back opens it.
const changed = (field) => (field.options ? [...field.options].some((one) => one.selected !== one.defaultSelected)
  : ["checkbox", "radio"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);

function fold(box) {
  const line = box.querySelector("summary > span"), said = line.textContent;
  const tell = () => {
    const is = [...box.querySelectorAll("input, select, textarea")].some(changed);
    line.textContent = is ? line.dataset.changed : said;
    return is;
  };
  box.addEventListener("input", tell);
  box.closest("form").addEventListener("drafted", () => { if (tell()) box.open = true; });
  tell();
}

function dropSentDraft() {
  const key = sessionStorage.getItem(SENT);
  if (!key || document.body.classList.contains("failed")) return;
  sessionStorage.removeItem(SENT);
  if (!document.querySelector(".errors")) store.drop(key);
}

// data-shrink on a file input: photos travel as at most 1600 px, so that 2G suffices; the original if that fails.
async function shrunk(file, longest) {
  if (!file.type.startsWith("image/") || file.size < 300_000) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((answer) => { canvas.toBlob(answer, "image/jpeg", 0.8); });
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}

function shrinkPhotos(input) {
  const longest = Number(input.dataset.shrink) || 1600;
  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    input.form?.setAttribute("data-busy", "");
    const files = await Promise.all(chosen.map((file) => shrunk(file, longest).catch(() => file)));
    try {
      const transfer = new DataTransfer();
      files.forEach((file) => transfer.items.add(file));
      input.files = transfer.files;
    } catch { /* an old browser sends the original */ }
    input.form?.removeAttribute("data-busy");
    input.form?.dispatchEvent(new Event("rested"));
  });
}

// data-photos: a button in our words instead of the browser's, and beneath it what was chosen.
function photos(box) {
  const input = box.querySelector("input");
  const draw = (file) => {
    const [line, picture] = [document.createElement("li"), document.createElement("img")];
    picture.alt = "";
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    picture.src = URL.createObjectURL(file);
    line.append(picture, file.name);
    return line;
  };
  box.querySelector("label").hidden = false;
  input.classList.add("sr");
  input.form.addEventListener("rested", () => box.querySelector("ul").replaceChildren(...[...input.files].map(draw)));
}

// data-locate: fills hidden inputs with where the phone is, only when asked.
function locate(box) {
  const button = box.querySelector("button");
  const said = box.querySelector("[role=status]");
  if (!("geolocation" in navigator)) return;
  button.hidden = false;
  const fill = (id, value) => { const field = document.getElementById(id); if (field) field.value = value; };
  button.addEventListener("click", () => {
    said.textContent = box.dataset.waiting;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      fill(box.dataset.latitude, coords.latitude.toFixed(6));
      fill(box.dataset.longitude, coords.longitude.toFixed(6));
      fill(box.dataset.accuracy, Math.round(coords.accuracy));
      said.textContent = box.dataset.done.replace("{metres}", Math.round(coords.accuracy));
      box.dispatchEvent(new Event("located", { bubbles: true }));
    }, () => { said.textContent = box.dataset.failed; }, { enableHighAccuracy: true, timeout: 20_000 });
  });
}

// data-share: the phone's own sharing sheet, else the clipboard.
function share(box) {
  const button = box.querySelector("button");
  const field = box.querySelector("input");
  const said = box.querySelector("[role=status]");
  field.addEventListener("focus", () => field.select());
  if (!navigator.share && !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (navigator.share) await navigator.share({ url: box.dataset.share, title: box.dataset.title || document.title });
      else { await navigator.clipboard.writeText(box.dataset.share); said.textContent = box.dataset.done; }
    } catch { field.focus(); }
  });
}

// data-count beside maxlength: how many characters were used.
function count(field) {
  const note = document.createElement("p");
  note.className = "counted";
  const show = () => { note.textContent = `${field.value.length} / ${field.maxLength}`; };
  field.after(note);
  field.addEventListener("input", show);
  show();
}

// data-confirm on a button: the first press asks in place, the second acts.
function confirmFirst(event, button) {
  if (!button?.dataset.confirm || button.dataset.sure) return false;
  event.preventDefault();
  if (button.nextElementSibling?.classList.contains("confirm")) return true;
  const box = document.createElement("div");
  box.className = "confirm";
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", button.dataset.confirm);
  const question = document.createElement("p");
  question.textContent = button.dataset.confirm;
  const answers = document.createElement("div");
  const yes = button.cloneNode(true);
  yes.dataset.sure = "1";
  const no = document.createElement("button");
  no.type = "button";
  no.className = "button button-quiet";
  no.textContent = button.dataset.no;
  no.addEventListener("click", () => { box.remove(); button.hidden = false; button.focus(); });
  answers.append(yes, no);
  box.append(question, answers);
  button.after(box);
  button.hidden = true;
  yes.focus();
  return true;
}

// One press sends once; while photos still shrink, the send waits for them.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (confirmFirst(event, button) || form.method === "get") return;
  if (form.hasAttribute("data-busy")) {
    event.preventDefault();
    form.addEventListener("rested", () => form.requestSubmit(button), { once: true });
  } else if (form.dataset.sent) event.preventDefault();
  else {
    form.dataset.sent = "1";
    try { if (form.dataset.draft) sessionStorage.setItem(SENT, `draft:${form.dataset.draft}`); } catch { /* no drafts */ }
    button?.setAttribute("aria-busy", "true");
  }
});
addEventListener("pageshow", () => each("form[data-sent]", (form) => {
  delete form.dataset.sent;
  each("[aria-busy]", (button) => button.removeAttribute("aria-busy"));
}));

// data-forget: whoever signs in or out here finds no page of anybody on this phone (kept for reading without a signal).
// What waits on it from leading a meeting outlives a session that ended, and goes with who signs out, asked first.
const [WAITS, LEFT] = ["kendali-waits", "signed-out"];
async function forget() {
  if (!("caches" in window)) return; // without https no page was kept; what waited on the phone goes all the same
  for (const name of await caches.keys()) if (name.startsWith("belajar-")) await caches.delete(name);
}
function leave() {
  store.drop(WAITS);
  indexedDB.deleteDatabase("pendamping-kendali");
  return forget();
}
function forgetting(found) {
  const nothing = () => { /* nothing was kept */ };
  if (found.dataset.forget === "now") { forget().catch(nothing); return; }
  found.addEventListener("submit", ({ submitter }) => {
    const { waits, no } = found.dataset;
    if (submitter && store.read(WAITS) && !submitter.dataset.sure) { Object.assign(submitter.dataset, { confirm: waits, no }); return; }
    sessionStorage.setItem(LEFT, "1"); // what this page was keeping just then goes with the next one
    leave().catch(nothing);
  });
}

// Close an open menu by a press elsewhere or Escape.
const closeMenus = (except) => each("details.menu[open]", (menu) => { if (menu !== except) menu.open = false; });
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(); });

// data-roam: a map is one stop of the Tab key; an arrow key goes to the nearest tile that way.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function roam(map) {
  const spot = (tile) => ["x", "y"].map((name) => Number(tile.querySelector("text").getAttribute(name)));
  map.addEventListener("keydown", (event) => {
    const [way, here] = [ARROWS[event.key], event.target.closest(".tile")];
    if (!way || !here) return;
    event.preventDefault();
    const [x, y] = spot(here);
    let [next, least] = [here, Infinity];
    for (const tile of map.querySelectorAll(".tile")) {
      const [dx, dy] = [spot(tile)[0] - x, spot(tile)[1] - y];
      const ahead = dx * way[0] + dy * way[1];
      const far = ahead + 2 * (Math.abs(dx * way[1]) + Math.abs(dy * way[0]));
      if (ahead > 1 && far < least) [next, least] = [tile, far];
    }
    here.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}

// Where one is stays in sight in a row of tabs that is wider than the phone.
function show(here) {
  const row = here.closest("ul");
  const [own, whole] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
  if (own.right > whole.right || own.left < whole.left) row.scrollLeft += own.left - whole.left - row.clientWidth / 3;
}

function enliven() {
  const fresh = (selector, act) => each(`${selector}:not([data-alive])`, (found) => { found.dataset.alive = ""; act(found); });
  fresh("details.fold", fold);
  fresh("form[data-draft]", keepDraft);
  fresh("input[data-shrink]", shrinkPhotos);
  fresh("[data-photos]", photos);
  fresh("[data-locate]", locate);
  fresh("[data-share]", share);
  fresh("[data-count]", count);
  fresh("[data-forget]", forgetting);
  fresh("[data-roam]", roam);
  fresh("[data-focus]", (found) => found.focus());
  fresh(".nav [aria-current], .tabs [aria-current]", show);
}
try {
  if (sessionStorage.getItem(LEFT)) { sessionStorage.removeItem(LEFT); leave(); }
} catch { /* storage forbidden: nothing was kept */ }
try { dropSentDraft(); } catch { /* storage forbidden: no drafts either */ }
enliven();
document.addEventListener("htmx:afterSettle", enliven);
