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
	return []string{p.newestLine(article)}
}

// newestLine says how old the newest text is; article is the only one that is
// looked in, "" for all.
func (p *page) newestLine(article string) string {
	articles := p.lib.Headers()
	if a := p.lib.Header(article); a != nil {
		articles = []corpus.Header{*a}
	}
	newest := newestDay(articles)
	if newest.IsZero() {
		return p.NewestUndated
	}
	return fmt.Sprintf(p.Newest, p.dayThenAge(newest, p.now))
}

// asksNow reports whether a question asks about the present, in a language of
// the articles or in that of the reply.
func (p *page) asksNow(question string) bool {
	return slices.ContainsFunc(p.spoken(), func(w *words) bool { return len(w.NowWords.in(question)) > 0 })
}

// spoken returns the words in whose languages people ask: that of the reply
// and those of the articles.
func (p *page) spoken() []*words {
	list := []*words{p.words}
	for _, code := range p.lib.Languages() {
		if w := languages()[code]; w != nil && w.language != p.language {
			list = append(list, w)
		}
	}
	return list
}

// newestDay is the day of the newest article, zero where none has one.
func newestDay(articles []corpus.Header) (newest time.Time) {
	for i := range articles {
		if day := articles[i].Published; day.After(newest) {
			newest = day
		}
	}
	return newest
}
