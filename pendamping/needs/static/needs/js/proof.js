// data-proof="bits": a little work while somebody types, instead of a picture puzzle of strangers. Looks for the counter
// whose SHA-256 with the form's operation id begins with so many zero bits. Without it the form is sent all the same.

const AT_ONCE = 128;

const zeros = (digest) => {
  const view = new DataView(digest);
  return view.getUint32(0) ? Math.clz32(view.getUint32(0)) : 32;
};

async function proofOf(op, bits) {
  const encoder = new TextEncoder();
  for (let first = 0; ; first += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, step) =>
      crypto.subtle.digest("SHA-256", encoder.encode(`${op}:${first + step}`)));
    const found = (await Promise.all(tries)).findIndex((digest) => zeros(digest) >= bits);
    if (found >= 0) return String(first + found);
  }
}

for (const field of document.querySelectorAll("input[data-proof]")) {
  const op = field.form?.elements.namedItem("op");
  if (!op || !globalThis.crypto?.subtle) continue;
  let proven = "";
  field.form.addEventListener("input", async () => {
    const { value } = op;
    if (proven === value) return;
    [proven, field.value] = [value, ""];
    const found = await proofOf(value, Number(field.dataset.proof));
    if (op.value === value) field.value = found;
  });
}
