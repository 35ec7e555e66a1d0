package index

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// article is what a segment keeps of each of its articles, so that the
// statistics of those that are alive can be added up.
type article struct {
	language string
	passages int
	statistics
}

// statistics are what BM25 needs to know of the passages in a language.
type statistics struct {
	Documents int
	Terms     int // stop words left out

	Headed     int // passages that say what they are about
	AboutTerms int
}

func (s *statistics) add(o statistics) {
	s.Documents += o.Documents
	s.Terms += o.Terms
	s.Headed += o.Headed
	s.AboutTerms += o.AboutTerms
}

// measured returns what is kept of an article of these passages.
func measured(docs []Document) (article, error) {
	a := article{passages: len(docs)}
	for i, d := range docs {
		if i == 0 {
			a.language = d.Language
		} else if d.Language != a.language {
			return article{}, fmt.Errorf("passage %d of an article is in language %q, those before in %q", i, d.Language, a.language)
		}
		a.Documents++
		a.Terms += len(d.Terms)
		if n := len(d.About); n > 0 {
			a.Headed++
			a.AboutTerms += n
		}
	}
	return a, nil
}

// encodeArticles writes the table of articles as numbers of varying length:
// first the languages with the lengths of their codes, then the articles.
func encodeArticles(articles []article) []byte {
	var languages []string
	for _, a := range articles {
		if !slices.Contains(languages, a.language) {
			languages = append(languages, a.language)
		}
	}
	slices.Sort(languages)
	b := binary.AppendUvarint(nil, uint64(len(languages)))
	for _, l := range languages {
		b = binary.AppendUvarint(b, uint64(len(l)))
		b = append(b, l...)
	}
	b = binary.AppendUvarint(b, uint64(len(articles)))
	for _, a := range articles {
		language, _ := slices.BinarySearch(languages, a.language)
		for _, n := range []int{language, a.passages, a.Terms, a.Headed, a.AboutTerms} {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	return b
}

func decodeArticles(b []byte) ([]article, error) {
	short := fmt.Errorf("%w: the table of articles is cut short", ErrDamaged)
	ok := true
	number := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<40 {
			ok = false
			return 0
		}
		b = b[n:]
		return int(v)
	}
	languages := make([]string, 0, 4)
	for range number() {
		n := number()
		if !ok || n > len(b) {
			return nil, short
		}
		languages = append(languages, string(b[:n]))
		b = b[n:]
	}
	count := number()
	if !ok || count > len(b) {
		return nil, short
	}
	articles := make([]article, count)
	for i := range articles {
		language := number()
		if !ok || language >= len(languages) {
			return nil, short
		}
		n := number()
		articles[i] = article{languages[language], n, statistics{Documents: n, Terms: number(), Headed: number(), AboutTerms: number()}}
	}
	if !ok || len(b) > 0 {
		return nil, short
	}
	return articles, nil
}
