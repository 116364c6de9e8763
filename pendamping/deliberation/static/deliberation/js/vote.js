// The code of a slip or a link stands behind the # of the address, which is never sent; it is put into its field.
const field = document.querySelector("[data-from-link]");
const code = decodeURIComponent(location.hash.slice(1));
if (field && /^[0-9A-Za-z-]{8,40}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
