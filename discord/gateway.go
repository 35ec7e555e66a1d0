package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	4011:        "Discord wants this bot to be sharded: it is in too many servers for one connection",
	4012:        "Discord no longer speaks version 9 of its gateway: a newer Footnote is needed",
	4013:        "Discord called the intents invalid: please report this as a fault in Footnote",
	codeIntents: "Discord refused an intent: check Privileged Gateway Intents in the developer portal, page Bot",
}

var errNotReady = errors.New("no READY from Discord in time")

// supervise keeps one connection after another until ctx ends (nil) or Discord
// refuses for good (*RefusedError). Events are handled under work, which
// outlives ctx.
func (b *Bot) supervise(ctx, work context.Context) error {
	var wait time.Duration
	for {
		if !sleep(ctx, b.logins.wait(time.Now())) {
			return nil
		}
		start := time.Now()
		err := b.connect(ctx, work)
		b.update(func(s *Status) {
			s.Connected, s.Since = false, time.Now()
			if err != nil {
				s.LastError = b.rest.scrub(err)
			}
		})
		if ctx.Err() != nil {
			return nil
		}
		if refused := b.refusal(err); refused != nil {
			return refused
		}
		// What lasted, or was ended with a polite word, is taken up again at once:
		// people are waiting, and the budget keeps logins apart.
		if time.Since(start) > 2*b.opt.AckTimeout || errors.Is(err, errReconnect) {
			wait = 0
		}
		pause := wait + rand.N(max(wait, b.opt.MinWait)/4)
		b.log.Info("gateway connection ended", "err", b.rest.scrub(err), "next_in", pause.Round(time.Millisecond))
		if !sleep(ctx, pause) {
			return nil
		}
		wait = min(max(2*wait, b.opt.MinWait), b.opt.MaxWait)
	}
}

// refusal returns what to give up with, or nil to go on. Refused the
// message-content intent, the bot goes on without it.
func (b *Bot) refusal(err error) error {
	code := 0
	var closed *websocket.CloseError
	var rest *discordgo.RESTError
	switch {
	case errors.As(err, &closed):
		code = closed.Code
	case errors.As(err, &rest) && rest.Response.StatusCode == http.StatusUnauthorized:
		code = codeToken
	}
	if code == codeIntents && b.Status().MessageContent {
		b.update(func(s *Status) { s.MessageContent, s.ContentRefused = false, true })
		b.log.Warn("Discord refuses the message-content intent; going on without it: free text in channels is not seen until it is switched on in the developer portal, page Bot")
		return nil
	}
	if advice, ok := refusals[code]; ok {
		return &RefusedError{Code: code, Advice: advice}
	}
	return nil
}

// connect holds one connection from dialling to its end and says why it ended.
// The session is discordgo's, used once and thrown away: its own reconnecting
// goes on after Close, tries again after a refused token, and can hang for ever.
func (b *Bot) connect(ctx, work context.Context) error {
	conn, hangUp := context.WithCancel(ctx)
	defer hangUp()
	line := &line{
		dialer:  b.opt.Dialer,
		opening: conn,
		login:   func() { b.logins.add(time.Now()) },
		dialled: make(chan *guard, 1),
	}
	s, err := b.session(line)
	if err != nil {
		return err
	}
	ready := make(chan struct{})
	var once sync.Once
	// Events come one after another on the reading goroutine (SyncEvents), so
	// that READY is handled before anything that needs it; event never waits.
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		defer b.caught("event", nil)
		if e.Type == "READY" {
			b.ready(e.RawData)
			once.Do(func() { close(ready) })
			return
		}
		b.event(work, e.Type, e.RawData)
	})
	opened := make(chan error, 1)
	go func() { opened <- s.Open() }()
	err = b.watch(ctx, s, line, opened, ready)
	hangUp()
	line.close()
	return err
}

// session returns a fresh discordgo session that dials through line.
func (b *Bot) session(line *line) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + b.opt.Token)
	if err != nil {
		return nil, err
	}
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.StateEnabled = false
	s.SyncEvents = true
	s.Compress = false // guard reads the frames
	// Its log mixes what people wrote into warnings; what matters of it comes
	// back as an error or as the guard's verdict.
	s.LogLevel = discordgo.LogError - 1
	s.Identify.Intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if b.Status().MessageContent {
		s.Identify.Intents |= discordgo.IntentMessageContent
	}
	s.Client = &http.Client{Transport: bounded{line.opening, cmp.Or(b.opt.Client.Transport, http.DefaultTransport)}}
	s.Dialer = &websocket.Dialer{
		HandshakeTimeout:  b.opt.OpenTimeout,
		NetDialContext:    line.dial,
		NetDialTLSContext: line.dialTLS,
	}
	return s, nil
}

// watch returns when the connection is lost, silent too long, or to be closed.
func (b *Bot) watch(ctx context.Context, s *discordgo.Session, line *line, opened <-chan error, ready <-chan struct{}) error {
	var lost <-chan struct{}
	var g *guard
	open := time.NewTimer(b.opt.OpenTimeout)
	defer open.Stop()
	tick := time.NewTicker(b.opt.AckTimeout / 6)
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
			b.update(func(st *Status) { st.Connected, st.Since, st.LastAck = true, last, last })
			b.log.Info("connected to Discord", "servers", b.Status().Guilds, "message_content", b.Status().MessageContent)
		case <-open.C:
			return errNotReady
		case <-lost:
			return g.err
		case <-tick.C:
			if g != nil && g.acked.Load() > 0 {
				last = time.Unix(0, g.acked.Load())
				b.update(func(st *Status) { st.LastAck, st.Latency = last, time.Duration(g.latency.Load()) })
			}
			if time.Since(last) > b.opt.AckTimeout {
				return fmt.Errorf("no heartbeat acknowledged for %v", b.opt.AckTimeout)
			}
		case <-ctx.Done():
			if ready == nil {
				farewell(s)
			}
			return nil
		}
	}
}

// farewell sends the close frame that makes the bot go offline at once. Close
// sleeps a second of its own, hence the bound.
func farewell(s *discordgo.Session) {
	closed := make(chan struct{})
	go func() { defer close(closed); _ = s.Close() }()
	select {
	case <-closed:
	case <-time.After(grace):
	}
}

// ready takes over what READY says: who the bot is and where.
func (b *Bot) ready(raw json.RawMessage) {
	var r struct {
		User   struct{ ID string }
		Guilds []struct{ ID string }
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		b.log.Error("cannot read READY", "err", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.self = r.User.ID
	clear(b.guilds)
	for _, g := range r.Guilds {
		b.guilds[g.ID] = true
	}
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
