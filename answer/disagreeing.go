package answer

import (
	"context"
	"slices"
	"sync"
)

// maxDisagreements is how many disagreements of all articles are looked for.
const maxDisagreements = 1000

// fewArticles are compared while somebody waits; more in the background.
const fewArticles = 200

// disagreeing looks for the disagreements of all articles, one article after the
// other, in the background.
type disagreeing struct {
	mu     sync.Mutex
	found  []Disagreement
	looked int           // articles
	more   bool          // there are more than are looked for
	err    error         // why it came to its end before the last article
	done   chan struct{} // closed at its end; nil before it is begun
}

// list returns what is found so far; where few articles are compared, all. Where the
// search failed it is begun anew, and why is told once.
func (d *disagreeing) list(ctx context.Context, l *Library, limit int) (List[Disagreement], error) {
	d.mu.Lock()
	failed := d.err
	d.mu.Unlock()
	done := d.begun(l)
	if failed != nil && l.size() > fewArticles {
		return List[Disagreement]{}, failed
	}
	if l.size() <= fewArticles {
		select {
		case <-done:
		case <-ctx.Done():
		}
	}
	if err := ctx.Err(); err != nil {
		return List[Disagreement]{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return List[Disagreement]{}, d.err
	}
	c := collector[Disagreement]{limit: limit}
	c.in(d.found)
	c.list.Entries = slices.Clip(c.list.Entries)
	if c.list.More = d.more; !d.more {
		c.list.Left = l.size() - d.looked
	}
	return c.list, nil
}

// begun begins the work, or begins it anew where it failed, and returns what is
// closed at its end.
func (d *disagreeing) begun(l *Library) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done != nil && d.err == nil {
		return d.done
	}
	done := make(chan struct{})
	d.found, d.looked, d.more, d.err, d.done = nil, 0, false, nil, done
	if !l.background.begin(func(ctx context.Context) { d.work(ctx, l, done) }) {
		d.err = context.Canceled
		close(done)
	}
	return done
}

func (d *disagreeing) work(ctx context.Context, l *Library, done chan struct{}) {
	defer close(done)
	s := newSurvey(l)
	for doc := range l.size() {
		found, err := s.behind(ctx, doc)
		d.mu.Lock()
		if d.err = err; err == nil {
			d.found = append(d.found, found...)
			d.looked, d.more = doc+1, len(d.found) >= maxDisagreements && doc+1 < l.size()
		}
		stop := err != nil || d.more
		if stop || d.looked == l.size() {
			d.found = slices.Clip(d.found)
			slices.SortStableFunc(d.found, inOrder)
		}
		d.mu.Unlock()
		if stop {
			return
		}
	}
}

// known returns it for a library that answers as this one does, and has its articles
// elsewhere: what was found serves on, what goes on ends with this one.
func (d *disagreeing) known(articles int) *disagreeing {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done != nil && d.err == nil && (d.more || d.looked == articles) {
		return d
	}
	return &disagreeing{}
}
