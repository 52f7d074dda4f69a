// A report being read and judged, and the review queue: findings and their words light up together; keys go from finding to finding. Everything works without this, by links and buttons.
"use strict";

const items = [...document.querySelectorAll("[data-item]")];
const byFinding = new Map(items.filter((item) => item.dataset.finding).map((item) => [item.dataset.finding, item]));
const text = document.querySelector(".words-column");

// Marks and small letters by the finding that they belong to.
const marks = new Map();
for (const mark of document.querySelectorAll("[data-of]")) {
  for (const finding of mark.dataset.of.split(" ")) marks.set(finding, [...(marks.get(finding) ?? []), mark]);
}
for (const ref of document.querySelectorAll("[data-ref]")) marks.set(ref.dataset.ref, [...(marks.get(ref.dataset.ref) ?? []), ref]);

let lit = [];
function light(finding) {
  for (const element of lit) element.classList.remove("lit");
  lit = finding === undefined ? [] : [byFinding.get(finding), ...(marks.get(finding) ?? [])].filter(Boolean);
  for (const element of lit) element.classList.add("lit");
}

// The text scrolls beside the findings on a wide page; on a narrow one it is left where it is.
function showInText(finding) {
  const mark = (marks.get(finding) ?? [])[0];
  if (!mark || !text || text.scrollHeight <= text.clientHeight) return;
  const [at, around] = [mark.getBoundingClientRect(), text.getBoundingClientRect()];
  if (at.top < around.top + 20 || at.bottom > around.bottom - 40) text.scrollTop += at.top - around.top - text.clientHeight / 3;
}

// The finding with the fewest words under the pointer counts; it stands first.
const findingAt = (target) => target.closest?.("[data-item]")?.dataset.finding ?? target.closest?.("[data-ref]")?.dataset.ref ?? target.closest?.("[data-of]")?.dataset.of.split(" ")[0];
const rest = () => light(current()?.dataset.finding);
document.addEventListener("pointerover", (event) => { const finding = findingAt(event.target); if (finding) light(finding); else rest(); });
document.addEventListener("focusin", (event) => {
  const finding = findingAt(event.target);
  if (!finding) return;
  light(finding);
  if (event.target.closest("[data-item]")) { showInText(finding); mark(event.target.closest("[data-item]")); }
});
for (const element of document.querySelectorAll(".words [data-of]")) {
  element.addEventListener("click", (event) => { if (!event.target.closest("a") && getSelection().isCollapsed) location.hash = `f${element.dataset.of.split(" ")[0]}`; });
}

// Which finding the keys speak of.
const current = () => items.find((item) => item.hasAttribute("aria-current"));
function mark(item) {
  current()?.removeAttribute("aria-current");
  item?.setAttribute("aria-current", "true");
}
function go(item) {
  if (!item) return;
  mark(item);
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}
function arrived() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target?.closest?.("details");
  if (folded) { folded.open = true; target.scrollIntoView({ block: "center" }); }
  const item = target?.closest?.("[data-item]") ?? byFinding.get(target?.dataset?.ref);
  if (item) { mark(item); light(item.dataset.finding); showInText(item.dataset.finding); }
}
addEventListener("hashchange", arrived);
arrived();
const queue = document.querySelector("[data-items=queue]");
if (queue && !current()) {
  const past = /^#q\d+$/.test(location.hash);  // the last of the queue was judged: the one before it is next
  if (past) go(items.at(-1)); else mark(items[0]);
} else if (queue && current()) go(current());

const KEYS = "crauo";
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && !/^(checkbox|button|submit)$/.test(event.target.type);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !items.length) return;
  const at = items.indexOf(current());
  const shown = (step) => { let n = at; do n += step; while (items[n] && !items[n].checkVisibility()); return items[n]; };
  if (event.key === "j") go(at < 0 ? items.find((item) => item.checkVisibility()) : shown(1));
  else if (event.key === "k") go(shown(-1));
  else if (KEYS.includes(event.key)) {
    const of = current()?.querySelector(`[data-key="${event.key}"]`) ?? (event.key === "u" ? document.querySelector(".notice [data-key=u]") : null);
    if (!of) return;
    if (event.key === "o" && of.getAttribute("href").startsWith("#")) { document.querySelector(of.getAttribute("href"))?.focus(); showInText(current().dataset.finding); } else of.click();
  } else return;
  event.preventDefault();
});
