"use strict";
// Keys of the panel's lists: / searches, j k or the arrows walk through the rows, Enter opens, ? tells of them.
{
  const typing = (target) => target.closest("input, textarea, select, [contenteditable=true], dialog[open]") !== null;
  const rows = () => [...document.querySelectorAll("#result_list tr.data-row")];
  let at = -1;

  function walk(step) {
    const all = rows();
    if (!all.length) { return; }
    at = Math.min(Math.max(at + step, 0), all.length - 1);
    all.forEach((row, number) => row.classList.toggle("pn-at", number === at));
    const link = all[at].querySelector("th a, td a");
    (link || all[at]).focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  }

  function press(key) {
    const current = rows()[at];
    switch (key) {
      case "/": {
        const field = document.querySelector("#searchbar, input[type=search], input[name=q]");
        if (field) { field.focus(); field.select(); }
        return Boolean(field);
      }
      case "j": case "ArrowDown": walk(1); return rows().length > 0;
      case "k": case "ArrowUp": walk(-1); return rows().length > 0;
      case "x": { const box = current && current.querySelector("input.action-select"); if (box) { box.click(); } return Boolean(box); }
      case "n": case "p": {
        const wanted = Number(new URLSearchParams(location.search).get("p") || 1) + (key === "n" ? 1 : -1);
        const link = document.querySelector(`[rel=${key === "n" ? "next" : "prev"}]`)
          || [...document.querySelectorAll(".pn-paging a")].find((one) => one.textContent.trim() === String(wanted));
        if (link) { link.click(); }
        return Boolean(link);
      }
      case "?": {
        const keys = document.getElementById("pn-keys");
        if (keys) { keys.showModal(); }
        return Boolean(keys);
      }
      default: return false;
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape" && event.target.matches("#searchbar, input[type=search], input[name=q]")) {
      event.target.blur();
      return;
    }
    const arrows = event.key.startsWith("Arrow");
    // Pages of work with rows of their own walk through those; arrows scroll where there is no list.
    if (typing(event.target) || (arrows && !rows().length)) { return; }
    if (press(event.key)) { event.preventDefault(); }
  });
}
