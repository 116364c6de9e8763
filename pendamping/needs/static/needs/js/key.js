// The key of a giver stands after "#" in the address, where no server sees it. Without this file it is typed.

const hash = location.hash.slice(1);

// On a fresh receipt: the address becomes the one to keep, without the ticket.
const giver = document.querySelector("[data-giver]");
if (giver) history.replaceState(null, "", giver.dataset.giver);

// Coming by the link: the key opens the thread at once.
const door = document.querySelector("[data-door] form");
if (door && !giver && hash && !door.querySelector("[aria-invalid=true]")) {
  door.elements.key.value = hash;
  door.action += location.hash;
  door.requestSubmit();
}

// In the thread: whatever is sent comes back to the same address.
if (document.querySelector("[data-thread]") && hash) {
  for (const form of document.querySelectorAll("main form")) form.action += location.hash;
}
