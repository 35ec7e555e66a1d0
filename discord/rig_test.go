package discord

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"footnote/internal/testlog"
	"footnote/sandbox"
	"footnote/sandbox/openapi"
)

func TestMain(m *testing.M) {
	testlog.Asked(question)
	code := testlog.Main(m).Run()
	// discordgo's Close sleeps for a second.
	time.Sleep(1100 * time.Millisecond)
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "goroutines were left behind:", err)
		code = 1
	}
	os.Exit(code)
}

// question is what people ask in these tests; no log may hold it.
const question = "When does the ferry to Port Ember sail?"

var words = Words{Busy: "Everybody is busy.", Failed: "That failed.", Slow: "That took too long."}

// commands are registered in every test.
var commands = []*discordgo.ApplicationCommand{
	{Name: "ask", Description: "Ask about the articles", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What to look for", Required: true, Autocomplete: true},
	}},
	{Name: "Ask about this", Type: discordgo.MessageApplicationCommand},
}

// rig is a bot on a stand-in.
type rig struct {
	*sandbox.Server
	t      *testing.T
	bot    *Bot
	reader sandbox.Caller
	cancel context.CancelFunc
	ended  chan error
	logs   *logBuffer
	faulty bool         // the test means the bot to break a rule
	front  *http.Client // reaches the bot's HTTP front, where it has one
}

// checker holds every request body against Discord's own description, where
// that file is at hand.
var checker = sync.OnceValue(func() func(method, route string, body []byte) error {
	c, err := openapi.Load("../../shared/data/discord-openapi.json.gz")
	switch {
	case err == nil:
		return c.Request
	case errors.Is(err, os.ErrNotExist) && !sharedInCI():
		fmt.Fprintln(os.Stderr, "discord-openapi.json.gz is not there: request bodies are checked by the stand-in's own rules only")
		return nil
	}
	panic(err)
})

// sharedInCI reports that the shared data must be there.
func sharedInCI() bool {
	_, err := os.Stat("../../shared")
	return err == nil && os.Getenv("CI") == "true"
}

type setup struct {
	world    func(*sandbox.World)
	sandbox  sandbox.Options
	handlers Handlers
	tune     func(*Options)
	breaks   []sandbox.GatewayFault // before the bot connects
	run      func(context.Context, *rig) error
	channel  string // of the reader; default general
}

// newRig connects a bot to a stand-in. Its handlers say nothing but what h says.
func newRig(t *testing.T, c setup) *rig {
	t.Helper()
	if c.sandbox.World == nil {
		c.sandbox.World = sandbox.DefaultWorld("Footnote")
	}
	if c.world != nil {
		c.world(c.sandbox.World)
	}
	c.sandbox.Unlimited = true
	c.sandbox.Check = checker()
	s, err := sandbox.New(c.sandbox)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.breaks {
		s.Break(f)
	}
	if c.handlers.Interaction == nil {
		c.handlers.Interaction = func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse { return says("yes") }
	}
	if c.handlers.Message == nil {
		c.handlers.Message = func(context.Context, *discordgo.Message, string) *discordgo.MessageSend { return nil }
	}
	r := &rig{Server: s, t: t, reader: s.As("reader", cmp.Or(c.channel, "general")), ended: make(chan error, 1), logs: &logBuffer{}}
	opt := Options{
		Log:            testlog.New(r.logs),
		Token:          s.Token(),
		Handlers:       c.handlers,
		Words:          func() Words { return words },
		MessageContent: true,
		Client:         s.Client(),
		Dialer:         s.Dialer(),
	}
	if c.sandbox.InMemory {
		opt.Dialer = lagging(s)
	}
	if c.tune != nil {
		c.tune(&opt)
	}
	if r.bot, err = New(opt); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r.cancel = cancel
	if c.run == nil {
		c.run = func(ctx context.Context, r *rig) error { return r.bot.Run(ctx) }
	}
	go func() { r.ended <- c.run(ctx, r) }()
	return r
}

// online waits for the connection and registers the commands.
func (r *rig) online() {
	r.t.Helper()
	r.register()
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Minute)
	defer cancel()
	if err := r.WaitOnline(ctx); err != nil {
		r.t.Fatalf("the bot never came online: %v; %+v", err, r.bot.Status())
	}
}

// register registers the commands.
func (r *rig) register() {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Minute)
	defer cancel()
	app, err := r.bot.Application(ctx)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := r.bot.Sync(ctx, SyncOptions{Application: app.ID, Wanted: commands}); err != nil {
		r.t.Fatal(err)
	}
}

// finish checks what holds after every test.
func (r *rig) finish() {
	r.t.Helper()
	r.bot.opt.Client.CloseIdleConnections()
	r.Close()
	if v := r.Violations(); (len(v) > 0) != r.faulty {
		r.t.Errorf("%d violations, want some: %v: %+v", len(v), r.faulty, v)
	}
	if p := r.Pinged(); len(p) > 0 {
		r.t.Errorf("pinged %+v", p)
	}
	if strings.Contains(r.logs.String(), "ferry") {
		r.t.Errorf("the log holds a word of what was asked:\n%s", r.logs)
	}
}

// bubble runs a test in pretended time, without sockets. discordgo's Close sleeps
// with its lock held, which stops the bubble's clock for good as soon as anybody
// else wants the lock. So the connection is cut before the bot ends, and what
// the stand-in sends arrives late enough for discordgo's goroutines to settle.
func bubble(t *testing.T, c setup, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c.sandbox.InMemory = true
		r := newRig(t, c)
		r.online()
		test(t, r)
		r.FailREST(sandbox.RESTFault{Route: "/gateway", Status: 503, Times: -1})
		r.Break(sandbox.GatewayFault{Do: sandbox.Drop})
		time.Sleep(3 * time.Second)
		r.cancel()
		if err := <-r.ended; err != nil {
			t.Errorf("Run returned %v", err)
		}
		r.finish()
	})
}

// lagging dials s through connections that deliver everything late.
func lagging(s *sandbox.Server) *websocket.Dialer {
	d := s.Dialer()
	dial := d.NetDialContext
	d.NetDialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		return lag{c}, err
	}
	return d
}

type lag struct{ net.Conn }

// Write succeeds where the other end is gone, as the first one on a socket does.
func (l lag) Write(p []byte) (int, error) {
	_, _ = l.Conn.Write(p)
	return len(p), nil
}

func (l lag) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	time.Sleep(time.Millisecond)
	return n, err
}

// bothFronts runs a test with interactions that come over the gateway and with
// such that come by HTTP.
func bothFronts(t *testing.T, c setup, test func(t *testing.T, r *rig)) {
	t.Helper()
	for name, run := range map[string]func(*testing.T, setup, func(*testing.T, *rig)){"gateway": bubble, "HTTP": overHTTP} {
		t.Run(name, func(t *testing.T) {
			c := c
			run(t, c, test)
		})
	}
}

// ask uses /ask and returns what became visible within five minutes.
func (r *rig) ask() (*sandbox.Interaction, sandbox.Outcome, error) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 5*time.Minute)
	defer cancel()
	i, err := r.Slash(ctx, r.reader, "ask", map[string]any{"question": question})
	if err != nil {
		r.t.Fatal(err)
	}
	o, err := i.Outcome(ctx)
	return i, o, err
}

func says(content string) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Content: content},
	}
}

// after makes a handler that answers r after d, or nothing if its context ends.
func after(d time.Duration, r *discordgo.InteractionResponse) func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse {
	return func(ctx context.Context, _ *discordgo.Interaction) *discordgo.InteractionResponse {
		if !sleep(ctx, d) {
			return nil
		}
		return r
	}
}

// logBuffer is a bytes.Buffer that many may write to.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

var errTest = errors.New("a made-up failure")

func testLog(t *testing.T) *slog.Logger {
	return testlog.New(t.Output())
}

// silent are handlers that answer nothing.
var silent = Handlers{
	Interaction: func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse { return nil },
	Message:     func(context.Context, *discordgo.Message, string) *discordgo.MessageSend { return nil },
}
