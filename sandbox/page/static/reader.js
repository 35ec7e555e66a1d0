// The pane beside the channel: it shows fragments that the server makes of the
// articles, and knows nothing of what they hold but the mark "cited".

const pane = document.getElementById("reader");
const content = document.getElementById("article");
const where = document.getElementById("where");
const back = document.getElementById("back");
const narrow = window.matchMedia("(max-width: 60rem)");
let current = "/articles/"; // what is shown
let origin = null; // the citation that was pressed
let asked = 0;

// show loads a fragment. With focus the pane opens and the focus moves to the
// passage cited; without, it is only brought into view.
export async function show(address, { focus = false } = {}) {
  const now = ++asked;
  let html;
  try {
    const response = await fetch(address);
    if (!response.ok) return;
    html = await response.text();
    if (now !== asked) return; // something else was wanted since
  } catch {
    return; // the bot has stopped; the composer says so
  }
  current = address;
  content.innerHTML = html;
  // What stands above the text does not scroll with it, so it covers nothing.
  where.replaceChildren(...content.querySelectorAll(".found"));
  const cited = document.getElementById("cited");
  if (focus) {
    open();
    (cited || content).focus({ preventScroll: true });
  }
  if (cited) intoView(cited);
  else content.scrollTop = 0;
}

// intoView scrolls the pane alone, and leaves some of what stands before.
function intoView(node) {
  const top = node.getBoundingClientRect().top - content.getBoundingClientRect().top + content.scrollTop;
  content.scrollTop = Math.max(0, top - content.clientHeight / 4);
}

// showCited is what pressing a citation does.
export function showCited(link, address) {
  origin = link;
  back.hidden = false;
  document.querySelectorAll(".citation[aria-current]").forEach((c) => c.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
  return show(address, { focus: true });
}

// follow brings a new answer's passage into view, where the pane is open and
// nobody is reading in it.
export function follow(address) {
  if (!narrow.matches && !pane.contains(document.activeElement)) show(address);
}

// reload shows the same place of a library that has changed.
export async function reload() {
  const { scrollTop } = content;
  await show(current);
  content.scrollTop = scrollTop;
}

function open() {
  pane.classList.add("open");
  cover();
}

// cover keeps the focus out of what the pane lies over.
function cover() {
  const over = narrow.matches && pane.classList.contains("open");
  document.querySelectorAll(".skip, .top, #problems, #channels, #channel").forEach((n) => (n.inert = over));
}

function close() {
  pane.classList.remove("open");
  cover();
  const to = origin && origin.isConnected ? origin : document.getElementById("log");
  to.focus();
}

export function start() {
  narrow.addEventListener("change", cover);
  document.getElementById("show-reader").addEventListener("click", () => {
    open();
    content.focus();
  });
  document.getElementById("hide-reader").addEventListener("click", close);
  back.addEventListener("click", close);
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  content.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !link.getAttribute("href").startsWith("/articles/")) return;
    event.preventDefault();
    show(link.getAttribute("href")).then(() => content.focus());
  });
  show(current);
}
