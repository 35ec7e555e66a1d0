// The menu of a message: what Discord shows on a right click and behind "⋯".
import { el } from "./dom.js";

const menu = document.getElementById("menu");
let opener = null;

// openMenu shows items, [{label, run}], beside a node or at a point.
export function openMenu(items, node, at) {
  opener = node;
  menu.replaceChildren(...items.map((item) => el("button", {
    type: "button", role: "menuitem", tabIndex: -1,
    onclick: () => {
      closeMenu();
      item.run();
    },
  }, item.label)));
  menu.setAttribute("aria-label", "Actions for this message");
  menu.hidden = false;
  const box = node.getBoundingClientRect();
  const x = at ? at.x : getComputedStyle(node).direction === "rtl" ? box.left : box.right - menu.offsetWidth;
  const y = at ? at.y : box.bottom;
  menu.style.left = Math.max(4, Math.min(x, innerWidth - menu.offsetWidth - 4)) + "px";
  menu.style.top = Math.max(4, Math.min(y, innerHeight - menu.offsetHeight - 4)) + "px";
  menu.firstElementChild.focus();
}

function closeMenu() {
  menu.hidden = true;
  if (opener && opener.isConnected) opener.focus();
}

menu.addEventListener("keydown", (event) => {
  const items = [...menu.children];
  const now = items.indexOf(document.activeElement);
  const to = { ArrowDown: now + 1, ArrowUp: now - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[to % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu();
  }
});

document.addEventListener("pointerdown", (event) => {
  if (!menu.hidden && !menu.contains(event.target)) menu.hidden = true;
});
