// Which way a text runs: that of most of its letters, since it may begin with a
// name or a figure. "" where there is no letter.
const leftward = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}/u;

const direction = (text) => {
  const letters = text.match(/\p{L}/gu) || [];
  return letters.length && (2 * letters.filter((l) => leftward.test(l)).length >= letters.length ? "rtl" : "ltr");
};

// turn makes a message and its rendered blocks run the way they are written. A
// bot's own lines run as its language does, whatever they name; what it quotes,
// and what people write, runs by itself.
export function turn(node, blocks, bot) {
  const own = blocks.filter((block) => bot && block.tagName !== "BLOCKQUOTE");
  const way = direction(own.map((block) => words(block, "em").replace(/"[^"]*"/g, "")).join("")) || direction(blocks.map((block) => words(block)).join(""));
  if (way) node.dir = way;
  for (const block of blocks) {
    const itself = own.includes(block) ? way : direction(words(block));
    if (itself) block.dir = itself;
  }
}

// words is a block's text without names of people, addresses and code, nor what else is named.
function words(block, ...others) {
  const copy = block.cloneNode(true);
  copy.querySelectorAll([".mention", "a[target]", "code", ...others].join()).forEach((n) => n.remove());
  return copy.textContent;
}
