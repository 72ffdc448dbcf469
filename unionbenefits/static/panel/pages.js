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
