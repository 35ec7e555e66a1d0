package sandbox

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Options says how a stand-in behaves. The zero value is a well-behaved Discord
// with the default world.
type Options struct {
	Logger *slog.Logger // nil: nothing is logged
	Token  string       // the bot's token; "": a fixed one that is no secret
	World  *World       // nil: DefaultWorld("Bot")

	Heartbeat     time.Duration // interval told in HELLO; 0: 41.25 s
	AckWithin     time.Duration // time for the first response to an interaction; 0: 3 s
	TokenFor      time.Duration // life of an interaction token; 0: 15 min
	IdentifyEvery time.Duration // least time between two IDENTIFYs of one concurrency bucket; 0: none
	Concurrency   int           // max_concurrency told by GET /gateway/bot; 0: 1
	Shards        int           // connections recommended by GET /gateway/bot; 0: 1
	SessionStarts int           // IDENTIFYs allowed in all; 0: 1000
	Unlimited     bool          // no rate limits but the scripted ones
	Compress      bool          // zlib frames to clients that ask for them; else always text
	InMemory      bool          // net.Pipe in place of TCP, for testing/synctest

	Faults []RESTFault // as if given to FailREST
	Seed   uint64      // of the faults that strike at random

	// Check, if set, sees every request body with its route as the OpenAPI
	// file writes it ("/channels/{channel_id}/messages"). An error is a violation.
	Check func(method, route string, body []byte) error
}

// Server is a running stand-in. All methods may be called from any goroutine.
type Server struct {
	opts   Options
	log    *slog.Logger
	http   *http.Server
	listen net.Listener
	mux    *http.ServeMux
	wg     sync.WaitGroup

	answering sync.WaitGroup // REST requests

	mu           sync.Mutex
	world        *World
	closed       bool
	gone         chan struct{} // closed with closed
	ahead        time.Duration // what Advance added to the clock
	ids          snowflakes
	messages     map[string]*Message
	history      map[string][]string // channel id to message ids, oldest first
	commands     map[string][]*command
	interactions map[string]*Interaction // by id
	tokens       map[string]*Interaction // by token
	sessions     map[string]*session
	conns        map[*conn]bool
	identifies   int
	lastIdentify map[int]time.Time
	breaks       []GatewayFault
	restFaults   []*RESTFault
	rng          *rand.Rand
	buckets      map[string]*bucket
	endpoint     *endpoint // nil: interactions go over the gateway
	violations   []Violation
	refusals     []Violation
	pings        []Ping
	subs         map[chan Event]bool
	changed      chan struct{} // closed and replaced whenever something changed
}

// New starts a stand-in on a free port of 127.0.0.1.
func New(opts Options) (*Server, error) {
	setDefault(&opts.Token, "sandbox.token.that-is-no-secret")
	setDefault(&opts.Heartbeat, 41250*time.Millisecond)
	setDefault(&opts.AckWithin, 3*time.Second)
	setDefault(&opts.TokenFor, 15*time.Minute)
	setDefault(&opts.Concurrency, 1)
	setDefault(&opts.Shards, 1)
	setDefault(&opts.SessionStarts, 1000)
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	if opts.World == nil {
		opts.World = DefaultWorld("Bot")
	}
	s := &Server{
		opts:         opts,
		log:          opts.Logger,
		world:        opts.World,
		messages:     map[string]*Message{},
		history:      map[string][]string{},
		commands:     map[string][]*command{},
		interactions: map[string]*Interaction{},
		tokens:       map[string]*Interaction{},
		sessions:     map[string]*session{},
		conns:        map[*conn]bool{},
		lastIdentify: map[int]time.Time{},
		rng:          rand.New(rand.NewPCG(opts.Seed, opts.Seed)),
		buckets:      map[string]*bucket{},
		subs:         map[chan Event]bool{},
		changed:      make(chan struct{}),
		gone:         make(chan struct{}),
	}
	for _, f := range opts.Faults {
		s.FailREST(f)
	}
	if opts.InMemory {
		s.listen = newPipeListener()
	} else {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("start the stand-in for Discord on 127.0.0.1: %w", err)
		}
		s.listen = l
	}
	s.mux = s.routes()
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	s.wg.Go(func() { _ = s.http.Serve(s.listen) })
	return s, nil
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// Token returns the bot's token, without the "Bot " before it.
func (s *Server) Token() string { return s.opts.Token }

// URL returns the address of the stand-in, such as http://127.0.0.1:40001.
func (s *Server) URL() string { return "http://" + s.listen.Addr().String() }

// Close cuts the gateway's connections, lets requests that have arrived have
// their answers, stops the server and waits for its goroutines.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	close(s.gone)
	for c := range s.conns {
		c.drop()
	}
	for _, i := range s.interactions {
		i.stopTimer()
	}
	for ch := range s.subs {
		delete(s.subs, ch)
		close(ch)
	}
	s.notify()
	s.mu.Unlock()
	// What is being answered gets its answer: a bot that just made something
	// visible must not find its connection cut.
	answered := make(chan struct{})
	go func() { s.answering.Wait(); close(answered) }()
	select {
	case <-answered:
	case <-time.After(time.Second):
	}
	_ = s.http.Close()
	s.wg.Wait()
	<-answered
}

// Client returns an HTTP client whose requests for discord.com go to the
// stand-in. A request for any other host fails and is a violation.
func (s *Server) Client() *http.Client {
	inner := &http.Transport{DialContext: s.dial, MaxIdleConnsPerHost: 64}
	return &http.Client{Transport: &redirect{s: s, inner: inner}}
}

// Dialer returns a websocket dialer that reaches the stand-in. The default
// dialer does too, unless Options.InMemory is set.
func (s *Server) Dialer() *websocket.Dialer {
	return &websocket.Dialer{NetDialContext: s.dial, HandshakeTimeout: 10 * time.Second}
}

func (s *Server) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if p, ok := s.listen.(*pipeListener); ok {
		return p.dial(ctx)
	}
	var d net.Dialer
	return d.DialContext(ctx, network, addr)
}

// redirect is the Transport of Client.
type redirect struct {
	s     *Server
	inner *http.Transport
}

// RoundTrip implements http.RoundTripper.
func (t *redirect) RoundTrip(r *http.Request) (*http.Response, error) {
	host := r.URL.Hostname()
	if host != "discord.com" && !strings.HasSuffix(host, ".discord.com") && host != "discordapp.com" {
		t.s.violate(Violation{Method: r.Method, Route: r.URL.Host, Reason: "a request left for a host that is not Discord"})
		return nil, fmt.Errorf("sandbox: %s is not Discord, and nothing else may be reached", host)
	}
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = "http", t.s.listen.Addr().String(), ""
	return t.inner.RoundTrip(r)
}

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the sockets.
func (t *redirect) CloseIdleConnections() { t.inner.CloseIdleConnections() }

// Advance moves the stand-in's clock forward, so that a test need not wait three
// seconds for an answer to be late, or 15 minutes for a token to expire.
func (s *Server) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += d
	for _, i := range s.interactions {
		if !i.acked && s.now().Sub(i.created) > s.opts.AckWithin {
			i.fail(ErrNoResponse)
		}
	}
	s.notify()
}

// now is the stand-in's clock.
func (s *Server) now() time.Time { return time.Now().Add(s.ahead) }

// notify wakes everybody who waits for a change; s.mu is held.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}
