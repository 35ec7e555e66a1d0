// el makes an element. Properties whose name has a dash and "role" are
// attributes, "on…" are listeners; children are nodes or texts.
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key.includes("-") || key === "role" || key === "for" || key === "list") node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children);
  return node;
}
