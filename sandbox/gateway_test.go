package sandbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"footnote/sandbox"
)

// client speaks the gateway protocol by hand, where discordgo would get in the way.
type client struct {
	t  testing.TB
	ws *websocket.Conn
}

type frame struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  int64           `json:"s"`
	T  string          `json:"t"`
}

func dial(t testing.TB, s *sandbox.Server) *client {
	t.Helper()
	ws, _, err := s.Dialer().DialContext(context.Background(), "ws"+s.URL()[len("http"):]+"/?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	return &client{t, ws}
}

// read returns the next frame, or the close code as an error.
func (c *client) read() (frame, error) {
	var f frame
	_ = c.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	err := c.ws.ReadJSON(&f)
	return f, err
}

// want reads a frame and checks what it is.
func (c *client) want(op int, event string) frame {
	c.t.Helper()
	f, err := c.read()
	if err != nil || f.Op != op || f.T != event {
		c.t.Fatalf("got op %d %s, %v; want op %d %s", f.Op, f.T, err, op, event)
	}
	return f
}

func (c *client) send(v string) {
	c.t.Helper()
	if err := c.ws.WriteMessage(websocket.TextMessage, []byte(v)); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) wantClose(code int) {
	c.t.Helper()
	for {
		_, err := c.read()
		if err == nil {
			continue
		}
		var ce *websocket.CloseError
		if !errors.As(err, &ce) || ce.Code != code {
			c.t.Fatalf("the connection ended with %v, want close code %d", err, code)
		}
		return
	}
}

func identify(token, rest string) string {
	return `{"op":2,"d":{"token":"` + token + `","properties":{"os":"linux"}` + rest + `}}`
}

func TestGatewayRefuses(t *testing.T) {
	s := start(t, sandbox.Options{})
	s.Update(func(w *sandbox.World) { w.Portal.MessageContent = false })
	ok := identify(s.Token(), `,"intents":1`)
	for _, test := range []struct {
		name  string
		sends []string
		code  int
	}{
		{"wrong token", []string{identify("nonsense", `,"intents":1`)}, 4004},
		{"no intents", []string{identify(s.Token(), "")}, 4002},
		{"disallowed intents", []string{identify(s.Token(), `,"intents":32768`)}, 4014},
		{"invalid intents", []string{identify(s.Token(), `,"intents":1073741824`)}, 4013},
		{"invalid shard", []string{identify(s.Token(), `,"intents":1,"shard":[2,2]`)}, 4010},
		{"not JSON", []string{"hello"}, 4002},
		{"no op", []string{"{}"}, 4002},
		{"unknown op", []string{`{"op":42}`}, 4001},
		{"before IDENTIFY", []string{`{"op":3,"d":{}}`}, 4003},
		{"IDENTIFY twice", []string{ok, ok}, 4005},
		{"resume from the future", []string{`{"op":6,"d":{"token":"` + s.Token() + `","session_id":"SESSION","seq":99}}`}, 4007},
		{"resume with a wrong token", []string{`{"op":6,"d":{"token":"x","session_id":"SESSION","seq":1}}`}, 4004},
	} {
		t.Run(test.name, func(t *testing.T) {
			session := ""
			if test.code == 4007 {
				session = openSession(t, s)
			}
			c := dial(t, s)
			c.want(10, "")
			for _, m := range test.sends {
				c.send(strings.ReplaceAll(m, "SESSION", session))
			}
			c.wantClose(test.code)
		})
	}
}

// openSession identifies, cuts the connection and returns the session's id.
func openSession(t *testing.T, s *sandbox.Server) string {
	t.Helper()
	c := dial(t, s)
	c.want(10, "")
	c.send(identify(s.Token(), `,"intents":513`))
	var ready struct {
		SessionID string `json:"session_id"`
	}
	if err := json.Unmarshal(c.want(0, "READY").D, &ready); err != nil {
		t.Fatal(err)
	}
	c.want(0, "GUILD_CREATE")
	c.ws.NetConn().Close()
	for s.Online() {
		time.Sleep(time.Millisecond)
	}
	return ready.SessionID
}

func TestTooManySends(t *testing.T) {
	s := start(t, sandbox.Options{})
	c := dial(t, s)
	c.want(10, "")
	for range 120 {
		c.send(`{"op":1,"d":null}`)
	}
	c.want(11, "")
	c.send(`{"op":1,"d":null}`)
	c.wantClose(4008)
}

func TestResumeReplays(t *testing.T) {
	s := start(t, sandbox.Options{})
	id := openSession(t, s)
	for _, text := range []string{"one", "two"} {
		if _, err := s.Post(t.Context(), s.As("reader", "general"), text, ""); err != nil {
			t.Fatal(err)
		}
	}
	c := dial(t, s)
	c.want(10, "")
	c.send(`{"op":6,"d":{"token":"` + s.Token() + `","session_id":"` + id + `","seq":3}}`)
	// READY was 1, GUILD_CREATE 2, the message "one" 3.
	f := c.want(0, "MESSAGE_CREATE")
	if f.S != 4 {
		t.Errorf("replay begins at %d, want 4", f.S)
	}
	c.want(0, "RESUMED")

	c = dial(t, s)
	c.want(10, "")
	c.send(`{"op":6,"d":{"token":"` + s.Token() + `","session_id":"nonsense","seq":3}}`)
	if f := c.want(9, ""); string(f.D) != "false" {
		t.Errorf("op 9 says %s, want false", f.D)
	}
}

func TestGatewayFaults(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault sandbox.GatewayFault
		hello func(*client) // what the client sees instead of READY
	}{
		{"op 7 for HELLO", sandbox.GatewayFault{When: sandbox.AtHello, Do: sandbox.Reconnect}, func(c *client) { c.want(7, "") }},
		{"op 9 for READY", sandbox.GatewayFault{When: sandbox.AtReady, Do: sandbox.Invalid}, func(c *client) {
			c.want(10, "")
			c.send(identify("TOKEN", `,"intents":1`))
			if f := c.want(9, ""); string(f.D) != "false" {
				c.t.Errorf("op 9 says %s", f.D)
			}
			// On the same connection IDENTIFY is welcome again.
			c.send(identify("TOKEN", `,"intents":1`))
			c.want(0, "READY")
		}},
		{"close for HELLO", sandbox.GatewayFault{When: sandbox.AtHello, Do: sandbox.Close, Code: 4000}, func(c *client) { c.wantClose(4000) }},
		{"cut for HELLO", sandbox.GatewayFault{When: sandbox.AtHello, Do: sandbox.Drop}, func(c *client) {
			if _, err := c.read(); err == nil {
				c.t.Error("a frame came over a cut connection")
			}
		}},
		{"silence", sandbox.GatewayFault{When: sandbox.AtHello, Do: sandbox.Silence}, func(c *client) {
			_ = c.ws.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			if _, b, err := c.ws.ReadMessage(); err == nil {
				c.t.Errorf("a silent gateway said %s", b)
			}
		}},
		{"op 7 after READY", sandbox.GatewayFault{When: sandbox.AfterReady, Do: sandbox.Reconnect}, func(c *client) { c.ready(); c.want(7, "") }},
		{"op 1 after READY", sandbox.GatewayFault{When: sandbox.AfterReady, Do: sandbox.AskHeartbeat}, func(c *client) { c.ready(); c.want(1, "") }},
		{"unknown event", sandbox.GatewayFault{When: sandbox.AfterReady, Do: sandbox.UnknownEvent}, func(c *client) {
			c.ready()
			c.want(0, "GUILD_TEAPOT_SUPPLEMENTAL")
		}},
		{"garbage", sandbox.GatewayFault{When: sandbox.AfterReady, Do: sandbox.Garbage}, func(c *client) {
			c.ready()
			if _, err := c.read(); err == nil {
				c.t.Error("garbage can be read as JSON")
			}
		}},
		{"no acknowledgement", sandbox.GatewayFault{When: sandbox.AfterReady, Do: sandbox.NoAcks}, func(c *client) {
			c.ready()
			c.send(`{"op":1,"d":1}`)
			_ = c.ws.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			if _, b, err := c.ws.ReadMessage(); err == nil {
				c.t.Errorf("the heartbeat was answered with %s", b)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{Token: "TOKEN"})
			s.Break(test.fault)
			test.hello(dial(t, s))
			dial(t, s).ready() // a fault strikes once
		})
	}
}

// ready identifies and reads as far as the server's own events go.
func (c *client) ready() {
	c.t.Helper()
	c.want(10, "")
	c.send(identify("TOKEN", `,"intents":1`))
	c.want(0, "READY")
	c.want(0, "GUILD_CREATE")
}

func TestBreakNow(t *testing.T) {
	s := start(t, sandbox.Options{Token: "TOKEN"})
	c := dial(t, s)
	c.ready()
	s.Break(sandbox.GatewayFault{Do: sandbox.Close, Code: 4009})
	c.wantClose(4009)
	c = dial(t, s)
	c.ready()
	s.Break(sandbox.GatewayFault{Do: sandbox.InvalidResumable})
	if f := c.want(9, ""); string(f.D) != "true" {
		t.Errorf("op 9 says %s, want true", f.D)
	}
}

func TestNoHeartbeatEndsTheSession(t *testing.T) {
	if testing.Short() {
		t.Skip("waits out a heartbeat")
	}
	t.Parallel()
	s := start(t, sandbox.Options{Token: "TOKEN", Heartbeat: 100 * time.Millisecond})
	c := dial(t, s)
	c.ready()
	_ = c.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, _, err := c.ws.ReadMessage()
	var ce *websocket.CloseError
	if !errors.As(err, &ce) || ce.Code != 4009 {
		t.Errorf("the connection ended with %v, want 4009", err)
	}
}

func TestIdentifyBudget(t *testing.T) {
	s := start(t, sandbox.Options{Token: "TOKEN", SessionStarts: 1})
	dial(t, s).ready()
	c := dial(t, s)
	c.want(10, "")
	c.send(identify("TOKEN", `,"intents":1`))
	c.wantClose(4004)
	if len(s.Violations()) == 0 {
		t.Error("an IDENTIFY beyond the budget is no violation")
	}
	if got := s.Identifies(); got != 2 {
		t.Errorf("%d IDENTIFYs counted, want 2", got)
	}
}

func TestIdentifyPacing(t *testing.T) {
	s := start(t, sandbox.Options{Token: "TOKEN", IdentifyEvery: time.Hour, Concurrency: 2})
	for shard, want := range map[string]int{"[0,4]": 0, "[1,4]": 0} {
		c := dial(t, s)
		c.want(10, "")
		c.send(identify("TOKEN", `,"intents":0,"shard":`+shard))
		c.want(want, "READY")
	}
	c := dial(t, s)
	c.want(10, "")
	c.send(identify("TOKEN", `,"intents":0,"shard":[2,4]`))
	c.want(9, "")
}

// TestShards sees to it that each event goes to the shard of its server.
func TestShards(t *testing.T) {
	s := start(t, sandbox.Options{Token: "TOKEN", Concurrency: 4})
	// 800000000000000001>>22 is 190734863281, which is odd.
	shards := make([]*client, 2)
	for n, name := range []string{"[0,2]", "[1,2]"} {
		c := dial(t, s)
		c.want(10, "")
		c.send(identify("TOKEN", `,"intents":4609,"shard":`+name))
		c.want(0, "READY")
		shards[n] = c
	}
	shards[1].want(0, "GUILD_CREATE")
	if _, err := s.Post(t.Context(), s.As("reader", "general"), "hello", ""); err != nil {
		t.Fatal(err)
	}
	shards[1].want(0, "MESSAGE_CREATE")
	if _, err := s.Post(t.Context(), s.As("reader", "dm"), "hello", ""); err != nil {
		t.Fatal(err)
	}
	shards[0].want(0, "MESSAGE_CREATE")
}

// TestContentIntent lists who gets to read what.
func TestContentIntent(t *testing.T) {
	const guilds, dms, content = "513", "4096", "33281"
	mention := "<@700000000000000001> how late is the ferry?"
	for _, test := range []struct {
		name, intents, channel, text string
		want                         string // "-": no event at all
	}{
		{"channel", guilds, "general", "how late is the ferry?", ""},
		{"channel with the intent", content, "general", "how late is the ferry?", "how late is the ferry?"},
		{"mention", guilds, "general", mention, mention},
		{"direct message", dms, "dm", "how late?", "how late?"},
		{"channel without its intent", dms, "general", "how late?", "-"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{Token: "TOKEN"})
			c := dial(t, s)
			c.want(10, "")
			c.send(identify("TOKEN", `,"intents":`+test.intents))
			c.want(0, "READY")
			if test.intents != dms {
				c.want(0, "GUILD_CREATE")
			}
			if _, err := s.Post(t.Context(), s.As("reader", test.channel), test.text, ""); err != nil {
				t.Fatal(err)
			}
			if test.want == "-" {
				c.send(`{"op":1,"d":null}`)
				c.want(11, "") // the acknowledgement comes and nothing before it
				return
			}
			var m discordgo.Message
			if err := json.Unmarshal(c.want(0, "MESSAGE_CREATE").D, &m); err != nil {
				t.Fatal(err)
			}
			if m.Content != test.want {
				t.Errorf("content %q, want %q", m.Content, test.want)
			}
		})
	}
}

// TestReplyContent: a reply to an ordinary message of the bot can be read
// without the intent, a reply to the answer of a command cannot.
func TestReplyContent(t *testing.T) {
	s := start(t, sandbox.Options{Token: "TOKEN"})
	seen := make(chan string, 10)
	d := connect(t, s, discordgo.IntentsGuilds|discordgo.IntentsGuildMessages,
		func(d *discordgo.Session, i *discordgo.InteractionCreate) {
			_ = d.InteractionRespond(i.Interaction, say("at noon", 0))
		},
		func(d *discordgo.Session, m *discordgo.MessageCreate) {
			if !m.Author.Bot {
				seen <- m.Content
			}
		})
	register(t, d, s, &discordgo.ApplicationCommand{Name: "ferry", Description: "When"})
	by := s.As("reader", "general")
	m, err := d.ChannelMessageSendComplex(by.Channel, &discordgo.MessageSend{Content: "hello", AllowedMentions: noMentions})
	if err != nil {
		t.Fatal(err)
	}
	i, err := s.Slash(soon(t), by, "ferry", nil)
	if err != nil {
		t.Fatal(err)
	}
	o, err := i.Outcome(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ to, want string }{{m.ID, "and on Sundays?"}, {o.Message.ID, ""}} {
		if _, err := s.Post(t.Context(), by, "and on Sundays?", test.to); err != nil {
			t.Fatal(err)
		}
		if got := <-seen; got != test.want {
			t.Errorf("content %q, want %q", got, test.want)
		}
	}
	clean(t, s)
}

func TestGuildsComeAndGo(t *testing.T) {
	s := start(t, sandbox.Options{Token: "TOKEN"})
	c := dial(t, s)
	c.ready()
	s.AddGuild(&sandbox.Guild{ID: "800000000000000099", Name: "Harbour"})
	c.want(0, "GUILD_CREATE")
	s.RemoveGuild("800000000000000099")
	c.want(0, "GUILD_DELETE")
}

func TestCompressedFrames(t *testing.T) {
	s := start(t, sandbox.Options{Compress: true})
	d := connect(t, s, discordgo.IntentsGuilds, nil, nil)
	register(t, d, s)
	if !s.Online() {
		t.Error("discordgo does not understand the compressed frames")
	}
}
