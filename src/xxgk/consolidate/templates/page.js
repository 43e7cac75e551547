"use strict";
(() => {
  const list = document.getElementById("list"), body = list.tBodies[0], rows = [...body.rows];
  const search = document.getElementById("search"), state = document.getElementById("state");
  const shown = document.getElementById("shown");
  const texts = new Map(rows.map(row => [row, (row.textContent + " " + row.dataset.find).toLowerCase()]));
  const chinese = new Intl.Collator("zh-CN", { numeric: true });

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const fits = !state.value || (state.value === "back" ? "back" in row.dataset : row.dataset.state === state.value);
      row.hidden = !(fits && words.every(word => texts.get(row).includes(word)));
      count += !row.hidden;
    }
    shown.value = `显示 ${count} 行，共 ${rows.length} 行`;
  };

  const sort = (head, column, numeric) => {
    const down = head.getAttribute("aria-sort") === (numeric ? "descending" : "ascending");
    const ascending = numeric ? down : !down;
    const cell = row => row.cells[column];
    const value = numeric ? row => cell(row).dataset.value : row => cell(row).textContent;
    const compare = numeric ? (a, b) => a - b : chinese.compare;
    // What is not known comes last, whichever way.
    const empty = row => value(row) === "";
    const sorted = rows.map((row, place) => [row, place]).sort(([a, i], [b, j]) =>
      empty(a) - empty(b) || (ascending ? 1 : -1) * compare(value(a), value(b)) || i - j);
    for (const other of list.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    body.append(...sorted.map(([row]) => row));
  };

  [...list.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head, column, head.dataset.sort === "number"));
    head.replaceChildren(button);
  });
  for (const cell of document.querySelectorAll(".code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    button.title = "列出有这个问题的单位";
    button.addEventListener("click", () => {
      search.value = button.textContent;
      state.value = "";
      filter();
      search.focus();
    });
    cell.replaceChildren(button);
  }
  search.addEventListener("input", filter);
  state.addEventListener("change", filter);
  const tools = document.getElementById("tools");
  tools.addEventListener("submit", event => event.preventDefault());
  tools.hidden = false;
  filter();
})();
