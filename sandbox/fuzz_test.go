package sandbox_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"footnote/sandbox"
)

// FuzzBody sends any JSON to every route that takes one: the stand-in answers
// with a status of its own and JSON, and never falls over.
func FuzzBody(f *testing.F) {
	s, err := sandbox.New(sandbox.Options{Unlimited: true, Token: "TOKEN"})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(s.Close)
	by := s.As("reader", "general")
	bot := dial(f, s)
	bot.want(10, "")
	bot.send(identify("TOKEN", `,"intents":0`))
	bot.want(0, "READY")
	routes := []string{
		"POST /channels/" + by.Channel + "/messages", "PUT /applications/700000000000000001/commands",
		"POST /applications/700000000000000001/commands", "POST /users/@me/channels", "POST /interactions/ID/TOKEN/callback", "PATCH /webhooks/A/T/messages/@original",
	}
	for n, body := range []string{
		rows(many(2, button)), `[{"name":"a","description":"b","options":[{"type":1,"name":"s","description":"d","options":[null]}]}]`,
		`{"name":"a","description":"b","options":[null],"contexts":null,"name_localizations":{"de":"x"}}`, `{"recipient_id":"1"}`,
		`{"type":9,"data":{"components":[{"type":18,"component":null}]}}`, `{"embeds":[null],"components":[{"type":17,"components":[{"type":9,"accessory":{"type":2}}]}]}`,
	} {
		f.Add(n, body)
	}
	f.Fuzz(func(t *testing.T, n int, body string) {
		if n < 0 || n >= len(routes) {
			return
		}
		method, path, _ := strings.Cut(routes[n], " ")
		if strings.Contains(path, "TOKEN") {
			id, token := openInteraction(t, s, by, bot)
			path = strings.NewReplacer("ID", id, "TOKEN", token).Replace(path)
		}
		r := httptest.NewRequest(method, "/api/v9"+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bot "+s.Token())
		r.Header.Set("User-Agent", "DiscordBot (test, 1)")
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusNoContent && !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %s of %q answers %d %q", method, path, body, w.Code, w.Body)
		}
		s.Forget()
	})
}

// openInteraction presses a button and reads at the gateway what the bot would see.
func openInteraction(t *testing.T, s *sandbox.Server, by sandbox.Caller, c *client) (id, token string) {
	t.Helper()
	c.t = t
	m, err := s.Plant(sandbox.Message{Channel: by.Channel, Author: "700000000000000001", Content: "x", Components: []sandbox.Component{
		{Type: 1, Components: []sandbox.Component{{Type: 2, Style: 1, Label: "b", CustomID: "c"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Press(t.Context(), by, m, "c"); err != nil {
		t.Fatal(err)
	}
	var i struct{ ID, Token string }
	if err := json.Unmarshal(c.want(0, "INTERACTION_CREATE").D, &i); err != nil {
		t.Fatal(err)
	}
	return i.ID, i.Token
}

// FuzzGateway sends any payload before and after IDENTIFY: the connection stays
// or is closed with one of Discord's codes, and the next one is served.
func FuzzGateway(f *testing.F) {
	s, err := sandbox.New(sandbox.Options{InMemory: true, Token: "TOKEN"})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(s.Close)
	for _, payload := range []string{identify("TOKEN", `,"intents":0`), `{"op":6,"d":{"token":"TOKEN","session_id":"x","seq":-1}}`, `{"op":1,"d":null}`, `{"op":2,"d":null}`, "[]", ""} {
		f.Add(payload)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		c := dial(t, s)
		c.want(10, "")
		c.send(payload)
		c.send(`{"op":1,"d":null}`)
		for {
			fr, err := c.read()
			var ce *websocket.CloseError
			if errors.As(err, &ce) && ce.Code >= 4001 && ce.Code <= 4014 || fr.Op == 11 {
				break
			}
			if err != nil {
				t.Fatalf("after %q: %v", payload, err)
			}
		}
		c.ws.Close()
	})
}
