package discord

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

func TestParseShards(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Shards
		err  string // a part of it
	}{
		{in: "", want: Shards{}},
		{in: "auto", want: Shards{}},
		{in: "0-3/8", want: Shards{0, 3, 8}},
		{in: "4-7/8", want: Shards{4, 7, 8}},
		{in: "5/8", want: Shards{5, 5, 8}},
		{in: "0/1", want: Shards{0, 0, 1}},
		{in: "8/8", err: "0 to 7"},
		{in: "3-1/8", err: "the smaller one first"},
		{in: "0-8/8", err: "do not exist"},
		{in: "0/0", err: "do not exist"},
		{in: "0-3", err: "not understood"},
		{in: "-1/8", err: "not understood"},
		{in: "0-3/8 ", err: "not understood"},
		{in: "0-3/888888", err: "not understood"},
		{in: "all", err: "not understood"},
	} {
		got, err := ParseShards(c.in)
		if got != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%q: %+v, %v; want %+v, %q", c.in, got, err, c.want, c.err)
		}
		if again, err := ParseShards(got.String()); err != nil || again != got {
			t.Errorf("%+v is written %q and read as %+v, %v", got, got, again, err)
		}
	}
}

// fourGuilds gives every shard of four one server with the channel general<shard>.
func fourGuilds(w *sandbox.World) {
	model := *w.Guilds[0]
	w.Guilds = nil
	for n := range 4 {
		g := model
		g.ID = strconv.Itoa((1000 + n) << 22)
		g.Name = fmt.Sprint("Harbour ", n)
		g.Channels = []*sandbox.Channel{{ID: strconv.Itoa(1_000_000 + n), Name: fmt.Sprint("general", n), Guild: g.ID}}
		w.Guilds = append(w.Guilds, &g)
	}
}

// Every server is heard by one shard, logins keep the pace that Discord asks
// for, and all come back after a fault on all.
func TestShards(t *testing.T) {
	for _, c := range []struct {
		name        string
		shards      Shards
		concurrency int
		own         []int         // shards of this process
		online      time.Duration // until all are up
	}{
		{"recommended", Shards{}, 1, []int{0, 1, 2, 3}, 15 * time.Second},
		{"two at one time", Shards{}, 2, []int{0, 1, 2, 3}, 5 * time.Second},
		{"all at one time", Shards{}, 16, []int{0, 1, 2, 3}, 0},
		{"half of four", Shards{1, 2, 4}, 1, []int{1, 2}, 5 * time.Second},
		{"one of four", Shards{3, 3, 4}, 1, []int{3}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, setup{
				world:   fourGuilds,
				sandbox: sandbox.Options{Shards: 4, Concurrency: c.concurrency, IdentifyEvery: 5 * time.Second},
				tune:    func(o *Options) { o.Shards = c.shards },
				channel: fmt.Sprint("general", c.own[0]),
				handlers: Handlers{Message: func(_ context.Context, m *discordgo.Message, _ string) *discordgo.MessageSend {
					return &discordgo.MessageSend{Content: "yes"}
				}},
			}, func(t *testing.T, r *rig) {
				for round := range 3 {
					start := time.Now()
					for time.Since(start) < time.Minute && r.bot.Status().Up < len(c.own) {
						time.Sleep(10 * time.Millisecond)
					}
					// Rounds after the first begin in the middle of reconnecting.
					s := r.bot.Status()
					if took := time.Since(start); !s.Connected || s.Shards != len(c.own) || s.Up != len(c.own) || s.Guilds != len(c.own) || took > c.online+10*time.Second || round == 0 && took > c.online+100*time.Millisecond {
						t.Errorf("round %d: all up after %v, want %v: %+v", round, took, c.online, s)
					}
					for shard := range 4 {
						by := r.As("reader", fmt.Sprint("general", shard))
						id, err := r.Post(t.Context(), by, question, "")
						if err != nil {
							t.Fatal(err)
						}
						time.Sleep(time.Second)
						replies := 0
						for _, m := range r.Messages(by.Channel, by.User) {
							if m.ReplyTo == id {
								replies++
							}
						}
						want := 0
						for _, own := range c.own {
							if own == shard {
								want = 1
							}
						}
						if replies != want {
							t.Errorf("round %d: %d replies in the server of shard %d, want %d", round, replies, shard, want)
						}
					}
					time.Sleep(10 * time.Minute)
					r.Break(sandbox.GatewayFault{Do: []sandbox.Action{sandbox.Drop, sandbox.Reconnect, sandbox.Invalid}[round]})
					time.Sleep(3 * time.Millisecond) // a new connection takes longer
					if s := r.bot.Status(); s.Connected || s.Up != 0 || s.Shards != len(c.own) {
						t.Errorf("round %d: after the fault %+v", round, s)
					}
				}
				time.Sleep(time.Minute)
			})
		})
	}
}

// What Discord refuses one shard for good ends all.
func TestShardRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, setup{
			sandbox: sandbox.Options{InMemory: true, Shards: 4, Concurrency: 4},
			channel: "general",
		})
		time.Sleep(time.Minute)
		if s := r.bot.Status(); s.Up != 4 {
			t.Fatalf("status %+v", s)
		}
		r.Break(sandbox.GatewayFault{When: sandbox.AtReady, Do: sandbox.Close, Code: 4011})
		r.Break(sandbox.GatewayFault{Do: sandbox.Drop})
		var refused *RefusedError
		if err := <-r.ended; !errors.As(err, &refused) || refused.Code != 4011 {
			t.Errorf("Run returned %v", err)
		}
		time.Sleep(2 * time.Second) // discordgo's Close
		r.finish()
	})
}

// The refusal of the message-content intent is told once, not once a shard.
func TestShardsWithoutContent(t *testing.T) {
	bubble(t, setup{
		world:   func(w *sandbox.World) { fourGuilds(w); w.Portal.MessageContent = false },
		sandbox: sandbox.Options{Shards: 4, Concurrency: 4},
		channel: "general0",
	}, func(t *testing.T, r *rig) {
		time.Sleep(time.Minute)
		if s := r.bot.Status(); s.Up != 4 || s.MessageContent || !s.ContentRefused || s.Logins != 8 {
			t.Errorf("status %+v", s)
		}
		if n := strings.Count(r.logs.String(), "message-content intent"); n != 1 {
			t.Errorf("told %d times:\n%s", n, r.logs)
		}
	})
}

// What is kept of servers that were left while offline goes, each by its own
// shard and once; what the bot is in stays.
func TestLeftWhileOffline(t *testing.T) {
	for _, shards := range []int{1, 4} {
		t.Run(fmt.Sprint(shards, " shards"), func(t *testing.T) {
			var mu sync.Mutex
			left := map[string]int{}
			gone := func(n int) string { return strconv.Itoa((2000 + n) << 22) }
			bubble(t, setup{
				world:   fourGuilds,
				sandbox: sandbox.Options{Shards: shards},
				channel: "general0",
				handlers: Handlers{
					Guilds: func() []string {
						return []string{strconv.Itoa(1000 << 22), strconv.Itoa(1003 << 22), gone(0), gone(1), gone(2), gone(3)}
					},
					GuildDelete: func(id string) {
						mu.Lock()
						defer mu.Unlock()
						left[id]++
					},
				},
			}, func(t *testing.T, r *rig) {
				time.Sleep(time.Minute)
				mu.Lock()
				defer mu.Unlock()
				for n := range 4 {
					if left[gone(n)] != 1 {
						t.Errorf("server %d was given up %d times", n, left[gone(n)])
					}
				}
				if len(left) != 4 {
					t.Errorf("given up: %v", left)
				}
			})
		})
	}
}
