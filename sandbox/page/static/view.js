// What of the channel is in sight: whoever is at its end stays there, whoever
// did something sees what comes of it from its beginning, and whoever reads
// further up is told of new messages by a button and not moved.
import { el } from "./dom.js";

const log = document.getElementById("log");
const news = document.getElementById("news");
const near = 80; // pixels from the end that still are the end
const space = 8; // pixels left above a message
let ended = false;
let first = null; // the id of the first message that came out of sight

export const find = (id) => log.querySelector(`[data-id="${CSS.escape(id)}"]`);
export const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < near;

export function toEnd() {
  log.scrollTop = log.scrollHeight;
  ended = true;
}

export function toStart() {
  log.scrollTop = 0;
  ended = false;
}

const topOf = (node) => node.offsetTop - log.offsetTop - space;

// reveal scrolls as little as it takes to see a message, and one that is taller
// than the channel from its beginning.
export function reveal(node) {
  const top = topOf(node);
  const bottom = node === log.lastElementChild ? log.scrollHeight : top + node.offsetHeight + 2 * space;
  if (top < log.scrollTop || bottom - top > log.clientHeight) log.scrollTop = top;
  else if (bottom > log.scrollTop + log.clientHeight) log.scrollTop = bottom - log.clientHeight;
  ended = atEnd();
}

// announce tells of a message that came while somebody read further up.
export function announce(node) {
  const button = news.firstElementChild || el("button", { type: "button", className: "button primary", onclick: show });
  button.textContent = first ? "New messages ↓" : "New message ↓";
  first = first || node.dataset.id;
  news.append(button);
}

function show() {
  const node = find(first);
  log.scrollTop = topOf(node);
  node.focus({ preventScroll: true });
  seen();
}

// seen takes the button back.
export function seen() {
  first = null;
  news.replaceChildren();
}

// look takes the button back once the first of the new messages is in sight, or gone.
export function look() {
  const node = first && find(first);
  if (first && (!node || topOf(node) + 3 * space < log.scrollTop + log.clientHeight)) seen();
}

log.addEventListener("scroll", () => {
  ended = atEnd();
  look();
});
// A window that is made smaller leaves the end in sight.
new ResizeObserver(() => ended && toEnd()).observe(log);
