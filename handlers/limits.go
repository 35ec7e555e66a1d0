package handlers

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxWatched bounds the members and servers in one generation.
const maxWatched = 10_000

// limits count questions a minute of each member and each server. All of a
// minute's may be asked at once.
//
// Buckets are kept in two generations: what is asked for moves to the young
// one, and each minute, or when the young one is full, the old one is dropped.
// A bucket that nobody asked for through a minute is full again, so dropping it
// changes nothing.
type limits struct {
	member, server int

	mu         sync.Mutex
	young, old map[string]*bucket
	turned     time.Time      // when the generations last changed
	atOnce     map[string]int // members of whom something is in work: how much
}

type bucket struct {
	*rate.Limiter
	told time.Time // when its owner was last told that it is empty
}

// newLimits returns limits of so many questions a minute, at least one.
func newLimits(member, server int) *limits {
	return &limits{member: max(member, 1), server: max(server, 1), young: map[string]*bucket{}, old: map[string]*bucket{}, atOnce: map[string]int{}}
}

// verdict says whether a question may be asked.
type verdict int

const (
	allowed verdict = iota
	tooManyMember
	tooManyServer
)

// ask counts a question of a member (a user's id) on a server ("" in a direct
// message) and says whether it may be asked. What is refused costs nothing.
// told reports that the member was refused within the last minute already:
// where others read along, to say it again would be the flood.
func (l *limits) ask(user, guild string, now time.Time) (v verdict, told bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	member := l.get("member "+user, l.member, now)
	switch {
	case member.TokensAt(now) < 1:
		v = tooManyMember
	case guild != "" && !l.get("server "+guild, l.server, now).AllowN(now, 1):
		v = tooManyServer
	default:
		member.AllowN(now, 1)
		return allowed, false
	}
	if now.Sub(member.told) < time.Minute {
		return v, true
	}
	member.told = now
	return v, false
}

// maxAtOnce bounds what is in work of one member, presses of buttons among it, so
// that nobody fills the queue alone however many questions a minute are allowed.
const maxAtOnce = 8

// begin reports whether one more thing of a member may be in work; end is to be
// called then.
func (l *limits) begin(user string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.atOnce[user] == maxAtOnce {
		return false
	}
	l.atOnce[user]++
	return true
}

func (l *limits) end(user string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.atOnce[user]--; l.atOnce[user] == 0 {
		delete(l.atOnce, user)
	}
}

func (l *limits) get(key string, perMinute int, now time.Time) *bucket {
	if now.Sub(l.turned) >= time.Minute || len(l.young) >= maxWatched {
		l.old, l.young, l.turned = l.young, map[string]*bucket{}, now
	}
	b := l.young[key]
	if b == nil {
		b = l.old[key]
	}
	if b == nil {
		b = &bucket{Limiter: rate.NewLimiter(rate.Every(time.Minute/time.Duration(perMinute)), perMinute)}
	}
	l.young[key] = b
	return b
}
