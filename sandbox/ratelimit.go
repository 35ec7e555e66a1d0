package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// bucket counts the requests of one route and one channel, server or token.
type bucket struct {
	left  int
	reset time.Time
}

// limitOf is how often a route may be called in how long. Discord does not
// publish its figures; these are what its headers have been seen to say.
func limitOf(method, route string) (int, time.Duration) {
	switch {
	case strings.HasPrefix(route, "/interactions/"):
		return 50, time.Second
	case strings.HasPrefix(route, "/webhooks/"), method == "POST" && strings.HasSuffix(route, "/messages"):
		return 5, 5 * time.Second
	case strings.HasSuffix(route, "/typing"):
		return 5, 5 * time.Second
	}
	return 50, time.Second
}

// globalLimit is how many requests a second a bot may make in all, those of
// interactions not counted.
const globalLimit = 50

// throttle counts a request, sets the X-RateLimit headers and answers 429 when
// there were too many; it reports whether the request may go on.
func (s *Server) throttle(w http.ResponseWriter, r *http.Request, route string) bool {
	s.mu.Lock()
	limit, per := limitOf(r.Method, route)
	key := bucketKey(r.Method, route, r.PathValue)
	now := s.now()
	b := s.bucket(key, limit, per, now)
	b.left--
	global := &bucket{}
	if !interactionRoute(route) {
		global = s.bucket("global", globalLimit, time.Second, now)
		global.left--
	}
	left, reset, globalLeft, globalReset := b.left, b.reset, global.left, global.reset
	if len(s.buckets) > 10_000 {
		for k, b := range s.buckets {
			if now.After(b.reset) {
				delete(s.buckets, k)
			}
		}
	}
	s.mu.Unlock()

	h := w.Header()
	h.Set("X-RateLimit-Bucket", fmt.Sprintf("%x", len(route))+strings.ToLower(r.Method))
	h.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, left)))
	h.Set("X-RateLimit-Reset", fmt.Sprintf("%.3f", float64(reset.UnixMilli())/1000))
	h.Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", reset.Sub(now).Seconds()))
	if s.opts.Unlimited {
		h.Set("X-RateLimit-Remaining", strconv.Itoa(limit))
		return true
	}
	switch {
	case globalLeft < 0:
		s.tooMany(w, &RESTFault{Global: true, RetryAfter: globalReset.Sub(now)})
	case left < 0:
		s.tooMany(w, &RESTFault{RetryAfter: reset.Sub(now)})
	default:
		return true
	}
	return false
}

// bucketKey names the bucket of a route: some parts of its path have one each.
func bucketKey(method, route string, part func(string) string) string {
	key := method + " " + route
	for _, major := range []string{"channel_id", "guild_id", "webhook_token", "interaction_token"} {
		key += " " + part(major)
	}
	return key
}

// Held returns how long the bot may not send to a channel, since it sent too much.
func (s *Server) Held(channel string) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.buckets[bucketKey("POST", "/channels/{channel_id}/messages", func(part string) string {
		if part == "channel_id" {
			return channel
		}
		return ""
	})]
	if b == nil || b.left > 0 || s.opts.Unlimited {
		return 0
	}
	return max(0, b.reset.Sub(s.now()))
}

func interactionRoute(route string) bool {
	return strings.HasPrefix(route, "/interactions/") || strings.HasPrefix(route, "/webhooks/")
}

func (s *Server) bucket(key string, limit int, per time.Duration, now time.Time) *bucket {
	b := s.buckets[key]
	if b == nil || now.After(b.reset) {
		b = &bucket{left: limit, reset: now.Add(per)}
		s.buckets[key] = b
	}
	return b
}

// tooMany answers 429 the way that the fault says.
func (s *Server) tooMany(w http.ResponseWriter, f *RESTFault) {
	wait := f.RetryAfter
	if wait <= 0 {
		wait = time.Second
	}
	h := w.Header()
	h.Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	if f.Cloudflare {
		for _, k := range []string{"Bucket", "Limit", "Remaining", "Reset", "Reset-After"} {
			h.Del("X-RateLimit-" + k)
		}
		h.Set("Content-Type", "text/html; charset=UTF-8")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = w.Write([]byte("<!doctype html><html><head><title>Access denied</title></head><body>error code: 1015</body></html>"))
		return
	}
	message := "You are being rate limited."
	h.Set("X-RateLimit-Scope", "user")
	if f.Global {
		for _, k := range []string{"Bucket", "Limit", "Remaining", "Reset", "Reset-After"} {
			h.Del("X-RateLimit-" + k)
		}
		h.Set("X-RateLimit-Global", "true")
		h.Set("X-RateLimit-Scope", "global")
	}
	writeJSON(w, http.StatusTooManyRequests, object{"message": message, "retry_after": wait.Seconds(), "global": f.Global, "code": 0})
}
