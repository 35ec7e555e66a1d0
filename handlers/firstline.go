package handlers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"footnote/answer"
)

// First is what a terminal shows where somebody asks of an article itself, or
// what the bot can do.
type First struct {
	Perhaps bool            // may be asked of what an article tells: the library is asked first
	Line    string          // in English, with Discord's marks; "" where the quotations say it
	Quotes  []answer.Answer // what the article begins with, or each of several
	Chosen  bool            // it is known which article is meant, or does not matter
}

// maxTold is how many articles a terminal is told of.
const maxTold = 20

// AskedFirst reads a question as one of those that everybody asks first; nil
// where it is none. With article only that one is meant.
func AskedFirst(ctx context.Context, lib *answer.Library, text, article string, now time.Time) (*First, error) {
	f := readFirst(lib, text)
	if f.kind == "" {
		return nil, nil
	}
	p := &page{words: english(), lib: lib, facts: lib, now: now}
	r := &First{Perhaps: f.perhaps, Chosen: true}
	about := f.article
	if about == nil {
		about = lib.Header(article)
	}
	all := lib.Headers()
	if about == nil && len(all) == 1 && f.kind != firstArticles {
		about = &all[0]
	}
	switch {
	case about != nil && f.kind != firstHelp && f.kind != firstArticles:
		var err error
		r.Line = p.firstTold(f.kind, about)
		r.Quotes, err = lib.Lead(ctx, about.ID)
		return r, err
	case f.kind == firstHelp:
		r.Line = p.FrontPage
	case f.kind == firstArticles:
		r.Line = fmt.Sprintf(p.ArticlesHeld, p.articles(len(all)))
	default:
		r.Line, r.Chosen = p.WhichArticle, false
	}
	var rows []string
	for i := range all[:min(len(all), maxTold)] {
		rows = append(rows, fmt.Sprintf(p.ArticleRow, i+1, p.about(&all[i])))
		lead, err := lib.Lead(ctx, all[i].ID)
		if err != nil {
			return nil, err
		}
		r.Quotes = append(r.Quotes, lead[:min(len(lead), 1)]...)
	}
	if more := len(all) - maxTold; more > 0 {
		rows = append(rows, fmt.Sprintf(p.AndMore, more))
	}
	r.Line += "\n" + strings.Join(rows, "\n")
	return r, nil
}
