package discord

import (
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// TestLoad asks, on either front, 200 questions a second while 5 % of the requests fail, over real
// sockets: two seconds, or as long as FOOTNOTE_LOAD says ("60s"). Every question
// must end in exactly one visible reply within Discord's three seconds.
func TestLoad(t *testing.T) {
	for _, front := range []string{"gateway", "HTTP"} {
		t.Run(front, func(t *testing.T) { load(t, front == "HTTP") })
	}
}

func load(t *testing.T, byHTTP bool) {
	long := 2 * time.Second
	if s := os.Getenv("FOOTNOTE_LOAD"); s != "" {
		var err error
		if long, err = time.ParseDuration(s); err != nil {
			t.Fatal(err)
		}
	}
	const each = 0.05 / 6
	handle := func(ctx context.Context, _ *discordgo.Interaction) *discordgo.InteractionResponse {
		switch n := rand.IntN(1000); {
		case n < 2: // a few are slow
			sleep(ctx, 2*time.Second)
		case n < 5:
			panic("a made-up fault")
		default:
			sleep(ctx, time.Duration(n)*5*time.Microsecond)
		}
		return says("yes")
	}
	c := setup{handlers: Handlers{Interaction: handle}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if byHTTP {
		c.run = func(ctx context.Context, r *rig) error { return r.bot.RunHTTP(ctx, l, r.PublicKey(), nil) }
	}
	r := newRig(t, c)
	if byHTTP {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
		defer client.CloseIdleConnections()
		if err := r.SetEndpoint(t.Context(), client, "http://"+l.Addr().String()+"/interactions"); err != nil {
			t.Fatal(err)
		}
		r.register()
	} else {
		r.online()
	}
	for _, f := range []sandbox.RESTFault{
		{Status: http.StatusInternalServerError}, {Status: http.StatusBadGateway}, {CutBefore: true}, {CutAfter: true},
		{Status: http.StatusTooManyRequests, RetryAfter: 300 * time.Millisecond}, {Delay: 1500 * time.Millisecond},
	} {
		f.Rate = each
		r.FailREST(f)
	}
	before, heapBefore := runtime.NumGoroutine(), heap(r)
	var took []time.Duration // until the first response
	var mu sync.Mutex
	var open sync.WaitGroup
	var lost, twice atomic.Int32
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	asked := 0
	for start := time.Now(); time.Since(start) < long; asked++ {
		for time.Since(start) < time.Duration(asked)*5*time.Millisecond {
			<-tick.C
		}
		i, err := r.Slash(t.Context(), r.reader, "ask", map[string]any{"question": question})
		if err != nil {
			t.Fatal(err)
		}
		open.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			if _, err := i.Outcome(ctx); err != nil {
				lost.Add(1)
				return
			}
			if len(i.Replies()) != 1 {
				twice.Add(1)
			}
			d, _ := i.Acknowledged()
			mu.Lock()
			defer mu.Unlock()
			took = append(took, d)
		})
	}
	open.Wait()
	r.bot.opt.Client.CloseIdleConnections()
	if lost.Load() > 0 || twice.Load() > 0 {
		t.Errorf("of %d questions %d got no reply, %d not exactly one\n%s", asked, lost.Load(), twice.Load(), r.logs)
	}
	r.HealREST()
	r.cancel()
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	if n := len(r.bot.slots) + len(r.bot.waiting); n > 0 {
		t.Errorf("%d slots are still taken", n)
	}
	// A machine so busy that the stand-in itself takes a second makes the bot
	// repeat what was heard; it cannot know.
	for _, v := range r.Violations() {
		if r.faulty = true; v.Code != codeAcknowledged {
			t.Errorf("violation %+v", v)
		}
	}
	r.finish()
	slices.Sort(took)
	if len(took) > 0 {
		t.Logf("%d questions in %v: first response p50 %v, p99 %v, slowest %v; %d lost, %d not exactly one reply; goroutines %d before, %d after; heap %d KB before, %d KB after",
			asked, long, took[len(took)/2], took[len(took)*99/100], took[len(took)-1], lost.Load(), twice.Load(), before, runtime.NumGoroutine(), heapBefore, heap(r))
	}
}

// heap returns how many KB are in use, what the stand-in remembers left out.
func heap(r *rig) uint64 {
	r.Forget()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc >> 10
}
