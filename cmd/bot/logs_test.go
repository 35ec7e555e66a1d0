package main

import (
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/discord"
	"footnote/handlers"
	"footnote/internal/testlog"
	"footnote/sandbox"
)

// secret is a word of everything that people write in TestLogs.
const secret = "zyzzyva"

// The program, on either front and while requests fail, writes no token into
// its log at any level and no word of a question above debug. SIGTERM ends it well.
func TestLogs(t *testing.T) {
	slow(t)
	for front, flags := range map[string][]string{
		"gateway": {"-shards", "1/2"}, // the one that the server belongs to
		"HTTP":    {"-http", "127.0.0.1:0"},
	} {
		t.Run(front, func(t *testing.T) {
			t.Parallel()
			r := &rig{t: t, logs: &buffer{}, out: &buffer{}}
			var err error
			if r.Server, err = sandbox.New(sandbox.Options{World: sandbox.DefaultWorld("Footnote"), Unlimited: true}); err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			r.reader = r.As("reader", "general")
			p := r.program(flags...)

			r.slash(r.reader, "/ask question:who backs haftar, "+secret+"?")
			r.slash(r.reader, "/search words:"+secret)
			for _, f := range []sandbox.RESTFault{{Status: 500}, {Status: 429, RetryAfter: time.Millisecond}, {CutBefore: true}, {CutAfter: true}, {CutBody: true}} {
				f.Route = "/interactions"
				r.FailREST(f)
				r.slash(r.reader, "/ask question:who backs haftar, "+secret+"?")
			}
			r.FailREST(sandbox.RESTFault{Route: "/interactions", Times: -1, CutBefore: true})
			i, err := r.Line(r.soon(), r.reader, "/ask question:"+secret)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := i.Outcome(r.soon()); err == nil {
				t.Error("an answer came through though no request did")
			}
			r.HealREST()
			if front == "gateway" {
				if !r.logged(`msg="connected to Discord" shard=1`) {
					t.Errorf("the log does not tell of shard 1:\n%s", r.logs)
				}
				r.answer(r.reader, "<@700000000000000001> who backs haftar, "+secret+"?", "")
				// One that may not be answered where it was asked.
				r.Update(func(w *sandbox.World) {
					w.Channel(r.reader.Channel).Deny = map[string]int64{w.Bot.ID: discordgo.PermissionSendMessages}
				})
				r.post(r.reader, "<@700000000000000001> who backs haftar, "+secret+"?", "")
				if !r.logged(`msg=message .*outcome="not answered"`) {
					t.Errorf("the log does not tell of the reply that was refused:\n%s", r.logs)
				}
			}
			if !r.logged(`msg=interaction .*outcome="not answered"`) {
				t.Errorf("the log does not tell of the answer that was lost:\n%s", r.logs)
			}
			if err := p.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := p.Wait(); err != nil {
				t.Errorf("after SIGTERM the program ends with %v", err)
			}
			said := r.out.String() + r.logs.String()
			for _, token := range []string{r.Token(), "interaction-token-"} {
				if strings.Contains(said, token) {
					t.Errorf("what the program writes holds %q:\n%s", token, said)
				}
			}
			for line := range strings.Lines(said) {
				if strings.Contains(line, secret) && !strings.Contains(line, "level=DEBUG") {
					t.Errorf("a line repeats what was asked: %s", line)
				}
			}
		})
	}
}

// program starts the program against the stand-in and waits until it can be asked.
func (r *rig) program(flags ...string) *exec.Cmd {
	r.t.Helper()
	p := exec.Command("bot", append([]string{"-data", r.t.TempDir(), "-log", "debug", "-member-limit", "1000"}, flags...)...)
	p.Dir = r.t.TempDir()
	p.Env = append(os.Environ(), standInVariable+"="+r.URL(), "DISCORD_TOKEN="+r.Token())
	p.Stdout, p.Stderr = r.out, testlog.Keep(r.logs)
	if err := p.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = p.Process.Kill() }) // it has ended by itself if all went well
	if flags[0] != "-http" {
		if err := r.WaitOnline(r.soon()); err != nil {
			r.t.Fatalf("%v\n%s%s", err, r.out, r.logs)
		}
		return p
	}
	addr := regexp.MustCompile(`POST /interactions on (\S+)`)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if at := addr.FindStringSubmatch(r.out.String()); at != nil {
			if err := r.SetEndpoint(r.soon(), http.DefaultClient, "http://"+at[1]+"/interactions"); err != nil {
				r.t.Fatal(err)
			}
			return p
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("the program does not say where it listens\n%s%s", r.out, r.logs)
		}
	}
}

// logged waits for a line in the log.
func (r *rig) logged(pattern string) bool {
	line := regexp.MustCompile(pattern)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if line.MatchString(r.logs.String()) {
			return true
		}
	}
	return false
}

// A command that Discord still shows and the library no longer has gets one
// private sentence.
func TestCommandThatIsGone(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	lib, done := r.bot.live.Use()
	wanted, _ := handlers.Commands(lib.Headers())
	done()
	wanted = append(wanted, &discordgo.ApplicationCommand{Name: "ferry", Description: "When it leaves"})
	if _, err := r.bot.wire.Sync(r.soon(), discord.SyncOptions{Application: r.bot.app.ID, Wanted: wanted}); err != nil {
		t.Fatal(err)
	}
	m := r.slash(r.reader, "/ferry")
	r.holds(m, "I no longer have this command")
	if !m.Private() {
		t.Error("the sentence is not private")
	}
}
