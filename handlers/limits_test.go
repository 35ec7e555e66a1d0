package handlers

import (
	"fmt"
	"testing"
	"time"
)

// noon is the time of tests, seven years after the shipped article.
var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// TestLimits asks in turn. The wanted words are "yes", "member" or "server" for
// who has asked too much, and "again" after that where the member was told.
func TestLimits(t *testing.T) {
	type ask struct {
		after       time.Duration // since noon
		user, guild string
		want        string
	}
	cases := []struct {
		name           string
		member, server int
		asks           []ask
	}{
		{"member", 2, 9, []ask{{0, "a", "g", "yes"}, {0, "a", "g", "yes"}, {0, "a", "g", "member"}, {0, "a", "g", "member again"}, {0, "b", "g", "yes"}}},
		{"in direct messages", 1, 9, []ask{{0, "a", "", "yes"}, {0, "a", "", "member"}}},
		{"on two servers", 1, 9, []ask{{0, "a", "g", "yes"}, {0, "a", "h", "member"}}},
		{"refill", 2, 9, []ask{{0, "a", "g", "yes"}, {0, "a", "g", "yes"}, {29 * time.Second, "a", "g", "member"}, {31 * time.Second, "a", "g", "yes"}, {32 * time.Second, "a", "g", "member again"}}},
		{"told each minute", 1, 9, []ask{{0, "a", "g", "yes"}, {0, "a", "g", "member"}, {61 * time.Second, "a", "g", "yes"}, {62 * time.Second, "a", "g", "member"}}},
		{"server", 5, 2, []ask{{0, "a", "g", "yes"}, {0, "b", "g", "yes"}, {0, "c", "g", "server"}, {0, "c", "g", "server again"}, {0, "c", "h", "yes"}}},
		{"a server's refusal costs the member nothing", 1, 1, []ask{{0, "a", "g", "yes"}, {0, "b", "g", "server"}, {0, "b", "h", "yes"}}},
		{"across generations", 1, 9, []ask{{50 * time.Second, "a", "g", "yes"}, {70 * time.Second, "a", "g", "member"}, {111 * time.Second, "a", "g", "yes"}}},
		{"senseless limits", 0, -1, []ask{{0, "a", "g", "yes"}, {0, "a", "g", "member"}, {0, "b", "g", "server"}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := newLimits(c.member, c.server)
			for n, a := range c.asks {
				v, told := l.ask(a.user, a.guild, noon.Add(a.after))
				got := map[verdict]string{allowed: "yes", tooManyMember: "member", tooManyServer: "server"}[v]
				if told {
					got += " again"
				}
				if got != a.want {
					t.Errorf("question %d of %s: got %q, want %q", n, a.user, got, a.want)
				}
			}
		})
	}
}

func TestLimitsMemory(t *testing.T) {
	l := newLimits(5, 30)
	for n := range 5 * maxWatched {
		l.ask(fmt.Sprint(n), fmt.Sprint(n), noon)
	}
	if n := len(l.young) + len(l.old); n > 2*maxWatched+2 {
		t.Errorf("%d buckets are kept, want at most %d", n, 2*maxWatched+2)
	}
}
