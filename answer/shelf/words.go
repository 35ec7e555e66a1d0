package shelf

import (
	"maps"
	"slices"

	"footnote/answer/annotate"
)

// use is how often a string is used in articles.
type use struct {
	count    uint32 // as a word of a sentence
	names    uint32 // with a capital inside a sentence, or as part of a name
	articles uint32 // in how many of them, as a word, as an analysed form, or as what a sentence means without saying so
}

func (u *use) add(v use) {
	u.count, u.names, u.articles = u.count+v.count, u.names+v.names, u.articles+v.articles
}

func (u *use) subtract(v use) {
	u.count, u.names, u.articles = u.count-v.count, u.names-v.names, u.articles-v.articles
}

// wordCounts gathers the strings of articles.
type wordCounts map[string]*use

// add counts the strings of an article.
func (c wordCounts) add(p *annotate.Doc) {
	at := make([]*use, len(p.Strings))
	for i, s := range p.Strings {
		u := c[s]
		if u == nil {
			u = new(use)
			c[s] = u
		}
		u.articles++
		at[i] = u
	}
	for i := range p.Sentences {
		for _, t := range p.Sentences[i].Tokens {
			at[t.Word].count++
			if !t.Class.Is(annotate.Stop) && (t.Class.Is(annotate.Named) || t.Class.Is(annotate.Capital) && !t.Class.Is(annotate.Opening)) {
				at[t.Word].names++
			}
		}
	}
}

// table returns what was gathered as it is stored.
func (c wordCounts) table() []byte {
	var w tableWriter
	for _, s := range slices.SortedFunc(maps.Keys(c), shorterFirst) {
		w.add([]byte(s), *c[s])
	}
	return w.bytes()
}
