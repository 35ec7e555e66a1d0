package answer

import (
	"context"
	"slices"
	"sync"
	"time"
)

// maxDisagreements is how many disagreements of all articles are looked for.
const maxDisagreements = 1000

// fewArticles are compared while somebody waits; more in the background.
const fewArticles = 200

// disagreePatience is how long somebody waits for what is being looked for.
const disagreePatience = time.Second / 4

// disagreeing looks for the disagreements of all articles, one article after the
// other, in the background. It ends with the library.
type disagreeing struct {
	mu     sync.Mutex
	found  []Disagreement
	looked int           // articles
	more   bool          // there are more than are looked for
	err    error         // why it came to its end before the last article
	done   chan struct{} // closed at its end; nil before it is begun
	ended  bool
	cancel context.CancelFunc
}

// list returns what is found so far.
func (d *disagreeing) list(ctx context.Context, l *Library, limit int) (List[Disagreement], error) {
	var late <-chan time.Time
	if l.size() > fewArticles {
		late = time.After(disagreePatience)
	}
	select {
	case <-d.begun(l):
	case <-late:
	case <-ctx.Done():
		return List[Disagreement]{}, ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return List[Disagreement]{}, d.err
	}
	c := collector[Disagreement]{limit: limit}
	c.in(d.found)
	c.list.Entries = slices.Clip(c.list.Entries)
	if c.list.More = d.more; d.looked < l.size() && !d.more {
		c.list.Looked = d.looked
	}
	return c.list, nil
}

// begun begins the work, or begins it anew where it failed, and returns what is
// closed at its end.
func (d *disagreeing) begun(l *Library) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done != nil && d.err == nil || d.ended {
		return d.done
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.done, d.cancel, d.err = make(chan struct{}), cancel, nil
	d.found, d.looked, d.more = nil, 0, false
	go d.work(ctx, l, d.done)
	return d.done
}

func (d *disagreeing) work(ctx context.Context, l *Library, done chan struct{}) {
	defer close(done)
	c := newComparer(l)
	for doc := range l.size() {
		found, err := c.behind(ctx, doc)
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

// end ends the work; it comes back once nothing of it goes on.
func (d *disagreeing) end() {
	d.mu.Lock()
	d.ended = true
	done, cancel := d.done, d.cancel
	if done == nil {
		d.done = make(chan struct{})
		close(d.done)
	}
	d.mu.Unlock()
	if done != nil {
		cancel()
		<-done
	}
}
