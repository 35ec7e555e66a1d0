package main

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"footnote/discord"
	"footnote/internal/testlog"
	"footnote/sandbox"
	"footnote/store"
)

// fetch gets a page and returns its status and body.
func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// until gets a page until it holds a text: what people see in Discord is there
// a moment before the bot knows that it went well.
func until(t *testing.T, url, want string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		_, body := fetch(t, url)
		if strings.Contains(body, want) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s lacks %q:\n%s", url, want, body)
		}
	}
}

// listening starts the bot of a configuration that has -http or -metrics. stop
// ends it and waits; nothing may have gone wrong by then.
func listening(t *testing.T, flags ...string) (r *rig, stop func()) {
	t.Helper()
	r = &rig{t: t, logs: &buffer{}, out: &buffer{}}
	c, err := parseConfig(append([]string{"-data", t.TempDir()}, flags...), func(string) string { return "" }, r.out)
	if err != nil {
		t.Fatal(err)
	}
	if r.Server, err = sandbox.New(sandbox.Options{World: sandbox.DefaultWorld("Footnote"), Unlimited: true, Check: checked(t)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	if r.bot, err = newBot(ctx, testlog.New(r.logs), c, store.Memory(), discord.Options{Token: r.Token(), Client: r.Client()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.bot.live.Close)
	if err := r.bot.listen(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.bot.hangUp)
	if r.bot.app, err = r.bot.wire.Application(ctx); err != nil {
		t.Fatal(err)
	}
	if err := r.bot.start(ctx, r.out); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- r.bot.run(ctx) }()
	if r.bot.front == nil {
		err = r.WaitOnline(r.soon())
	} else {
		err = r.SetEndpoint(r.soon(), http.DefaultClient, "http://"+r.bot.front.Addr().String()+"/interactions")
	}
	if err != nil {
		t.Fatal(err)
	}
	r.reader, r.moderator = r.As("reader", "general"), r.As("moderator", "general")
	return r, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the bot ended with %v", err)
		}
		r.clean()
	}
}

// Over HTTP the bot answers commands and buttons, says that it hears no
// messages, and gives its address up when it is stopped.
func TestHTTP(t *testing.T) {
	t.Parallel()
	r, stop := listening(t, "-http", "127.0.0.1:0")
	url := "http://" + r.bot.front.Addr().String()
	for _, want := range []string{"POST /interactions on 127.0.0.1:", "Discord does not send them yet", "free text in channels need the gateway"} {
		if !strings.Contains(r.out.String(), want) {
			t.Errorf("the start does not say %q:\n%s", want, r.out)
		}
	}
	m := r.slash(r.reader, "/who-backs haftar")
	r.quotes(m)
	r.quotes(r.press(r.reader, m, "Context of 1"))
	r.holds(r.slash(r.moderator, "/footnote status"), "Connection: up", "Messages: none reach me")

	if status, body := fetch(t, url+"/healthz"); status != http.StatusOK || body != "well\n" {
		t.Errorf("/healthz: %d %q", status, body)
	}
	key := r.bot.live.now.Load().key
	for _, want := range []string{`footnote_events_total{kind="command",outcome="answered"} 2`, `footnote_index_info{version="` + key + `"} 1`, "footnote_articles 1", "footnote_questions_waiting 0", `footnote_questions_total{how="refused"} 0`, "footnote_connected 1", "footnote_first_response_seconds_count 3"} {
		until(t, url+"/metrics", want+"\n")
	}
	if p := r.bot.pulse(); p.fault(p.At) != "" {
		t.Errorf("-health would say %q", p.fault(p.At))
	}

	stop()
	if _, err := http.Get(url + "/healthz"); err == nil {
		t.Error("the stopped bot still answers on its address")
	}
}

// With -metrics the operations have an address of their own, which the one for
// Discord then does not serve.
func TestMetricsApart(t *testing.T) {
	t.Parallel()
	r, stop := listening(t, "-http", "127.0.0.1:0", "-metrics", "0")
	defer stop()
	url := "http://" + r.bot.front.Addr().String()
	own := "http://" + r.bot.ops.Addr().String()
	if !strings.HasPrefix(own, "http://127.0.0.1:") {
		t.Errorf("a port alone listens on %s", own)
	}
	if status, _ := fetch(t, own+"/metrics"); status != http.StatusOK {
		t.Errorf("%d on the address of -metrics", status)
	}
	if status, _ := fetch(t, url+"/metrics"); status != http.StatusNotFound {
		t.Errorf("%d on the address for Discord, want 404", status)
	}
}

// On the gateway -metrics serves the same, and says when the bot is not well.
func TestMetricsOnTheGateway(t *testing.T) {
	t.Parallel()
	r, stop := listening(t, "-metrics", "127.0.0.1:0")
	defer stop()
	url := "http://" + r.bot.ops.Addr().String()
	until(t, url+"/metrics", "footnote_shards_up 1\n")
	until(t, url+"/healthz", "well\n")
}

// Where Discord sends interactions elsewhere the log says so at the start.
func TestEndpointWarning(t *testing.T) {
	var out, logs buffer
	b := &bot{c: &config{noSync: true}, log: testlog.New(&logs), app: discord.Application{Endpoint: "https://bot.example/interactions"}}
	var err error
	if b.live, err = openLive(t.Context(), b.log, &config{data: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	defer b.live.Close()
	if err := b.start(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`level=WARN .*commands will not be answered here.*bot\.example`).MatchString(logs.String()) {
		t.Errorf("the log does not warn:\n%s", &logs)
	}
}

// Settings of addresses and shards are read, or refused by their names.
func TestAddressesAndShards(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		flags string
		want  string // http, metrics, shards; or what the error names
	}{
		{"", "  auto"},
		{"-http 8080", ":8080  auto"},
		{"-http 0.0.0.0:8080 -metrics 9090", "0.0.0.0:8080 127.0.0.1:9090 auto"},
		{"-metrics :9090", " 127.0.0.1:9090 auto"},
		{"-metrics [::1]:9090", " [::1]:9090 auto"},
		{"-shards 0-3/8", "  0-3/8"},
		{"-http here", "HTTP_ADDR"},
		{"-metrics 127.0.0.1", "METRICS_ADDR"},
		{"-metrics :99999", "METRICS_ADDR"},
		{"-metrics ::1", "METRICS_ADDR"},
		{"-shards 8/8", "SHARDS"},
		{"-shards many", "SHARDS"},
		{"-shards 0/2 -http :80", "SHARDS and HTTP_ADDR"},
	} {
		cfg, err := parseConfig(strings.Fields(c.flags), func(string) string { return "" }, io.Discard)
		if err != nil {
			if !strings.Contains(err.Error(), c.want) || c.want[0] == ' ' {
				t.Errorf("%s: %v, want %q", c.flags, err, c.want)
			}
			continue
		}
		if got := cfg.http + " " + cfg.metrics + " " + cfg.shards.String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.flags, got, c.want)
		}
	}
}

// A sign of life is judged by its age, the index, the connection and, where
// there are heartbeats, by the last one.
func TestPulse(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		p    pulse
		want string
	}{
		{pulse{At: now, Connected: true, Index: true, LastAck: now}, ""},
		{pulse{At: now, Connected: true, Index: true}, ""}, // over HTTP
		{pulse{At: now, Connected: true, Index: true, LastAck: now.Add(-time.Hour)}, "Discord acknowledged the last heartbeat 1h0m0s ago"},
		{pulse{At: now, Index: true, LastAck: now}, "the bot is not connected"},
		{pulse{At: now, Connected: true}, "the index does not answer"},
		{pulse{At: now.Add(-time.Minute), Connected: true, Index: true}, "the bot gave its last sign of life 1m0s ago"},
	} {
		if got := c.p.fault(now); got != c.want {
			t.Errorf("%+v: %q, want %q", c.p, got, c.want)
		}
	}
}
