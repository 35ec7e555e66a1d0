package handlers

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"footnote/corpus"
)

// inQuotes are words between quotation marks: those of somebody else.
var inQuotes = regexp.MustCompile(`"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|‘[^’]*’`)

// present returns a line that says how old the newest text is, where a question
// asks about the present; none where it does not. Who asks what is so today
// shall not take an old text for news. article is the only one that is looked in, "" for all.
func (p *page) present(question, article string) []string {
	if !p.asksNow(inQuotes.ReplaceAllString(question, " ")) {
		return nil
	}
	articles := p.lib.Articles()
	if a := p.lib.Article(article); a != nil {
		articles = []*corpus.Article{a}
	}
	newest := newestDay(articles)
	if newest.IsZero() {
		return []string{p.NewestUndated}
	}
	return []string{fmt.Sprintf(p.Newest, p.dayThenAge(newest, p.now))}
}

// asksNow reports whether a question asks about the present, in a language of
// the articles or in that of the reply.
func (p *page) asksNow(question string) bool {
	if len(p.NowWords.in(question)) > 0 {
		return true
	}
	return slices.ContainsFunc(p.lib.Languages(), func(code string) bool {
		w := languages()[code]
		return w != nil && len(w.NowWords.in(question)) > 0
	})
}

// newestDay is the day of the newest article, zero where none has one.
func newestDay(articles []*corpus.Article) (newest time.Time) {
	for _, a := range articles {
		if a.Published.After(newest) {
			newest = a.Published
		}
	}
	return newest
}
