"use strict";
// Photos of a claim's papers go off as soon as they are taken or chosen, one after the other, with a bar and a
// second try where the connection was lost. Without this script the forms send them in the ordinary way.

const said = document.querySelector("[data-papers]").dataset;

function go(form, files) {
  const going = form.querySelector("[data-going]");
  const [line, bar, again] = [going.querySelector("p"), going.querySelector("progress"), going.querySelector("button")];
  const waiting = [...files];
  const all = waiting.length;

  function show(text, lost) {
    line.textContent = text;
    line.className = lost ? "wrong" : "";
    again.hidden = !lost;
    bar.hidden = lost;
  }

  function finish() {
    window.removeEventListener("beforeunload", stay);
    history.replaceState(null, "", `#${form.closest("[id^=paper-]").id}`);
    location.reload();
  }

  function next() {
    if (waiting.length) { send(waiting[0]); } else { finish(); }
  }

  function send(file) {
    const body = new FormData();
    for (const hidden of form.querySelectorAll("input[type=hidden]")) { body.append(hidden.name, hidden.value); }
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Upload", "part");
    show(said.sending.replace("{n}", all - waiting.length + 1).replace("{all}", all), false);
    bar.value = 0;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) { bar.value = (100 * event.loaded) / event.total; }
    });
    request.upload.addEventListener("load", () => { bar.removeAttribute("value"); line.textContent = said.kept; });
    request.addEventListener("load", () => {
      if (request.status === 204) { waiting.shift(); next(); } else if (request.status === 200) { finish(); } else { lost(); }
    });
    request.addEventListener("error", lost);
    request.addEventListener("abort", lost);
    request.send(body);
  }

  function lost() { show(said.lost, true); }
  function stay(event) { event.preventDefault(); }

  going.hidden = false;
  const large = waiting.find((file) => file.size > Number(said.megabytes) * 1024 * 1024);
  if (large) {
    show(said.large.replace("{name}", large.name), true);
    again.hidden = true;
    return;
  }
  again.onclick = next;
  taps(form, false);
  window.addEventListener("beforeunload", stay);
  next();
}

function taps(form, shown) { form.querySelector("[data-taps]").hidden = !shown; }

for (const form of document.querySelectorAll("form[data-upload]")) {
  const plain = form.querySelector("[data-plain]");
  plain.hidden = true;
  plain.querySelector("input").disabled = true;
  taps(form, true);
  for (const input of form.querySelectorAll("[data-taps] input")) {
    input.addEventListener("change", () => { if (input.files.length) { go(form, input.files); } input.value = ""; });
  }
}
