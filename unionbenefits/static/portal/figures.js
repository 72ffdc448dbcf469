"use strict";
// Adds the parts of the statement up while they are typed. The server looks at them again in any case.

const form = document.querySelector("[data-figures]");
const line = form.querySelector("[data-sum]");
const parts = ["pooled_fund", "supplementary", "medical_aid", "self_paid", "own_expense"];

// In cents, so that nothing is lost; null for what is not an amount.
function cents(name) {
  const text = form.elements[name].value.normalize("NFKC").replace(/[,¥元\s]/g, "");
  if (!text) { return 0; }
  const found = /^(\d{1,10})(?:\.(\d{0,2}))?$/.exec(text);
  return found ? Number(found[1]) * 100 + Number((found[2] || "").padEnd(2, "0")) : null;
}

function shown(amount) { return (amount / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }); }

function add() {
  const total = cents("total");
  const found = parts.map(cents);
  const sum = found.reduce((before, part) => before + part, 0);
  line.hidden = !total || !sum || found.includes(null);
  if (line.hidden) { return; }
  const apart = total - sum;
  const fits = Math.abs(apart) <= 1;
  const words = fits ? form.dataset.fits : apart > 0 ? form.dataset.short : form.dataset.over;
  line.textContent = words.replace("{sum}", shown(sum)).replace("{apart}", shown(Math.abs(apart)));
  line.classList.toggle("sum-fits", fits);
}

form.addEventListener("input", add);
add();
