// Slash commands as the composer offers them.

// Discord's numbers.
const SLASH = 1, MESSAGE_MENU = 3, SUB = 1, GROUP = 2;

// slashCommands lists the commands that can be typed, subcommands each by
// themselves: [{name: "footnote status", description, options}].
export function slashCommands(commands) {
  const out = [];
  for (const c of commands || []) {
    if ((c.type || SLASH) === SLASH) flatten(c.name, c, out);
  }
  return out.sort((a, b) => a.name.localeCompare(b.name));
}

function flatten(name, c, out) {
  const inner = (c.options || []).filter((o) => o.type === SUB || o.type === GROUP);
  if (inner.length) return inner.forEach((o) => flatten(name + " " + o.name, o, out));
  out.push({ name, description: c.description, options: c.options || [] });
}

// menuCommands lists the names of the commands in a message's menu.
export const menuCommands = (commands) => (commands || []).filter((c) => c.type === MESSAGE_MENU).map((c) => c.name);

// matching returns the commands for what was typed after "/": names that begin
// with it first, then those that hold it.
export function matching(commands, typed) {
  const want = typed.toLowerCase();
  const begins = commands.filter((c) => c.name.startsWith(want));
  return [...begins, ...commands.filter((c) => !c.name.startsWith(want) && c.name.includes(want))];
}

// split recognises a command whose name is typed in full with a space behind
// it, and returns it with the rest of the line.
export function split(commands, line) {
  const found = commands.filter((c) => line.startsWith("/" + c.name + " ")).sort((a, b) => b.name.length - a.name.length)[0];
  return found && { command: found, rest: line.slice(found.name.length + 2) };
}
