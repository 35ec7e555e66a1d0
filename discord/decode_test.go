package discord

import (
	"encoding/json"
	"testing"

	"github.com/bwmarrin/discordgo"
)

const strange = `{"type":99,"id":1,"what":"a component of the year 2030"}`
const button = `{"type":2,"style":1,"label":"Show context","custom_id":"v1|c"}`
const row = `{"type":1,"components":[` + button + `,` + strange + `]}`

func TestDecodeMessage(t *testing.T) {
	const author = `"author":{"id":"3","username":"reader"}`
	for _, c := range []struct {
		name, raw  string
		content    string
		components int
		bad        bool
	}{
		{name: "plain", raw: `{"id":"1","channel_id":"2",` + author + `,"content":"When does the ferry sail?"}`, content: "When does the ferry sail?"},
		{name: "unknown component", raw: `{"id":"1","channel_id":"2",` + author + `,"content":"x","components":[` + strange + `,` + row + `]}`, content: "x", components: 1},
		{name: "unknown in the message replied to", raw: `{"id":"1","channel_id":"2",` + author + `,"content":"x","referenced_message":{"id":"9","channel_id":"2",` + author + `,"components":[` + strange + `]}}`, content: "x"},
		{name: "no author", raw: `{"id":"1","channel_id":"2"}`, bad: true},
		{name: "not an object", raw: `7`, bad: true},
		{name: "nothing", raw: ``, bad: true},
		{name: "type is text", raw: `{"id":"1","channel_id":"2",` + author + `,"components":[{"type":"2"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := decodeMessage(json.RawMessage(c.raw))
			if (err != nil) != c.bad {
				t.Fatalf("error %v, want one: %v", err, c.bad)
			}
			if err != nil {
				return
			}
			if m.Content != c.content || len(m.Components) != c.components || m.Author.ID != "3" {
				t.Errorf("got content %q, %d components, author %q", m.Content, len(m.Components), m.Author.ID)
			}
		})
	}
}

func TestDecodeInteraction(t *testing.T) {
	const head = `{"id":"1","application_id":"7","token":"secret","channel_id":"2",`
	for _, c := range []struct {
		name, raw string
		want      string // name or custom id that the data must carry
		bad       bool   // an error is wanted
		none      bool   // nothing to answer
	}{
		{name: "command", raw: head + `"type":2,"data":{"id":"5","name":"ask","type":1}}`, want: "ask"},
		{name: "button", raw: head + `"type":3,"data":{"custom_id":"v1|c","component_type":2},"message":{"id":"9","components":[` + row + `]}}`, want: "v1|c"},
		{name: "button on a strange message", raw: head + `"type":3,"data":{"custom_id":"v1|c","component_type":2},"message":{"id":"9","components":[` + strange + `]}}`, want: "v1|c"},
		{name: "menu on a strange message", raw: head + `"type":2,"data":{"id":"5","name":"Ask about this","type":3,"target_id":"9","resolved":{"messages":{"9":{"id":"9","components":[` + strange + `]}}}}}`, want: "Ask about this"},
		{name: "modal with a strange field", raw: head + `"type":5,"data":{"custom_id":"v1|f","components":[` + strange + `,{"type":1,"components":[{"type":4,"custom_id":"q","value":"why"}]}]}}`, want: "v1|f"},
		{name: "type of the year 2030", raw: head + `"type":12,"data":{}}`, bad: true},
		{name: "no data", raw: head + `"type":2}`, bad: true},
		{name: "data of a wrong kind", raw: head + `"type":2,"data":"x"}`, bad: true},
		{name: "no token", raw: `{"id":"1","type":2,"data":{"name":"ask"}}`, bad: true, none: true},
		{name: "not JSON", raw: `{`, bad: true, none: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			i, err := decodeInteraction(json.RawMessage(c.raw))
			if (err != nil) != c.bad || (i == nil) != c.none {
				t.Fatalf("got %+v, error %v", i, err)
			}
			if i == nil {
				return
			}
			if i.ID != "1" || i.AppID != "7" || i.Token != "secret" {
				t.Errorf("cannot be answered: id %q, application %q, token %q", i.ID, i.AppID, i.Token)
			}
			if err != nil {
				return
			}
			got := ""
			switch d := i.Data.(type) {
			case discordgo.ApplicationCommandInteractionData:
				got = d.Name
			case discordgo.MessageComponentInteractionData:
				got = d.CustomID
			case discordgo.ModalSubmitInteractionData:
				got = d.CustomID
			}
			if got != c.want {
				t.Errorf("data names %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"id":"1","channel_id":"2","author":{"id":"3"},"components":[` + strange + `]}`))
	f.Add([]byte(`{"id":"1","token":"t","type":3,"data":{"custom_id":"x","component_type":2},"message":{"components":[` + row + `]}}`))
	f.Add([]byte(`{"id":"1","token":"t","type":2,"data":null}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if m, err := decodeMessage(raw); err == nil && (m.ID == "" || m.Author == nil) {
			t.Error("a message without id or author and no error")
		}
		if i, err := decodeInteraction(raw); err == nil && (i.Token == "" || i.Data == nil) {
			t.Error("an interaction without token or data and no error")
		}
	})
}
