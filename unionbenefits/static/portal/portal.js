"use strict";
// What a page gains where scripts run: it opens without a network, and a certificate may be kept on the phone.
// Every page works without this.

const KEPT = "kept";

if ("serviceWorker" in navigator) {
  // After the page has arrived, so that it waits for nothing.
  window.addEventListener("load", () => { navigator.serviceWorker.register("/service-worker.js").catch(() => {}); });
}

if ("caches" in window) {
  // Browsers that know Clear-Site-Data forget by themselves; this is for those that don't.
  for (const form of document.querySelectorAll("form[action^='/sign-out']")) {
    form.addEventListener("submit", () => { caches.delete(KEPT); });
  }
  const form = document.querySelector("[data-keep]");
  if (form && "serviceWorker" in navigator) { offer(form); }
}

async function offer(form) {
  const keepIt = form.querySelector("[data-keep-it]");
  const dropIt = form.querySelector("[data-drop-it]");

  function show(isKept, said) {
    keepIt.hidden = isKept;
    dropIt.hidden = !isKept;
    for (const line of form.querySelectorAll("[data-said]")) { line.hidden = line.dataset.said !== said; }
  }

  async function keep(event) {
    event.preventDefault();
    try {
      await navigator.serviceWorker.register("/service-worker.js");
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
      if (!answer.ok) { throw new Error(answer.status); }
      const kept = await caches.open(KEPT);
      await kept.put(form.dataset.kept, answer);
      show(true, "kept");
    } catch {
      show(false, "failed");
    }
  }

  async function drop() {
    await caches.delete(KEPT);
    show(false, "dropped");
  }

  form.addEventListener("submit", keep);
  dropIt.addEventListener("click", drop);
  show(Boolean(await caches.match(form.dataset.kept, { cacheName: KEPT })), "");
  form.hidden = false;
}
