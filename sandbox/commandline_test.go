package sandbox_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// commands has one of everything that a line can address.
func commands() []*discordgo.ApplicationCommand {
	type option = discordgo.ApplicationCommandOption
	const text, whole, yes, number, user = discordgo.ApplicationCommandOptionString, discordgo.ApplicationCommandOptionInteger, discordgo.ApplicationCommandOptionBoolean, discordgo.ApplicationCommandOptionNumber, discordgo.ApplicationCommandOptionUser
	choices := []*discordgo.ApplicationCommandOptionChoice{{Name: "North Isle", Value: "north"}, {Name: "South", Value: "south"}}
	return []*discordgo.ApplicationCommand{
		{Name: "ask", Options: []*option{{Name: "question", Type: text, Required: true}, {Name: "article", Type: text}, {Name: "private", Type: yes}}},
		{Name: "ferry", Options: []*option{{Name: "island", Type: text, Required: true, Choices: choices}, {Name: "hour", Type: whole}, {Name: "price", Type: number}}},
		{Name: "two", Options: []*option{{Name: "from", Type: text, Required: true}, {Name: "to", Type: text, Required: true}}},
		{Name: "who", Options: []*option{{Name: "user", Type: user}}},
		{Name: "tide"},
		{Name: "bot", Options: []*option{
			{Name: "status", Type: discordgo.ApplicationCommandOptionSubCommand},
			{Name: "channel", Type: discordgo.ApplicationCommandOptionSubCommandGroup, Options: []*option{
				{Name: "free", Type: discordgo.ApplicationCommandOptionSubCommand, Options: []*option{{Name: "on", Type: yes}}},
			}},
		}},
		{Name: "Check this claim", Type: discordgo.MessageApplicationCommand},
	}
}

func TestParseLine(t *testing.T) {
	type options = map[string]any
	for _, test := range []struct {
		line, name string // name "" wants an error
		options    options
	}{
		{"/tide", "tide", options{}},
		{"tide", "tide", options{}},
		{"  /tide  ", "tide", options{}},
		{"/ask how late is the ferry?", "ask", options{"question": "how late is the ferry?"}},
		{`/ask who said "we are late" today`, "ask", options{"question": `who said "we are late" today`}},
		{`/ask "who said it"`, "ask", options{"question": "who said it"}},
		{`/ask "who said it`, "ask", options{"question": `"who said it`}},
		{`/ask a 5" pipe`, "ask", options{"question": `a 5" pipe`}},
		{"/ask question:how late? article:harbour news", "ask", options{"question": "how late?", "article": "harbour news"}},
		{"/ask how late? private:true", "ask", options{"question": "how late?", "private": true}},
		{"/ask private:yes how late?", "ask", options{"question": "how late?", "private": true}},
		{"/ask question: how late?", "ask", options{"question": "how late?"}},
		{`/ask question:"a: b" private:no`, "ask", options{"question": "a: b", "private": false}},
		{"/ask what does it say: nothing?", "ask", options{"question": "what does it say: nothing?"}},
		{`/ask "question:x"`, "ask", options{"question": "question:x"}},
		{"/ferry north", "ferry", options{"island": "north"}},
		{"/ferry North Isle", "ferry", options{"island": "North Isle"}},
		{"/ferry north isle 7", "ferry", options{"island": "north isle", "hour": 7}},
		{"/ferry island:North Isle hour:7 price:1.5", "ferry", options{"island": "North Isle", "hour": 7, "price": 1.5}},
		{"/ferry hour:7 south", "ferry", options{"island": "south", "hour": 7}},
		{"/two here there", "two", options{"from": "here", "to": "there"}},
		{`/two "over here" there and back`, "two", options{"from": "over here", "to": "there and back"}},
		{"/who <@!12>", "who", options{"user": "12"}},
		{"/bot status", "bot status", options{}},
		{"/bot channel free on:off", "bot channel free", options{"on": false}},

		{"", "", nil},
		{"/", "", nil},
		{"/nothing", "", nil},
		{"/Check", "", nil},
		{"/tide high", "", nil},
		{"/bot", "", nil},
		{"/bot nonsense", "", nil},
		{"/ferry north seven", "", nil},
		{"/ask x private:perhaps", "", nil},
		{"/ask question:a question:b", "", nil},
	} {
		t.Run(test.line, func(t *testing.T) {
			got, err := sandbox.ParseLine(commands(), test.line)
			if (err != nil) != (test.name == "") {
				t.Fatalf("ParseLine = %+v, %v", got, err)
			}
			if err == nil && (got.Name != test.name || !reflect.DeepEqual(got.Options, test.options)) {
				t.Errorf("ParseLine = %q %v, want %q %v", got.Name, got.Options, test.name, test.options)
			}
		})
	}
}

func FuzzParseLine(f *testing.F) {
	for _, s := range []string{"/ask how late?", `/ferry island:"North Isle" hour:7`, `/two "a b" c`, "/bot channel free on:", `/ask ""`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		inv, err := sandbox.ParseLine(commands(), line)
		if err == nil && inv.Name == "" {
			t.Errorf("ParseLine(%q) understood nothing and says so with no error", line)
		}
	})
}

// TestSlashRefuses: what Discord's client would not send.
func TestSlashRefuses(t *testing.T) {
	s := start(t, sandbox.Options{})
	d := rest(t, s)
	zero, three := 0.0, 3
	register(t, d, s, &discordgo.ApplicationCommand{Name: "ferry", Description: "d", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "island", Description: "d", Required: true, Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "North Isle", Value: "north"}}},
		{Type: discordgo.ApplicationCommandOptionInteger, Name: "hour", Description: "d", MinValue: &zero, MaxValue: 23},
		{Type: discordgo.ApplicationCommandOptionString, Name: "note", Description: "d", MinLength: &three, MaxLength: 5},
		{Type: discordgo.ApplicationCommandOptionBoolean, Name: "back", Description: "d"},
		{Type: discordgo.ApplicationCommandOptionAttachment, Name: "file", Description: "d"},
	}})
	type options = map[string]any
	for name, test := range map[string]struct {
		command string
		options options
		ok      bool
	}{
		"by value":            {"ferry", options{"island": "north"}, true},
		"by name":             {"ferry", options{"island": "North Isle"}, true},
		"everything":          {"ferry", options{"island": "north", "hour": 23, "note": "abc", "back": true}, true},
		"missing":             {"ferry", nil, false},
		"no choice":           {"ferry", options{"island": "west"}, false},
		"too late":            {"ferry", options{"island": "north", "hour": 24}, false},
		"half an hour":        {"ferry", options{"island": "north", "hour": 1.5}, false},
		"text for a number":   {"ferry", options{"island": "north", "hour": "1"}, false},
		"too short":           {"ferry", options{"island": "north", "note": "ab"}, false},
		"too long":            {"ferry", options{"island": "north", "note": "abcdef"}, false},
		"text for yes or no":  {"ferry", options{"island": "north", "back": "yes"}, false},
		"a file":              {"ferry", options{"island": "north", "file": "a"}, false},
		"unknown option":      {"ferry", options{"island": "north", "deck": "1"}, false},
		"unknown command":     {"tide", nil, false},
		"no command":          {"", nil, false},
		"subcommand too much": {"ferry north", nil, false},
	} {
		_, err := s.Slash(t.Context(), s.As("reader", "general"), test.command, test.options)
		if (err == nil) != test.ok {
			t.Errorf("%s: %v, want ok = %v", name, err, test.ok)
		}
	}
	if _, err := s.Autocomplete(t.Context(), s.As("reader", "general"), "ferry", "note", nil); err == nil {
		t.Error("an option without autocomplete can be completed")
	}
}

// TestUserRefuses: what a person cannot do.
func TestUserRefuses(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	i, wire := c.slash()
	row := discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "Off", CustomID: "off", Disabled: true},
		discordgo.Button{Label: "Site", Style: discordgo.LinkButton, URL: "https://example.org/"},
		discordgo.Button{Label: "On", CustomID: "on"},
	}}
	menu := discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{CustomID: "s", Options: []discordgo.SelectMenuOption{{Label: "A", Value: "a"}}}}}
	if err := c.d.InteractionRespond(wire, say("x", discordgo.MessageFlagsEphemeral, row, menu)); err != nil {
		t.Fatal(err)
	}
	o, err := i.Outcome(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	ctx, other := t.Context(), c.s.As("moderator", "general")
	second := func(_ any, err error) error { return err }
	for name, test := range map[string]struct {
		err error
		ok  bool
	}{
		"press":                      {second(c.s.Press(ctx, c.user, o.Message.ID, "on")), true},
		"press what is off":          {second(c.s.Press(ctx, c.user, o.Message.ID, "off")), false},
		"press a link":               {second(c.s.Press(ctx, c.user, o.Message.ID, "Site")), false},
		"press what is not there":    {second(c.s.Press(ctx, c.user, o.Message.ID, "up")), false},
		"press what is not visible":  {second(c.s.Press(ctx, other, o.Message.ID, "on")), false},
		"choose":                     {second(c.s.Select(ctx, c.user, o.Message.ID, "s", "a")), true},
		"choose what is not there":   {second(c.s.Select(ctx, c.user, o.Message.ID, "s", "b")), false},
		"choose nowhere":             {second(c.s.Select(ctx, c.user, o.Message.ID, "t", "a")), false},
		"write nothing":              {second(c.s.Post(ctx, c.user, " ", "")), false},
		"reply to nothing":           {second(c.s.Post(ctx, c.user, "x", "1")), false},
		"write where nobody is":      {second(c.s.Post(ctx, sandbox.Caller{User: c.user.User, Channel: "1"}, "x", "")), false},
		"write in another's message": {second(c.s.Post(ctx, c.s.As("moderator", "dm"), "x", "")), false},
		"menu that is not there":     {second(c.s.MessageMenu(ctx, c.user, "Tell", o.Message.ID)), false},
	} {
		if (test.err == nil) != test.ok {
			t.Errorf("%s: %v, want ok = %v", name, test.err, test.ok)
		}
	}
	c.s.Update(func(w *sandbox.World) {
		w.Channel("general").Deny = map[string]int64{c.user.User: discordgo.PermissionSendMessages}
	})
	if _, err := c.s.Post(ctx, c.user, "x", ""); err == nil || errors.Is(err, sandbox.ErrNoCommand) {
		t.Errorf("writing without the permission: %v", err)
	}
}
