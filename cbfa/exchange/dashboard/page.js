"use strict";
(() => {
  const data = JSON.parse(document.getElementById("Texts").textContent);
  const root = document.documentElement;
  const own = root.lang;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const form = byId("Filters");
  const fields = ["agency", "workstream", "year", "state", "words"].map((name) => form.elements[name]);
  let language = own;
  const text = (number) => data.texts[number][data.languages.indexOf(language)];

  // Languages

  const ATTRIBUTES = ["aria-label"];

  function speak(code) {
    if (!data.languages.includes(code)) return;
    if (code !== language) {
      language = root.lang = code;
      for (const node of all("[data-t]")) node.textContent = text(node.dataset.t);
      for (const name of ATTRIBUTES)
        for (const node of all(`[data-t-${name}]`)) node.setAttribute(name, text(node.getAttribute(`data-t-${name}`)));
    }
    for (const button of all("[data-language]")) button.setAttribute("aria-pressed", button.dataset.language === code);
    for (const button of all("th > button")) button.title = text(data.spoken.sort);
  }

  // The address: #guangxi-mou, #state=overdue&year=2012, #guangxi-mou&lang=en

  function parse() {
    const asked = { id: "", values: new Map() };
    for (const piece of location.hash.slice(1).split("&")) {
      const cut = piece.indexOf("=");
      const word = (part) => { try { return decodeURIComponent(part); } catch { return part; } };
      if (cut > 0) asked.values.set(piece.slice(0, cut), word(piece.slice(cut + 1)));
      else if (piece) asked.id = word(piece);
    }
    return asked;
  }

  function keep(id = "") {
    const pieces = id ? [encodeURIComponent(id).replaceAll("%40", "@").replaceAll("%2F", "/")] : [];
    for (const field of fields) if (field.value) pieces.push(`${field.name}=${encodeURIComponent(field.value)}`);
    if (language !== own) pieces.push(`lang=${language}`);
    const hash = pieces.length ? `#${pieces.join("&")}` : location.pathname + location.search;
    history.replaceState(null, "", hash);
  }

  // Filters

  const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase()
    .split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const lines = all(".all tr[data-key]").map((row) => ({
    row,
    milestone: row.dataset.milestone,
    agencies: row.dataset.agencies.split(" "),
    workstream: row.parentNode.dataset.stream,
    years: row.dataset.years.split(" "),
    states: row.dataset.states.split(" "),
    body: row.parentNode,
    folded: null,
  }));
  const lanes = all(".lanes tr[data-lane]").map((row) => ({ row, milestone: row.dataset.lane, body: row.parentNode }));
  const groups = all("tr.group").map((row) => ({ row, body: row.parentNode }));
  let sorted = false;

  const folded = (line) => (line.folded ??= fold(line.row.dataset.words).join(" "));

  function fits(line, want) {
    if (want.agency && !line.agencies.includes(want.agency)) return false;
    if (want.workstream && line.workstream !== want.workstream) return false;
    if (want.year && !line.years.includes(want.year)) return false;
    if (want.state && !line.states.includes(want.state)) return false;
    if (!want.words.length) return true;
    return want.words.every((word) => folded(line).includes(word));
  }

  function show(row, visible) {
    if (row.hidden === visible) row.hidden = !visible;
  }

  function filter() {
    const want = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    want.words = fold(want.words);
    const kept = new Set();
    const bodies = new Set();
    let count = 0;
    for (const line of lines) {
      const visible = fits(line, want);
      show(line.row, visible);
      if (!visible) continue;
      count += 1;
      kept.add(line.milestone);
      bodies.add(line.body);
    }
    for (const lane of lanes) {
      show(lane.row, kept.has(lane.milestone));
      if (kept.has(lane.milestone)) bodies.add(lane.body);
    }
    for (const group of groups) show(group.row, bodies.has(group.body) && !(sorted && group.row.closest(".all")));
    const active = fields.some((field) => field.value);
    const number = (value) => value.toLocaleString(language === "vi" ? "vi-VN" : "en-GB");
    const words = text(data.spoken.count).replace("%n", number(count)).replace("%m", number(lines.length));
    byId("Count").textContent = words;
    all('[data-do="clear"]')[0].hidden = !active;
    byId("Nothing").hidden = count > 0 || lines.length === 0;
    const said = [words, ...fields.filter((field) => field.value).map(chosen)].join(" · ");
    for (const node of all(".chosen")) {
      node.hidden = !active;
      node.textContent = active ? said : "";
    }
  }

  const chosen = (field) => (field.selectedOptions ? field.selectedOptions[0].textContent : `“${field.value}”`);

  function fade() {
    const main = byId("Main");
    main.classList.remove("changed");
    requestAnimationFrame(() => main.classList.add("changed"));
    setTimeout(() => main.classList.remove("changed"), 250);
  }

  function clear() {
    for (const field of fields) field.value = "";
    filter();
  }

  // Details

  function complete(details) {
    const first = byId(details.dataset.of);
    const source = first && first.querySelector(".details");
    if (!source || details.querySelector(".details")) return;
    details.querySelector("p").replaceWith(source.cloneNode(true));
  }

  function open(id) {
    const node = byId(id);
    const row = node && node.closest(".all tr[data-key]");
    if (!row) return false;
    if (row.hidden) clear();
    const details = row.querySelector("details");
    if (details.dataset.of) complete(details);
    details.open = true;
    row.scrollIntoView({ block: "start" });
    details.querySelector("summary").focus({ preventScroll: true });
    return true;
  }

  function follow(first = false) {
    const { id, values } = parse();
    const plain = id && !values.size;
    speak(values.get("lang") || (plain && !first ? language : own));
    if (!plain || first) {
      for (const field of fields) {
        field.value = values.get(field.name) || "";
        if (field.selectedIndex === -1) field.value = "";
      }
    }
    filter();
    if (id && open(id)) keep(id);
    else if (!id && !first && values.size) form.scrollIntoView({ block: "start" });
  }

  // Sorting

  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    const original = [...table.tBodies].flatMap((body) => [...body.rows].map((row) => ({ row, body })))
      .filter(({ row }) => !row.matches(".group"));
    let now = { column: -1, step: 0 };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        now = now.column === column ? { column, step: (now.step + 1) % 3 } : { column, step: 1 };
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (now.step) head.setAttribute("aria-sort", now.step === 1 ? "ascending" : "descending");
        order(table, original, column, now.step);
        if (table.matches(".all")) sorted = now.step > 0;
        filter();
        fade();
      });
    });
  }

  function order(table, original, column, step) {
    if (!step) {
      for (const { row, body } of original) body.append(row);
      return;
    }
    const letters = new Intl.Collator(language, { numeric: true }).compare;
    const number = (value) => Number(value === "inf" ? "Infinity" : value);
    const keyed = original.map(({ row }) => {
      const cell = row.cells[column];
      return { row, value: cell.dataset.v ?? (cell.querySelector("summary") || cell).textContent.trim() };
    });
    const numeric = keyed.every(({ value }) => !Number.isNaN(number(value)));
    const plain = original.every(({ row }) => row.cells[column].dataset.v !== undefined);
    const compare = (a, b) => {
      if (numeric) return number(a) === number(b) ? 0 : number(a) - number(b);
      if (!plain) return letters(a, b);
      return a === b ? 0 : a < b ? -1 : 1;
    };
    keyed.sort((a, b) => {
      if (!a.value || !b.value) return !a.value - !b.value; // what has none is last, up or down
      return step === 1 ? compare(a.value, b.value) : compare(b.value, a.value);
    });
    table.tBodies[0].append(...keyed.map(({ row }) => row));
  }

  // Theme

  function theme(wish) {
    if (wish) root.dataset.theme = wish;
    try {
      if (wish) localStorage.setItem("cbfa-theme", wish);
      return localStorage.getItem("cbfa-theme");
    } catch { return null; }
  }

  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  // Start

  const remembered = theme();
  if (remembered === "dark" || remembered === "light") root.dataset.theme = remembered;
  all("[data-sortable]").forEach(sortable);
  for (const node of all("[data-filter]")) {
    const link = document.createElement("a");
    link.href = `#${node.dataset.filter}`;
    link.append(...node.childNodes);
    node.append(link);
  }
  all(".tools")[0].hidden = form.hidden = false;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.language) { speak(button.dataset.language); filter(); keep(parse().id); }
    if (button.dataset.do === "theme") theme(isDark() ? "light" : "dark");
    if (button.dataset.do === "print") print();
    if (button.dataset.do === "clear") { clear(); fade(); keep(); fields[0].focus(); }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { filter(); fade(); keep(); });
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.dataset.of) complete(event.target);
  }, true);
  addEventListener("hashchange", () => follow());
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details.reported:not([open])").filter((one) => !one.closest("tr").hidden && !one.dataset.of);
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
  follow(true);
  (window.requestIdleCallback || setTimeout)(() => lines.forEach(folded));
})();
