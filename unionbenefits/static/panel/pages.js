"use strict";
// Conveniences of the workflow pages; each page works without them.

// A form that must not be sent twice: the second press finds its button asleep.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    const buttons = [...form.querySelectorAll("button[type=submit]"), ...document.querySelectorAll(`button[form="${form.id}"]`)];
    setTimeout(() => buttons.forEach((button) => { button.disabled = true; }), 0);
  });
}
// Coming back with the Back button finds them awake again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.querySelectorAll("form[data-once] button, button[form]").forEach((button) => { button.disabled = false; });
  }
});

// Ticking somebody means that only those ticked have left.
for (const box of document.querySelectorAll("input[name=leaver]")) {
  box.addEventListener("change", () => {
    const choice = document.querySelector("input[name=leavers][value=ticked]");
    if (choice && box.checked) { choice.checked = true; }
  });
}

// Dropping a file on the field is the same as choosing it.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  // unfold's own listener, set on load, expects a text field beside every file field and fails without one.
  input.hasChangeListener = true;
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("is-over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    zone.addEventListener(name, () => zone.classList.remove("is-over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; }
  });
}

// Copies a text; where the clipboard is closed to us, the text is selected for Ctrl+C.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.done;
    } catch { /* selected already */ }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// Deciding from the keyboard: j and k (or the arrows) walk through the rows, a letter presses the button that shows it.
const desks = () => [...document.querySelectorAll("[data-desk]")];
let deskAt = -1;
document.addEventListener("focusin", (event) => {
  const desk = event.target.closest("[data-desk]");
  if (desk) { deskAt = desks().indexOf(desk); }
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) { return; }
  const all = desks();
  const here = document.activeElement.closest("[data-desk]");
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step && all.length && (here || event.key.length === 1)) {
    event.preventDefault();
    const next = all[Math.min(Math.max((here ? all.indexOf(here) : deskAt - (step > 0 ? 1 : 0)) + step, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return;
  }
  const button = here && [...here.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === event.key);
  if (!button) { return; }
  event.preventDefault();
  const field = button.form.querySelector("select[name=value], input[name=value]:not([type=hidden])");
  if (field && !field.value) { field.focus(); } else { button.form.requestSubmit(button); }
});
// After a decision the row that has moved up into the same place is next.
document.addEventListener("htmx:afterSwap", () => {
  const all = desks();
  if (deskAt >= 0 && all.length) { all[Math.min(deskAt, all.length - 1)].focus({ preventScroll: true }); }
});
