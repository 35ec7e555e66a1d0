package handlers

import (
	"maps"
	"strings"
	"sync"
	"time"

	"footnote/answer"
)

// talkFor is how long a channel counts as talking about an article.
const talkFor = 10 * time.Minute

// maxTalks bounds the channels of which that is known.
const maxTalks = 10_000

// talk knows which article each channel was last answered from, for a while and
// in memory alone: nothing of who asked or what.
type talk struct {
	mu   sync.Mutex
	last map[string]talked
}

type talked struct {
	article string
	at      time.Time
}

// about returns the id of the article that a channel talks about, "" for none.
func (t *talk) about(channel string, now time.Time) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if l := t.last[channel]; now.Sub(l.at) < talkFor {
		return l.article
	}
	return ""
}

// goesOn tells that a channel was answered from an article.
func (t *talk) goesOn(channel, article string, now time.Time) {
	if channel == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.last) >= maxTalks {
		maps.DeleteFunc(t.last, func(_ string, l talked) bool { return now.Sub(l.at) >= talkFor })
	}
	if t.last == nil || len(t.last) >= maxTalks {
		t.last = map[string]talked{}
	}
	t.last[channel] = talked{article, now}
}

// talkedMark stands in a custom id before the hash of the article that was talked
// about, where all articles were asked.
const talkedMark = "~"

// askedHash names in a custom id what was asked: an article alone, or all of them
// and which one was talked about.
func askedHash(article, talked string) string {
	if article == "" && talked != "" {
		return talkedMark + articleHash(talked)
	}
	return articleHash(article)
}

// askedOf takes apart what askedHash names: the hash of the article that was asked
// alone, and the id of the one that was talked about, "" where it is gone.
func askedOf(lib *answer.Library, hash string) (alone, talked string) {
	of, ok := strings.CutPrefix(hash, talkedMark)
	if !ok {
		return hash, ""
	}
	a, _ := articleByHash(lib, of)
	return articleHash(""), articleOf(a)
}
