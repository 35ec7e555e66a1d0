package corpus

import (
	"strings"
	"testing"
)

// TestBylines reads who wrote the article from a line above the text, which is then
// no part of it.
func TestBylines(t *testing.T) {
	for line, want := range map[string]string{
		"By Jane Roe":                      "Jane Roe",
		"by Jane Roe":                      "Jane Roe",
		"By JANE ROE":                      "JANE ROE",
		"By Jane Roe and Sam Poe":          "Jane Roe and Sam Poe",
		"By Jane Roe, Sam Poe and Una Doe": "Jane Roe, Sam Poe and Una Doe",
		"By Jane Roe, Sam Poe and Una Doe, Mole Gazette":  "Jane Roe, Sam Poe and Una Doe",
		"By Jane Roe, Staff Writer":                       "Jane Roe",
		"By Jane Roe Staff Writer":                        "Jane Roe",
		"By Jane Roe, Associated Press":                   "Jane Roe",
		"By Jane Roe | Mole Gazette":                      "Jane Roe",
		"By Jane Roe in Eastmole":                         "Jane Roe",
		"Written by J. R. Roe":                            "J. R. Roe",
		"Author: Jane Roe":                                "Jane Roe",
		"Authors: Jane Roe, Sam Poe & Una Doe":            "Jane Roe, Sam Poe & Una Doe",
		"Von Jana Roth":                                   "Jana Roth",
		"Par Jeanne de la Roche et Luc Pin":               "Jeanne de la Roche et Luc Pin",
		"Por Juana Ríos":                                  "Juana Ríos",
		"Автор: Яна Рогова":                               "Яна Рогова",
		"Autor: Jana Roth":                                "Jana Roth",
		"بقلم: جانة رو":                                   "جانة رو",
		"Jon Dorn, AP Auto Writer":                        "Jon Dorn",
		"Jane Roe | Senior Correspondent":                 "Jane Roe",
		"By Jane Roe - 03/06/24 11:04 PM EST":             "Jane Roe",
		"By Jane Roe, Mole staff | April 30th, 2023":      "Jane Roe",
		"By Jane Roe March 6, 2024":                       "Jane Roe",
		"By Jane Roe 6 March 2024":                        "Jane Roe",
		"By Jane Roe, Mar. 6, 2024":                       "Jane Roe",
		"par Jeanne Roux, le 6 mars 2024":                 "Jeanne Roux",
		"Published on Wednesday, March 6th by Jane Roe":   "Jane Roe",
		"Published March 6th, 2024 at 4 pm by Jane Roe":   "Jane Roe",
		"Posted on March 6, 2024 by admin in News, Ports": "",
		"By admin, 6 March 2024":                          "",
	} {
		for name, text := range map[string]string{
			"a.html": ferryPage("", "<p>"+line+"</p>", ""),
			"a.txt":  "Ferry halted by a storm\n" + line + "\n\n" + strings.Join(ferry, "\n\n"),
			"a.md":   "# Ferry halted by a storm\n\n*" + line + "*\n\n" + strings.Join(ferry, "\n\n"),
		} {
			a := read(t, name, text)
			if a.Author != want || len(a.Passages) != len(ferry) || a.Title != "Ferry halted by a storm" {
				t.Errorf("%s, %q: got %q, want %q, title %q, %d paragraphs", name, line, a.Author, want, a.Title, len(a.Passages))
			}
		}
	}
	for _, line := range []string{
		"By the river and the sea", "By noon all was over", "Von der Rampe zur Brücke", "By Monday.", "Par hasard ou par ruse", "Text of the treaty", "Authors and their houses", "The author: a life",
		"Additional reporting by Jane Roe", "How the ramp was built by Jane Roe and others",
	} {
		a := read(t, "a.html", ferryPage("", "<p>"+line+"</p>", ""))
		if a.Author != "" || line[:3] != "Add" && len(a.Passages) != len(ferry)+1 {
			t.Errorf("%q: got %q, %d paragraphs", line, a.Author, len(a.Passages))
		}
	}
}

// TestPageAuthors takes the author from what pages say of themselves.
func TestPageAuthors(t *testing.T) {
	ld := func(json string) string { return `<script type="application/ld+json">` + json + `</script>` }
	for _, tt := range []struct{ head, above, below, want string }{
		{`<meta name="author" content="Jane Roe">`, "", "", "Jane Roe"},
		{`<meta name="author" content="By Jane Roe, Political Editor">`, "", "", "Jane Roe"},
		{`<meta name="author" content="Jane Roe, Sam Poe">`, "", "", "Jane Roe, Sam Poe"},
		{`<meta name="citation_author" content="Jane Roe"><meta name="citation_author" content="Sam Poe">`, "", "", "Jane Roe, Sam Poe"},
		{`<meta property="article:author" content="https://mole.example/jane"><meta name="byl" content="By Jane Roe">`, "", "", "Jane Roe"},
		{`<meta name="author" content="admin">`, "<p>By Jane Roe</p>", "", "Jane Roe"},
		{`<meta name="author" content="Mole Gazette"><meta property="og:site_name" content="Mole Gazette">`, "", "", ""},
		{ld(`{"@type":"NewsArticle","author":[{"@type":"Person","name":"Jane Roe"},{"name":"Sam Poe"}]}`) + `<meta name="author" content="desk">`, "", "", "Jane Roe, Sam Poe"},
		{ld(`{"@type":"NewsArticle","author":"Jane Roe"}`), "<p>By JANE ROE</p>", "", "Jane Roe"},
		{ld(`[{"@type":"NewsArticle","headline":"Other","author":"Sam Poe"},{"@type":"NewsArticle","headline":"Ferry halted by a storm","author":"Jane Roe"}]`), "", "", "Jane Roe"},
		{ld(`[{"@type":"NewsArticle","headline":"Other","author":"Sam Poe"},{"@type":"NewsArticle","headline":"Another","author":"Jane Roe"}]`), "", "", ""},
		{ld(`{"@type":"WebPage","comment":{"@type":"Comment","author":"Sam Poe"}}`), "", "", ""},
		{"", `<div itemprop="author" itemscope><span itemprop="name">Jane Roe</span><span>Porter</span></div>`, "", "Jane Roe"},
		{"", `<a rel="author" href="/jane">Jane Roe</a>`, "", "Jane Roe"},
		{"", `<div class="byline">By Jane Roe, 6 March 2024</div>`, "", "Jane Roe"},
		{"", "", `<div class="comments"><a rel="author" href="/sam">Sam Poe</a></div>`, ""},
		{"", "", `<p>By Sam Poe</p>`, ""},
	} {
		if a := read(t, "a.html", ferryPage(tt.head, tt.above, tt.below)); a.Author != tt.want {
			t.Errorf("%s%s%s: got %q, want %q", tt.head, tt.above, tt.below, a.Author, tt.want)
		}
	}
}

// TestHeaderAuthor prefers what the header says.
func TestHeaderAuthor(t *testing.T) {
	for header, want := range map[string]string{
		"author: Jane Roe": "Jane Roe", "author: [Jane Roe, Sam Poe]": "Jane Roe, Sam Poe", "author:\n  - Jane Roe\n  - Sam Poe": "Jane Roe, Sam Poe",
		`author: "Roe, Jane"`: "Roe, Jane", "author:": "Una Doe", "author: []": "Una Doe",
	} {
		if a := read(t, "a.txt", "---\n"+header+"\n---\nFerry halted\nBy Una Doe\n\n"+strings.Join(ferry, "\n\n")); a.Author != want {
			t.Errorf("%q: got %q, want %q", header, a.Author, want)
		}
	}
	if _, problems := parse("a.md", []byte("---\nauthor: {first: Jane}\n---\nText.")); len(problems) != 1 || problems[0].Line != 2 {
		t.Errorf("a mapping: got %v", problems)
	}
	if _, problems := parse("a.md", []byte("---\nauthor: [{first: Jane}]\n---\nText.")); len(problems) != 1 || problems[0].Line != 2 {
		t.Errorf("a list of mappings: got %v", problems)
	}
}
