package queue

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Kept holds what was worked out last, by what was asked. What several ask at
// the same moment is worked out once. Make it with [NewKept]; it is safe for
// concurrent use.
type Kept[K comparable, V any] struct {
	mu    sync.Mutex
	known *simplelru.LRU[K, V]
	under map[K]chan struct{} // being worked out; closed when done
}

// NewKept returns a Kept that holds at most size values: those asked for last.
func NewKept[K comparable, V any](size int) *Kept[K, V] {
	known, err := simplelru.NewLRU[K, V](size, nil)
	if err != nil {
		panic(err) // a size below one
	}
	return &Kept[K, V]{known: known, under: map[K]chan struct{}{}}
}

// Get returns the value of a key, which work makes where it is not known; fresh
// reports that it did. An error is not kept. Where another asker's work ends in
// one, which may be that his context ended, the next does the work again. Where
// ctx ends first, Get returns what [Room.Enter] does.
func (k *Kept[K, V]) Get(ctx context.Context, key K, work func() (V, error)) (v V, fresh bool, err error) {
	for ctx.Err() == nil {
		k.mu.Lock()
		v, ok := k.known.Get(key)
		done, joins := k.under[key]
		if !ok && !joins {
			done = make(chan struct{})
			k.under[key] = done
		}
		k.mu.Unlock()
		switch {
		case ok:
			return v, false, nil
		case !joins:
			v, err := k.lead(key, done, work)
			return v, true, err
		}
		select {
		case <-done:
		case <-ctx.Done():
		}
	}
	return v, false, ended(ctx)
}

// lead does the work that others wait for.
func (k *Kept[K, V]) lead(key K, done chan struct{}, work func() (V, error)) (v V, err error) {
	made := false // not where work panics
	defer func() {
		k.mu.Lock()
		defer k.mu.Unlock()
		if made {
			k.known.Add(key, v)
		}
		delete(k.under, key)
		close(done)
	}()
	v, err = work()
	made = err == nil
	return v, err
}
