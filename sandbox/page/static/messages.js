// Draws messages with their buttons, selects and menus.
import { el } from "./dom.js";
import { render } from "./markdown.js";
import { linkCitations } from "./citations.js";
import { turn } from "./direction.js";

// Discord's numbers for components.
const ROW = 1, BUTTON = 2, SELECT = 3, TEXT = 10;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

// draw returns the element of a message. context holds
// names, author(id), find(id), whether messages justMoved(), and what happens on
// press(message, button), select(message, id, values), menu(message, opener, at),
// dismiss(message), cite(link, address).
export function draw(message, context) {
  const author = context.author(message.author);
  const node = el("article", { className: "message", tabIndex: -1, "data-id": message.id, "aria-label": author.name });
  if (author.bot) node.classList.add("from-bot");
  if (message.private) node.classList.add("private");
  const answered = message.replyTo && context.find(message.replyTo);
  if (message.replyTo) {
    node.append(el("p", { className: "reply-line" }, ...(answered ? ["In reply to ", el("bdi", {}, context.author(answered.author).name), ": ", el("bdi", {}, excerpt(answered.content, context.names))] : ["In reply to a message that was deleted"])));
  }
  if (message.used) node.append(el("p", { className: "reply-line" }, message.used));
  node.append(head(message, author, context));
  const body = el("div", { className: "body" });
  if (message.loading) {
    body.append(el("p", { className: "thinking" }, `${author.name} is thinking…`));
  } else {
    const blocks = render(message.content, context.names);
    turn(node, blocks, author.bot);
    body.append(...blocks);
    if (author.bot) linkCitations(blocks, context.cite);
    if (message.edited) body.append(el("span", { className: "edited" }, "(edited)"));
  }
  node.append(body, ...(message.components || []).map((c) => component(c, message, context)).filter(Boolean));
  if (message.private) {
    node.append(el("p", { className: "only-you" }, "Only you can see this. ",
      el("button", { type: "button", className: "plain", onclick: () => context.dismiss(message) }, "Dismiss message")));
  }
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a:not(.citation)")) return;
    event.preventDefault();
    context.menu(message, node, { x: event.clientX, y: event.clientY });
  });
  return node;
}

function head(message, author, context) {
  const time = new Date(message.created);
  const more = el("button", {
    type: "button", className: "more", "aria-haspopup": "menu", "aria-label": "Actions for this message",
    onclick: (event) => context.menu(message, event.currentTarget),
  }, "⋯");
  return el("div", { className: "message-head" },
    el("span", { className: "avatar", "aria-hidden": "true" }, author.name.slice(0, 1)),
    el("bdi", { className: "author" }, author.name),
    ...(author.bot ? [el("span", { className: "app" }, "APP")] : []),
    el("time", { dir: "auto", dateTime: message.created }, time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })),
    more);
}

// excerpt is the beginning of a message on one line, without its marks.
export function excerpt(content, names) {
  const text = render(content, names).map((b) => b.textContent).join(" ").replace(/\s+/g, " ");
  return text.length > 60 ? text.slice(0, 60) + "…" : text;
}

function component(c, message, context) {
  switch (c.type) {
    case ROW:
      return el("div", { className: "row" }, ...c.components.map((inner) => component(inner, message, context)).filter(Boolean));
    case BUTTON:
      return button(c, message, context);
    case SELECT:
      return select(c, message, context);
    case TEXT:
      return el("div", {}, ...render(c.content, context.names));
  }
  return null;
}

function button(c, message, context) {
  const label = [c.emoji && c.emoji.name, c.label].filter(Boolean).join(" ");
  if (c.url) return el("a", { className: "button link", dir: "auto", href: c.url, target: "_blank", rel: "noreferrer" }, label);
  const node = el("button", { type: "button", className: "button " + STYLES[c.style || 2], dir: "auto", disabled: Boolean(c.disabled) }, label);
  node.addEventListener("click", async (event) => {
    if (node.getAttribute("aria-busy") || (event.detail > 1 && context.justMoved())) return;
    node.setAttribute("aria-busy", "true");
    await context.press(message, c.custom_id);
    node.removeAttribute("aria-busy");
  });
  return node;
}

function select(c, message, context) {
  const label = c.placeholder || "Choose";
  const many = (c.max_values || 1) > 1;
  const node = el("select", { "aria-label": label, multiple: many, disabled: Boolean(c.disabled) },
    ...(many ? [] : [el("option", { value: "", disabled: true, selected: true }, label)]),
    ...(c.options || []).map((o) => el("option", { value: o.value, selected: Boolean(o.default) }, o.description ? `${o.label}: ${o.description}` : o.label)));
  const send = () => context.select(message, c.custom_id, [...node.selectedOptions].map((o) => o.value));
  if (!many) {
    node.addEventListener("change", send);
    return node;
  }
  return el("span", {}, node, el("button", { type: "button", className: "button secondary", onclick: send }, "Choose"));
}
