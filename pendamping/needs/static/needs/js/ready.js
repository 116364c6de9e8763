// data-ready on a choice of ready words: choosing some puts them into the message, to be changed there.
for (const choice of document.querySelectorAll("select[data-ready]")) {
  const text = choice.form.querySelector("textarea");
  choice.addEventListener("change", () => {
    const words = choice.selectedOptions[0]?.dataset.words;
    if (!words) return;
    text.value = text.value.trim() ? `${text.value.trim()}\n\n${words}` : words;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
}
