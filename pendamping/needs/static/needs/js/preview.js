// data-preview="address" on a button: shows beneath it how the words of its form will read, without leaving the page.

for (const button of document.querySelectorAll("button[data-preview]")) {
  const said = document.createElement("div");
  said.setAttribute("role", "status");
  button.after(said);
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const body = new URLSearchParams({ text: button.form.elements.text.value });
      const answer = await fetch(button.formAction, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      said.replaceChildren(...page.querySelector("[data-preview-result]").childNodes);
    } catch { said.textContent = ""; button.form.requestSubmit(button); }
  });
}
