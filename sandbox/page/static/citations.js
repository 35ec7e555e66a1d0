// Finds citations in a message of the bot and makes them links to the passage
// in the article's pane.
//
// A citation is a line with the title in italics and, after it, a paragraph's
// number. Which quotation belongs to it is told by where it stands: before the
// citation, or after it where the line ends with a colon or nothing stands
// before. Where several stand there (the paragraphs around a quotation), what
// is in bold comes first. The server decides by what the articles hold.
import { el } from "./dom.js";

// In every language it is a word and a number at the end of the line; an id of
// eight digits and a link may stand behind it.
const number = /^[\s\S]*?[,،]\s\p{L}+\s(\d+)(?:[,،]\s[\p{L}\p{M}]+\s[0-9a-f]{8})?(?=\s?:?$|[,،]\s$)/u;

// linkCitations wraps the citations of the rendered blocks in links. show is
// called with the link that was pressed and the address of the passage.
export function linkCitations(blocks, show) {
  const lines = blocks.map((block) => parse(block));
  lines.forEach((found, n) => {
    if (!found) return;
    const before = quotesUpTo(blocks, lines, n, -1);
    const after = quotesUpTo(blocks, lines, n, +1);
    const near = before.length && !found.line.endsWith(":") ? before : after;
    const query = new URLSearchParams({ line: found.line, title: found.title, paragraph: found.paragraph });
    for (const text of wordings(near)) query.append("quote", text);
    const address = "/articles/cited?" + query;
    const link = el("a", { href: "#article", className: "citation", title: "Show this passage in the article" });
    link.dataset.address = address;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link, address);
    });
    found.nodes[0].before(link);
    link.append(...found.nodes.flatMap(apart));
  });
}

// parse returns title, number and nodes of a citation, or null.
function parse(block) {
  if (block.tagName !== "P") return null;
  const title = [...block.childNodes].find((c) => c.nodeName === "EM" && number.test(textAfter(c)));
  const text = title && title.nextSibling;
  const match = text && text.nodeType === Node.TEXT_NODE && number.exec(text.data);
  if (!match) return null;
  const line = block.textContent;
  text.splitText(match[0].length);
  return { title: title.textContent, paragraph: match[1], line, nodes: [title, text] };
}

// apart keeps the parts of a citation in their order, in whatever letters each is.
function apart(node) {
  if (node.nodeType !== Node.TEXT_NODE) return [node];
  node.remove();
  return node.data.split(/([,،]\s)/).map((part, n) => (n % 2 ? part : el("bdi", {}, part)));
}

const textAfter = (node) => (node.nextSibling ? node.nextSibling.textContent : "");

// quotesUpTo collects the quotations between a citation and the next in one
// direction, nearest first.
function quotesUpTo(blocks, lines, n, step) {
  const quotes = [];
  for (let i = n + step; i >= 0 && i < blocks.length && !lines[i]; i += step) {
    if (blocks[i].tagName === "BLOCKQUOTE") quotes.push(blocks[i]);
  }
  return quotes;
}

// wordings returns the texts to look for: a single quotation as it stands, and
// of several first what is in bold.
function wordings(quotes) {
  const whole = quotes.map((q) => [...q.children].map((line) => line.textContent).join("\n"));
  if (quotes.length < 2) return whole;
  const bold = quotes.map((q) => [...q.querySelectorAll("strong")].map((b) => b.textContent).join("\n"));
  return [...bold.filter((text) => text), ...whole];
}
