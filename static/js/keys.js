// Keys of the work queue: j k move, x selects, Enter opens, / goes to the search, ? explains. They can be switched off (WCAG 2.1.4), and are
// silent while somebody types or an input method composes.
const STORE = "portal-keys";
const CURRENT = "portal-table__row--current";

function enabled() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // A browser that stores nothing keeps the keys on.
  }
}

function typing(target) {
  if (target.isContentEditable) return true;
  return target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

function move(rows, step) {
  const at = rows.findIndex((row) => row.classList.contains(CURRENT));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  rows[at]?.classList.remove(CURRENT);
  next.classList.add(CURRENT);
  (next.querySelector("a[data-row-link]") ?? next.querySelector("a"))?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(event) {
  const help = document.querySelector("[data-keys]");
  if (!help || !enabled() || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  const rows = [...document.querySelectorAll("tr[data-row]")];
  const current = rows.find((row) => row.classList.contains(CURRENT));
  if (event.key === "?" || event.key === "？") {
    const details = help.querySelector("details");
    details.open = !details.open;
    details.querySelector("summary").focus();
  } else if (event.key === "j" && rows.length) move(rows, 1);
  else if (event.key === "k" && rows.length) move(rows, -1);
  else if (event.key === "/" || event.key === "、") document.querySelector("[role=search] input:not([type=hidden])")?.focus();
  else if (event.key === "x" && current) current.querySelector("input[data-row-select]")?.click();
  else if (event.key === "Enter" && current && event.target === document.body) {
    (current.querySelector("a[data-row-link]") ?? current.querySelector("a"))?.click();
  } else return;
  event.preventDefault();
}

export function startKeys() {
  const help = document.querySelector("[data-keys]");
  if (!help) return;
  help.hidden = false;
  const box = help.querySelector("[data-keys-switch]");
  box.checked = enabled();
  box.addEventListener("change", () => remember(box.checked));
  document.removeEventListener("keydown", press);
  document.addEventListener("keydown", press);
}
