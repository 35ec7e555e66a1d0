// The page: what the user sees, kept as the server tells it, and drawn.
import { el } from "./dom.js";
import { listen, act, stopped } from "./net.js";
import { draw } from "./messages.js";
import { openMenu } from "./menu.js";
import { openForm } from "./form.js";
import { menuCommands } from "./commands.js";
import { find, reveal, announce, look, seen, atEnd, toEnd, toStart } from "./view.js";
import * as composer from "./composer.js";
import * as reader from "./reader.js";

const $ = (id) => document.getElementById(id);
const log = $("log");
const typingLasts = 10000; // milliseconds, as in Discord
const doubleClick = 500; // milliseconds in which pressing again is no second wish
const retry = 3000; // milliseconds, as browsers do by themselves
const lost = stopped + " This page goes on by itself once it does.";

let world = null;
let here = ""; // the channel's id
let source = null;
let messages = new Map(); // by id, in the order in which they came
const dismissed = new Set(JSON.parse(sessionStorage.getItem("dismissed") || "[]")); // outlives a reload
const pressed = new Set(); // messages that the user's own button is about to change
const unread = new Set(); // channels
let arriving = true; // somebody whose messages were not shown yet

const channel = () => world.channels.find((c) => c.id === here);
const author = (id) => [world.bot, ...world.people].find((p) => p.id === id) || { name: "Unknown", bot: false };

// ---- What the server tells.

function connect(user) {
  if (source) source.close();
  source = listen(user, {
    world(next) {
      const first = !world || world.me !== next.me;
      const changed = world && world.info.library !== next.info.library;
      world = next;
      arriving = arriving || first;
      if (!channel()) here = world.channels[0].id;
      drawWorld();
      if (first) composer.reset(placeholder());
      else if ($("hint").textContent.startsWith(stopped)) composer.say("");
      if (changed) reader.reload();
      if (!first && !messages.size) drawLog(); // other questions to press
    },
    messages(all) {
      messages = new Map(all.map((m) => [m.id, m]));
      const inside = log.contains(document.activeElement);
      const at = arriving || atEnd() ? null : log.scrollTop; // connected anew, one reads on
      arriving = false;
      drawLog();
      if (at !== null) log.scrollTop = at;
      if (inside) log.focus({ preventScroll: true });
    },
    message: receive,
    delete(id) {
      messages.delete(id);
      remove(id);
    },
    typing(id) {
      if (id === here) showTyping();
    },
  });
  source.onerror = () => {
    composer.say(lost);
    // Another bot is there now, which does not know the user.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, retry, "");
  };
}

function receive(message) {
  const old = messages.get(message.id);
  messages.set(message.id, message);
  if (message.channel !== here) {
    if (!old) {
      unread.add(message.channel);
      drawChannels();
    }
    return;
  }
  if (dismissed.has(message.id)) return;
  const follow = atEnd();
  const node = draw(message, context);
  const shown = find(message.id);
  if (!old && message.private && message.pressed) takeBack(message);
  if (shown) replace(shown, node);
  else log.append(node);
  if (message.author === world.bot.id) {
    $("typing").textContent = "";
    if (!shown || (old && old.loading)) followCitation(node);
  }
  const mine = shown ? pressed.has(message.id) || (old && old.loading && isMine(message)) : isMine(message);
  if (mine || (follow && node === log.lastElementChild)) reveal(node);
  else if (follow) toEnd();
  else if (!shown) announce(node);
}

// isMine reports whether the user wrote the message or it is what came of
// something that the user did.
function isMine(message) {
  if (message.author !== world.bot.id) return message.author === world.me;
  if (message.for || message.private) return !message.for || message.for === world.me;
  const before = [...messages.values()].filter((m) => m.channel === message.channel && m !== message).at(-1);
  const cause = message.replyTo ? messages.get(message.replyTo) : before;
  return Boolean(cause) && cause.author === world.me;
}

// takeBack removes the copies that earlier presses of a button left for the
// user alone: there is one at a time.
function takeBack(message) {
  for (const m of messages.values()) {
    if (m.private && m.id !== message.id && m.pressed === message.pressed && m.replyTo === message.replyTo) dismiss(m.id);
  }
}

function dismiss(id) {
  dismissed.add(id);
  sessionStorage.setItem("dismissed", JSON.stringify([...dismissed]));
  remove(id);
}

let moved = 0; // when a message was removed last, and others took its place

// remove takes a message out of sight; a focus in it goes where one writes.
function remove(id) {
  const node = find(id);
  if (!node) return;
  if (node.contains(document.activeElement)) $("write").focus();
  node.remove();
  moved = Date.now();
  look();
}

// replace puts a changed message in the place of the old one. Whoever was at its
// second button stays at its second button.
function replace(old, node) {
  const controls = (n) => [...n.querySelectorAll("a, button, select")];
  const at = controls(old).indexOf(document.activeElement);
  old.replaceWith(node);
  if (at >= 0) (controls(node)[at] || node).focus({ preventScroll: true });
}

// followCitation brings the passage of a new answer into view beside it. Where
// a message cites several, the user chooses.
function followCitation(node) {
  const cited = node.querySelectorAll(".citation");
  if (cited.length === 1) reader.follow(cited[0].dataset.address);
}

let typingTimer;
function showTyping() {
  clearTimeout(typingTimer);
  $("typing").textContent = world.bot.name + " is typing…";
  typingTimer = setTimeout(() => ($("typing").textContent = ""), typingLasts);
}

// ---- What the user does.

const place = () => ({ user: world.me, channel: here });

async function result(promise) {
  const { error, form } = await promise;
  if (error) notice(error);
  if (form) openForm(form, (fields) => result(act("form", { ...place(), form: form.key, fields })));
}

// notice shows what Discord would tell the user alone.
function notice(text) {
  const node = el("p", { className: "notice", dir: "auto" }, text);
  if (log.lastElementChild.className === "notice" && log.lastElementChild.textContent === text) log.lastElementChild.remove();
  log.append(node);
  reveal(node);
}

// once does something unless the same is being done already or was just now:
// who clicks twice wants it once.
const doing = new Set();
async function once(what, run) {
  if (doing.has(what)) return;
  doing.add(what);
  try {
    await run();
  } finally {
    setTimeout(() => doing.delete(what), doubleClick);
  }
}

// press presses a button or, with values, chooses in a select; what it changes
// is the user's own doing.
function press(m, name, values) {
  return once(m.id + " " + name + " " + values, async () => {
    pressed.add(m.id);
    await result(act(values ? "select" : "press", { ...place(), message: m.id, name, values }));
    setTimeout(() => pressed.delete(m.id), doubleClick);
  });
}

const context = {
  author,
  get names() {
    return {
      users: Object.fromEntries([world.bot, ...world.people].map((p) => [p.id, p.name])),
      channels: Object.fromEntries(world.channels.map((c) => [c.id, c.name])),
    };
  },
  find: (id) => messages.get(id),
  press,
  justMoved: () => Date.now() - moved < doubleClick,
  select: press,
  cite: reader.showCited,
  dismiss: (m) => dismiss(m.id),
  menu(m, opener, at) {
    // What only one person sees cannot be replied to, nor taken for a command.
    const forAll = m.private ? [] : [
      { label: "Reply", run: () => composer.replyTo(m) },
      ...menuCommands(channel().commands).map((name) => ({ label: name, run: () => result(act("menu", { ...place(), name, message: m.id })) })),
    ];
    openMenu([
      ...forAll,
      { label: "Copy text", run: () => navigator.clipboard.writeText(m.content).catch(() => notice("The browser did not let the page copy it.")) },
    ], opener, at);
  },
};

// ask puts a question as the channel wants it: with a mention on a server.
function ask(question) {
  return once(question, () => result(act("post", { ...place(), text: channel().direct ? question : `<@${world.bot.id}> ${question}` })));
}

// ---- Drawing.

const placeholder = () => (channel().direct ? `Ask ${channel().name}, / for commands` : `Ask in #${channel().name}, / for commands`);

function drawWorld() {
  document.documentElement.dir = world.info.leftward ? "rtl" : "ltr";
  $("server").textContent = world.server || world.bot.name;
  $("me").replaceChildren(...world.people.map((p) => el("option", { value: p.id, selected: p.id === world.me }, p.name)));
  $("channel-name").textContent = (channel().direct ? "@ " : "# ") + channel().name;
  const topic = (world.info.topics || {})[here];
  $("topic").textContent = topic ? `${world.bot.name} ${topic}.` : "";
  const problems = (world.info.problems || []).map((text) => el("p", {}, "Library: " + text));
  // Drawn anew only when it differs, since an alert is read aloud each time.
  if ($("problems").textContent !== problems.map((p) => p.textContent).join("")) $("problems").replaceChildren(...problems);
  drawChannels();
}

function drawChannels() {
  $("channels").querySelector("ul").replaceChildren(...world.channels.map((c) => {
    const button = el("button", { type: "button", onclick: () => go(c.id) },
      el("bdi", {}, el("span", { "aria-hidden": "true" }, c.direct ? "@ " : "# "), c.name),
      ...(c.direct ? [el("span", { className: "hidden" }, ", direct messages")] : []),
      ...(unread.has(c.id) ? [el("span", { className: "unread" }, " new")] : []));
    if (c.id === here) button.setAttribute("aria-current", "page");
    return el("li", {}, button);
  }));
}

function go(id) {
  here = id;
  unread.delete(id);
  drawWorld();
  drawLog();
  composer.reset(placeholder());
  $("write").focus();
}

// drawLog draws the channel anew. It is no news, so it is not announced.
function drawLog() {
  log.setAttribute("aria-busy", "true");
  seen();
  $("typing").textContent = "";
  const shown = [...messages.values()].filter((m) => m.channel === here && !dismissed.has(m.id));
  log.replaceChildren(welcome(), ...shown.map((m) => draw(m, context)));
  if (shown.length) toEnd();
  else toStart();
  requestAnimationFrame(() => log.setAttribute("aria-busy", "false"));
}

function welcome() {
  const questions = world.info.questions || [];
  return el("section", { className: "welcome", "aria-label": "Welcome" },
    el("p", { className: "lead" }, "Try it: ", questions.length ? "press a question, or write your own." : "write a question."),
    el("div", { className: "row" }, ...questions.map((q) => el("button", { type: "button", className: "button secondary", dir: "auto", onclick: () => ask(q) }, q))),
    el("p", {}, "Type / for the bot's commands. Press the citation under an answer to see it in the article."));
}

composer.start({
  author,
  names: () => context.names,
  commands: () => channel().commands,
  channels: () => world.channels.filter((c) => !c.direct),
  bot: () => world.bot,
  post: (text, message) => act("post", { ...place(), text, message }),
  slash: (name, options) => result(act("slash", { ...place(), name, options })),
  complete: (name, focused, options) => act("complete", { ...place(), name, focused, options }),
});
reader.start();
$("me").addEventListener("change", (event) => connect(event.target.value));
connect("");
