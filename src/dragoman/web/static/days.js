// A slider for the day a page is asked for: from the first report to the last, with a mark where something moved. The field for the day stays, and works without it.
"use strict";

const DAY = 86400000;
const number = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);
const named = (n) => new Date(n * DAY).toISOString().slice(0, 10);

for (const form of document.querySelectorAll("form[data-days]")) {
  const first = number(form.dataset.first);
  const last = number(form.dataset.last);
  if (!(last > first)) continue;
  const field = form.elements.as_of;
  const label = document.createElement("label");
  label.className = "slide";
  const told = document.createElement("output");
  const slider = document.createElement("input");
  const marks = document.createElement("datalist");
  marks.id = "moved";
  for (const day of form.dataset.moved.split(" ").filter(Boolean)) marks.append(new Option("", number(day)));
  Object.assign(slider, { type: "range", min: first, max: last, step: 1 });
  slider.setAttribute("list", marks.id);
  slider.value = field.value ? number(field.value) : last;
  const tell = () => {
    told.textContent = named(slider.valueAsNumber);
    slider.setAttribute("aria-valuetext", told.textContent);
  };
  tell();
  slider.addEventListener("input", () => {
    tell();
    field.value = named(slider.valueAsNumber);
  });
  let pointed = false; // as for all filters: what is chosen by pointer is applied at once, who goes by keys presses the button
  slider.addEventListener("pointerdown", () => { pointed = true; });
  slider.addEventListener("keydown", () => { pointed = false; });
  slider.addEventListener("change", () => { if (pointed) form.requestSubmit(); });
  label.append("Slide to a day ", slider, told, marks);
  field.closest("label").after(label);
}
