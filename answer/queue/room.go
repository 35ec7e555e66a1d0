// Package queue keeps a bot alive that is asked more than it can work out. A
// [Room] lets so many be worked on at once and so many wait; what was worked out
// is [Kept], so that nothing is worked out twice.
//
// Load never changes what comes out: a question is worked out as always, or
// refused by [ErrBusy].
package queue

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
)

// ErrBusy says that the room is full, or that an asker's time ended while waiting.
var ErrBusy = errors.New("too many questions are asked at once")

// Room is where questions are worked on, so many at once. Who comes while all
// places are taken waits, first come first served. Make it with [NewRoom]; it is
// safe for concurrent use.
type Room struct {
	places  chan struct{} // one for each that is worked on
	benches int64
	waiting atomic.Int64
}

// NewRoom returns a room where so many are worked on and so many more may wait.
func NewRoom(places, benches int) *Room {
	return &Room{places: make(chan struct{}, places), benches: int64(benches)}
}

// Enter waits for a place, which [Room.Leave] gives back. It returns [ErrBusy]
// at once where too many wait already, and as soon as the time of ctx is over.
// Where ctx was cancelled nobody wants to know any more, and its own error comes back.
func (r *Room) Enter(ctx context.Context) error {
	if ctx.Err() != nil {
		return ended(ctx)
	}
	select {
	case r.places <- struct{}{}: // never past those who wait: each place that is left is theirs
		return nil
	default:
	}
	if r.waiting.Add(1) > r.benches {
		r.waiting.Add(-1)
		return ErrBusy
	}
	defer r.waiting.Add(-1)
	select {
	case r.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ended(ctx)
	}
}

// Leave gives back the place that [Room.Enter] took.
func (r *Room) Leave() { <-r.places }

// Load returns how many are worked on, and how many wait.
func (r *Room) Load() (working, waiting int) {
	return len(r.places), int(min(r.waiting.Load(), r.benches))
}

// ended is the error of a context that has ended.
func ended(ctx context.Context) error {
	if err := ctx.Err(); errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return context.Cause(ctx)
}
