// Narrows each list of misses down to what its form chooses.
for (const form of document.querySelectorAll("form.filter")) {
  const misses = [...form.nextElementSibling.children];
  const chosen = [...form.querySelectorAll("select")];
  const narrow = () => {
    for (const miss of misses) miss.hidden = !chosen.every((s) => s.selectedIndex === 0 || miss.dataset[s.name] === s.value);
    form.querySelector("output").textContent = `${misses.filter((miss) => !miss.hidden).length} of ${misses.length}`;
  };
  form.addEventListener("change", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  narrow();
}
