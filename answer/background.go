package answer

import (
	"context"
	"sync"
)

// background is what is worked out for the articles of a library while it answers. It
// ends with the last library of these articles.
type background struct {
	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	mu    sync.Mutex
	ended bool
}

func newBackground() *background {
	b := &background{}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	return b
}

// begin begins some work, whose context ends with the background, and reports whether
// it has not ended yet.
func (b *background) begin(work func(ctx context.Context)) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.ended {
		b.work.Go(func() { work(b.ctx) })
	}
	return !b.ended
}

// end ends all work; it comes back once nothing of it goes on.
func (b *background) end() {
	b.mu.Lock()
	b.ended = true
	b.mu.Unlock()
	b.cancel()
	b.work.Wait()
}
