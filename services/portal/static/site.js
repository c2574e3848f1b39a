// What pages do better with JavaScript; each works without it.
"use strict";

// After a form came back: put the cursor where the errors are told.
function focusOnTrouble() {
  const trouble = document.querySelector("[data-focus]");
  if (trouble) trouble.focus();
}

// An error of a group links to its first box; a text field just takes the focus.
function focusOnLink(event) {
  const link = event.target.closest(".error-summary a[href^='#']");
  if (!link) return;
  const field = document.getElementById(link.getAttribute("href").slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.closest(".field")?.scrollIntoView({ block: "start" });
}

// A pressed button looks busy for a while. It can be pressed again: the command id is the same.
function showBusy(event) {
  const button = event.submitter;
  if (!button || button.matches(".link-button") || event.target.method !== "post") return;
  button.setAttribute("aria-disabled", "true");
  setTimeout(() => button.removeAttribute("aria-disabled"), 8000);
}

// How much room is left in a long text. Counted as the server counts: by characters.
function countCharacters(area) {
  const most = Number(area.dataset.counted);
  const counter = document.createElement("p");
  counter.className = "hint counter";
  counter.setAttribute("aria-live", "polite");
  area.after(counter);
  const show = () => {
    const left = most - Array.from(area.value.replace(/\r\n/g, "\n")).length;
    counter.textContent = left >= 0 ? `还可以填写 ${left} 个字。` : `超出 ${-left} 个字，请精简。`;
    counter.classList.toggle("counter-over", left < 0);
  };
  area.addEventListener("input", show);
  show();
}

document.addEventListener("click", focusOnLink);
document.addEventListener("submit", showBusy);
document.addEventListener("DOMContentLoaded", () => {
  focusOnTrouble();
  document.querySelectorAll("textarea[data-counted]").forEach(countCharacters);
});
