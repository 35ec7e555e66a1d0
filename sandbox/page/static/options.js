// The options of one command, as fields in the composer.
import { el } from "./dom.js";
import { openChoices, closeChoices, nothingActive, choicesKey } from "./choices.js";

// Discord's numbers for options.
const INTEGER = 4, BOOLEAN = 5, CHANNEL = 7, NUMBER = 10;
const patience = 120; // milliseconds between the last key and asking for proposals

// openCommand fills a box with a command's fields and focuses the first.
// context holds complete(focused, values) for proposals, channels(), hint(text),
// send() and leave(). It returns {values(), problem()}.
export function openCommand(box, command, rest, context) {
  const fields = [];
  const more = el("span", { className: "more-options" });
  const place = el("span", { className: "fields" });
  box.replaceChildren(el("span", { className: "command-name" }, "/" + command.name), place, more);

  const add = (option, text = "") => {
    const field = makeField(option, fields, context);
    fields.push(field);
    place.append(field.node);
    field.input.value = text;
    field.input.size = Math.max(option.required ? 24 : 12, Math.min(50, text.length));
    return field;
  };
  const required = command.options.filter((o) => o.required);
  const first = required.length ? required : command.options.slice(0, rest ? 1 : 0);
  first.forEach((o, n) => add(o, n === 0 ? rest : ""));
  for (const option of command.options.filter((o) => !first.includes(o))) {
    const button = el("button", { type: "button", className: "add-option", title: option.description, onclick: () => {
      button.remove();
      add(option).input.focus();
    } }, "+ " + option.name);
    more.append(button);
  }

  // Without options the name itself takes the keys: Enter sends, Esc leaves.
  if (!fields.length) {
    const name = el("button", { type: "submit", className: "command-name" }, "/" + command.name);
    name.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || event.key === "Backspace") context.leave();
    });
    box.firstElementChild.replaceWith(name);
    context.hint(command.description + ". Press Enter to send.");
    name.focus();
  } else {
    fields[0].input.focus();
  }

  return {
    values: () => valuesOf(fields),
    problem() {
      const missing = fields.find((f) => f.option.required && !f.input.value.trim());
      if (missing) {
        missing.input.focus();
        return `This command needs ${missing.option.name}: ${missing.option.description}.`;
      }
      return "";
    },
  };
}

function valuesOf(fields) {
  const values = {};
  for (const f of fields) {
    const typed = f.input.value.trim();
    if (!typed) continue;
    const known = f.chosen && f.chosen.label === typed ? f.chosen.value : undefined;
    values[f.option.name] = known !== undefined ? known : convert(f.option, typed);
  }
  return values;
}

function convert(option, typed) {
  switch (option.type) {
    case BOOLEAN:
      return /^(true|yes|on)$/i.test(typed);
    case INTEGER:
    case NUMBER:
      return option.choices && option.choices.length ? typed : Number(typed);
  }
  return typed;
}

function makeField(option, fields, context) {
  const input = el("input", {
    type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "choices", "aria-autocomplete": "list",
    "aria-label": option.name + (option.required ? ", required" : ", optional"), "aria-describedby": "hint", dir: "auto",
  });
  const field = { option, input, chosen: null, node: el("span", { className: "field" }, el("span", { className: "field-name", "aria-hidden": "true" }, option.name), input) };
  const choose = (item) => {
    field.chosen = item;
    input.value = item.label;
    const next = fields[fields.indexOf(field) + 1];
    (next ? next.input : input).focus();
  };
  let timer, asked = 0;
  const propose = async () => {
    const fixed = fixedChoices(option, context);
    const typed = input.value.trim().toLowerCase();
    if (fixed) {
      // What is already chosen does not hide the other choices.
      const whole = fixed.findIndex((c) => c.label.toLowerCase() === typed);
      if (whole >= 0) return openChoices(input, fixed, choose, whole);
      return openChoices(input, fixed.filter((c) => c.label.toLowerCase().includes(typed)), choose, 0);
    }
    if (!option.autocomplete) return;
    const now = ++asked;
    const values = { ...valuesOf(fields), [option.name]: input.value };
    const choices = await context.complete(option.name, values);
    if (now !== asked || document.activeElement !== input) return;
    openChoices(input, choices.map((c) => ({ label: c.name, value: c.value })), choose);
  };
  input.addEventListener("focus", () => {
    context.hint(option.description);
    if (!field.chosen || field.chosen.label !== input.value) propose();
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    closeChoices();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    input.size = Math.max(input.size, Math.min(50, input.value.length));
    if (fixedChoices(option, context)) return propose();
    nothingActive(input);
    timer = setTimeout(propose, patience);
  });
  input.addEventListener("keydown", (event) => {
    if (choicesKey(event) || event.isComposing) return;
    if (event.key === "Escape" || (event.key === "Backspace" && !input.value && fields[0] === field)) {
      event.preventDefault();
      context.leave();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      propose();
    }
  });
  return field;
}

// fixedChoices lists the values of an option that has a fixed set, or null.
function fixedChoices(option, context) {
  if (option.choices && option.choices.length) return option.choices.map((c) => ({ label: c.name, value: c.value }));
  if (option.type === BOOLEAN) return [{ label: "True", value: true }, { label: "False", value: false }];
  if (option.type === CHANNEL) return context.channels().map((c) => ({ label: "#" + c.name, value: c.id }));
  return null;
}
