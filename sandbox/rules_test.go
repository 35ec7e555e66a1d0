package sandbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"footnote/sandbox"
)

// call makes a REST call with a body of raw JSON and returns what came back; a
// list stands under "list".
func call(t *testing.T, s *sandbox.Server, method, path, body string) (int, map[string]any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "https://discord.com/api/v9"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+s.Token())
	r.Header.Set("User-Agent", "DiscordBot (test, 1)")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	c := s.Client()
	defer c.CloseIdleConnections()
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if len(b) > 0 {
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatalf("%s %s answers %q: %v", method, path, b, err)
		}
	}
	out, ok := v.(map[string]any)
	if !ok {
		out = map[string]any{"list": v}
	}
	return resp.StatusCode, out
}

// rows wraps components into a message body.
func rows(components ...string) string {
	var rs []string
	for _, c := range components {
		rs = append(rs, `{"type":1,"components":[`+c+`]}`)
	}
	return `{"content":"x","allowed_mentions":{"parse":[]},"components":[` + strings.Join(rs, ",") + `]}`
}

func many(n int, format string) string {
	var s []string
	for i := range n {
		s = append(s, strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
	}
	return strings.Join(s, ",")
}

// buttons are n buttons, each with an id of its own.
func buttons(n int) []string {
	var bs []string
	for i := range n {
		bs = append(bs, strings.ReplaceAll(button, "%d", fmt.Sprint(i)))
	}
	return bs
}

func embeds(es string) string { return `{"allowed_mentions":{"parse":[]},"embeds":[` + es + `]}` }

// button is the pattern of a button for many.
const button = `{"type":2,"style":1,"label":"b","custom_id":"c%d"}`

// TestMessageRules has a body for each rule. code 0 with a field is a violation
// that Discord lets pass; an empty field is a body that is fine.
func TestMessageRules(t *testing.T) {
	long := func(n int) string { return strings.Repeat("ü", n) }
	for _, test := range []struct {
		name, body string
		code       float64
		field      string // where the error stands, or a part of the violation's reason
	}{
		{"plain", `{"content":"x","allowed_mentions":{"parse":[]}}`, 0, ""},
		{"2000 code points", `{"content":"` + long(2000) + `","allowed_mentions":{"parse":[]}}`, 0, ""},
		{"2000 and spaces around", `{"content":"  ` + long(2000) + ` ","allowed_mentions":{"parse":[]}}`, 0, ""},
		{"2001 code points", `{"content":"` + long(2001) + `","allowed_mentions":{"parse":[]}}`, 50035, "content"},
		{"empty", `{"content":"","allowed_mentions":{"parse":[]}}`, 50006, ""},
		{"blank", `{"content":" \n ","allowed_mentions":{"parse":[]}}`, 50006, ""},
		{"not an object", `[]`, 50035, ""},
		{"wrong type", `{"content":7}`, 50035, ""},
		{"unknown key", `{"content":"x","allowed_mentions":{"parse":[]},"colour":1}`, 0, "colour"},
		{"unknown key within", `{"content":"x","allowed_mentions":{"parse":[],"all":true}}`, 0, "all"},
		{"no allowed_mentions", `{"content":"x"}`, 0, "allowed_mentions is missing"},
		{"ephemeral flag", `{"content":"x","allowed_mentions":{"parse":[]},"flags":64}`, 0, "flags"},
		{"parse of nonsense", `{"content":"x","allowed_mentions":{"parse":["all"]}}`, 50035, "allowed_mentions.parse"},
		{"parse and list", `{"content":"x","allowed_mentions":{"parse":["users"],"users":["600000000000000001"]}}`, 50035, "allowed_mentions"},
		{"reference to nothing", `{"content":"x","allowed_mentions":{"parse":[]},"message_reference":{"message_id":"1"}}`, 50035, "message_reference"},
		{"soft reference to nothing", `{"content":"x","allowed_mentions":{"parse":[]},"message_reference":{"message_id":"1","fail_if_not_exists":false}}`, 0, ""},
		{"reference that is no id", `{"content":"x","allowed_mentions":{"parse":[]},"message_reference":{"message_id":"one"}}`, 50035, "message_reference.message_id"},

		{"embed", embeds(`{"title":"t","description":"d","url":"https://example.org/"}`), 0, ""},
		{"embed without anything", embeds(`{}`), 50035, "embeds.0.description"},
		{"embed that is null", embeds(`null`), 50035, "embeds.0"},
		{"title of 257", embeds(`{"title":"` + long(257) + `"}`), 50035, "embeds.0.title"},
		{"description of 4097", embeds(`{"description":"` + long(4097) + `"}`), 50035, "embeds.0.description"},
		{"26 fields", embeds(`{"fields":[` + many(26, `{"name":"n","value":"v"}`) + `]}`), 50035, "embeds.0.fields"},
		{"empty field value", embeds(`{"fields":[{"name":"n","value":" "}]}`), 50035, "embeds.0.fields.0.value"},
		{"field value of 1025", embeds(`{"fields":[{"name":"n","value":"` + long(1025) + `"}]}`), 50035, "embeds.0.fields.0.value"},
		{"6001 in all", embeds(`{"description":"` + long(4000) + `"},{"description":"` + long(2001) + `"}`), 50035, "embeds"},
		{"6000 in all", embeds(`{"description":"` + long(4000) + `"},{"description":"` + long(2000) + `"}`), 0, ""},
		{"11 embeds", embeds(many(11, `{"title":"t"}`)), 50035, "embeds"},
		{"javascript address", embeds(`{"title":"t","url":"javascript:alert(1)"}`), 50035, "embeds.0.url"},
		{"colour", embeds(`{"title":"t","color":16777216}`), 50035, "embeds.0.color"},
		{"timestamp", embeds(`{"title":"t","timestamp":"noon"}`), 50035, "embeds.0.timestamp"},
		{"footer without text", embeds(`{"title":"t","footer":{"text":""}}`), 50035, "embeds.0.footer.text"},

		{"five buttons", rows(many(5, button)), 0, ""},
		{"six buttons", rows(many(6, button)), 50035, "components.0.components"},
		{"six rows", rows(buttons(6)...), 50035, "components"},
		{"empty row", rows(""), 50035, "components.0.components"},
		{"button without id", rows(`{"type":2,"style":1,"label":"b"}`), 50035, "components.0.components.0.custom_id"},
		{"button with an address", rows(`{"type":2,"style":1,"label":"b","custom_id":"c","url":"https://example.org/"}`), 50035, "components.0.components.0.url"},
		{"link with an id", rows(`{"type":2,"style":5,"label":"b","custom_id":"c","url":"https://example.org/"}`), 50035, "components.0.components.0.custom_id"},
		{"link without address", rows(`{"type":2,"style":5,"label":"b"}`), 50035, "components.0.components.0.url"},
		{"javascript link", rows(`{"type":2,"style":5,"label":"b","url":"javascript:alert(1)"}`), 50035, "components.0.components.0.url"},
		{"same id twice", rows(`{"type":2,"style":1,"label":"a","custom_id":"c"}`, `{"type":2,"style":1,"label":"b","custom_id":"c"}`), 50035, "components.1.components.0.custom_id"},
		{"label of 81", rows(`{"type":2,"style":1,"custom_id":"c","label":"` + long(81) + `"}`), 50035, "components.0.components.0.label"},
		{"no label", rows(`{"type":2,"style":1,"custom_id":"c"}`), 50035, "components.0.components.0"},
		{"custom id of 101", rows(`{"type":2,"style":1,"label":"b","custom_id":"` + long(101) + `"}`), 50035, "components.0.components.0.custom_id"},
		{"style 9", rows(`{"type":2,"style":9,"label":"b","custom_id":"c"}`), 50035, "components.0.components.0.style"},
		{"button at the top", `{"content":"x","allowed_mentions":{"parse":[]},"components":[` + button + `]}`, 50035, "components.0.type"},
		{"unknown component", `{"content":"x","allowed_mentions":{"parse":[]},"components":[{"type":77}]}`, 50035, "components.0.type"},
		{"select", rows(`{"type":3,"custom_id":"s","options":[{"label":"l","value":"v","description":"","default":false}]}`), 0, ""},
		{"select without options", rows(`{"type":3,"custom_id":"s","options":[]}`), 50035, "components.0.components.0.options"},
		{"26 options", rows(`{"type":3,"custom_id":"s","options":[` + many(26, `{"label":"l","value":"v%d"}`) + `]}`), 50035, "components.0.components.0.options"},
		{"same value twice", rows(`{"type":3,"custom_id":"s","options":[` + many(2, `{"label":"l","value":"v"}`) + `]}`), 50035, "components.0.components.0.options.1.value"},
		{"select beside a button", rows(`{"type":3,"custom_id":"s","options":[{"label":"l","value":"v"}]},` + button), 50035, "components.0.components.0.type"},
		{"v2 without flag", `{"allowed_mentions":{"parse":[]},"components":[{"type":10,"content":"x"}]}`, 50035, "components.0.type"},
		{"v2", `{"allowed_mentions":{"parse":[]},"flags":32768,"components":[{"type":10,"content":"x"}]}`, 0, ""},
		{"v2 with content", `{"content":"x","allowed_mentions":{"parse":[]},"flags":32768,"components":[{"type":10,"content":"x"}]}`, 50035, "content"},
		{"v2 text of 4001", `{"allowed_mentions":{"parse":[]},"flags":32768,"components":[{"type":10,"content":"` + long(4001) + `"}]}`, 50035, "components"},
		{"41 components", `{"allowed_mentions":{"parse":[]},"flags":32768,"components":[` + many(41, `{"type":10,"content":"x"}`) + `]}`, 50035, "components"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{})
			status, out := call(t, s, "POST", "/channels/"+s.As("reader", "general").Channel+"/messages", test.body)
			vs := s.Violations()
			if test.code == 0 {
				if status != 200 {
					t.Fatalf("refused with %d %v", status, out)
				}
				if test.field == "" && len(vs) != 0 {
					t.Errorf("violations %+v, want none", vs)
				}
				if test.field != "" && (len(vs) == 0 || !strings.Contains(vs[0].Reason, test.field)) {
					t.Errorf("violations %+v, want one about %q", vs, test.field)
				}
				return
			}
			if status != 400 || out["code"] != test.code {
				t.Fatalf("answer %d %v, want 400 with code %v", status, out, test.code)
			}
			if len(vs) == 0 {
				t.Error("the refusal is no violation")
			}
			if test.field != "" && !hasError(out["errors"], strings.Split(test.field, ".")) {
				t.Errorf("errors %v, want some at %s", out["errors"], test.field)
			}
		})
	}
}

// hasError follows a path into Discord's nested errors.
func hasError(v any, path []string) bool {
	m, ok := v.(map[string]any)
	if !ok {
		return false
	}
	if len(path) == 0 {
		_, ok := m["_errors"]
		return ok
	}
	return hasError(m[path[0]], path[1:])
}

// TestCommandRules registers one bad command a line.
func TestCommandRules(t *testing.T) {
	option := func(fields string) string {
		return `[{"name":"a","description":"b","options":[` + fields + `]}]`
	}
	for _, test := range []struct{ name, body, field string }{ // field "" is a body that is fine
		{"fine", `[{"name":"who-backs","description":"Which states back one side"}]`, ""},
		{"capital", `[{"name":"Who","description":"b"}]`, "0.name"},
		{"space", `[{"name":"who backs","description":"b"}]`, "0.name"},
		{"no name", `[{"description":"b"}]`, "0.name"},
		{"33 letters", `[{"name":"` + strings.Repeat("a", 33) + `","description":"b"}]`, "0.name"},
		{"Hindi", `[{"name":"समाचार","description":"b"}]`, ""},
		{"Thai", `[{"name":"ข่าวน้ำ","description":"b"}]`, ""},
		{"no description", `[{"name":"a"}]`, "0.description"},
		{"description of 101", `[{"name":"a","description":"` + strings.Repeat("ü", 101) + `"}]`, "0.description"},
		{"menu", `[{"name":"Check this claim","type":3}]`, ""},
		{"menu with description", `[{"name":"Check","type":3,"description":"b"}]`, "0.description"},
		{"menu with options", `[{"name":"Check","type":3,"options":[{"type":3,"name":"a","description":"b"}]}]`, "0.options"},
		{"type 9", `[{"name":"a","description":"b","type":9}]`, "0.type"},
		{"same name twice", `[{"name":"a","description":"b"},{"name":"a","description":"c"}]`, "1.name"},
		{"same name, other kind", `[{"name":"a","description":"b"},{"name":"a","type":3}]`, ""},
		{"101 commands", "[" + many(101, `{"name":"a%d","description":"b"}`) + "]", "."},
		{"100 and 15 and 15", "[" + many(100, `{"name":"a%d","description":"b"}`) + "," + many(15, `{"name":"m%d","type":3}`) + "," + many(15, `{"name":"u%d","type":2}`) + "]", ""},
		{"16 in a menu", "[" + many(16, `{"name":"m%d","type":3}`) + "]", "."},
		{"unknown locale", `[{"name":"a","description":"b","name_localizations":{"xx":"c"}}]`, "0.name_localizations.xx"},
		{"bad localized name", `[{"name":"a","description":"b","name_localizations":{"de":"Ä B"}}]`, "0.name_localizations.de"},
		{"locale of a newer Discord", `[{"name":"a","description":"b","name_localizations":{"ar":"سؤال","id":"tanya"}}]`, ""},
		{"localized name with a space", `[{"name":"a","description":"b","options":[{"type":3,"name":"o","description":"b","name_localizations":{"es-ES":"o p"}}]}]`, "0.options.0.name_localizations.es-ES"},
		{"localized description of 101", `[{"name":"a","description":"b","description_localizations":{"de":"` + strings.Repeat("ü", 101) + `"}}]`, "0.description_localizations.de"},
		{"localized menu with a space", `[{"name":"Check","type":3,"name_localizations":{"de":"Das prüfen"}}]`, ""},
		{"localized name twice", `[{"name":"a","description":"b","name_localizations":{"de":"c"}},{"name":"b","description":"b","name_localizations":{"de":"c"}}]`, "1.name_localizations.de"},
		{"localized as another is named", `[{"name":"a","description":"b"},{"name":"b","description":"b","name_localizations":{"de":"a"}}]`, "1.name_localizations.de"},
		{"named as another is localized", `[{"name":"a","description":"b","name_localizations":{"de":"b"}},{"name":"b","description":"b"}]`, "1.name"},
		{"localized alike in two locales", `[{"name":"a","description":"b","name_localizations":{"de":"c"}},{"name":"b","description":"b","name_localizations":{"fr":"c"}}]`, ""},
		{"names exchanged", `[{"name":"a","description":"b","name_localizations":{"de":"b"}},{"name":"b","description":"b","name_localizations":{"de":"a"}}]`, ""},
		{"localized option twice", option(`{"type":3,"name":"o","description":"b","name_localizations":{"de":"c"}},{"type":3,"name":"p","description":"b","name_localizations":{"de":"c"}}`), "0.options.1.name_localizations.de"},
		{"localized choice twice", option(`{"type":3,"name":"o","description":"b","choices":[{"name":"c","value":"v","name_localizations":{"de":"x"}},{"name":"d","value":"w","name_localizations":{"de":"x"}}]}`), "0.options.0.choices.1.name_localizations.de"},
		{"context 9", `[{"name":"a","description":"b","contexts":[9]}]`, "0.contexts"},
		{"26 options", option(many(26, `{"type":3,"name":"o%d","description":"b"}`)), "0.options"},
		{"required after optional", option(`{"type":3,"name":"o","description":"b"},{"type":3,"name":"p","description":"b","required":true}`), "0.options.1"},
		{"same option twice", option(many(2, `{"type":3,"name":"o","description":"b"}`)), "0.options.1.name"},
		{"option type 12", option(`{"type":12,"name":"o","description":"b"}`), "0.options.0.type"},
		{"autocomplete and choices", option(`{"type":3,"name":"o","description":"b","autocomplete":true,"choices":[{"name":"c","value":"v"}]}`), "0.options.0.choices"},
		{"autocomplete of a bool", option(`{"type":5,"name":"o","description":"b","autocomplete":true}`), "0.options.0.autocomplete"},
		{"26 choices", option(`{"type":3,"name":"o","description":"b","choices":[` + many(26, `{"name":"c%d","value":"v"}`) + `]}`), "0.options.0.choices"},
		{"choice of 101", option(`{"type":3,"name":"o","description":"b","choices":[{"name":"c","value":"` + strings.Repeat("v", 101) + `"}]}`), "0.options.0.choices.0.value"},
		{"number for a text", option(`{"type":3,"name":"o","description":"b","choices":[{"name":"c","value":1}]}`), "0.options.0.choices.0.value"},
		{"text for a number", option(`{"type":4,"name":"o","description":"b","choices":[{"name":"c","value":"1"}]}`), "0.options.0.choices.0.value"},
		{"bounds of a text", option(`{"type":3,"name":"o","description":"b","min_value":1}`), "0.options.0.min_value"},
		{"length of 6001", option(`{"type":3,"name":"o","description":"b","max_length":6001}`), "0.options.0.max_length"},
		{"subcommand beside option", option(`{"type":1,"name":"s","description":"b"},{"type":3,"name":"o","description":"b"}`), "0.options"},
		{"subcommands", option(`{"type":1,"name":"s","description":"b","options":[{"type":3,"name":"o","description":"b"}]},{"type":2,"name":"g","description":"b","options":[{"type":1,"name":"s","description":"b"}]}`), ""},
		{"subcommand in a subcommand", option(`{"type":1,"name":"s","description":"b","options":[{"type":1,"name":"t","description":"b"}]}`), "0.options.0.options.0.type"},
		{"option in a group", option(`{"type":2,"name":"g","description":"b","options":[{"type":3,"name":"o","description":"b"}]}`), "0.options.0.options.0.type"},
		{"8001 letters", option(many(25, `{"type":3,"name":"o%d","description":"`+strings.Repeat("x", 100)+`","choices":[`+many(3, `{"name":"c%d","value":"`+strings.Repeat("v", 80)+`"}`)+`]}`)), "0"},
		{"8001 letters in German", option(many(25, `{"type":3,"name":"o%d","description":"x","description_localizations":{"de":"`+strings.Repeat("x", 100)+`"},"choices":[`+many(3, `{"name":"c%d","value":"`+strings.Repeat("v", 80)+`"}`)+`]}`)), "0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{})
			status, out := call(t, s, "PUT", "/applications/700000000000000001/commands", test.body)
			if test.field == "" {
				if status != 200 || len(s.Violations()) != 0 {
					t.Errorf("answer %d %v, violations %+v; want it accepted", status, out, s.Violations())
				}
				return
			}
			path := strings.Split(test.field, ".")
			if test.field == "." {
				path = nil
			}
			if status != 400 || out["code"] != 50035.0 || !hasError(out["errors"], path) {
				b, _ := json.Marshal(out)
				t.Errorf("answer %d %s, want 50035 at %s", status, bytes.TrimSpace(b), test.field)
			}
		})
	}
}
