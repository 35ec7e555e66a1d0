// The list above the composer from which a person chooses with ↑ ↓, Tab, Enter
// or the mouse: commands, choices of an option, proposals while typing. It
// belongs to the field that has the focus, as a combobox's list does.
import { el } from "./dom.js";

const list = document.getElementById("choices");
let field = null;
let items = [];
let active = -1;
let chosen = null;

// openChoices shows items, [{label, detail, value}], for a field, the one at
// start active if there is one. choose(item) is called with one.
export function openChoices(forField, newItems, choose, start = -1) {
  closeChoices();
  if (!newItems.length) return;
  [field, items, chosen] = [forField, newItems, choose];
  list.replaceChildren(...items.map((item, n) => el("div", {
    role: "option", id: "choice-" + n, "aria-selected": "false",
    onpointerdown: (event) => {
      event.preventDefault(); // the field keeps the focus
      pick(n);
    },
  }, el("span", { className: "choice", dir: "auto" }, item.label), ...(item.detail ? [el("span", { className: "detail", dir: "auto" }, item.detail)] : []))));
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  activate(start);
}

export function closeChoices() {
  if (field) {
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  list.hidden = true;
  list.replaceChildren();
  [field, items, active, chosen] = [null, [], -1, null];
}

// nothingActive keeps the list in sight while newer proposals for the field are
// on their way, but lets Enter no longer choose from it.
export function nothingActive(forField) {
  if (field === forField) activate(-1);
}

function activate(n) {
  active = n;
  [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === n)));
  if (n < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", "choice-" + n);
  list.children[n].scrollIntoView({ block: "nearest" });
}

function pick(n) {
  const item = items[n];
  const choose = chosen;
  closeChoices();
  choose(item);
}

// choicesKey handles a key pressed in a field and reports whether it was one
// for the list.
export function choicesKey(event) {
  if (event.currentTarget !== field || event.isComposing) return false;
  switch (event.key) {
    case "ArrowDown":
      activate((active + 1) % items.length);
      break;
    case "ArrowUp":
      activate(active <= 0 ? items.length - 1 : active - 1);
      break;
    case "Enter":
    case "Tab":
      if (active < 0 || event.shiftKey) return false;
      pick(active);
      break;
    case "Escape":
      closeChoices();
      break;
    default:
      return false;
  }
  event.preventDefault();
  return true;
}
