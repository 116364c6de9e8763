// What waits on this phone until there is a signal. Each has an id made here (its operation id), so that sending twice
// makes one; it is kept until the server has answered, and what came of it until somebody has read it.
// Plain script, for the page and for its service worker.

// base: its name on this phone. isDone(answer): an answer that ends the waiting. refusals: statuses that say what is wrong.
// inOrder: sent as they came, and one that does not get through keeps the others back. forgets: nothing is kept once sent.
self.outbox = ({ base, isDone = () => true, refusals = [400, 413, 422], inOrder = false, forgets = false }) => {
  const open = () => new Promise((done, failed) => {
    const asked = indexedDB.open(base, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("voices", { keyPath: "op" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

  async function on(mode, act) {
    const opened = await open();
    try {
      return await new Promise((done, failed) => {
        const work = opened.transaction("voices", mode);
        const asked = act(work.objectStore("voices"));
        work.oncomplete = () => done(asked.result);
        work.onerror = work.onabort = () => failed(work.error);
      });
    } finally { opened.close(); }
  }

  const put = (voice) => on("readwrite", (store) => store.put(voice));
  const drop = (op) => on("readwrite", (store) => store.delete(op));
  const get = (op) => on("readonly", (store) => store.get(op));
  const all = () => on("readonly", (store) => store.getAll());
  const waits = (voice) => !voice.page && !voice.refused;
  const within = (ms) => AbortSignal.timeout?.(ms); // an older browser waits as long as it will

  // Only a receipt, or an answer that says what is wrong, ends the waiting; anything else is tried again.
  async function send(voice) {
    const body = new FormData();
    for (const [name, value] of voice.fields) body.append(name, value);
    const answer = await fetch(voice.address, { method: "POST", body, signal: within(180_000) });
    const { op, about, at } = voice;
    if (answer.ok && !isDone(answer)) throw new Error("elsewhere");
    if (answer.ok && forgets) await drop(op);
    else if (answer.ok) await put({ op, about, at, receipt: answer.redirected ? answer.url : "", page: await answer.text() });
    else if (refusals.includes(answer.status)) await put({ ...voice, refused: await answer.text() });
    else throw new Error(String(answer.status));
  }

  // One that does not get through keeps none of the others back, unless their order counts.
  async function sendWaiting() {
    let failed = null;
    for (const voice of (await all()).filter(waits).sort((one, other) => one.at - other.at)) {
      await send(voice).catch((problem) => { failed = problem; });
      if (failed && inOrder) break;
    }
    if (failed) throw failed;
  }

  // One at a time: neither two open pages nor the worker beside them send the same photos twice over a thin line. Who
  // comes second waits for the first, and then knows what came of it.
  const sendAll = () => (navigator.locks ? navigator.locks.request(base, sendWaiting) : sendWaiting());

  return { put, drop, get, all, waits, within, sendAll };
};

self.queue = self.outbox({ base: "pendamping-suara" });
