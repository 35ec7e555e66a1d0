// Where a person writes: messages, replies and, behind "/", commands.
import { el } from "./dom.js";
import { slashCommands, matching, split } from "./commands.js";
import { openChoices, closeChoices, choicesKey } from "./choices.js";
import { openCommand } from "./options.js";
import { excerpt } from "./messages.js";

const form = document.getElementById("write-form");
const write = document.getElementById("write");
const box = document.getElementById("command");
const hint = document.getElementById("hint");
const replying = document.getElementById("replying");

let context; // see start
let command = null; // the command whose options are being typed
let reply = null; // the message that is replied to

// start takes commands(), channels(), bot(), author(id), names() and what happens on
// slash(name, options), post(text, replyTo), which returns {error}, and
// complete(name, focused, options), which returns {choices}.
export function start(newContext) {
  context = newContext;
  write.addEventListener("input", offer);
  write.addEventListener("keydown", (event) => {
    if (choicesKey(event)) return;
    if (event.key === "Escape" && reply) replyTo(null);
  });
  write.addEventListener("blur", closeChoices);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
}

// offer lists the commands that fit what is typed after "/".
function offer() {
  say("");
  closeChoices();
  if (!write.value.startsWith("/")) return;
  const commands = slashCommands(context.commands());
  const typed = split(commands, write.value);
  if (typed) return enter(typed.command, typed.rest);
  const items = matching(commands, write.value.slice(1)).map((c) => ({ label: "/" + c.name, detail: c.description, command: c }));
  openChoices(write, items, (item) => enter(item.command, ""), 0);
}

function enter(chosen, rest) {
  write.value = "";
  write.hidden = true;
  box.hidden = false;
  const name = chosen.name;
  const options = openCommand(box, chosen, rest, {
    complete: async (focused, values) => (await context.complete(name, focused, values)).choices || [],
    channels: context.channels, hint: say, leave,
  });
  command = { name, ...options };
}

export function leave() {
  command = null;
  closeChoices();
  box.replaceChildren();
  box.hidden = true;
  write.hidden = false;
  say("");
  write.focus();
}

function send() {
  closeChoices();
  if (!command) return post();
  const { name, values, problem } = command;
  const wrong = problem();
  if (wrong) return say(wrong);
  const options = values();
  leave();
  context.slash(name, options);
}

async function post() {
  const text = write.value.trim();
  if (!text) return;
  if (text.startsWith("/")) {
    const exact = slashCommands(context.commands()).find((c) => "/" + c.name === text);
    return exact ? enter(exact, "") : say("There is no such command here: type / to see the commands.");
  }
  const bot = context.bot();
  const to = reply;
  write.value = "";
  replyTo(null);
  const { error } = await context.post(text.replace(new RegExp("@" + bot.name + "\\b", "i"), `<@${bot.id}>`), to ? to.id : "");
  if (error) {
    write.value = text;
    say(error);
  }
}

// replyTo makes the next message a reply; null takes it back.
export function replyTo(message) {
  reply = message;
  replying.hidden = !message;
  replying.replaceChildren();
  if (!message) return;
  if (command) leave();
  replying.append(
    el("span", {}, "Replying to ", el("bdi", {}, context.author(message.author).name), ": ", el("bdi", {}, excerpt(message.content, context.names())), " "),
    el("button", { type: "button", className: "plain", onclick: () => { replyTo(null); write.focus(); } }, "Cancel reply"));
  write.focus();
}

// say shows a sentence above the field.
export function say(text) {
  hint.textContent = text;
}

// reset forgets what was being written, for another channel or person.
export function reset(placeholder) {
  if (command) leave();
  replyTo(null);
  write.value = "";
  write.placeholder = placeholder;
  say("");
}
