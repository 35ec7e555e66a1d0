package discord

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// global is the key of the hold that is on every bucket.
const global = "*"

// holds remembers until when Discord wants to hear nothing: for one bucket or
// for all. The zero value is ready.
type holds struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// wait waits until bucket is free and reports whether it became so before ctx
// ended or would have. The empty bucket is always free.
func (h *holds) wait(ctx context.Context, bucket string) bool {
	for {
		if bucket == "" {
			return ctx.Err() == nil
		}
		d := h.left(bucket)
		if d <= 0 {
			return ctx.Err() == nil
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < d {
			return false
		}
		if !sleep(ctx, d) {
			return false
		}
	}
}

// left returns how long bucket is still held.
func (h *holds) left(bucket string) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return max(time.Until(h.until[bucket]), time.Until(h.until[global]))
}

// learn reads the limits off a reply. Discord's global 429 has a Retry-After
// only; Cloudflare's, which bans the address, is not JSON and counts as global.
func (h *holds) learn(bucket string, resp *http.Response) {
	var d time.Duration
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		d = retryAfter(resp)
		if resp.Header.Get("X-RateLimit-Global") != "" || !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
			bucket = global
		}
	case resp.Header.Get("X-RateLimit-Remaining") == "0":
		s, _ := strconv.ParseFloat(resp.Header.Get("X-RateLimit-Reset-After"), 64)
		d = time.Duration(s * float64(time.Second))
	}
	if bucket == "" || d <= 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if h.until == nil {
		h.until = map[string]time.Time{}
	}
	for k, t := range h.until {
		if now.After(t) {
			delete(h.until, k)
		}
	}
	if t := now.Add(d); t.After(h.until[bucket]) {
		h.until[bucket] = t
	}
}
