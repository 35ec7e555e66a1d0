package corpus

import (
	"fmt"
	"strings"
	"testing"
)

// shapes are articles that are long in one way each, as that of so many bytes.
// The first part of the name is how they are written.
var shapes = []struct {
	name string
	part func(n int) string
}{
	{"md paragraphs", func(n int) string {
		return fmt.Sprintf("The bridge %d at Brackwater was built of granite in 1911. Who paid for it?\n\n", n)
	}},
	{"md headings", func(n int) string { return fmt.Sprintf("## Part %d\n\nThe bridge was built in %d.\n\n", n, n) }},
	{"md headings alone", func(n int) string { return fmt.Sprintf("## Part %d\n\n", n) }},
	{"md one line", func(n int) string { return fmt.Sprintf("The bridge %d was built of granite. ", n) }},
	{"md one sentence", func(n int) string { return fmt.Sprintf("and the bridge %d was built ", n) }},
	{"md one word", func(n int) string { return "bridge" }},
	{"md lines", func(n int) string { return fmt.Sprintf("The bridge %d was built of granite\n", n) }},
	{"md list", func(n int) string { return fmt.Sprintf("- The bridge %d was built of granite.\n", n) }},
	{"md numbered list", func(n int) string { return fmt.Sprintf("%d. The bridge was built of granite.\n", n) }},
	{"md nested list", func(n int) string { return strings.Repeat("  ", n%20) + "- The bridge was built.\n" }},
	{"md table", func(n int) string {
		if n == 0 {
			return "| Bridge | Year |\n|---|---|\n"
		}
		return fmt.Sprintf("| Bridge %d | 19%02d |\n", n, n%100)
	}},
	{"md quotes", func(n int) string { return "> The bridge was built.\n" }},
	{"md code", func(n int) string { return "    bridge = built()\n" }},
	{"md fences", func(n int) string { return "```\nbridge\n```\n" }},
	{"md stars", func(n int) string { return "*bridge **built " }},
	{"md brackets", func(n int) string { return "[bridge ![built " }},
	{"md links", func(n int) string { return "[bridge](https://example.org/a \"b\") " }},
	{"md open links", func(n int) string { return "[a](b" }},
	{"md ticks", func(n int) string { return strings.Repeat("`", n%50) + "a " }},
	{"md tags", func(n int) string { return "<b <i>x</i " }},
	{"md open comments", func(n int) string { return "<!-- bridge " }},
	{"md references", func(n int) string { return fmt.Sprintf("[%d]: https://example.org/%d\n", n, n) }},
	{"md questions", func(n int) string { return fmt.Sprintf("Q: Who built bridge %d?\nA: A mason.\n\n", n) }},
	{"md speakers", func(n int) string { return fmt.Sprintf("ANN: Who built bridge %d?\n\nBOB: A mason.\n\n", n) }},
	{"md quotation marks", func(n int) string { return "\"The bridge “was ‘built ( of " }},
	{"md dots", func(n int) string { return "a. b. Dr. 1. " }},
	{"md blank lines", func(n int) string { return "\n \n" }},
	{"txt paragraphs", func(n int) string {
		return fmt.Sprintf("The bridge %d at Brackwater was built of granite in 1911. Who paid for it?\n\n", n)
	}},
	{"txt lines", func(n int) string { return fmt.Sprintf("The bridge %d was built of granite\n", n) }},
	{"txt headings", func(n int) string { return fmt.Sprintf("THE BRIDGE %d\n\nIt was built of granite.\n\n", n) }},
	{"txt short lines", func(n int) string { return fmt.Sprintf("Bridge %d\n\n", n) }},
	{"txt numbered", func(n int) string { return fmt.Sprintf("%d.%d The bridge was built of granite.\n\n", n/9+1, n%9+1) }},
	{"txt one line", func(n int) string { return fmt.Sprintf("The bridge %d was built of granite. ", n) }},
	{"txt columns", func(n int) string { return fmt.Sprintf("Bridge %d\t19%02d\tgranite\n", n, n%100) }},
	{"txt datelines", func(n int) string { return "May 3, 2019\n\nBy Ann Somebody\n\n" }},
	{"txt captions", func(n int) string { return "Photo: Ann Somebody/Reuters\n\nThe bridge was built.\n\n" }},
	{"html paragraphs", func(n int) string {
		return fmt.Sprintf("<p>The bridge %d at Brackwater was built of granite in 1911.</p>\n", n)
	}},
	{"html no paragraphs", func(n int) string {
		return fmt.Sprintf("The bridge %d at Brackwater was built of granite in 1911. ", n)
	}},
	{"html breaks", func(n int) string { return fmt.Sprintf("The bridge %d was built.<br>\n", n) }},
	{"html divisions", func(n int) string {
		return fmt.Sprintf("<div class=c%d><div><p>The bridge was built, of granite, in 1911.</p></div></div>\n", n)
	}},
	{"html headings", func(n int) string { return fmt.Sprintf("<h2>Part %d</h2><p>The bridge was built.</p>\n", n) }},
	{"html links", func(n int) string {
		return fmt.Sprintf("<p><a href=/%d>The bridge</a> was <b>built</b> of granite.</p>\n", n)
	}},
	{"html link lists", func(n int) string {
		return fmt.Sprintf("<ul><li><a href=/%d>The bridge</a></ul><p>The bridge was built of granite in 1911.</p>\n", n)
	}},
	{"html list", func(n int) string {
		if n == 0 {
			return "<ul>"
		}
		return fmt.Sprintf("<li>The bridge %d was built of granite.</li>\n", n)
	}},
	{"html table", func(n int) string {
		if n == 0 {
			return "<table><tr><th>Bridge</th><th>Year</th></tr>"
		}
		return fmt.Sprintf("<tr><td>Bridge %d</td><td>19%02d</td></tr>\n", n, n%100)
	}},
	{"html spans", func(n int) string { return fmt.Sprintf("<span style=\"color:red\">The bridge %d</span> ", n) }},
	{"html styles", func(n int) string {
		return fmt.Sprintf("<style>.c%d{display:none}</style><p class=c%d>The bridge.</p><p>It was built.</p>", n, n)
	}},
	{"html ids", func(n int) string {
		return fmt.Sprintf("<style>#c%d p.x>b{display:none}</style><p id=c%d>The bridge was built, of granite.</p>", n, n)
	}},
	{"html times", func(n int) string { return "<time datetime=2019-05-01>May 1, 2019</time><p>The bridge was built.</p>" }},
	{"html scripts", func(n int) string {
		return `<script type="application/ld+json">{"@type":"Thing","name":"x"}</script><p>The bridge was built.</p>`
	}},
	{"html images", func(n int) string {
		return "<figure><img src=a.jpg><figcaption>The bridge</figcaption></figure><p>The bridge was built.</p>"
	}},
	{"html formatting", func(n int) string { return "<p><b><i>The bridge was built.\n" }},
	{"html bylines", func(n int) string { return "<div class=byline>By Ann Somebody</div><p>The bridge was built.</p>" }},
}

// shape returns an article of that shape and its file's name.
func shape(name string, part func(n int) string, size int) (string, []byte) {
	form, _, _ := strings.Cut(name, " ")
	var b strings.Builder
	if form == "html" {
		b.WriteString("<html><head><title>The bridge at Brackwater</title></head><body><article>")
	}
	for n := 0; b.Len() < size; n++ {
		b.WriteString(part(n))
	}
	return "a." + form, []byte(b.String())
}

// BenchmarkLinear shows that an article is read in a time in proportion to its length,
// whatever it is made of: as many bytes a second of 32 KB as of 256.
func BenchmarkLinear(b *testing.B) {
	for _, s := range shapes {
		for _, size := range []int{32 << 10, 256 << 10} {
			b.Run(fmt.Sprintf("%s/%dKB", s.name, size>>10), func(b *testing.B) {
				name, data := shape(s.name, s.part, size)
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					_, _ = parse(name, data)
				}
			})
		}
	}
}
