package handlers

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"footnote/answer"
	"footnote/corpus"
)

// TestLongReplies answers by hand-made sentences that are far too long, and
// full of signs that take a backslash each. The reply fits, ends in the
// citation, shows the bold part, and quotes nothing but slices.
func TestLongReplies(t *testing.T) {
	prose := strings.Repeat("The harbour office counted boats and nets. ", 10)
	cases := []struct {
		name, sentence, span string
		title                string
	}{
		{"long sentence", "At least 12 boats sank " + strings.Repeat("and more boats lay on the sand ", 150) + "in the end.", "At least 12 boats", "Storm"},
		{"span at the end", strings.Repeat("and more boats lay on the sand ", 150) + "where at least 12 boats sank.", "at least 12 boats", "Storm"},
		{"span in the middle", strings.Repeat("boats lay there ", 200) + "and at least 12 boats sank " + strings.Repeat("boats lay there ", 200), "at least 12 boats", "Storm"},
		{"signs alone", strings.Repeat("*_~|", 1500), "*_~|*_~|", "Storm"},
		{"one endless word", strings.Repeat("x", 6000), "xxxx", "Storm"},
		{"lines", strings.Repeat("- 1. boat\n", 400) + "sank.", "sank", "Storm"},
		{"wide letters", strings.Repeat("лодка и море ", 400), "лодка", "Storm"},
		{"long title", "At least 12 boats sank.", "12 boats", strings.Repeat("*Storm* ", 300)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := corpus.FromParagraphs(c.title, "en", []string{prose, prose})
			a.ID = "storm"
			// No reader gives such a text: the render functions get it as it is.
			a.Text = c.sentence + "\n\n" + prose
			for i, s := range []corpus.Span{{Start: 0, End: len(c.sentence)}, {Start: len(c.sentence) + 2, End: len(a.Text)}} {
				a.Passages[i].Span, a.Passages[i].Sentences = s, []corpus.Sentence{{Span: s}}
			}
			rig := rigOf(t, []*corpus.Article{a})
			lib := rig.lib
			at := strings.Index(c.sentence, c.span)
			made := answer.Answer{
				Status: answer.Answered, Answer: c.span, Quote: c.sentence, SaidBy: strings.Repeat("Office ", 60),
				Emphasis:  corpus.Span{Start: at, End: at + len(c.span)},
				Citation:  &answer.Citation{Article: a.ID, Paragraph: 1, Start: 0, End: len(c.sentence), Span: [2]int{at, at + len(c.span)}},
				Corrected: map[string]string{strings.Repeat("*", 500): strings.Repeat("_", 500)},
				Taken:     answer.Taken{Before: strings.Repeat("he ", 200)},
			}
			p := &page{words: english(), lib: lib, now: today}
			content := sure(p.answered(echo{Who: strings.Repeat("*", 90), Question: strings.Repeat("`", 900), Previous: strings.Repeat("|", 900)}, made))
			rig.checkMessage(content, nil, nobody())
			lines := strings.Split(content, "\n")
			if last := lines[len(lines)-1]; !strings.Contains(last, "paragraph 1") {
				t.Errorf("the last line is no citation: %q", last)
			}
			quoted := strings.Join(quotations(content), "")
			if len(c.sentence) > 2000 && !strings.Contains(quoted, c.span) || quoted == "" {
				t.Errorf("the answer is not in the quotation %q", quoted)
			}
			if len(c.sentence) > 2000 && !strings.Contains(content, p.GoesOn) && !strings.Contains(content, p.BeginsEarlier) {
				t.Errorf("nothing says that the quotation is cut:\n%s", content)
			}
		})
	}
}

// TestRow shows a row of a table under the names of its columns; un-escaped, each
// cell is the article's.
func TestRow(t *testing.T) {
	lib, err := corpus.LoadFS(fstest.MapFS{"tides.md": {Data: []byte("# Tides\n\n| Place | *High* at | Note |\n|---|---|---|\n| Lorn_Bay | 10:45 | 2 m |\n| Eastmole | 11:20 | |\n")}})
	if err != nil {
		t.Fatal(err)
	}
	rig := rigOf(t, lib.Articles)
	p := &page{words: english(), lib: rig.lib, now: today}
	for _, c := range []struct{ question, row, bold string }{
		{"When is it high at Lorn_Bay?", `Place: Lorn\_Bay; High at: 10\:45; Note: 2 m`, `**10\:45**`},
		{"What is high at Eastmole?", `Place: Eastmole; High at: 11\:20`, `**11\:20**`},
	} {
		a := rig.lib.Ask(t.Context(), answer.Question{Text: c.question})
		if a.Citation == nil {
			t.Errorf("%q: no answer", c.question)
			continue
		}
		content := sure(p.answered(echo{Who: "Ann", Question: c.question}, a))
		rig.checkMessage(content, nil, nobody())
		if !strings.Contains(content, "\n"+c.row+"\n") || !strings.Contains(content, c.bold) {
			t.Errorf("%q: no line %q and no %q in\n%s", c.question, c.row, c.bold, content)
		}
		for _, cell := range a.Columns {
			if text := sure(rig.lib.Article("tides")).Text; text[cell.Start:cell.End] != cell.Value || !strings.Contains(unescape(c.row), cell.Value) {
				t.Errorf("cell %+v", cell)
			}
		}
	}
}

// TestWhen writes dates and ages as of 23 November 2026.
func TestWhen(t *testing.T) {
	cases := []struct{ published, when, dayAndAge string }{
		{"2026-11-23", "23 November 2026, today", "23 November 2026 (today)"},
		{"2026-11-22", "22 November 2026, 1 day ago", "22 November 2026 (1 day ago)"},
		{"2026-11-10", "10 November 2026, 13 days ago", "10 November 2026 (13 days ago)"},
		{"2026-11-09", "9 November 2026, 2 weeks ago", "9 November 2026 (2 weeks ago)"},
		{"2026-09-20", "20 September 2026, 2 months ago", "20 September 2026 (2 months ago)"},
		{"2025-11-24", "24 November 2025, 11 months ago", "24 November 2025 (11 months ago)"},
		{"2025-11-23", "November 2025, 1 year ago", "23 November 2025 (1 year ago)"},
		{"2019-09-26", "September 2019, 7 years ago", "26 September 2019 (7 years ago)"},
		{"2027-01-01", "1 January 2027", "1 January 2027"},
	}
	w := english()
	for _, c := range cases {
		day, err := time.Parse(time.DateOnly, c.published)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.when(day, today); got != c.when {
			t.Errorf("%s: got %q, want %q", c.published, got, c.when)
		}
		if got := w.dayAndAge(day, today); got != c.dayAndAge {
			t.Errorf("%s: got %q, want %q", c.published, got, c.dayAndAge)
		}
	}
	if got := w.when(time.Time{}, today); got != "undated" {
		t.Errorf("no date: got %q", got)
	}
}

// TestRelativeDates finds what counts from the day of writing.
func TestRelativeDates(t *testing.T) {
	cases := []struct{ quote, want string }{
		{"The ferry sank on Tuesday.", `"on Tuesday": this was written on 26 September 2019.`},
		{"Later this year a new one comes; last week none came.", `"Later this year", "last week": this was written on 26 September 2019.`},
		{"Two days ago it rained, and yesterday.", `"Two days ago", "yesterday": this was written on 26 September 2019.`},
		{"It sank in 2011, on 4 May.", ""},
		{"Friday Harbour lies in the north.", `"Friday": this was written on 26 September 2019.`},
		{"The tribunal has mondayish habits.", ""},
	}
	p := &page{words: english(), now: today}
	for _, c := range cases {
		a := &corpus.Article{Language: "en", Published: time.Date(2019, 9, 26, 0, 0, 0, 0, time.UTC)}
		if got := strings.Join(p.relativeDates(c.quote, a), "\n"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.quote, got, c.want)
		}
		a.Published = time.Time{}
		if got := p.relativeDates(c.quote, a); got != nil {
			t.Errorf("%q, undated: got %q", c.quote, got)
		}
	}
}

// BenchmarkAsk answers /ask from the shipped article, rendering included.
func BenchmarkAsk(b *testing.B) {
	lib, err := corpus.Default()
	if err != nil {
		b.Fatal(err)
	}
	source, err := answer.From(lib.Articles)
	if err != nil {
		b.Fatal(err)
	}
	ready, err := source.InMemory()
	if err != nil {
		b.Fatal(err)
	}
	p := &page{words: english(), lib: ready, now: today}
	for _, asked := range []string{"How many people were displaced?", "Where is the moon base?"} {
		b.Run(fmt.Sprintf("%.8s", asked), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.ask(b.Context(), question{Who: "Ann", Text: asked}, false)
			}
		})
	}
}
