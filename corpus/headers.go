package corpus

import "time"

// Header is what is told of an article without opening it.
type Header struct {
	ID, Title, Source, Author, URL string
	Published                      time.Time
	Language                       string
	Commands                       []Command
	Passages, Sentences, Bytes     int
}

// Header returns the header of the article.
func (a *Article) Header() Header {
	h := Header{ID: a.ID, Title: a.Title, Source: a.Source, Author: a.Author, URL: a.URL, Published: a.Published, Language: a.Language,
		Commands: a.Commands, Passages: len(a.Passages), Bytes: len(a.Text)}
	for i := range a.Passages {
		h.Sentences += len(a.Passages[i].Sentences)
	}
	return h
}
