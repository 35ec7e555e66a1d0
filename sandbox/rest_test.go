package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// TestRESTFaults strikes once and looks at what discordgo makes of it, then at
// whether the next request goes through.
func TestRESTFaults(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault sandbox.RESTFault
		check func(error) bool
		sent  int // messages that arrived nevertheless
	}{
		{"429", sandbox.RESTFault{Status: 429, RetryAfter: time.Minute}, func(err error) bool {
			var e *discordgo.RateLimitError
			return errors.As(err, &e) && e.RetryAfter == time.Minute
		}, 0},
		{"global 429", sandbox.RESTFault{Global: true}, func(err error) bool {
			var e *discordgo.RateLimitError
			return errors.As(err, &e)
		}, 0},
		{"Cloudflare", sandbox.RESTFault{Cloudflare: true}, func(err error) bool { return err != nil && strings.Contains(err.Error(), "invalid character") }, 0},
		{"500", sandbox.RESTFault{Status: 500}, func(err error) bool { return status(err) == 500 }, 0},
		{"503", sandbox.RESTFault{Status: 503}, func(err error) bool { return status(err) == 503 }, 0},
		{"502 that discordgo repeats", sandbox.RESTFault{Status: 502}, func(err error) bool { return err == nil }, 1},
		{"slow", sandbox.RESTFault{Delay: time.Millisecond}, func(err error) bool { return err == nil }, 1},
		{"cut before", sandbox.RESTFault{CutBefore: true}, func(err error) bool { return errors.Is(err, io.EOF) }, 0},
		{"cut after", sandbox.RESTFault{CutAfter: true}, func(err error) bool { return errors.Is(err, io.EOF) }, 1},
		{"cut within the body", sandbox.RESTFault{CutBody: true}, func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }, 1},
		{"another route", sandbox.RESTFault{Route: "/interactions/", Status: 500}, func(err error) bool { return err == nil }, 1},
		{"another method", sandbox.RESTFault{Method: "DELETE", Status: 500}, func(err error) bool { return err == nil }, 1},
		{"at random, never", sandbox.RESTFault{Rate: 1e-12, Status: 500}, func(err error) bool { return err == nil }, 1},
		{"at random, always", sandbox.RESTFault{Rate: 1, Times: 1, Status: 500}, func(err error) bool { return status(err) == 500 }, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{})
			d := rest(t, s)
			channel := s.As("reader", "general").Channel
			send := func() error {
				_, err := d.ChannelMessageSendComplex(channel, &discordgo.MessageSend{Content: "x", AllowedMentions: noMentions})
				return err
			}
			s.FailREST(test.fault)
			if err := send(); !test.check(err) {
				t.Errorf("the struck request ended with %v", err)
			}
			if got := len(s.Messages(channel, "")); got != test.sent {
				t.Errorf("%d messages arrived, want %d", got, test.sent)
			}
			// A new session, since discordgo remembers the limit.
			d = rest(t, s)
			s.HealREST()
			if err := send(); err != nil {
				t.Errorf("the request after it failed: %v", err)
			}
			clean(t, s)
		})
	}
}

// status is the HTTP status in an error of discordgo.
func status(err error) int {
	var e *discordgo.RESTError
	if errors.As(err, &e) {
		return e.Response.StatusCode
	}
	return 0
}

// TestExcused: when a fault swallowed the receipt of a response, repeating it is
// refused and yet no violation.
func TestExcused(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	i, wire := c.slash()
	c.s.FailREST(sandbox.RESTFault{Route: "/interactions/", CutAfter: true})
	if err := c.d.InteractionRespond(wire, say("once", 0)); err == nil {
		t.Fatal("the cut connection was not noticed")
	}
	if got := code(c.d.InteractionRespond(wire, say("once", 0))); got != 40060 {
		t.Errorf("code %d, want 40060", got)
	}
	if got := len(i.Replies()); got != 1 {
		t.Errorf("%d replies, want 1", got)
	}
	if got := len(c.s.Refusals()); got != 1 {
		t.Errorf("%d refusals, want 1", got)
	}
	clean(t, c.s)
}

// TestNonce: a message under a nonce that is to be enforced arrives once in five
// minutes and channel; without enforce_nonce the nonce says nothing.
func TestNonce(t *testing.T) {
	for _, test := range []struct {
		name          string
		first, second string // what follows the content
		channel       string // of the second
		pause         time.Duration
		want          int // messages in all
	}{
		{"the same", `"nonce":"1","enforce_nonce":true`, `"nonce":"1","enforce_nonce":true`, "general", 0, 1},
		{"the same number", `"nonce":1,"enforce_nonce":true`, `"nonce":1,"enforce_nonce":true`, "general", 0, 1},
		{"another", `"nonce":"1","enforce_nonce":true`, `"nonce":"2","enforce_nonce":true`, "general", 0, 2},
		{"another channel", `"nonce":"1","enforce_nonce":true`, `"nonce":"1","enforce_nonce":true`, "news", 0, 2},
		{"later", `"nonce":"1","enforce_nonce":true`, `"nonce":"1","enforce_nonce":true`, "general", 6 * time.Minute, 2},
		{"not enforced", `"nonce":"1"`, `"nonce":"1"`, "general", 0, 2},
		{"none", `"nonce":null,"enforce_nonce":true`, `"nonce":null,"enforce_nonce":true`, "general", 0, 2},
		{"too long", `"nonce":"1","enforce_nonce":true`, `"nonce":"12345678901234567890123456","enforce_nonce":true`, "general", 0, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{Unlimited: true})
			send := func(channel, rest string) map[string]any {
				_, out := call(t, s, "POST", "/channels/"+s.As("reader", channel).Channel+"/messages", `{"content":"x","allowed_mentions":{"parse":[]},`+rest+`}`)
				return out
			}
			a := send("general", test.first)
			s.Advance(test.pause)
			b := send(test.channel, test.second)
			got := 0
			for _, c := range []string{"general", "news"} {
				got += len(s.Messages(s.As("reader", c).Channel, ""))
			}
			if got != test.want || test.want == 1 && b["id"] != nil && b["id"] != a["id"] {
				t.Errorf("%d messages, want %d; answers %v and %v", got, test.want, a["id"], b["id"])
			}
		})
	}
}

func TestRateLimits(t *testing.T) {
	s := start(t, sandbox.Options{})
	path := "/channels/" + s.As("reader", "general").Channel + "/messages"
	body := `{"content":"x","allowed_mentions":{"parse":[]}}`
	for n := range 5 {
		if status, out := call(t, s, "POST", path, body); status != 200 {
			t.Fatalf("message %d: %d %v", n, status, out)
		}
	}
	status, out := call(t, s, "POST", path, body)
	if status != 429 || out["global"] != false || out["retry_after"].(float64) <= 0 {
		t.Errorf("the sixth message within 5 seconds: %d %v, want 429", status, out)
	}
	if here, there := s.Held(s.As("reader", "general").Channel), s.Held(s.As("reader", "news").Channel); here <= 0 || there != 0 {
		t.Errorf("the bot is held for %v in the channel and for %v in another", here, there)
	}
	if status, _ := call(t, s, "POST", "/channels/"+s.As("reader", "news").Channel+"/messages", body); status != 200 {
		t.Errorf("another channel: %d, want 200", status)
	}
	s.Advance(5 * time.Second)
	if status, _ := call(t, s, "POST", path, body); status != 200 {
		t.Errorf("five seconds later: %d, want 200", status)
	}
	for range 60 {
		status, out = call(t, s, "GET", "/users/@me", "")
	}
	if status != 429 {
		t.Errorf("60 requests in a moment: %d %v, want 429", status, out)
	}
}

func TestUnauthorized(t *testing.T) {
	s := start(t, sandbox.Options{})
	d, err := discordgo.New("Bot wrong")
	if err != nil {
		t.Fatal(err)
	}
	d.Client = s.Client()
	defer d.Client.CloseIdleConnections()
	if _, err := d.User("@me"); status(err) != 401 {
		t.Errorf("a wrong token: %v, want 401", err)
	}
}

// TestBadRequests sends what no library would.
func TestBadRequests(t *testing.T) {
	s := start(t, sandbox.Options{Unlimited: true})
	for _, test := range []struct {
		name, path, kind, body string
		status                 int
	}{
		{"version", "/api/v3/users/@me/channels", "application/json", "{}", 400},
		{"kind of body", "/api/v9/users/@me/channels", "text/plain", "{}", 400},
		{"not JSON", "/api/v9/users/@me/channels", "application/json", "{", 400},
		{"form without payload_json", "/api/v9/users/@me/channels", "multipart/form-data; boundary=b", "--b--\r\n", 400},
		{"too large", "/api/v9/users/@me/channels", "application/json", strings.Repeat(" ", 1<<20+1), 413},
		{"no recipient", "/api/v9/users/@me/channels", "application/json", "{}", 400},
	} {
		r, err := http.NewRequestWithContext(t.Context(), "POST", "https://discord.com"+test.path, strings.NewReader(test.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bot "+s.Token())
		r.Header.Set("User-Agent", "DiscordBot (test, 1)")
		r.Header.Set("Content-Type", test.kind)
		c := s.Client()
		resp, err := c.Do(r)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		resp.Body.Close()
		c.CloseIdleConnections()
		if resp.StatusCode != test.status {
			t.Errorf("%s: %d, want %d", test.name, resp.StatusCode, test.status)
		}
	}
}

func TestPermissions(t *testing.T) {
	const view, send, history, react = discordgo.PermissionViewChannel, discordgo.PermissionSendMessages, discordgo.PermissionReadMessageHistory, discordgo.PermissionAddReactions
	for _, test := range []struct {
		name string
		deny int64
		do   func(*discordgo.Session, string, string) error
		code int
	}{
		{"see", view, func(d *discordgo.Session, c, _ string) error { _, err := d.ChannelMessageSend(c, "x"); return err }, 50001},
		{"write", send, func(d *discordgo.Session, c, _ string) error { _, err := d.ChannelMessageSend(c, "x"); return err }, 50013},
		{"type", send, func(d *discordgo.Session, c, _ string) error { return d.ChannelTyping(c) }, 50013},
		{"read", history, func(d *discordgo.Session, c, m string) error { _, err := d.ChannelMessage(c, m); return err }, 50013},
		{"read all", history, func(d *discordgo.Session, c, _ string) error {
			_, err := d.ChannelMessages(c, 10, "", "", "")
			return err
		}, 50013},
		{"reply", history, func(d *discordgo.Session, c, m string) error {
			_, err := d.ChannelMessageSendReply(c, "x", &discordgo.MessageReference{MessageID: m})
			return err
		}, 160002},
		{"react", react, func(d *discordgo.Session, c, m string) error { return d.MessageReactionAdd(c, m, "👍") }, 50013},
		{"delete what is not its own", 0, func(d *discordgo.Session, c, m string) error { return d.ChannelMessageDelete(c, m) }, 50013},
		{"edit what is not its own", 0, func(d *discordgo.Session, c, m string) error { _, err := d.ChannelMessageEdit(c, m, "y"); return err }, 50005},
		{"message that is not there", 0, func(d *discordgo.Session, c, _ string) error { _, err := d.ChannelMessage(c, "1"); return err }, 10008},
		{"channel that is not there", 0, func(d *discordgo.Session, _, _ string) error { return d.ChannelTyping("1") }, 10003},
		{"write to a stranger", 0, func(d *discordgo.Session, _, _ string) error { _, err := d.UserChannelCreate("1"); return err }, 50007},
		{"commands of another application", 0, func(d *discordgo.Session, _, _ string) error { _, err := d.ApplicationCommands("1", ""); return err }, 10002},
		{"commands of a strange server", 0, func(d *discordgo.Session, _, _ string) error {
			_, err := d.ApplicationCommands("700000000000000001", "1")
			return err
		}, 50001},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{})
			by := s.As("reader", "general")
			id, err := s.Post(t.Context(), by, "hello", "")
			if err != nil {
				t.Fatal(err)
			}
			s.Update(func(w *sandbox.World) { w.Channel("general").Deny = map[string]int64{w.Bot.ID: test.deny} })
			if err := test.do(rest(t, s), by.Channel, id); code(err) != test.code {
				t.Errorf("%v, want code %d", err, test.code)
			}
		})
	}
}

// TestChannelRoutes walks through what a bot does with ordinary messages.
func TestChannelRoutes(t *testing.T) {
	s := start(t, sandbox.Options{Shards: 3, Concurrency: 2})
	d := rest(t, s)
	by := s.As("reader", "general")
	m, err := d.ChannelMessageSendComplex(by.Channel, &discordgo.MessageSend{Content: "first", AllowedMentions: noMentions})
	if err != nil {
		t.Fatal(err)
	}
	text := "second"
	if m, err = d.ChannelMessageEditComplex(&discordgo.MessageEdit{ID: m.ID, Channel: by.Channel, Content: &text, AllowedMentions: noMentions}); err != nil || m.Content != text || m.EditedTimestamp == nil {
		t.Errorf("edit: %+v, %v", m, err)
	}
	if err := d.MessageReactionAdd(by.Channel, m.ID, "👍"); err != nil {
		t.Error(err)
	}
	if got := s.Message(m.ID).Reactions; !slices.Equal(got, []string{"👍"}) {
		t.Errorf("reactions %q", got)
	}
	if err := d.MessageReactionRemove(by.Channel, m.ID, "👍", "@me"); err != nil || len(s.Message(m.ID).Reactions) != 0 {
		t.Errorf("after taking it back: %v, %q", err, s.Message(m.ID).Reactions)
	}
	if _, err := s.Post(t.Context(), by, "third", ""); err != nil {
		t.Fatal(err)
	}
	all, err := d.ChannelMessages(by.Channel, 1, "", "", "")
	if err != nil || len(all) != 1 || all[0].Content != "third" {
		t.Errorf("newest: %+v, %v", all, err)
	}
	if all, err = d.ChannelMessages(by.Channel, 10, all[0].ID, "", ""); err != nil || len(all) != 1 || all[0].ID != m.ID {
		t.Errorf("before it: %+v, %v", all, err)
	}
	if err := d.ChannelMessageDelete(by.Channel, m.ID); err != nil || len(s.Messages(by.Channel, "")) != 1 {
		t.Errorf("after the deletion: %v, %d messages", err, len(s.Messages(by.Channel, "")))
	}
	dm, err := d.UserChannelCreate(by.User)
	if err != nil || dm.Type != discordgo.ChannelTypeDM {
		t.Errorf("direct message: %+v, %v", dm, err)
	}
	if c, err := d.Channel(by.Channel); err != nil || c.Name != "general" {
		t.Errorf("channel: %+v, %v", c, err)
	}
	if a, err := d.Application("@me"); err != nil || a.Owner.ID != s.As("moderator", "dm").User {
		t.Errorf("application: %+v, %v", a, err)
	}
	if g, err := d.GatewayBot(); err != nil || g.Shards != 3 || g.SessionStartLimit.MaxConcurrency != 2 || g.SessionStartLimit.Remaining != 1000 {
		t.Errorf("gateway: %+v, %v", g, err)
	}
	clean(t, s)
}

func TestPinged(t *testing.T) {
	const reader, moderator, editors = "600000000000000001", "600000000000000002", "800000000000000002"
	text := "<@" + reader + "> <@!" + moderator + "> <@&" + editors + "> @everyone <@1>"
	for _, test := range []struct {
		name, allowed string
		reply         bool
		want          string
	}{
		{"nobody", `{"parse":[]}`, false, ""},
		{"nobody though it is a reply", `{"parse":[],"replied_user":false}`, true, ""},
		{"who is replied to", `{"parse":[],"replied_user":true}`, true, reader},
		{"users", `{"parse":["users"]}`, false, reader + " " + moderator},
		{"one user", `{"parse":[],"users":["` + moderator + `"]}`, false, moderator},
		{"everyone", `{"parse":["everyone"]}`, false, "@everyone"},
		{"roles", `{"parse":["roles"]}`, false, editors},
		{"left out", "", false, reader + " " + moderator + " " + editors + " @everyone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{})
			s.Update(func(w *sandbox.World) { w.Guilds[0].Roles[1].Mentionable = true })
			by := s.As("reader", "general")
			body := `{"content":"` + text + `"`
			if test.allowed != "" {
				body += `,"allowed_mentions":` + test.allowed
			}
			if test.reply {
				id, err := s.Post(t.Context(), by, "hello", "")
				if err != nil {
					t.Fatal(err)
				}
				body += `,"message_reference":{"message_id":"` + id + `"}`
			}
			if status, out := call(t, s, "POST", "/channels/"+by.Channel+"/messages", body+"}"); status != 200 {
				t.Fatalf("%d %v", status, out)
			}
			var got []string
			for _, p := range s.Pinged() {
				got = append(got, p.Whom)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("pinged %q, want %q", got, test.want)
			}
		})
	}
}

// TestEvents: a subscriber sees what a page would show.
func TestEvents(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	events, cancel := c.s.Subscribe()
	defer cancel()
	_, wire := c.slash()
	if err := c.d.InteractionRespond(wire, deferral(discordgo.MessageFlagsEphemeral)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.d.InteractionResponseEdit(wire, text("done")); err != nil {
		t.Fatal(err)
	}
	if err := c.d.ChannelTyping(c.user.Channel); err != nil {
		t.Fatal(err)
	}
	if err := c.d.InteractionResponseDelete(wire); err != nil {
		t.Fatal(err)
	}
	for _, want := range []sandbox.Event{
		{Kind: sandbox.EventMessage, Viewer: c.user.User},
		{Kind: sandbox.EventEdit, Viewer: c.user.User},
		{Kind: sandbox.EventTyping},
		{Kind: sandbox.EventDelete, Viewer: c.user.User},
	} {
		if e := <-events; e.Kind != want.Kind || e.Viewer != want.Viewer || e.Channel != c.user.Channel {
			t.Errorf("event %+v, want %+v", e, want)
		}
	}
	cancel()
	if _, open := <-events; open {
		t.Error("the events go on after the subscription")
	}
}

// TestLaggard: who does not read loses the subscription, and nobody waits.
func TestLaggard(t *testing.T) {
	s := start(t, sandbox.Options{})
	events, cancel := s.Subscribe()
	defer cancel()
	for range 1100 {
		if _, err := s.Post(t.Context(), s.As("reader", "general"), "x", ""); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for range events {
		n++
	}
	if n != 1024 {
		t.Errorf("%d events before the end, want 1024", n)
	}
}

func TestWaitEndsWithContext(t *testing.T) {
	s := start(t, sandbox.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := s.WaitOnline(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("WaitOnline: %v, want the deadline", err)
	}
	done := make(chan error)
	go func() { done <- s.WaitCommand(context.Background(), "ferry") }()
	s.Close()
	if err := <-done; err == nil {
		t.Error("WaitCommand succeeds when the server closes")
	}
	s.Close() // twice does no harm
}
