package page

import (
	"testing"
)

// Lines of replies, and the paragraph that they cite: none where they only look
// like a citation.
func TestCitations(t *testing.T) {
	b := open(t, start(t), wide)
	for _, c := range []struct{ line, paragraph string }{
		{"*The quay*, Radio 5, 12 May 2023, paragraph 9", "9"},
		{"*The quay*, 12 May 2023, paragraph 9, <https://a.example/x>", "9"},
		{"*The quay*, undated, paragraph 9:", "9"},
		{"The quotation in its place: *The quay*, undated, paragraph 12", "12"},
		{"*Der Kai*, Der Hafenbote, 12. Mai 2023, Absatz 9", "9"},
		{"*El muelle*, 12 de mayo de 2023, párrafo 9", "9"},
		{"*Le quai*, 12 mai 2023, paragraphe 9\u00a0:", "9"},
		{"*Набережная*, 12 мая 2023 года, абзац 9", "9"},
		{"*الرصيف*، 12 مايو 2023، الفقرة 9، <https://a.example/x>", "9"},
		{"*The quay*, Radio 5, 12 May 2023, paragraph 9, id 7f3a09c1", "9"},
		{"*The quay*, Radio 5, 12 May 2023, paragraph 9, id 12345678, <https://a.example/x>", "9"},
		{"*Der Kai*, 12. Mai 2023, Absatz 9, Kennung 7f3a09c1", "9"},
		{"*El muelle*, 12 de mayo de 2023, párrafo 9, identificador 7f3a09c1", "9"},
		{"*الرصيف*، 12 مايو 2023، الفقرة 9، المعرّف 7f3a09c1، <https://a.example/x>", "9"},
		{"*The quay*, Radio 5, 12 May 2023", ""},
		{"*The quay*, Radio 5, undated", ""},
		{"*The quay*, 12 May 2023. Language: en. Outline of 3 paragraphs:", ""},
		{"The quay, 12 May 2023, paragraph 9", ""},
	} {
		arg := string(encode(c.line))
		got := eval[string](b, `Promise.all([import("/static/markdown.js"), import("/static/citations.js")]).then(([{render}, {linkCitations}]) => {
			const blocks = render(`+arg+`, {});
			const d = document.createElement("div");
			d.append(...blocks);
			const text = d.textContent;
			linkCitations(blocks, () => {});
			const link = d.querySelector(".citation");
			if (d.textContent !== text) return d.textContent;
			return link ? new URL(link.dataset.address, location).searchParams.get("paragraph") : "";
		})`)
		if got != c.paragraph {
			t.Errorf("%s: cites paragraph %q, want %q", c.line, got, c.paragraph)
		}
	}
}
