// data-send: a form that needs no more than this person's arrival is sent once by itself; its button stays for the rest.

const form = document.querySelector("form[data-send]");
form?.requestSubmit();
