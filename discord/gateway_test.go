package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"footnote/internal/testlog"
	"footnote/sandbox"
)

// Gateway faults that the bot has to get over by itself.
var survivable = func() []sandbox.GatewayFault {
	var fs []sandbox.GatewayFault
	for _, when := range []sandbox.Stage{sandbox.Now, sandbox.AtHello, sandbox.AtReady, sandbox.AfterReady} {
		for _, do := range []sandbox.Action{
			sandbox.Reconnect, sandbox.Invalid, sandbox.InvalidResumable, sandbox.Drop, sandbox.Silence,
			sandbox.NoAcks, sandbox.AskHeartbeat, sandbox.Garbage, sandbox.UnknownEvent,
		} {
			fs = append(fs, sandbox.GatewayFault{When: when, Do: do})
		}
		for _, code := range []int{1000, 1001, 1012, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009} {
			fs = append(fs, sandbox.GatewayFault{When: when, Do: sandbox.Close, Code: code})
		}
	}
	return fs
}()

// REST faults that may meet a reconnect or an answer.
var restFaults = []sandbox.RESTFault{
	{Route: "/gateway", Status: 500}, {Route: "/gateway", Status: 502}, {Route: "/gateway", Status: 503},
	{Route: "/gateway", Status: 429, RetryAfter: 30 * time.Second}, {Route: "/gateway", Cloudflare: true},
	{Route: "/gateway", CutBefore: true}, {Route: "/gateway", CutBody: true}, {Route: "/gateway", Delay: time.Hour},
	{Route: "/interactions", Status: 500}, {Route: "/interactions", CutAfter: true}, {Route: "/interactions", Delay: 2 * time.Second},
}

// TestFaultSequences strikes with faults drawn at random, one to five after
// another, until the bot answers again, 500 times over; every tenth bot has
// four shards. Set FOOTNOTE_SEED to
// repeat a run.
func TestFaultSequences(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	if s := os.Getenv("FOOTNOTE_SEED"); s != "" {
		seed, _ = strconv.ParseUint(s, 10, 64)
	}
	const sequences = 500
	t.Logf("FOOTNOTE_SEED=%d", seed)
	rng := rand.New(rand.NewPCG(seed, 1))
	var longest time.Duration
	logins := 0
	for n := range sequences {
		var gateway []sandbox.GatewayFault
		var rest []sandbox.RESTFault
		for range 1 + rng.IntN(5) {
			if rng.IntN(3) == 0 {
				rest = append(rest, restFaults[rng.IntN(len(restFaults))])
			} else {
				gateway = append(gateway, survivable[rng.IntN(len(survivable))])
			}
		}
		pause := time.Duration(rng.Int64N(int64(3 * time.Minute)))
		c := setup{}
		if n%10 == 0 {
			c = setup{world: fourGuilds, channel: "general3", sandbox: sandbox.Options{Shards: 4, Concurrency: 2, IdentifyEvery: 5 * time.Second}}
		}
		ok := t.Run(strconv.Itoa(n), func(t *testing.T) {
			bubble(t, c, func(t *testing.T, r *rig) {
				time.Sleep(pause)
				for _, f := range rest {
					r.FailREST(f)
				}
				for _, f := range gateway {
					r.Break(f)
					if f.When != sandbox.Now {
						r.Break(sandbox.GatewayFault{Do: sandbox.Drop})
					}
					time.Sleep(time.Duration(rng.Int64N(int64(90*time.Second))) + 1)
				}
				took := r.recover()
				longest = max(longest, took)
				logins += r.Identifies()
				// Whatever the faults, what was left of them must not strike the end.
				r.HealREST()
			})
		})
		if !ok {
			t.Fatalf("sequence %d of FOOTNOTE_SEED=%d: gateway %+v, REST %+v", n, seed, gateway, rest)
		}
	}
	t.Logf("%d sequences, %d logins, longest recovery %v", sequences, logins, longest)
}

// recover returns how long it takes until a question is answered.
func (r *rig) recover() time.Duration {
	r.t.Helper()
	start := time.Now()
	for time.Since(start) < time.Hour {
		if s := r.bot.Status(); s.Up < s.Shards {
			time.Sleep(time.Second)
			continue
		}
		ctx, cancel := context.WithTimeout(r.t.Context(), 10*time.Second)
		i, err := r.Slash(ctx, r.reader, "ask", map[string]any{"question": question})
		if err != nil {
			r.t.Fatal(err)
		}
		o, err := i.Outcome(ctx)
		cancel()
		if err == nil && o.Message.Content == "yes" {
			return time.Since(start)
		}
		time.Sleep(time.Second)
	}
	r.t.Fatalf("no answer for an hour; %+v\n%s", r.bot.Status(), r.logs)
	return 0
}

// Every code after which one must not reconnect ends Run with one sentence,
// whenever it comes, after one login.
func TestRefused(t *testing.T) {
	for _, when := range []sandbox.Stage{sandbox.AtHello, sandbox.AtReady, sandbox.AfterReady} {
		for code, advice := range refusals {
			t.Run(fmt.Sprint(when, code), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					r := newRig(t, setup{
						sandbox: sandbox.Options{InMemory: true},
						tune:    func(o *Options) { o.MessageContent = false },
						breaks:  []sandbox.GatewayFault{{When: when, Do: sandbox.Close, Code: code}},
					})
					err := <-r.ended
					var refused *RefusedError
					if !errors.As(err, &refused) || refused.Code != code || !strings.HasPrefix(err.Error(), advice) {
						t.Errorf("Run returned %v", err)
					}
					if n := r.bot.Status().Logins; n != 1 {
						t.Errorf("%d logins", n)
					}
					time.Sleep(2 * time.Second) // discordgo's Close
					r.finish()
				})
			})
		}
	}
}

func TestWrongToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, setup{sandbox: sandbox.Options{InMemory: true}, tune: func(o *Options) { o.Token = "wrong" }})
		var refused *RefusedError
		if err := <-r.ended; !errors.As(err, &refused) || refused.Code != codeToken || !strings.Contains(err.Error(), "DISCORD_TOKEN") {
			t.Errorf("Run returned %v", err)
		}
		if _, err := r.bot.Application(t.Context()); !errors.As(err, &refused) {
			t.Errorf("Application returned %v", err)
		}
		time.Sleep(2 * time.Second)
		r.finish()
	})
}

// Without the message-content intent in the portal the bot goes on and says so.
func TestContentIntentRefused(t *testing.T) {
	bubble(t, setup{world: func(w *sandbox.World) { w.Portal.MessageContent = false }}, func(t *testing.T, r *rig) {
		time.Sleep(time.Second)
		s := r.bot.Status()
		if !s.Connected || s.MessageContent || !s.ContentRefused || s.Logins != 2 {
			t.Errorf("status %+v", s)
		}
		if n := strings.Count(r.logs.String(), "message-content intent"); n != 1 {
			t.Errorf("told %d times:\n%s", n, r.logs)
		}
		if _, _, err := r.ask(); err != nil {
			t.Error(err)
		}
		r.faulty = len(r.Violations()) > 0
	})
}

// A gateway that fails for 30 hours does not use up the logins of any 24, though
// the process is started anew every hour.
func TestLoginsUnderFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kept []time.Time
		s, err := sandbox.New(sandbox.Options{InMemory: true, Unlimited: true, SessionStarts: 1 << 30})
		if err != nil {
			t.Fatal(err)
		}
		client := s.Client()
		most := 0
		for hour := range 30 {
			b, err := New(Options{
				Log: testlog.New(io.Discard), Token: s.Token(), Client: client, Dialer: lagging(s), Handlers: silent,
				MaxWait: 6 * time.Second, // harder than it ever is
				Logins: Logins{
					Load: func() ([]time.Time, error) { return kept, nil },
					Save: func(ts []time.Time) error { kept = ts; return nil },
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			for range 720 {
				s.Break(sandbox.GatewayFault{When: sandbox.AtReady, Do: sandbox.Drop})
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			if err := b.Run(ctx); err != nil {
				t.Fatalf("hour %d: %v", hour, err)
			}
			cancel()
			most = max(most, b.Status().Logins)
		}
		if most != maxLogins {
			t.Errorf("%d logins in the worst day, want the whole budget of %d and no more", most, maxLogins)
		}
		time.Sleep(time.Second) // for Open to come back
		client.CloseIdleConnections()
		s.Close()
	})
}

// An ordinary request to reconnect, as Discord makes every few hours, costs a
// second or two.
func TestReconnectIsQuick(t *testing.T) {
	bubble(t, setup{}, func(t *testing.T, r *rig) {
		for _, do := range []sandbox.Action{sandbox.Reconnect, sandbox.Drop} {
			time.Sleep(time.Hour)
			r.Break(sandbox.GatewayFault{Do: do})
			time.Sleep(2 * time.Second)
			if s := r.bot.Status(); !s.Connected || time.Since(s.Since) > 2*time.Second {
				t.Errorf("two seconds after fault %v: %+v", do, s)
			}
		}
	})
}

// The watchdog notices within its time that acknowledgements stopped.
func TestWatchdog(t *testing.T) {
	for _, do := range []sandbox.Action{sandbox.Silence, sandbox.NoAcks} {
		bubble(t, setup{}, func(t *testing.T, r *rig) {
			time.Sleep(10 * time.Minute)
			if got := r.bot.Status(); !got.Connected || time.Since(got.LastAck) > time.Minute || got.Guilds != 1 || got.Latency != time.Millisecond {
				t.Errorf("after ten quiet minutes: %+v", got)
			}
			r.Break(sandbox.GatewayFault{Do: do})
			time.Sleep(2 * time.Minute)
			if got := r.bot.Status(); !strings.Contains(got.LastError, "no heartbeat") || got.Logins != 2 || !got.Connected {
				t.Errorf("two minutes after the last acknowledgement: %+v", got)
			}
		})
	}
}

// Shutdown over real sockets: what is under way gets its outcome, the bot goes
// offline, and Run returns within a second: where nothing is under way, long before the
// second that discordgo's own Close would sleep.
func TestShutdown(t *testing.T) {
	for _, c := range []struct {
		name   string
		handle func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse
		before time.Duration // from the question to the shutdown
		want   string
		shards int
		most   time.Duration // that the shutdown takes, and room for a slow machine
	}{
		{"idle", after(0, says("yes")), 200 * time.Millisecond, "yes", 1, time.Second},
		{"idle with four shards", after(0, says("yes")), 200 * time.Millisecond, "yes", 4, time.Second},
		{"in the middle of a handler", after(400*time.Millisecond, says("yes")), 200 * time.Millisecond, "yes", 1, time.Second},
		{"handler too slow", after(20*time.Second, says("yes")), 200 * time.Millisecond, words.Failed, 1, 2 * time.Second},
		{"after a deferral", after(20*time.Second, says("yes")), 1400 * time.Millisecond, words.Failed, 1, 2 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, setup{
				sandbox:  sandbox.Options{Shards: c.shards, Concurrency: c.shards},
				handlers: Handlers{Interaction: c.handle, Private: func(*discordgo.Interaction) bool { return true }},
			})
			r.online()
			for r.bot.Status().Up < c.shards {
				time.Sleep(time.Millisecond)
			}
			i, err := r.Slash(t.Context(), r.reader, "ask", map[string]any{"question": question})
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(c.before)
			start := time.Now()
			r.cancel()
			if err := <-r.ended; err != nil {
				t.Errorf("Run returned %v", err)
			}
			if took := time.Since(start); took > c.most {
				t.Errorf("shutdown took %v, want at most %v", took, c.most)
			}
			if r.Online() {
				t.Error("the bot is still online")
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			o, err := i.Outcome(ctx)
			if err != nil || o.Message.Content != c.want {
				t.Errorf("outcome %+v, %v", o.Message, err)
			}
			r.finish()
		})
	}
}

// Run ends at once wherever it is when its context does.
func TestShutdownWhileConnecting(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault func(*sandbox.Server)
	}{
		{"GET /gateway hangs", func(s *sandbox.Server) { s.FailREST(sandbox.RESTFault{Route: "/gateway", Delay: time.Hour}) }},
		{"no HELLO", func(s *sandbox.Server) { s.Break(sandbox.GatewayFault{When: sandbox.AtHello, Do: sandbox.Silence}) }},
		{"no READY", func(s *sandbox.Server) { s.Break(sandbox.GatewayFault{When: sandbox.AtReady, Do: sandbox.Silence}) }},
		{"between two connections", func(s *sandbox.Server) { s.Break(sandbox.GatewayFault{When: sandbox.AtHello, Do: sandbox.Reconnect}) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, err := sandbox.New(sandbox.Options{InMemory: true})
				if err != nil {
					t.Fatal(err)
				}
				c.fault(s)
				client := s.Client()
				b, err := New(Options{Log: testLog(t), Token: s.Token(), Client: client, Dialer: lagging(s), Handlers: silent})
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				start := time.Now()
				if err := b.Run(ctx); err != nil {
					t.Errorf("Run returned %v", err)
				}
				if took := time.Since(start); took > 3100*time.Millisecond {
					t.Errorf("Run returned %v after its context ended", took-3*time.Second)
				}
				time.Sleep(time.Second) // for Open to come back
				client.CloseIdleConnections()
				s.Close()
			})
		})
	}
}

// The gateway speaks TLS outside tests.
func TestTLS(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{Unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewTLSServer(s)
	client := s.Client()
	inner := client.Transport
	b, err := New(Options{
		Log: testLog(t), Token: s.Token(), Handlers: silent,
		Dialer: &websocket.Dialer{TLSClientConfig: front.Client().Transport.(*http.Transport).TLSClientConfig},
		Client: &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
			if !strings.HasSuffix(r.URL.Path, "/gateway") {
				return inner.RoundTrip(r)
			}
			w := httptest.NewRecorder()
			fmt.Fprintf(w, `{"url":"wss://%s"}`, front.Listener.Addr())
			return w.Result(), nil
		})},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	if err := s.WaitOnline(ctx); err != nil {
		t.Errorf("not online: %v; %+v", err, b.Status())
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	client.CloseIdleConnections()
	s.Close()
	front.Close()
}
