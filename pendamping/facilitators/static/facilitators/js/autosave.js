// data-autosave="address": what changes in a form is kept on the server a moment later, and when is said.
// Files are sent by their own button. Nothing is kept on this device: it may be shared.

function autosave(form) {
  const said = document.createElement("p");
  said.className = "draft-note";
  said.setAttribute("role", "status");
  form.querySelector(".form-end")?.append(said);
  let waiting;
  let asked = 0;
  const send = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      const told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : { saved: "" };
      if (mine === asked) said.textContent = told.saved;
    } catch { /* no connection just now: the button of the form still sends everything */ }
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(send, 1200); });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);
