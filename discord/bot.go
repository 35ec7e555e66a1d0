// Package discord is the wire: it holds the connections to Discord, or takes what
// Discord sends by HTTP, decodes it, and is the only package that sends. What to say is decided by the
// functions in [Handlers]; this package sees to it that each question ends in
// one visible outcome inside Discord's three seconds, that nobody is pinged,
// and that no fault of the network or of a handler ends the process.
//
// Start with [New] and [Bot.Run], or [Bot.RunHTTP]. [Bot.Sync] registers the commands.
//
// discordgo provides the gateway session and every type. Requests go out through
// rest.go instead, because discordgo v0.29.0 sleeps through contexts on a rate
// limit, ignores the global one, keeps a bucket for every interaction for ever,
// and puts interaction tokens into its errors.
//
// The package knows nothing of articles, commands or wording.
package discord

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Options are what a [Bot] needs. Log, Token and Handlers are required; a zero
// anywhere else means the default that stands beside it.
type Options struct {
	Log      *slog.Logger
	Token    string // without the word "Bot"
	Handlers Handlers
	Words    func() Words // asked anew each time; default none

	// MessageContent asks for the privileged intent that lets the bot read
	// messages which neither mention it nor reply to it nor come by DM.
	// Where Discord refuses it the bot goes on without; see Status.
	MessageContent bool

	Client *http.Client      // for REST; default http.DefaultClient
	Dialer *websocket.Dialer // for the gateway; its Proxy is not used

	// Shards are the connections that this process holds; zero: all that Discord
	// recommends, which is one for a bot in fewer than some 1,000 servers.
	Shards Shards

	// Logins keeps the times of past logins across restarts. Discord resets the
	// token of a bot that logs in more than 1,000 times a day.
	Logins Logins

	Workers        int           // questions in work at one time; default 256
	DeferAfter     time.Duration // when a handler counts as slow; default 1.2 s
	HandlerTimeout time.Duration // when a handler counts as stuck; default 30 s

	OpenTimeout time.Duration // from dialling to READY; default 30 s
	AckTimeout  time.Duration // without a heartbeat acknowledged; default 90 s
	MinWait     time.Duration // between two logins; default 5 s, Discord's own rule
	MaxWait     time.Duration // between two logins when they keep failing; default 2 min
}

// Words are the private sentences that a person reads when no handler could
// answer. Each is one sentence that says what to do.
type Words struct {
	Busy   string // every worker is taken
	Failed string // the handler panicked, hung or returned what cannot be sent
	Slow   string // a modal came too late to be opened
}

// Bot is one bot. Make it with New; it is safe for concurrent use.
type Bot struct {
	opt     Options
	log     *slog.Logger
	rest    *rest
	logins  *loginBudget
	metrics metrics

	slots    chan struct{} // one for each question in work
	waiting  chan struct{} // one for each event that waits for a slot or is told "busy"
	inflight sync.WaitGroup

	denied sync.Map // channel id -> struct{}: the asker has been told that the bot may not write there

	mu      sync.Mutex
	closing bool
	status  Status
	shards  []*shard // none before Discord said how many, and none over HTTP
	guilds  map[string]bool
	parents map[string]map[string]string // by server and channel; see Parent
	self    string                       // the bot's user id
}

// Status is what is known about the connection at one moment; of several
// connections, what is true of the worst.
type Status struct {
	Connected      bool          // over HTTP: Discord may send
	Since          time.Time     // of the present connection, or of its loss
	LastAck        time.Time     // last heartbeat that Discord acknowledged; up to AckTimeout/6 behind; zero over HTTP
	Latency        time.Duration // of that heartbeat
	Shards, Up     int           // connections that this process holds, and those that are up
	MessageContent bool          // the intent is granted
	ContentRefused bool          // the intent was asked for and refused (4014)
	Guilds         int
	Logins         int    // in the last 24 hours
	LastError      string // why the last connection ended; "" if none did
}

// New returns a Bot that is not connected yet. It makes no request.
func New(opt Options) (*Bot, error) {
	switch {
	case opt.Log == nil:
		return nil, errors.New("discord: Options.Log is missing")
	case opt.Token == "":
		return nil, errors.New("discord: Options.Token is empty; set DISCORD_TOKEN")
	case opt.Handlers.Interaction == nil || opt.Handlers.Message == nil:
		return nil, errors.New("discord: Options.Handlers needs Interaction and Message")
	}
	opt.Workers = cmp.Or(opt.Workers, 256)
	opt.DeferAfter = cmp.Or(opt.DeferAfter, 1200*time.Millisecond)
	opt.HandlerTimeout = cmp.Or(opt.HandlerTimeout, 30*time.Second)
	opt.OpenTimeout = cmp.Or(opt.OpenTimeout, 30*time.Second)
	opt.AckTimeout = cmp.Or(opt.AckTimeout, 90*time.Second)
	opt.MinWait = cmp.Or(opt.MinWait, 5*time.Second)
	opt.MaxWait = cmp.Or(opt.MaxWait, 2*time.Minute)
	if opt.Words == nil {
		opt.Words = func() Words { return Words{} }
	}
	if opt.Client == nil {
		opt.Client = http.DefaultClient
	}
	return &Bot{
		opt:     opt,
		log:     opt.Log,
		rest:    newREST(opt.Client, opt.Token),
		logins:  newLoginBudget(opt.Log, opt.Logins, opt.MinWait),
		slots:   make(chan struct{}, opt.Workers),
		waiting: make(chan struct{}, 4*opt.Workers),
		status:  Status{MessageContent: opt.MessageContent},
		guilds:  map[string]bool{},
		parents: map[string]map[string]string{},
	}, nil
}

// Shutdown times: Run returns within their sum, less than a second, after its context ends.
const (
	grace    = 500 * time.Millisecond // for handlers and sends to finish by themselves
	lastWord = 250 * time.Millisecond // to tell the rest that it failed
)

// Run connects and answers until ctx ends, then lets questions in work finish
// and returns nil within a second. It returns a *RefusedError where trying
// again could not help, and nothing else. Call it once.
func (b *Bot) Run(ctx context.Context) error {
	// Work outlives ctx by the grace period, so that a shutdown loses no reply.
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()

	refused := make(chan error, 1)
	go func() { refused <- b.gateway(ctx, work) }()
	var err error
	select {
	case err = <-refused:
		refused <- nil
	case <-ctx.Done():
	}
	b.drain(stop)
	return cmp.Or(err, <-refused)
}

// drain takes no more work and waits for what is under way: for the grace
// period as it is, then for a moment after calling stop.
func (b *Bot) drain(stop func()) {
	b.mu.Lock()
	b.closing = true
	b.mu.Unlock()
	drained := make(chan struct{})
	go func() { b.inflight.Wait(); close(drained) }()
	select {
	case <-drained:
		return
	case <-time.After(grace):
	}
	stop()
	select {
	case <-drained:
	case <-time.After(lastWord):
		b.log.Warn("shutdown left handlers behind that ignore their context")
	}
}

// begin counts one more event in work; false means that the bot is closing.
// Each true needs one b.inflight.Done.
func (b *Bot) begin() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closing {
		return false
	}
	b.inflight.Add(1)
	return true
}

// Status reports the connection as it is now.
func (b *Bot) Status() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.status
	for i, x := range b.shards {
		s.merge(x.state, i == 0)
	}
	s.Guilds = len(b.guilds)
	s.Logins = b.logins.count(time.Now())
	return s
}

// merge makes of s, which holds what is known so far, the status of one more
// connection.
func (s *Status) merge(x Status, first bool) {
	s.Shards++
	if x.Connected {
		s.Up++
	}
	if x.LastError != "" {
		s.LastError = x.LastError
	}
	worse := s.Connected && !x.Connected
	if first || worse || s.Connected == x.Connected && x.Since.After(s.Since) {
		s.Since = x.Since
	}
	if first || x.LastAck.Before(s.LastAck) {
		s.LastAck = x.LastAck
	}
	s.Connected = x.Connected && (first || s.Connected)
	s.Latency = max(s.Latency, x.Latency)
}

// update changes the status under its lock.
func (b *Bot) update(f func(*Status)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f(&b.status)
}
