package shelf

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/vectors"
)

// origin is where the vectors of a passage come from.
type origin struct {
	file   *stored // nil where they are not in a file
	number int
	memory *vectors.Passage
}

func (o *origin) there() bool { return o.file != nil || o.memory != nil }

func (o *origin) read() (vectors.Passage, error) {
	if o.memory != nil {
		return *o.memory, nil
	}
	return o.file.Passage(o.number)
}

// wish is a passage of a segment that is to have vectors.
type wish struct {
	local   int // number in the segment
	key     vectors.ShortKey
	article int // of the collection
	passage int // of the article
}

// gather works out by which keys the passages are known, by segment.
func (w *encoding) gather(missing iter.Seq2[int, error]) ([][]wish, error) {
	wanted := make([][]wish, len(w.c.segments))
	last, doc := -1, (*annotate.Doc)(nil)
	for n, err := range missing {
		if err != nil {
			return nil, err
		}
		article, passage := w.c.At(n)
		if article != last {
			var err error
			if doc, err = w.c.Doc(article); err != nil {
				return nil, err
			}
			last = article
		}
		about, sentences := input(doc.Article, passage)
		key := vectors.KeyOf(w.Model, about, sentences).Short()
		w.from[key] = &origin{}
		e := &w.c.version.entries[article]
		first, _ := w.c.segments[e.segment].index.Passages(e.ordinal)
		wanted[e.segment] = append(wanted[e.segment], wish{first + passage, key, article, passage})
	}
	for _, all := range wanted {
		slices.SortFunc(all, func(a, b wish) int { return a.local - b.local })
	}
	return wanted, nil
}

// takeOver finds what is kept of what is wanted.
func (w *encoding) takeOver(ctx context.Context) error {
	root := w.c.shelf.root
	entries, err := os.ReadDir(root)
	if root == "" || err != nil {
		return nil
	}
	for _, e := range entries {
		begun := strings.HasPrefix(e.Name(), vectorsBegun+w.tag)
		if !begun && !strings.HasSuffix(e.Name(), "."+w.tag+vectorsEnd) {
			continue
		}
		name := filepath.Join(root, e.Name())
		v, err := openVectors(name)
		if err != nil {
			continue
		}
		w.open = append(w.open, v)
		keys, err := v.Keys()
		if err != nil || v.Size() != w.Model.Size {
			continue
		}
		all := true
		for n, k := range keys {
			if n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			o := w.from[k]
			if all = all && o != nil; o != nil && !o.there() {
				// It is looked at now: what cannot be read is encoded.
				if _, err := v.Passage(n); err == nil {
					o.file, o.number = v, n
				}
			}
		}
		if begun && all {
			w.begun = append(w.begun, name)
		}
	}
	return nil
}
