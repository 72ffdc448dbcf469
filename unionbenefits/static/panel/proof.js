"use strict";
// A part of a page was answered with a dialogue that asks who is there (pages/proving.py). It opens; once the proof
// is given, what was pressed is pressed again. Nothing typed into the page was touched meanwhile.
(() => {
  let waiting = null;
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.getResponseHeader("X-Proof") === "asked" && !event.detail.elt.closest("[data-proof]")) {
      const cause = event.detail.requestConfig.triggeringEvent;
      waiting = { element: event.detail.elt, button: cause && cause.submitter };
    }
  });
  document.addEventListener("htmx:load", (event) => {
    const dialog = event.target.closest("[data-proof]");
    if (dialog && !dialog.open) { dialog.showModal(); }
  });
  document.addEventListener("close", (event) => {
    if (event.target.matches && event.target.matches("[data-proof]")) { event.target.remove(); }
  }, true);
  document.addEventListener("proved", () => {
    for (const dialog of document.querySelectorAll("[data-proof]")) { dialog.remove(); }
    if (!waiting || !waiting.element.isConnected) { return; }
    const { element, button } = waiting;
    waiting = null;
    if (element.tagName === "FORM") { element.requestSubmit(button || undefined); } else { element.click(); }
  });
})();
