package shelf

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/internal/squad"
)

// What was analysed sentence by sentence gives the index the terms that the
// text of the passage has as a whole.
func TestIndexedAsAnalysed(t *testing.T) {
	passages := 0
	articles := everyArticle(t)
	for _, a := range articles {
		p := annotate.Prepare(a, words.Load())
		for i := range a.Passages {
			passages++
			got, want := indexed(p, i), analysed(nil, a.Language, asText(p, i))
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s (%s), passage %d: %q\n got %q\nwant %q", a.ID, a.Language, i+1, a.Quote(a.Passages[i].Span), got, want)
			}
		}
	}
	t.Logf("%d passages of %d articles", passages, len(articles))
}

// everyArticle returns all articles that there are to test with, or the quick ones.
func everyArticle(t *testing.T) []*corpus.Article {
	var articles []*corpus.Article
	for _, pattern := range []string{"../../corpus/articles", "../testdata/laidout", "../../handlers/testdata/library", "../../handlers/testdata/languages/*", "../../../shared/data", "../../../shared/data/*"} {
		dirs, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range dirs {
			lib, err := corpus.Load(dir)
			if err == nil {
				articles = append(articles, lib.Articles...)
			}
		}
	}
	if testing.Short() {
		return articles
	}
	if _, err := os.Stat("../../../shared"); err != nil {
		return articles
	}
	for _, language := range strings.Fields("ar de el en es hi ro ru th tr vi zh") {
		for _, d := range squad.Read(t, "xquad-dev-"+language) {
			var texts []string
			for _, p := range d.Paragraphs {
				texts = append(texts, p.Context)
			}
			articles = append(articles, corpus.FromParagraphs(d.Title, language, texts))
		}
	}
	return articles
}

// asText returns a passage with what it means without saying so as one text.
func asText(p *annotate.Doc, passage int) string {
	has := map[int]bool{}
	for _, s := range p.SentencesOf(passage) {
		for _, t := range s.Tokens {
			has[t.Term], has[t.Word] = true, true
		}
	}
	var b strings.Builder
	b.WriteString(p.Article.Quote(p.Article.Passages[passage].Span))
	for _, s := range p.SentencesOf(passage) {
		for _, im := range s.Implied {
			if term := p.Strings[im.Term]; !has[im.Term] && im.Weight >= annotate.ByPronoun && !strings.ContainsAny(term, " =") {
				has[im.Term] = true
				b.WriteString("\n" + term)
			}
		}
	}
	return b.String()
}
