// The desk works without this; it makes it quicker. No library, nothing from elsewhere.
"use strict";

// "/" goes to the search box, as in many programs; not while something is typed.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("q").focus();
  }
});

// A choice made by pointer is applied at once. Whoever types or goes by keys presses the button: a page that loads under his hands would take what he writes in the next field.
let pointed = false;
document.addEventListener("pointerdown", () => { pointed = true; });
document.addEventListener("keydown", () => { pointed = false; });
for (const form of document.querySelectorAll("form[data-live]")) {
  form.addEventListener("change", (event) => { if (pointed && event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit(); });
}

// Files may be dropped anywhere on the form.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const files = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    files.files = event.dataTransfer.files;
  });
}
