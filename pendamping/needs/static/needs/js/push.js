// data-push: offers notices of the browser where it knows them; the form beside it carries what the browser says yes with.

const box = document.querySelector("[data-push]");
const form = box?.querySelector("form");
const said = box?.querySelector("[role=status]");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function subscribe(event) {
  event.preventDefault();
  try {
    const worker = await navigator.serviceWorker.register(box.dataset.worker);
    const options = { userVisibleOnly: true, applicationServerKey: bytes(box.dataset.push) };
    const yes = await worker.pushManager.subscribe(options);
    form.elements.endpoint.value = yes.endpoint;
    form.elements.key.value = words(yes.getKey("p256dh"));
    form.elements.secret.value = words(yes.getKey("auth"));
    form.submit();
  } catch {
    said.textContent = box.dataset.failed;
  }
}

if (form && "serviceWorker" in navigator && "PushManager" in window) {
  box.hidden = false;
  form.addEventListener("submit", subscribe);
}
