package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"footnote/corpus"
	"footnote/encoder/taught"
)

// shipped returns the library that comes with the bot, in memory.
func shipped(t testing.TB) *Library {
	t.Helper()
	lib, err := corpus.Default()
	if err != nil {
		t.Fatal(err)
	}
	return inMemory(t, lib.Articles)
}

func inMemory(t testing.TB, articles []*corpus.Article) *Library {
	t.Helper()
	src, err := From(articles)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	l, err := plain.Encode(context.Background(), Encoding{Model: taught.Model()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestAskShippedArticle(t *testing.T) {
	l := shipped(t)
	const states = "Egypt, the United Arab Emirates, the United States, Russia, and France"
	for _, c := range []struct {
		question string
		quote    string // part of it; "" when nothing must be shown
		answer   string // "-": the quotation as a whole
		saidBy   string
	}{
		{"who backs haftar", states, states, ""},
		{"Which countries support al-Sarraj?", "Turkey and Qatar back al-Sarraj.", "Turkey and Qatar", ""},
		{"How many people have been displaced?", "displaced some 120,000", "some 120,000 others", "World Health Organization"},
		{"how many ppl were wouned", "wounded 5,752", "-", "World Health Organization"},
		{"When did al-Sarraj address the General Assembly?", "addressed the General Assembly on Wednesday", "-", ""},
		{"When was Gaddafi killed?", "Muammar Gaddafi", "-", ""},
		{"Who is Khalifa Haftar?", "Khalifa Haftar, the Libyan commander,", "-", "Khalifa Haftar"},
		{"Who is Fayez al-Sarraj?", "In it Prime Minister Fayez al-Sarraj", "-", "Fayez al-Sarraj"},
		{"who was Gaddafi", "Muammar Gaddafi, its longtime leader", "-", ""},
		{"who is the president of Egypt", "", "", ""},
		{"Who leads Libya?", "", "", ""},
		{"Who is the leader of Libya?", "", "", ""},
		{"Who led Libya?", "overthrew and killed Muammar Gaddafi", "Muammar Gaddafi", ""},
		{"Who leads united Libya?", "", "", ""},
		{"Who was the leader of Libya?", "overthrew and killed Muammar Gaddafi", "Muammar Gaddafi", ""},
		{"How many did Haftar murder?", "", "", ""},
		{"How many people did the GNA kill?", "", "", ""},
		{"How many were wounded by Haftar's troops?", "", "", ""},
		{"When did al-Sarraj kill Gaddafi?", "", "", ""},
		{"how do i reset my password", "", "", ""},
		{"What did Trump say about Haftar?", "", "", ""},
		{"", "", "", ""},
		{"?!", "", "", ""},
		{"🦀🦀🦀", "", "", ""},
		{strings.Repeat("haftar tripoli ", 400), "", "", ""},
	} {
		a := l.Ask(context.Background(), Question{Text: c.question})
		name := c.question[:min(len(c.question), 40)]
		if c.quote == "" {
			if a.Status == Answered && !strings.Contains(c.question, "haftar tripoli") {
				t.Errorf("%q: answered %q, want nothing", name, a.Quote)
			}
			continue
		}
		if a.Status != Answered || !strings.Contains(a.Quote, c.quote) || a.Answer != c.answer && (c.answer != "-" || a.Answer != a.Quote) || a.SaidBy != c.saidBy {
			t.Errorf("%q: got %s, quote %q, answer %q, said by %q; want quote with %q, answer %q, said by %q",
				name, a.Status, a.Quote, a.Answer, a.SaidBy, c.quote, c.answer, c.saidBy)
		}
	}
}

func TestFollowUps(t *testing.T) {
	l := shipped(t)
	for _, c := range []struct {
		previous, question string
		quote              string // part of it
		taken              Taken
	}{
		{"How many people were killed?", "and the wounded?", "wounded 5,752", Taken{Before: "How many people were killed?"}},
		{"Who is Khalifa Haftar?", "which countries support him?", "Egypt", Taken{Word: "him", As: "Khalifa Haftar"}},
		{"which countries back sarraj", "what about haftar?", "is supported, to varying degrees, by Egypt", Taken{Before: "which countries back sarraj"}},
		{"what is the LNA allied to", "Which country will host a conference?", "Germany", Taken{}},
		{"", "who backs haftar", "Egypt", Taken{}},
	} {
		a := l.Ask(context.Background(), Question{Text: c.question, Previous: c.previous})
		if a.Status != Answered || !strings.Contains(a.Quote, c.quote) || a.Taken != c.taken {
			t.Errorf("%q after %q: %s %q taken %+v, want a quote with %q taken %+v", c.question, c.previous, a.Status, a.Quote, a.Taken, c.quote, c.taken)
		}
		check(t, l, a)
	}
}

// check fails when an answer breaks a promise that holds for every question.
func check(t testing.TB, l *Library, a Answer) {
	t.Helper()
	if (a.Status == Answered) != (a.Band == BandAnswered) {
		t.Errorf("status %q with band %q", a.Status, a.Band)
	}
	if a.Confidence < 0 || a.Confidence > 1 {
		t.Errorf("confidence %v", a.Confidence)
	}
	if a.Others == nil || len(a.Others) > maxOthers || a.Corrected == nil {
		t.Errorf("others %v, corrected %v", a.Others, a.Corrected)
	}
	if (a.Band == BandClosest) != (len(a.Hints) > 0) || len(a.Hints) > maxHelp || a.Status == Answered && len(a.Hints) > 0 {
		t.Errorf("%s, %s, and %d hints", a.Status, a.Band, len(a.Hints))
	}
	for i, o := range a.Others {
		if o.MayHelp != (i < len(a.Hints)) || o.MayHelp && (a.Hints[i].Quote != o.Quote || a.Hints[i].Answer != o.Quote) {
			t.Errorf("%q is other %d of %d hints: %v", o.Quote, i, len(a.Hints), o.MayHelp)
		}
	}
	for _, o := range a.Others {
		if text := l.Article(o.Article).Text; text[o.Start:o.End] != o.Quote {
			t.Errorf("%q is not bytes %d to %d of %s", o.Quote, o.Start, o.End, o.Article)
		}
	}
	if a.Status == Abstained {
		if a.Citation != nil || a.Answer != "" || a.Quote != "" || a.ID != "" {
			t.Errorf("abstained with citation %v, answer %q, quote %q, id %q", a.Citation, a.Answer, a.Quote, a.ID)
		}
		return
	}
	c := a.Citation
	article := l.Article(c.Article)
	text := article.Text
	if text[c.Start:c.End] != a.Quote || text[c.Span[0]:c.Span[1]] != a.Answer || a.Answer == "" {
		t.Errorf("quote %q at %d to %d, answer %q at %v", a.Quote, c.Start, c.End, a.Answer, c.Span)
	}
	quote := corpus.Span{Start: c.Start, End: c.End}
	span := corpus.Span{Start: c.Span[0], End: c.Span[1]}
	if a.Emphasis.Len() > 0 && (!quote.Contains(a.Emphasis) || !a.Emphasis.Contains(span)) || !quote.Contains(span) {
		t.Errorf("span %v in emphasis %v in quote %v", span, a.Emphasis, quote)
	}
	if text[a.ContextAt.Start:a.ContextAt.End] != a.Context {
		t.Errorf("context %q is not at %v", a.Context, a.ContextAt)
	}
	if p := article.PassageAt(c.Start); p == nil || p.Number != c.Paragraph || !slices.ContainsFunc(p.Sentences, func(s corpus.Sentence) bool { return s.Span == quote }) {
		t.Errorf("quote %v is not a sentence of paragraph %d", quote, c.Paragraph)
	}
	for _, at := range []int{c.Start, c.End, c.Span[0], c.Span[1], a.Emphasis.Start, a.Emphasis.End} {
		if at < len(text) && !utf8.RuneStart(text[at]) {
			t.Errorf("offset %d is inside a rune", at)
		}
	}
	if found, err := l.Find(a.ID); err != nil || found.Quote != a.Quote {
		t.Errorf("id %s brings back %q, %v", a.ID, found.Quote, err)
	}
}

func TestJSONKeys(t *testing.T) {
	l := shipped(t)
	want := []string{"answer", "band", "citation", "confidence", "context", "corrected", "id", "others", "question", "quote", "said_by", "status", "took_us"}
	for _, q := range []string{"who backs haftar", "who founded Rome", ""} {
		b, err := json.Marshal(l.Ask(context.Background(), Question{Text: q}))
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		var keys []string
		for k := range m {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		if !reflect.DeepEqual(keys, want) {
			t.Errorf("%q: keys %v, want %v", q, keys, want)
		}
	}
}

func TestFind(t *testing.T) {
	l := shipped(t)
	a := l.Ask(context.Background(), Question{Text: "who backs haftar"})
	for id, want := range map[string]error{
		a.ID: nil,
		"":   ErrNotFound,
		"x":  ErrNotFound,
		"nowhere." + strings.SplitN(a.ID, ".", 2)[1]:                    ErrNotFound,
		a.ID[:len(a.ID)-1] + "x":                                        ErrChanged,
		strings.Replace(a.ID, "-", "--", 5):                             ErrNotFound,
		"libya-2019-09-26.0-999999999." + a.ID[len(a.ID)-8:]:            ErrChanged,
		"libya-2019-09-26.5-2." + a.ID[len(a.ID)-8:]:                    ErrChanged,
		"libya-2019-09-26.-5-20." + a.ID[len(a.ID)-8:]:                  ErrNotFound,
		"libya-2019-09-26.99999999999999999999-1." + a.ID[len(a.ID)-8:]: ErrNotFound,
	} {
		if _, err := l.Find(id); !matches(err, want) {
			t.Errorf("Find(%q): %v, want %v", id, err, want)
		}
	}
}

func TestSearchIsLiteral(t *testing.T) {
	l := shipped(t)
	for _, c := range []struct {
		words string
		n     int
		forms []string
	}{
		{"drone strikes", 1, nil},
		{"drones STRIKE", 1, []string{"drone", "strikes"}},
		{"Murzuq", 1, nil},
		{"unicorn", 0, nil},
		{"", 0, nil},
		{"the of and", 0, nil},
	} {
		found, err := l.Search(context.Background(), c.words, "")
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Mentions) != c.n || !slices.Equal(found.Forms, c.forms) || found.More {
			t.Errorf("%q: %d passages with %v, more: %v; want %d with %v", c.words, len(found.Mentions), found.Forms, found.More, c.n, c.forms)
		}
		for _, m := range found.Mentions {
			for _, s := range m.Marks {
				if !m.Span.Contains(s) {
					t.Errorf("%q: mark %v outside passage %v", c.words, s, m.Span)
				}
			}
		}
	}
}

// Of more passages than a search returns it returns those that come first, not
// those that hold the word oftenest.
func TestSearchReturnsTheFirst(t *testing.T) {
	for n, more := range map[int]bool{maxMentions: false, maxMentions + 1: true} {
		paragraphs := make([]string, n)
		for i := range paragraphs {
			paragraphs[i] = "The ferry left." + strings.Repeat(" Ferry!", i*4/n)
		}
		found, err := inMemory(t, []*corpus.Article{corpus.FromParagraphs("a", "en", paragraphs)}).Search(t.Context(), "ferries", "")
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Mentions) != maxMentions || found.More != more {
			t.Errorf("of %d passages %d are found, more: %v", n, len(found.Mentions), found.More)
		}
		for i, m := range found.Mentions {
			if m.Paragraph != i+1 {
				t.Fatalf("of %d passages the one in place %d is paragraph %d", n, i+1, m.Paragraph)
			}
		}
	}
}

func TestFiguresOfShippedArticle(t *testing.T) {
	l := shipped(t)
	var got []string
	for _, f := range l.Figures(context.Background(), "", []string{"killed", "wounded", "displaced"}) {
		a := l.Article(f.Article)
		got = append(got, fmt.Sprintf("%s: %s (%s); %s of %s, %g to %g", f.Kind, a.Quote(f.Span), f.SaidBy, a.Quote(f.Number), a.Quote(f.Counts), f.Low, f.High))
	}
	want := []string{
		"killed: at least 1,093 people (World Health Organization); at least 1,093 of people, 1093 to 1093",
		"wounded: 5,752 (World Health Organization); 5,752 of wounded, 5752 to 5752",
		"displaced: some 120,000 others (World Health Organization); some 120,000 of others, 120000 to 120000",
		"killed: 11 suspected fighters (US); 11 of suspected fighters, 11 to 11",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// What is denied is no figure, and what dates one is told.
func TestFiguresOfSentence(t *testing.T) {
	text := "The storm killed between 10 and 20 people by 3 May 2019. The mayor denied that it killed 30 people and wounded 40. Not 50 people were killed."
	l := inMemory(t, []*corpus.Article{corpus.FromParagraphs("a", "en", []string{text})})
	var got []string
	for _, f := range l.Figures(t.Context(), "", []string{"killed", "wounded"}) {
		got = append(got, fmt.Sprintf("%s %s of %s, %g to %g as of %s", f.Kind, text[f.Number.Start:f.Number.End], text[f.Counts.Start:f.Counts.End], f.Low, f.High, f.AsOf))
	}
	if want := []string{"killed between 10 and 20 of people, 10 to 20 as of 2019-05-03"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A sentence of many figures is looked through once, not once for each.
func BenchmarkFiguresOfLongSentence(b *testing.B) {
	text := "It killed " + strings.Repeat("12 people, ", 2000) + "and more."
	l := inMemory(b, []*corpus.Article{corpus.FromParagraphs("a", "en", []string{text})})
	for b.Loop() {
		l.Figures(b.Context(), "", []string{"killed"})
	}
}

func TestSuggestionsAreAnswered(t *testing.T) {
	l := shipped(t)
	all := l.Suggest("", "", 25)
	if len(all) < 5 {
		t.Errorf("only %d suggestions: %q", len(all), all)
	}
	for _, q := range all {
		if a := l.Ask(context.Background(), Question{Text: q}); a.Status != Answered {
			t.Errorf("%q is suggested but not answered", q)
		}
	}
	if some := l.Suggest("haftar", "", 25); len(some) == 0 || len(some) >= len(all) {
		t.Errorf("%d of %d suggestions hold haftar", len(some), len(all))
	}
}

// A question that nobody waits for any more is no question without an answer.
func TestContextEnded(t *testing.T) {
	l := shipped(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if a := l.Ask(ctx, Question{Text: "who backs haftar"}); a.Err == nil || a.Status != Abstained {
		t.Errorf("got %s, %v", a.Status, a.Err)
	}
	if _, err := l.Search(ctx, "drone strikes", ""); err == nil {
		t.Error("a search that was given up found nothing without an error")
	}
}

var oddQuestions = []string{"who backs haftar", "how many", "", "why?", "“war criminal”", "\xff", "WHO", "what did he say", "5,752", "And who opposes him?", "who accused it", "and by whom"}

// FuzzAsk asks anything of the shipped article.
func FuzzAsk(f *testing.F) {
	for i, q := range oddQuestions {
		f.Add(q, oddQuestions[len(oddQuestions)-1-i])
	}
	l := shipped(f)
	f.Fuzz(func(t *testing.T, question, previous string) {
		check(t, l, l.Ask(context.Background(), Question{Text: question}))
		check(t, l, l.Ask(context.Background(), Question{Text: question, Previous: previous}))
		l.Search(context.Background(), question, "")
		l.Figures(context.Background(), "", []string{question, "killed"})
	})
}

// FuzzAskText asks of any text; each is a library of its own, which takes far
// longer than its questions.
func FuzzAskText(f *testing.F) {
	for _, q := range oddQuestions {
		f.Add(q, "Ferries to North Isle stop. “We had no choice,” said the harbour board. It added: it is over.")
	}
	f.Fuzz(func(t *testing.T, question, text string) {
		a := corpus.FromParagraphs("a", "en", strings.Split(strings.ToValidUTF8(text, "?"), "\n\n"))
		if len(a.Passages) == 0 {
			return
		}
		l := inMemory(t, []*corpus.Article{a})
		check(t, l, l.Ask(context.Background(), Question{Text: question}))
		check(t, l, l.Ask(context.Background(), Question{Text: text}))
		check(t, l, l.Ask(context.Background(), Question{Text: question, Previous: "Who supports the harbour board?"}))
		check(t, l, l.Ask(context.Background(), Question{Text: "and who opposes him?", Previous: text}))
		l.Search(context.Background(), question, "")
		l.Figures(context.Background(), "", []string{question, "killed"})
	})
}

func BenchmarkAsk(b *testing.B) {
	l := shipped(b)
	questions := []string{"who backs haftar", "How many people have been displaced?", "when was gadafi kiled", "What is the goal of the offensive against the capital?", "how do i reset my password"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		l.Trace(context.Background(), Question{Text: questions[i%len(questions)]})
	}
}

func BenchmarkPrepare(b *testing.B) {
	lib, err := corpus.Default()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s, err := From(lib.Articles)
		if err != nil {
			b.Fatal(err)
		}
		s.prepare()
	}
}

// The oddest questions: as long as any, all of one word, all of misspelt ones.
func BenchmarkAskOdd(b *testing.B) {
	l := shipped(b)
	for name, q := range map[string]string{
		"long":      strings.Repeat("why did the commander of the forces attack the capital after talks ", 100),
		"misspelt":  strings.Repeat("hwy ddi teh comandr fo teh forcse atack teh captial aftre talsk ", 100),
		"one word":  strings.Repeat("x", 6000),
		"all words": strings.Join(l.vocabulary.words, " "),
		"emoji":     strings.Repeat("🦀", 2000),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				l.Trace(context.Background(), Question{Text: q})
			}
		})
	}
}

// TestEmphasisQuotes keeps quotation marks in pairs where a clause is shown in bold.
func TestEmphasisQuotes(t *testing.T) {
	for text, want := range map[string]string{
		`Ida Marlow laughed and said: "You will not have the key."`: `"You will not have the key."`,
		`Ida Marlow laughed and said: “You will not have the key.”`: `“You will not have the key.”`,
	} {
		lib := inMemory(t, []*corpus.Article{corpus.FromParagraphs("a", "en", []string{text})})
		a := lib.Ask(t.Context(), Question{Text: "What will you not have?"})
		if got := lib.Articles()[0].Quote(a.Emphasis); got != want {
			t.Errorf("%s: %q in bold, want %q", text, got, want)
		}
	}
}

// TestLead leaves nothing out within the passages that it begins with.
func TestLead(t *testing.T) {
	lib := inMemory(t, []*corpus.Article{corpus.FromParagraphs("a", "en", []string{"Contents, pictures, notes", "How long can I keep a bike?", "Up to 24 hours. After that we charge £5 an hour."})})
	var got []string
	for _, a := range lib.Lead(lib.Articles()[0].ID) {
		got = append(got, a.Quote)
	}
	if want := []string{"Up to 24 hours.", "After that we charge £5 an hour."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Who does something is not whom it is done to.
func TestNoSufferer(t *testing.T) {
	l := inMemory(t, []*corpus.Article{corpus.FromParagraphs("Varnholm", "en", []string{
		"A man pleaded guilty to threatening Ida Vale on Wednesday.",
		"The lamp was stolen by Ola Brandt, the court heard.",
		"Two sailors insulted Mia Sund in the harbour.",
	})})
	for question, never := range map[string]string{"Who pleaded guilty?": "Vale", "Who insulted somebody?": "Sund"} {
		if a := l.Ask(context.Background(), Question{Text: question}); a.Answer != a.Quote && strings.Contains(a.Answer, never) {
			t.Errorf("%q: %q", question, a.Answer)
		}
	}
	if a := l.Ask(context.Background(), Question{Text: "Who stole the lamp?"}); a.Status == Answered && !strings.Contains(a.Answer, "Ola Brandt") {
		t.Errorf("behind by: %q", a.Answer)
	}
}
