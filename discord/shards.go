package discord

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Shards says which of a bot's connections one process holds: First to Last of
// Count, counted from 0. Discord wants one for at most 2,500 servers. The zero
// value holds all of as many as Discord recommends.
type Shards struct {
	First, Last, Count int
}

var shardsPattern = regexp.MustCompile(`^(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})$`)

// ParseShards reads "0-3/8", "5/8" or "auto", which is the zero value, as "" is.
func ParseShards(s string) (Shards, error) {
	if s == "" || s == "auto" {
		return Shards{}, nil
	}
	m := shardsPattern.FindStringSubmatch(s)
	if m == nil {
		return Shards{}, fmt.Errorf("the shards %q are not understood: write them as 0-3/8 (the first four of eight), 5/8 or auto", s)
	}
	var n [3]int
	for i, digits := range m[1:] {
		n[i], _ = strconv.Atoi(digits) // the pattern sees to it; "" stays 0
	}
	v := Shards{First: n[0], Last: n[1], Count: n[2]}
	if m[2] == "" {
		v.Last = v.First
	}
	if v.First > v.Last || v.Last >= v.Count {
		return Shards{}, fmt.Errorf("the shards %q do not exist: of %d they are 0 to %d, the smaller one first", s, v.Count, v.Count-1)
	}
	return v, nil
}

// String writes s as ParseShards reads it.
func (s Shards) String() string {
	switch {
	case s.Count == 0:
		return "auto"
	case s.First == s.Last:
		return fmt.Sprintf("%d/%d", s.First, s.Count)
	}
	return fmt.Sprintf("%d-%d/%d", s.First, s.Last, s.Count)
}

// shardOf says which of count shards a server belongs to.
func shardOf(guild string, count int) int {
	id, err := strconv.ParseUint(guild, 10, 64)
	if err != nil || count < 1 {
		return 0
	}
	return int((id >> 22) % uint64(count))
}

// shard is one of the bot's connections.
type shard struct {
	*Bot
	log         *slog.Logger
	id, count   int
	concurrency int // shards whose ids differ modulo this may log in at one time

	state Status // guarded by Bot.mu
}

// set changes the shard's part of the status.
func (s *shard) set(f func(*Status)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.state)
}

// gateway holds the connections until ctx ends (nil) or Discord refuses one of
// them for good (*RefusedError).
func (b *Bot) gateway(ctx, work context.Context) error {
	shards, err := b.plan(ctx)
	if err != nil || ctx.Err() != nil {
		return err
	}
	b.mu.Lock()
	b.shards = shards
	b.mu.Unlock()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, len(shards))
	for _, s := range shards {
		go func() { ended <- s.supervise(ctx, work) }()
	}
	var refused error
	for range shards {
		if err := <-ended; err != nil && refused == nil {
			refused = err
			stop()
		}
	}
	return refused
}

// plan asks Discord, again and again until ctx ends, how many connections it
// recommends and how many may log in at one time.
func (b *Bot) plan(ctx context.Context) ([]*shard, error) {
	var g struct {
		Shards int `json:"shards"`
		Limit  struct {
			Concurrency int `json:"max_concurrency"`
		} `json:"session_start_limit"`
	}
	u := discordgo.EndpointGatewayBot
	for {
		_, err := b.rest.do(ctx, request{route: "GET /gateway/bot", url: u, bucket: u}, &g)
		if err == nil {
			break
		}
		if isUnauthorized(err) {
			return nil, &RefusedError{Code: codeToken, Advice: refusals[codeToken]}
		}
		if ctx.Err() != nil {
			return nil, nil
		}
		b.update(func(s *Status) { s.LastError = b.rest.scrub(err) })
		b.log.Warn("Discord does not say where its gateway is", "err", b.rest.scrub(err), "next_in", b.opt.MaxWait)
		if !sleep(ctx, b.opt.MaxWait) {
			return nil, nil
		}
	}
	own := b.opt.Shards
	if own.Count == 0 {
		own = Shards{First: 0, Last: max(g.Shards, 1) - 1, Count: max(g.Shards, 1)}
	}
	b.logins.share(own.Last-own.First+1, own.Count)
	var shards []*shard
	for id := own.First; id <= own.Last; id++ {
		s := &shard{Bot: b, log: b.log, id: id, count: own.Count, concurrency: max(g.Limit.Concurrency, 1)}
		if own.Count > 1 {
			s.log = b.log.With("shard", id)
		}
		s.state.Since = time.Now()
		shards = append(shards, s)
	}
	return shards, nil
}
