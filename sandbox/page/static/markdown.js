// Discord's markdown as Discord shows it, made of nodes and never of HTML
// text. It covers what bots write in plain messages; tables of contents, code
// colours and time stamps are left out.
import { el } from "./dom.js";

// render returns the blocks of a message. names resolves mentions:
// {users: {id: name}, channels: {id: name}}.
export function render(text, names) {
  const out = [];
  const lines = text.split("\n");
  for (let n = 0; n < lines.length; ) {
    const line = lines[n];
    if (line.startsWith("```")) {
      n = fence(lines, n, out);
    } else if (line.startsWith(">>> ")) {
      lines[n] = line.slice(4);
      out.push(quote(lines.slice(n), names));
      n = lines.length;
    } else if (isQuote(line)) {
      const from = n;
      while (n < lines.length && isQuote(lines[n])) n++;
      out.push(quote(lines.slice(from, n).map((l) => l.slice(2)), names));
    } else if (/^\s*([-*]|\d+\.) /.test(line)) {
      n = list(lines, n, out, names);
    } else {
      out.push(single(line, names));
      n++;
    }
  }
  return out;
}

const isQuote = (line) => line.startsWith("> ") || line === ">";

function quote(lines, names) {
  const block = el("blockquote", { dir: "auto" });
  for (const line of lines) {
    const p = single(line, names);
    p.removeAttribute("dir"); // the quotation runs one way as a whole
    block.append(p);
  }
  return block;
}

// single renders a line that is no quote, list or code.
function single(line, names) {
  const heading = /^(#{1,3}) (.*)$/.exec(line);
  if (heading) return el("p", { className: "heading h" + heading[1].length, dir: "auto" }, ...inline(heading[2], names));
  const small = /^-# (.*)$/.exec(line);
  if (small) return el("p", { className: "small", dir: "auto" }, ...inline(small[1], names));
  return el("p", { dir: "auto" }, ...inline(line, names));
}

function list(lines, n, out, names) {
  const ordered = /^\s*\d/.test(lines[n]);
  const items = el(ordered ? "ol" : "ul", { dir: "auto" });
  const mark = ordered ? /^\s*(\d+)\. (.*)$/ : /^\s*([-*]) (.*)$/;
  for (let m; n < lines.length && (m = mark.exec(lines[n])); n++) {
    if (ordered && !items.childElementCount) items.start = Number(m[1]);
    items.append(el("li", {}, ...inline(m[2], names)));
  }
  out.push(items);
  return n;
}

function fence(lines, n, out) {
  const rest = lines.slice(n).join("\n").slice(3);
  const end = rest.indexOf("```");
  const code = end < 0 ? rest : rest.slice(0, end);
  out.push(el("pre", { tabIndex: 0 }, el("code", {}, code.replace(/^[a-z]*\n/, ""))));
  return end < 0 ? lines.length : n + ("```" + rest.slice(0, end + 3)).split("\n").length;
}

// The marks that enclose text, longest first.
const marks = [
  ["***", (c) => el("strong", {}, el("em", {}, ...c))],
  ["**", (c) => el("strong", {}, ...c)],
  ["__", (c) => el("u", {}, ...c)],
  ["~~", (c) => el("s", {}, ...c)],
  ["||", (c) => el("button", { type: "button", className: "spoiler", onclick: (e) => e.currentTarget.classList.add("open") }, ...c)],
  ["*", (c) => el("em", {}, ...c)],
  ["_", (c) => el("em", {}, ...c)],
];

export function inline(text, names) {
  const out = [];
  let plain = "";
  const flush = () => {
    if (plain) out.push(plain);
    plain = "";
  };
  for (let n = 0; n < text.length; ) {
    const rest = text.slice(n);
    if (/^\\[^\sA-Za-z0-9]/.test(rest) && rest.charCodeAt(1) < 128) {
      plain += rest[1];
      n += 2;
      continue;
    }
    const found = code(rest) || mention(rest, names) || link(rest, names) || enclosed(text, n, names);
    if (found) {
      flush();
      out.push(found.node);
      n += found.size;
      continue;
    }
    plain += rest[0];
    n++;
  }
  flush();
  return out;
}

function code(rest) {
  const m = /^(`+)([\s\S]*?[^`])\1(?!`)/.exec(rest);
  return m && { node: el("code", {}, m[2]), size: m[0].length };
}

function mention(rest, names) {
  const m = /^<(@!?|#)(\d+)>/.exec(rest);
  if (m) {
    const name = m[1] === "#" ? names.channels[m[2]] : names.users[m[2]];
    const shown = m[1] === "#" ? "#" + (name || "unknown") : "@" + (name || "unknown");
    return { node: el("span", { className: "mention", dir: "auto" }, shown), size: m[0].length };
  }
  const all = /^@(everyone|here)\b/.exec(rest);
  return all && { node: el("span", { className: "mention" }, all[0]), size: all[0].length };
}

function link(rest, names) {
  const named = /^\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/.exec(rest);
  if (named) return { node: anchor(named[2], inline(named[1], names)), size: named[0].length };
  const bare = /^<(https?:\/\/[^\s>]+)>/.exec(rest) || /^(https?:\/\/[^\s<]*[^\s<.,:;"'\])])/.exec(rest);
  return bare && { node: anchor(bare[1], [bare[1]]), size: bare[0].length };
}

const anchor = (href, children) => el("a", { href, target: "_blank", rel: "noreferrer" }, ...children);

// enclosed finds a pair of marks that opens at n.
function enclosed(text, n, names) {
  const rest = text.slice(n);
  for (const [mark, make] of marks) {
    if (!rest.startsWith(mark)) continue;
    const body = rest.slice(mark.length);
    // An opening star touches a word; an underscore inside a word is a letter.
    if (!body || (mark[0] === "*" && /^\s/.test(body)) || (mark === "_" && n > 0 && /[\p{L}\p{N}_]/u.test(text[n - 1]))) continue;
    const end = closing(body, mark);
    if (end > 0) return { node: make(inline(body.slice(0, end), names)), size: end + 2 * mark.length };
  }
  return null;
}

// closing finds the mark that closes, past escapes and longer marks.
function closing(body, mark) {
  for (let n = 0; n < body.length; n++) {
    if (body[n] === "\\") {
      n++;
    } else if (body.startsWith(mark, n)) {
      if (mark.length === 1 && body[n + 1] === mark) {
        n++;
        continue;
      }
      if (mark[0] === "*" && /\s/.test(body[n - 1] || "")) continue;
      if (mark === "_" && /[\p{L}\p{N}_]/u.test(body[n + 1] || "")) continue;
      return n;
    }
  }
  return -1;
}
