package openapi_test

import (
	"os"
	"testing"

	"footnote/sandbox/openapi"
)

const file = "../../../shared/data/discord-openapi.json.gz"

// load reads the description, which does not belong to the repository. Where the
// folder with it is there, CI wants the test to run.
func load(t *testing.T) *openapi.Checker {
	t.Helper()
	c, err := openapi.Load(file)
	if err == nil {
		return c
	}
	if _, shared := os.Stat("../../../shared"); shared == nil && os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skipf("without Discord's OpenAPI file at %s there is nothing to check against", file)
	return nil
}

func TestRequest(t *testing.T) {
	c := load(t)
	const (
		callback = "/interactions/{interaction_id}/{interaction_token}/callback"
		commands = "/applications/{application_id}/commands"
		messages = "/channels/{channel_id}/messages"
	)
	for _, test := range []struct {
		name, method, route, body string
		ok                        bool
	}{
		{"reply", "POST", callback, `{"type":4,"data":{"content":"hello","allowed_mentions":{"parse":[]}}}`, true},
		{"unknown type", "POST", callback, `{"type":99}`, false},
		{"long content", "POST", callback, `{"type":4,"data":{"content":"` + string(make2001()) + `"}}`, false},
		{"26 choices are caught", "POST", callback, `{"type":8,"data":{"choices":[` + choices(26) + `]}}`, false},
		{"25 choices pass", "POST", callback, `{"type":8,"data":{"choices":[` + choices(25) + `]}}`, true},
		{"message", "POST", messages, `{"content":"x","embeds":null,"components":null,"sticker_ids":null,"tts":false}`, true},
		{"bad mention", "POST", messages, `{"content":"x","allowed_mentions":{"parse":["all"]}}`, false},
		{"permissions as the documentation wants them", "PUT", commands, `[{"name":"a","description":"b","default_member_permissions":"32"}]`, true},
		{"permissions that are no number", "PUT", commands, `[{"name":"a","description":"b","default_member_permissions":"x"}]`, false},
		{"no such route", "POST", "/teapots", `{}`, false},
		{"no such method", "PUT", messages, `{}`, false},
		{"body where none belongs", "GET", "/gateway", `{}`, false},
		{"not JSON", "POST", messages, `{`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := c.Request(test.method, test.route, []byte(test.body))
			if (err == nil) != test.ok {
				t.Errorf("Request(%s %s) = %v, want ok = %v", test.method, test.route, err, test.ok)
			}
		})
	}
}

func make2001() []byte {
	b := make([]byte, 2001)
	for n := range b {
		b[n] = 'x'
	}
	return b
}

func choices(n int) string {
	s := `{"name":"a","value":"b"}`
	for range n - 1 {
		s += `,{"name":"a","value":"b"}`
	}
	return s
}

func TestRoute(t *testing.T) {
	c := load(t)
	for path, want := range map[string]string{
		"/webhooks/1/tok/messages/@original": "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
		"/webhooks/1/tok/messages/5":         "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
		"/channels/7/messages":               "/channels/{channel_id}/messages",
		"/teapots":                           "",
	} {
		if got := c.Route(path); got != want {
			t.Errorf("Route(%s) = %q, want %q", path, got, want)
		}
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"a.json": "{", "b.json": "{}", "c.json.gz": "no gzip"} {
		path := dir + "/" + name
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := openapi.Load(path); err == nil {
			t.Errorf("Load(%s) of %q succeeds", name, content)
		}
	}
	if _, err := openapi.Load(dir + "/none.json"); err == nil {
		t.Error("Load of a file that is not there succeeds")
	}
}
