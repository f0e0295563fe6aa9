
"use strict";
(() => {
  const form = document.getElementById("filters");
  const field = (name) => document.getElementById(name);
  const rows = [...document.querySelectorAll("tbody.check")];
  const sections = [...document.querySelectorAll("tbody.section")];
  const columns = [...document.querySelectorAll("#matrix [data-product]")];
  const texts = new Map();
  const against = ["fail", "error", "not_testable"];

  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const cells = (row, product) =>
    [...row.querySelectorAll("td[data-verdict]")].filter((cell) => !product || cell.dataset.product === product);
  const fits = (row, verdict, kind, product, text) => {
    const found = cells(row, product).map((cell) => cell.dataset.verdict).filter(Boolean);
    const asked = verdict === "against" ? against : [verdict];
    return found.length > 0
      && (!verdict || found.some((one) => asked.includes(one)))
      && (!kind || row.dataset.kind === kind)
      && (!text || textOf(row).includes(text));
  };
  const show = () => {
    const [verdict, kind, product] = ["verdict", "kind", "product"].map((name) => field(name).value);
    const text = field("text").value.trim().toLowerCase();
    for (const column of columns) column.hidden = product !== "" && column.dataset.product !== product;
    for (const row of rows) row.hidden = !fits(row, verdict, kind, product, text);
    const shown = rows.filter((row) => !row.hidden);
    for (const section of sections) {
      section.hidden = !shown.some((row) => row.dataset.of === section.dataset.section);
    }
    field("shown").textContent = `${shown.length} of ${rows.length} checks`;
  };
  const openTarget = () => {
    const row = document.getElementById(location.hash.slice(1));
    if (!row || !row.matches("tbody.check")) return;
    if (row.hidden) form.reset();
    show();
    row.querySelector("details").open = true;
    row.scrollIntoView();
  };

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(show, event.target.id === "text" ? 150 : 0);
  });
  form.addEventListener("reset", () => setTimeout(show, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", openTarget);
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details.stands-against:not([open])")) {
      one.open = true;
      opened.push(one);
    }
  });
  addEventListener("afterprint", () => {
    for (const one of opened.splice(0)) one.open = false;
  });
  form.hidden = false;
  show();
  openTarget();
})();
