package answer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"footnote/answer/shelf"
	"footnote/answer/vectors"
	"footnote/encoder"
)

// Encoding says how the passages of a library become vectors.
type Encoding struct {
	Model *encoder.Model        // see [CheckModel]
	Watch func(done, total int) // told now and then how many passages are encoded of those that were not kept; may be nil
	Each  func(*Library)        // given the library with more vectors, now and then; it takes it over; may be nil

	keepEvery time.Duration // of tests
}

// CheckModel says why a model cannot compare questions with passages; nil where
// it can.
func CheckModel(m *encoder.Model) error {
	if m.Network(vectors.Network) == nil {
		return fmt.Errorf("the model has no network %q, which compares texts", vectors.Network)
	}
	return nil
}

// HasVectors reports whether all passages are found by what they mean, too.
func (l *Library) HasVectors() bool { return l.model != nil && !l.vectors.Lacking() }

// Encode returns the library with its passages as vectors. What is kept of them
// is taken over, whichever library it was encoded for; the rest is encoded on all
// processors. What is encoded when the context ends is kept.
//
// Both libraries must be closed, and l not before Encode comes back. Where the
// vectors could not be kept the library comes with an error.
func (l *Library) Encode(ctx context.Context, e Encoding) (*Library, error) {
	how := shelf.Encoding{Model: e.Model, Watch: e.Watch, KeepEvery: e.keepEvery}
	if e.Each != nil {
		how.Each = func() {
			if lib, err := l.more(e.Model); err == nil {
				e.Each(lib)
			}
		}
	}
	errKept := l.articles.Encode(ctx, how)
	if errKept != nil && !isNotKept(errKept) {
		return nil, errKept
	}
	lib, err := l.more(e.Model)
	if err != nil {
		return nil, err
	}
	return lib, errKept
}

func isNotKept(err error) bool { return errors.Is(err, shelf.ErrNotKept) }
