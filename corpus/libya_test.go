package corpus

import (
	"crypto/sha256"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestScrapedPage loads the page that Footnote was asked for, as scraped. It
// is no part of the repository, so the test knows it by numbers only.
func TestScrapedPage(t *testing.T) {
	path := shared(t, "libya.txt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := Load(path)
	if err != nil || len(lib.Problems) > 0 {
		t.Fatal(err, lib.Problems)
	}
	a := lib.Articles[0]
	check(t, a)
	sentences, headings := 0, map[Span]bool{}
	for _, p := range a.Passages {
		sentences += len(p.Sentences)
		headings[p.Heading] = true
		if !strings.Contains(string(data), a.Quote(p.Span)) {
			t.Errorf("passage %d is not as the file has it", p.Number)
		}
	}
	reasons := map[string]int{}
	for _, d := range a.Dropped {
		reasons[d.Reason]++
	}
	got := fmt.Sprintf("%d passages, %d sentences, %d heading, dropped %v, text %.8x",
		len(a.Passages), sentences, len(headings)-1, reasons, sha256.Sum256([]byte(a.Text)))
	const want = "21 passages, 25 sentences, 1 heading, dropped map[caption:2 comment form:3 source line:1], text e4e36b696987dd26"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if m := regexp.MustCompile(`(?i)comment!|leave a reply|source:|your name|\[|getty`).FindString(a.Text); m != "" {
		t.Errorf("the text has %q", m)
	}
	if a.Title != "Libya" || !strings.EqualFold(a.Source, "Al Jazeera and news agencies") || a.Language != "en" || !a.Published.IsZero() {
		t.Errorf("got title %q, source %q, language %q, published %v", a.Title, a.Source, a.Language, a.Published)
	}
}

// TestNewsPages loads four pages whose first paragraph is their date.
func TestNewsPages(t *testing.T) {
	path := shared(t, "news")
	lib, err := Load(path)
	if err != nil || len(lib.Problems) > 0 {
		t.Fatal(err, lib.Problems)
	}
	for i, want := range []string{"asylum 2015-05-18 8 passages", "election 2016-09-09 15 passages", "korea 2015-08-21 6 passages", "questionnaire 2023-02-23 19 passages"} {
		a := lib.Articles[i]
		check(t, a)
		if got := fmt.Sprintf("%s %s %d passages", a.ID, a.Published.Format("2006-01-02"), len(a.Passages)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if len(a.Dropped) == 0 || a.Dropped[0].Reason != "dateline" {
			t.Errorf("%s: the dateline was not dropped", a.ID)
		}
	}
}
