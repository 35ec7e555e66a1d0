package handlers

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"footnote/answer"
	"footnote/corpus"
)

// TestAnswerByID asks for an answer by the id that the context view shows and
// by the short one beside it.
func TestAnswerByID(t *testing.T) {
	rig := newRig(t)
	a := rig.lib.Ask(t.Context(), answer.Question{Text: "Who runs the northern line?"})
	short := answer.ShortID(a.ID)
	asked := rig.do(slash("ask", "question", "Who runs the northern line?"))
	if got := asked.Data.Content; strings.Contains(got, short) {
		t.Errorf("the reply shows the id\n%s", got)
	}
	if got := rig.do(rig.press(asked, "Show context")).Data.Content; !strings.Contains(got, short+" (in full: "+a.ID) {
		t.Errorf("the context does not show the id\n%s", got)
	}
	for _, id := range []string{a.ID, short, strings.ToUpper(short), " id " + short + "\n", short[:7], short[:4]} {
		r := rig.do(slash("ask", "question", id))
		if !strings.Contains(r.Data.Content, "> **Varn Lines runs the northern line.**\n") {
			t.Errorf("%q gives\n%s", id, dump(r))
		}
		if m := rig.hear(mentioning(id)); !strings.Contains(m.Content, "> **Varn Lines runs the northern line.**\n") {
			t.Errorf("a mention with %q gets\n%s", id, m.Content)
		}
	}
	golden(t, "by-short-id", dump(rig.do(slash("ask", "question", short, "private", true))))
}

// TestAnswerByIDLater asks for an answer after the library has changed: the
// long id tells an edited passage from a lost article, the short one finds the
// sentence wherever it stands now.
func TestAnswerByIDLater(t *testing.T) {
	before := newRig(t)
	a := before.lib.Ask(t.Context(), answer.Question{Text: "Who runs the northern line?"})
	short := answer.ShortID(a.ID)
	w := before.words
	article := func(id string, paragraphs ...string) []*corpus.Article {
		a := corpus.FromParagraphs("Ferry", "en", paragraphs)
		a.ID = id
		return []*corpus.Article{a}
	}
	const sentence = "Varn Lines runs the northern line."
	for _, c := range []struct {
		name        string
		articles    []*corpus.Article
		long, short string // what the reply holds
	}{
		{"as it was", before.lib.Articles(), "> **" + sentence, "> **" + sentence},
		{"edited before it", article("lake-ferry", strings.Repeat("News. ", 100), sentence), w.AnswerChanged, "> **" + sentence},
		{"edited", article("lake-ferry", strings.Repeat("News. ", 100), "Ostrel Boats runs the northern line."), w.AnswerChanged, w.ShortGone},
		{"moved", article("ferry", sentence), w.AnswerGone, "> **" + sentence},
		{"removed", article("bridge", "The bridge is closed."), w.AnswerGone, w.ShortGone},
	} {
		t.Run(c.name, func(t *testing.T) {
			rig := rigOf(t, c.articles)
			if got := rig.do(slash("ask", "question", a.ID)).Data.Content; !strings.Contains(got, c.long) {
				t.Errorf("the long id gets\n%s", got)
			}
			if got := rig.do(slash("ask", "question", short)).Data.Content; !strings.Contains(got, c.short) {
				t.Errorf("the short id gets\n%s", got)
			}
		})
	}
}

// TestSeveralOfOneID asks for a sentence that stands in two articles: both are
// shown, and an article chooses.
func TestSeveralOfOneID(t *testing.T) {
	articles := sameSentence(2)
	rig := rigOf(t, articles)
	id := digest(articles[0].Quote(articles[0].Passages[0].Sentences[0].Span))
	r := rig.do(slash("ask", "question", id))
	golden(t, "by-id-several", dump(r))
	if got := rig.do(rig.press(r, "Context of 2")); !strings.Contains(got.Data.Content, "*Town 1*") {
		t.Errorf("the context of the second is\n%s", dump(got))
	}
	if got := rig.do(slash("ask", "question", id, "article", "1")); !strings.Contains(got.Data.Content, "*Town 1*") || strings.Contains(got.Data.Content, "*Town 0*") {
		t.Errorf("of one article\n%s", dump(got))
	}
	if got := rig.do(slash("ask", "question", id, "article", "other")); got.Data.Content != rig.words.ShortGone {
		t.Errorf("of an article without it\n%s", dump(got))
	}
	many := rigOf(t, sameSentence(30))
	r = many.do(slash("ask", "question", id))
	if !strings.Contains(r.Data.Content, "30 passages") || !strings.HasSuffix(r.Data.Content, many.words.SeveralCut) {
		t.Errorf("of thirty\n%s", dump(r))
	}
}

// sameSentence returns so many articles that hold one sentence, and one without it.
func sameSentence(n int) []*corpus.Article {
	var list []*corpus.Article
	for i := range n {
		a := corpus.FromParagraphs(fmt.Sprintf("Town %d", i), "en", []string{"The council pays for the repair."})
		a.ID = fmt.Sprint(i)
		list = append(list, a)
	}
	other := corpus.FromParagraphs("Other", "en", []string{"The mill is for sale."})
	other.ID = "other"
	return append(list, other)
}

// TestShortIDOrWord types what may be an id or a word: a word or a number that
// the library has is asked about, and brings back the sentence of that id only
// where it is not.
func TestShortIDOrWord(t *testing.T) {
	var paragraphs []string
	byID := map[string]string{} // an id's beginning and the sentence that it names
	wanted := map[string]func(string) bool{
		"letters": func(id string) bool { return strings.Trim(id, "abcdef") == "" },
		"digits":  func(id string) bool { return strings.Trim(id, "0123456789") == "" },
		"both":    answer.NoWord,
	}
	for i := 0; len(byID) < len(wanted); i++ {
		s := fmt.Sprintf("Boat %d lies in the harbour.", i)
		id := fmt.Sprintf("%x", sha256.Sum256([]byte(s)))[:4]
		for kind, is := range wanted {
			if byID[kind] == "" && is(id) {
				byID[kind] = id
				paragraphs = append(paragraphs, s)
			}
		}
	}
	rig := func(more string) *rig {
		a := corpus.FromParagraphs("Boats", "en", append(paragraphs, more))
		a.ID = "boats"
		return rigOf(t, []*corpus.Article{a})
	}
	for kind, id := range byID {
		if got := rig("The quay is long.").do(slash("ask", "question", id)).Data.Content; !strings.Contains(got, "lies in the harbour.") || strings.Contains(got, "I found no passage") {
			t.Errorf("%s: %s, of which nothing else is known, gets\n%s", kind, id, got)
		}
	}
	for text, id := range map[string]bool{"dead": false, "1987": false, "a380": true, "7f3a09c1": true, "20190926": true} {
		if answer.NoWord(text) != id {
			t.Errorf("%q is taken for an id before anything else: %v", text, !id)
		}
	}
	// Nothing has such an id: it is a question like any other.
	for _, text := range []string{"dead", "a380", "1987"} {
		if got := rig("The quay is long.").do(slash("ask", "question", text)).Data.Content; !strings.Contains(got, "*"+text+"*") {
			t.Errorf("%q gets\n%s", text, got)
		}
	}
}
