// Shows a notice that was sent to this browser, and opens its page when it is touched. Keeps nothing.

self.addEventListener("push", (event) => {
  const { title, path } = event.data ? event.data.json() : { title: "", path: "/" };
  event.waitUntil(self.registration.showNotification(title, { tag: path, data: path }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
