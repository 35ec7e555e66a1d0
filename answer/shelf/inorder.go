package shelf

import (
	"context"
)

// inOrder does the same for each number on so many processors, and gives what comes
// of it in their order, then nil. Not much more is done than is taken. When the
// context ends nobody waits for what is being done.
func inOrder[T any](ctx context.Context, numbers []int, processors int, do func(int) *T) <-chan *T {
	out := make(chan *T)
	waiting := make(chan chan *T, 2*processors)
	todo := make(chan func())
	go func() {
		defer close(waiting)
		defer close(todo)
		for _, n := range numbers {
			result := make(chan *T, 1)
			select {
			case waiting <- result:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- func() { result <- do(n) }:
			case <-ctx.Done():
				close(result)
				return
			}
		}
	}()
	for range processors {
		go func() {
			for do := range todo {
				do()
			}
		}()
	}
	go func() {
		defer close(out)
		for result := range waiting {
			var r *T
			select {
			case r = <-result:
			case <-ctx.Done():
				return
			}
			select {
			case out <- r:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
