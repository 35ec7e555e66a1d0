package shelf

import (
	"context"
	"errors"
	"io"
	"time"

	"footnote/answer/annotate"
	"footnote/answer/blocks"
	"footnote/answer/words"
	"footnote/corpus"
	"footnote/index"
)

// made is an article that was prepared.
type made struct {
	number  int // in the source
	content Content
	doc     *annotate.Doc // nil where there is none, or it lies on the shelf
	err     error
}

// segmentsOf makes segments of articles, on so many processors: one, where that does not
// take long. Where the context ends it keeps those that are prepared by then.
func (b *builder) segmentsOf(ctx context.Context, numbers []int, processors int) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	all := inOrder(ctx, numbers, processors, b.article)
	for first := <-all; first != nil; {
		if first.err == nil && first.doc == nil { // a segment cannot be empty
			b.tell(1)
			first = <-all
			continue
		}
		next, err := b.segment(ctx, first, all)
		if err != nil {
			return err
		}
		first = next
	}
	return context.Cause(ctx)
}

// segment makes a segment of the first of the articles and those behind it, and returns
// the one that comes next, nil where none does.
func (b *builder) segment(ctx context.Context, first *made, all <-chan *made) (next *made, _ error) {
	begin := time.Now()
	var keys []Key
	var entries []made
	fill := func(w *index.Writer) (string, error) {
		f, err := b.shelf.filler(w)
		if err != nil {
			return "", err
		}
		for next = first; next != nil && (len(keys) == 0 || time.Since(begin) < sealAfter); next = <-all {
			if next.err != nil {
				return "", next.err
			}
			if next.doc != nil {
				key := b.shelf.how.keyOf(next.content.Sum)
				if err := f.add(key, next.doc); err != nil {
					return "", err
				}
				keys = append(keys, key)
				entries = append(entries, made{number: next.number, content: next.content})
			}
			b.tell(1)
		}
		if err := ctx.Err(); err != nil && b.shelf.root == "" {
			return "", err
		}
		return segmentKey(keys, func(key string) bool {
			b.mu.Lock()
			defer b.mu.Unlock()
			used := b.segments[key] != nil || b.named[key]
			b.named[key] = true
			return used
		}), f.close(f.words.table())
	}
	// To write what is prepared takes a twentieth of what it took to prepare it.
	seg, err := b.shelf.make(context.WithoutCancel(ctx), fill)
	if err != nil {
		return nil, err
	}
	b.put(seg, entries)
	b.giveReady(ctx)
	return next, nil
}

// article prepares article n, unless it lies on the shelf.
func (b *builder) article(n int) *made {
	m := &made{number: n}
	var article *corpus.Article
	m.content, article = b.from.Read(n, false)
	if m.content.Sum == (corpus.Sum{}) {
		return m
	}
	taken, err := b.take(n, m.content)
	if taken || err != nil {
		m.err = err
		return m
	}
	if article == nil {
		if m.content, article = b.from.Read(n, true); article == nil {
			m.content = Content{} // it went since
			return m
		}
	}
	m.doc = annotate.Prepare(article, words.Load())
	return m
}

// make makes a segment and opens it.
func (s *Shelf) make(ctx context.Context, fill func(*index.Writer) (string, error)) (*segment, error) {
	if s.root == "" {
		key := ""
		x, err := index.InMemory(ctx, func(w *index.Writer) (err error) {
			key, err = fill(w)
			return err
		})
		if err != nil {
			return nil, err
		}
		return newSegment(key, x)
	}
	key, x, err := index.Make(ctx, s.root, fill)
	if err != nil {
		return nil, err
	}
	defer x.Close() // another one is taken for all
	seg, err := s.use(key)
	if err != nil && lost(err) {
		if err := index.Discard(s.root, key); err != nil {
			return nil, err
		}
		return nil, errTryAgain
	}
	return seg, err
}

// filler writes the articles of a segment.
type filler struct {
	w      *index.Writer
	how    *Preparing
	blocks *blocks.Writer
	words  wordCounts
	table  io.Writer
}

func (s *Shelf) filler(w *index.Writer) (*filler, error) {
	b, err := w.CreateOwn(blocksFile)
	if err != nil {
		return nil, err
	}
	t, err := w.Create(wordsFile)
	return &filler{w: w, how: s.how, blocks: blocks.NewWriter(b), words: wordCounts{}, table: t}, err
}

// add adds an article.
func (f *filler) add(key Key, d *annotate.Doc) error {
	f.words.add(d)
	return errors.Join(f.w.Add(f.how.Passages(d)), f.blocks.Add(key, blocks.Encode(d)))
}

// close writes the table of the articles' words and what else is left.
func (f *filler) close(words []byte) error {
	_, err := f.table.Write(words)
	return errors.Join(err, f.blocks.Close())
}
