// Choices of whoever leads a meeting, and people put on its register, that wait for a signal (queue.js, loaded before
// this, keeps them). Sent in the order they were made; an answer from elsewhere, a sign-in most likely, ends no waiting. For the page and its worker.

self.waiting = self.outbox({
  base: "pendamping-kendali",
  isDone: ({ url }) => new URL(url).pathname.match("/kendali/|/daftar-hadir/") !== null,
  refusals: [400, 403, 404, 409, 413, 422],
  inOrder: true,
  forgets: true,
});
if ("registration" in self) self.addEventListener("sync", (event) => { if (event.tag === "kendali") event.waitUntil(self.waiting.sendAll()); });
