package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// RefusedError says that Discord refused the bot for a reason that trying again
// does not mend. Its text is one sentence that says what to do.
type RefusedError struct {
	Code   int // the gateway's close code
	Advice string
}

func (e *RefusedError) Error() string { return fmt.Sprintf("%s (code %d)", e.Advice, e.Code) }

const (
	codeToken   = 4004
	codeIntents = 4014
)

// refusals are the close codes after which Discord's documentation forbids to reconnect.
var refusals = map[int]string{
	codeToken:   "Discord refused the token: copy it again from the developer portal, page Bot, into DISCORD_TOKEN",
	4010:        "Discord refused the shard number: check the shard settings",
	4011:        "Discord wants more connections for this many servers: start the bot again without a shard setting, or with more shards",
	4012:        "Discord no longer speaks version 9 of its gateway: a newer Footnote is needed",
	4013:        "Discord called the intents invalid: please report this as a fault in Footnote",
	codeIntents: "Discord refused an intent: check Privileged Gateway Intents in the developer portal, page Bot",
}

var errNotReady = errors.New("no READY from Discord in time")

// supervise keeps one connection after another until ctx ends (nil) or Discord
// refuses for good (*RefusedError). Events are handled under work, which
// outlives ctx.
func (s *shard) supervise(ctx, work context.Context) error {
	var wait time.Duration
	for {
		turn := s.logins.turn(ctx, s.id%s.concurrency)
		if turn == nil {
			return nil
		}
		start := time.Now()
		content := s.Status().MessageContent
		err := s.connect(ctx, work, turn, content)
		turn.end()
		s.set(func(st *Status) {
			st.Connected, st.Since = false, time.Now()
			if err != nil {
				st.LastError = s.rest.scrub(err)
			}
		})
		if ctx.Err() != nil {
			return nil
		}
		if refused := s.refusal(err, content); refused != nil {
			return refused
		}
		// What lasted, or was ended with a polite word, is taken up again at once:
		// people are waiting, and the budget keeps logins apart.
		if time.Since(start) > 2*s.opt.AckTimeout || errors.Is(err, errReconnect) {
			wait = 0
		}
		pause := wait + rand.N(max(wait, s.opt.MinWait)/4)
		s.log.Info("gateway connection ended", "err", s.rest.scrub(err), "next_in", pause.Round(time.Millisecond))
		if !sleep(ctx, pause) {
			return nil
		}
		wait = min(max(2*wait, s.opt.MinWait), s.opt.MaxWait)
	}
}

// refusal returns what to give up with, or nil to go on. Refused the
// message-content intent, if content says that it was asked for, the bot goes on
// without it.
func (s *shard) refusal(err error, content bool) error {
	code := 0
	var closed *websocket.CloseError
	var rest *discordgo.RESTError
	switch {
	case errors.As(err, &closed):
		code = closed.Code
	case errors.As(err, &rest) && rest.Response.StatusCode == http.StatusUnauthorized:
		code = codeToken
	}
	if code == codeIntents && content {
		first := false // of all shards to be told
		s.update(func(st *Status) { first, st.MessageContent, st.ContentRefused = st.MessageContent, false, true })
		if first {
			s.log.Warn("Discord refuses the message-content intent; going on without it: free text in channels is not seen until it is switched on in the developer portal, page Bot")
		}
		return nil
	}
	if advice, ok := refusals[code]; ok {
		return &RefusedError{Code: code, Advice: advice}
	}
	return nil
}

// connect holds one connection from dialling to its end and says why it ended;
// turn ends as soon as the connection is ready.
// The session is discordgo's, used once and thrown away: its own reconnecting
// goes on after Close, tries again after a refused token, and can hang for ever.
func (s *shard) connect(ctx, work context.Context, turn *turn, content bool) error {
	conn, hangUp := context.WithCancel(ctx)
	defer hangUp()
	line := &line{
		dialer:  s.opt.Dialer,
		opening: conn,
		login:   turn.login,
		dialled: make(chan *guard, 1),
	}
	d, err := s.session(line, content)
	if err != nil {
		return err
	}
	ready := make(chan struct{})
	var once sync.Once
	// Events come one after another on the reading goroutine (SyncEvents), so
	// that READY is handled before anything that needs it; event never waits.
	d.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		defer s.caught("event", nil)
		if e.Type == "READY" {
			s.ready(e.RawData)
			once.Do(func() { turn.end(); close(ready) })
			return
		}
		s.event(work, e.Type, e.RawData)
	})
	opened := make(chan error, 1)
	go func() { opened <- d.Open() }()
	err = s.watch(ctx, line, opened, ready)
	hangUp()
	line.close()
	return err
}

// session returns a fresh discordgo session that dials through line and asks for
// the message-content intent if content says so.
func (s *shard) session(line *line, content bool) (*discordgo.Session, error) {
	d, err := discordgo.New("Bot " + s.opt.Token)
	if err != nil {
		return nil, err
	}
	d.ShouldReconnectOnError = false
	d.ShouldRetryOnRateLimit = false
	d.MaxRestRetries = 0
	d.StateEnabled = false
	d.SyncEvents = true
	d.Compress = false // guard reads the frames
	// Its log mixes what people wrote into warnings; what matters of it comes
	// back as an error or as the guard's verdict.
	d.LogLevel = discordgo.LogError - 1
	d.Identify.Intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if content {
		d.Identify.Intents |= discordgo.IntentMessageContent
	}
	d.Client = &http.Client{Transport: bounded{line.opening, cmp.Or(s.opt.Client.Transport, http.DefaultTransport)}}
	d.Dialer = &websocket.Dialer{
		HandshakeTimeout:  s.opt.OpenTimeout,
		NetDialContext:    line.dial,
		NetDialTLSContext: line.dialTLS,
	}
	if s.count > 1 {
		d.ShardID, d.ShardCount = s.id, s.count
	}
	return d, nil
}

// watch returns when the connection is lost, silent too long, or to be closed.
func (s *shard) watch(ctx context.Context, line *line, opened <-chan error, ready <-chan struct{}) error {
	var lost <-chan struct{}
	var g *guard
	open := time.NewTimer(s.opt.OpenTimeout)
	defer open.Stop()
	tick := time.NewTicker(s.opt.AckTimeout / 6)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case g = <-line.dialled:
			lost = g.lost
		case err := <-opened:
			if err == nil {
				continue
			}
			return cmp.Or(line.verdict(), err)
		case <-ready:
			open.Stop()
			ready = nil
			last = time.Now()
			s.set(func(st *Status) { st.Connected, st.Since, st.LastAck = true, last, last })
			s.log.Info("connected to Discord", "servers", s.Status().Guilds, "message_content", s.Status().MessageContent)
		case <-open.C:
			return errNotReady
		case <-lost:
			return g.err
		case <-tick.C:
			if g != nil && g.acked.Load() > 0 {
				last = time.Unix(0, g.acked.Load())
				s.set(func(st *Status) { st.LastAck, st.Latency = last, time.Duration(g.latency.Load()) })
			}
			if time.Since(last) > s.opt.AckTimeout {
				return fmt.Errorf("no heartbeat acknowledged for %v", s.opt.AckTimeout)
			}
		case <-ctx.Done():
			if ready == nil && g != nil {
				g.farewell()
			}
			return nil
		}
	}
}

// ready takes over what READY says: who the bot is and in which servers. What is
// kept of a server that it left while offline goes.
func (s *shard) ready(raw json.RawMessage) {
	var r struct {
		User   struct{ ID string }
		Guilds []struct{ ID string }
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		s.log.Error("cannot read READY", "err", err)
		return
	}
	s.mu.Lock()
	s.self = r.User.ID
	maps.DeleteFunc(s.guilds, func(id string, _ bool) bool { return shardOf(id, s.count) == s.id })
	for _, g := range r.Guilds {
		s.guilds[g.ID] = true
	}
	s.mu.Unlock()
	if r.Guilds == nil || s.opt.Handlers.Guilds == nil || !s.begin() {
		return
	}
	go func() {
		defer s.inflight.Done()
		defer s.caught("Guilds", nil)
		for _, id := range s.opt.Handlers.Guilds() {
			if shardOf(id, s.count) == s.id && !s.in(id) {
				s.log.Info("left a server while offline", "server", id)
				s.left(id)
			}
		}
	}()
}

// sleep waits for d and reports whether ctx still runs.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
