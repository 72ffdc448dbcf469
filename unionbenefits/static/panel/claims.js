"use strict";
// The papers of a claim: turned, enlarged and changed in place. Without this the links do the same by loading the page.

for (const viewer of document.querySelectorAll("[data-viewer]")) {
  const stage = viewer.querySelector("[data-stage]");
  if (!stage) { continue; }
  const sheets = [...viewer.querySelectorAll(".cd-sheets:first-of-type [data-sheet]")];
  let turn = 0, zoom = 1;
  const frame = () => stage.querySelector("[data-turned]");

  // A picture on its side is as wide as the frame, and the frame as high as the picture is then.
  const fit = () => {
    const box = frame();
    const picture = box && box.querySelector("img");
    if (!picture || !picture.naturalWidth) { return; }
    const wide = stage.clientWidth * zoom;
    const lies = turn % 2 === 1;
    const ratio = picture.naturalHeight / picture.naturalWidth;
    const high = lies ? wide / ratio : wide * ratio;
    box.className = `cd-turned is-fitted${turn ? ` cd-turn-${turn}` : ""}`;
    box.style.width = `${wide}px`;
    box.style.height = `${high}px`;
    picture.style.width = `${lies ? high : wide}px`;
    picture.style.height = `${lies ? wide : high}px`;
    stage.classList.toggle("is-large", zoom > 1 || high > stage.clientHeight);
    stage.classList.remove("is-loading");
  };
  const watch = () => {
    const picture = stage.querySelector("[data-picture]");
    if (!picture) { return; }
    picture.addEventListener("load", fit);
    if (picture.complete) { fit(); }
  };
  const enlarge = (to) => {
    const middle = [(stage.scrollLeft + stage.clientWidth / 2) / zoom, (stage.scrollTop + stage.clientHeight / 2) / zoom];
    zoom = Math.min(Math.max(to, 1), 4);
    fit();
    stage.scrollTo(middle[0] * zoom - stage.clientWidth / 2, middle[1] * zoom - stage.clientHeight / 2);
  };
  const at = () => sheets.findIndex((sheet) => sheet.hasAttribute("aria-current"));
  const show = (number) => {
    const sheet = sheets[number];
    if (!sheet) { return; }
    // A PDF, or the way back from one, is another page.
    if (sheet.hasAttribute("data-is-pdf") || !stage.querySelector("[data-picture]")) { location.assign(sheet.href); return; }
    sheets.forEach((one) => one.removeAttribute("aria-current"));
    sheet.setAttribute("aria-current", "true");
    turn = 0; zoom = 1;
    stage.setAttribute("aria-label", sheet.dataset.kind);
    stage.classList.add("is-loading");
    stage.scrollTo(0, 0);
    const picture = stage.querySelector("[data-picture]");
    picture.alt = sheet.dataset.kind;
    picture.src = sheet.dataset.sheet;
    viewer.querySelectorAll("[data-open]").forEach((link) => { link.href = sheet.dataset.sheet; });
    history.replaceState(null, "", sheet.href);
  };
  const acts = {
    left: () => { turn = (turn + 3) % 4; fit(); },
    right: () => { turn = (turn + 1) % 4; fit(); },
    larger: () => enlarge(zoom + 0.5),
    smaller: () => enlarge(zoom - 0.5),
    reset: () => { turn = 0; enlarge(1); stage.scrollTo(0, 0); },
    next: () => show(at() + 1),
    before: () => show(at() - 1),
  };

  for (const link of viewer.querySelectorAll("[data-do]")) {
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => { event.preventDefault(); acts[link.dataset.do](); });
    link.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); link.click(); } });
  }
  sheets.forEach((sheet, number) => sheet.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || sheet.hasAttribute("data-is-pdf")) { return; }
    event.preventDefault();
    show(number);
  }));
  stage.addEventListener("dblclick", () => enlarge(zoom > 1 ? 1 : 2));

  // The mouse moves a large picture as a hand would.
  let held = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || !stage.classList.contains("is-large")) { return; }
    held = [event.clientX + stage.scrollLeft, event.clientY + stage.scrollTop];
    stage.classList.add("is-dragging");
  });
  window.addEventListener("pointermove", (event) => {
    if (held) { stage.scrollTo(held[0] - event.clientX, held[1] - event.clientY); }
  });
  window.addEventListener("pointerup", () => { held = null; stage.classList.remove("is-dragging"); });
  stage.addEventListener("dragstart", (event) => event.preventDefault());

  // Keys work while the papers, or nothing else, have the focus.
  const keys = { ArrowLeft: "before", ArrowRight: "next", "+": "larger", "=": "larger", "-": "smaller", r: "right", e: "left", 0: "reset" };
  document.addEventListener("keydown", (event) => {
    const name = keys[event.key] || keys[event.key.toLowerCase()];
    const here = document.activeElement === document.body || viewer.contains(document.activeElement);
    if (!name || !here || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    acts[name]();
  });
  viewer.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = false; });
  new ResizeObserver(fit).observe(stage);
  watch();
}
