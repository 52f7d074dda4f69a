// Drawings that can be pointed at: made here from the specification that the server gives, in the page's own colours and as wide as there is room.
// Vega runs without eval (AST mode, expression interpreter). Where it cannot, the picture that the server draws stands in.
"use strict";

const ERRORS = 1; // of Vega's levels: warnings are for who writes a specification
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function fitting(figure, address) {
  const url = new URL(address, location.href);
  url.searchParams.set("theme", dark.matches ? "dark" : "light");
  url.searchParams.set("width", Math.max(300, Math.floor(figure.clientWidth) - 16));
  return url;
}

async function draw(figure) {
  const place = document.createElement("div");
  place.className = "drawn";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", figure.dataset.alt);
  try {
    const answer = await fetch(fitting(figure, figure.dataset.chart), { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    const specification = await answer.json();
    const quietly = { defaultStyle: false, tooltip: { disableDefaultStyle: true }, logLevel: ERRORS }; // no style but desk.css's
    await window.vegaEmbed(place, specification, { ast: true, actions: false, renderer: "svg", loader: { target: "_self" }, ...quietly });
    place.querySelector("svg").setAttribute("aria-hidden", "true"); // one picture with one name: its marks are in the table
  } catch {
    const picture = document.createElement("img");
    picture.src = fitting(figure, figure.dataset.picture);
    picture.alt = figure.dataset.alt;
    place.removeAttribute("role");
    place.replaceChildren(picture);
  }
  figure.querySelector(".drawn")?.remove();
  figure.prepend(place);
  figure.dataset.theme = dark.matches ? "dark" : "light";
}

const figures = document.querySelectorAll("figure[data-chart]");
for (const figure of figures) draw(figure);

// The paper changes with the reader's colours, and with the width of the page.
dark.addEventListener("change", () => figures.forEach(draw));
let wide = window.innerWidth;
let waiting;
window.addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (window.innerWidth !== wide) figures.forEach(draw);
    wide = window.innerWidth;
  }, 250);
});
