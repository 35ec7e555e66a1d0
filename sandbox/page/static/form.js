// Shows a form that the bot opened (Discord calls it a modal).
import { el } from "./dom.js";

const dialog = document.getElementById("form");
const SELECT = 3, PARAGRAPH = 2;

// openForm shows a form and calls send(values) when it is sent off.
export function openForm(form, send) {
  const inputs = new Map();
  const fields = form.fields.map((field, n) => {
    const input = control(field, "field-" + n);
    inputs.set(field.custom_id, input);
    return el("p", {}, el("label", { for: input.id, dir: "auto" }, field.label || field.placeholder || "Your text"), input);
  });
  const body = el("form", { method: "dialog" },
    el("h2", { id: "form-title", dir: "auto" }, form.title), ...fields,
    el("div", { className: "row" },
      el("button", { type: "submit", className: "button primary" }, "Submit"),
      el("button", { type: "button", className: "button secondary", onclick: () => dialog.close() }, "Cancel")));
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries([...inputs].map(([id, input]) => [id, input.value]));
    // The form goes at once, as in Discord; what comes of it stands in the channel.
    dialog.close();
    await send(values);
  });
  dialog.replaceChildren(body);
  dialog.showModal();
}

function control(field, id) {
  if (field.type === SELECT) {
    return el("select", { id }, ...field.options.map((o) => el("option", { value: o.value }, o.label)));
  }
  const input = el(field.style === PARAGRAPH ? "textarea" : "input", {
    id, value: field.value || "", placeholder: field.placeholder || "", required: field.required !== false,
    maxLength: field.max_length || 4000, autocomplete: "off", dir: "auto",
  });
  if (field.min_length) input.minLength = field.min_length;
  return input;
}
