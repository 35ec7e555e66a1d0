package shelf

import "footnote/corpus"

// Source is where the articles of a library come from, in the order of their
// ids. It is asked by several at once, for different articles.
type Source interface {
	Len() int
	// Known tells of article n where nothing has to be read for it.
	Known(n int) (Content, bool)
	// Read tells of article n, reading what is not known; a zero Sum where no article
	// is there. The article comes with it where it had to be taken out of its file,
	// and in any case where it is wanted.
	Read(n int, wanted bool) (Content, *corpus.Article)
	// Bytes is about how much there is to read of article n.
	Bytes(n int) int64
}

// Content is what is known of an article without having it.
type Content struct {
	Sum    corpus.Sum
	Header corpus.Header
}

// Articles is a source of articles that are there already, in the order of their ids.
type Articles []*corpus.Article

// Len implements [Source].
func (a Articles) Len() int { return len(a) }

// Known implements [Source].
func (a Articles) Known(n int) (Content, bool) { return Content{a[n].Sum(), a[n].Header()}, true }

// Read implements [Source].
func (a Articles) Read(n int, _ bool) (Content, *corpus.Article) {
	c, _ := a.Known(n)
	return c, a[n]
}

// Bytes implements [Source].
func (a Articles) Bytes(n int) int64 { return int64(len(a[n].Text)) }

// Folder is a source of what lies in a library's folder.
type Folder struct{ *corpus.Listing }

// Bytes implements [Source].
func (f Folder) Bytes(n int) int64 { return f.Size(n) }

// Known implements [Source].
func (f Folder) Known(n int) (Content, bool) {
	if !f.Listing.Known(n) {
		return Content{}, false
	}
	c, _ := f.Read(n, false)
	return c, true
}

// Read implements [Source].
func (f Folder) Read(n int, wanted bool) (Content, *corpus.Article) {
	read := f.Listing.Read
	if wanted {
		read = f.Listing.Parse
	}
	file, article := read(n)
	if file == nil {
		return Content{}, nil
	}
	return Content{file.Article, file.Header()}, article
}
