package discord

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

func TestCompare(t *testing.T) {
	manage := int64(discordgo.PermissionManageGuild)
	ask := &discordgo.ApplicationCommand{
		Name: "ask", Description: "Ask about the articles",
		Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What to look for", Required: true, Autocomplete: true},
		},
	}
	menu := &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: "ask"}
	admin := &discordgo.ApplicationCommand{Name: "footnote", Description: "Settings", DefaultMemberPermissions: &manage}
	// As Discord returns it: ids, defaults and nulls filled in.
	const asThere = `{"id":"1","application_id":"7","version":"9","type":1,"name":"ask","name_localizations":null,"description":"Ask about the articles",
		"description_localizations":null,"default_member_permissions":null,"dm_permission":true,"contexts":null,"integration_types":[0],"nsfw":false,
		"options":[{"type":3,"name":"question","description":"What to look for","required":true,"autocomplete":true}]}`
	const adminThere = `{"id":"3","type":1,"name":"footnote","description":"Settings","default_member_permissions":"32","options":[]}`
	de := func(text string) map[discordgo.Locale]string {
		return map[discordgo.Locale]string{discordgo.German: text}
	}
	names, descriptions := de("fragen"), de("Stell eine Frage")
	german := &discordgo.ApplicationCommand{Name: "ask", NameLocalizations: &names, Description: "Ask", DescriptionLocalizations: &descriptions, Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "where", Description: "Where", NameLocalizations: de("wo"), Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "near", Value: "n", NameLocalizations: de("nah")}}}}}
	plain := &discordgo.ApplicationCommand{Name: "ask", Description: "Ask", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "where", Description: "Where", Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "near", Value: "n"}}}}}
	const germanThere = `{"id":"1","type":1,"name":"ask","name_localizations":{"de":"fragen"},"description":"Ask","description_localizations":{"de":"Stell eine Frage"},
		"options":[{"type":3,"name":"where","name_localizations":{"de":"wo"},"description":"Where","description_localizations":null,"choices":[{"name":"near","name_localizations":{"de":"nah"},"value":"n"}]}]}`
	for _, c := range []struct {
		name   string
		there  []string
		o      SyncOptions
		want   string // of Diff.String
		writes string // names in the list to be written, in order
	}{
		{"nothing there", nil, SyncOptions{Wanted: []*discordgo.ApplicationCommand{ask, menu}}, "+ /ask|+ ask (message menu)|= 0 unchanged|", "ask ask"},
		{"all there", []string{asThere, adminThere}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{admin, ask}}, "= 2 unchanged|", "footnote ask"},
		{"a word changed", []string{strings.Replace(asThere, "the articles", "articles", 1)}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{ask}}, "~ /ask|= 0 unchanged|", "ask"},
		{"an option became optional", []string{strings.Replace(asThere, `"required":true`, `"required":false`, 1)}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{ask}}, "~ /ask|= 0 unchanged|", "ask"},
		{"a translation changed", []string{strings.Replace(germanThere, "fragen", "frage", 1)}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{german}}, "~ /ask|= 0 unchanged|", "ask"},
		{"a choice's translation is gone", []string{strings.Replace(germanThere, `{"de":"nah"}`, "null", 1)}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{german}}, "~ /ask|= 0 unchanged|", "ask"},
		{"a translation more", []string{strings.Replace(germanThere, `"description_localizations":{`, `"description_localizations":{"fr":"Demander",`, 1)}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{german}}, "~ /ask|= 0 unchanged|", "ask"},
		{"no translation is wanted", []string{germanThere}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{plain}}, "~ /ask|= 0 unchanged|", "ask"},
		{"translated as wanted", []string{germanThere}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{german}}, "= 1 unchanged|", "ask"},
		{"a permission was lifted", []string{strings.Replace(adminThere, `"32"`, "null", 1)}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{admin}}, "~ /footnote|= 0 unchanged|", "footnote"},
		{"an old command of ours", []string{asThere, `{"name":"who-sails","type":1,"description":"x"}`}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{ask}, Remembered: []string{"who-sails"}}, "- /who-sails|= 1 unchanged|", "ask"},
		{"a foreign command stays", []string{asThere, `{"id":"4","name":"play","type":1,"description":"x"}`}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{ask}}, "? not Footnote's, left alone: /play|= 1 unchanged|", "ask play"},
		{"a foreign one stays beside a new one", []string{`{"id":"4","name":"play","type":1,"description":"x"}`}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{ask}}, "+ /ask|? not Footnote's, left alone: /play|= 0 unchanged|", "ask play"},
		{"forced", []string{asThere, `{"name":"play","type":1,"description":"x"}`}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{ask}, Force: true}, "- /play|= 1 unchanged|", "ask"},
		{"the menu entry is another command", []string{`{"name":"ask","type":3}`}, SyncOptions{Wanted: []*discordgo.ApplicationCommand{menu}}, "= 1 unchanged|", "ask"},
		{"a server's own", []string{strings.Replace(asThere, `"contexts":null`, `"contexts":[0]`, 1)}, SyncOptions{Guild: "8", Wanted: []*discordgo.ApplicationCommand{ask}}, "= 1 unchanged|", "ask"},
		{"nothing wanted", []string{asThere}, SyncOptions{Remembered: []string{"ask"}}, "- /ask|= 0 unchanged|", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var there []json.RawMessage
			for _, s := range c.there {
				there = append(there, json.RawMessage(s))
			}
			d, list, err := compare(there, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(d.String(), "\n", "|"); got != c.want {
				t.Errorf("difference %q, want %q", got, c.want)
			}
			if list == nil {
				t.Error("the list would be sent as null")
			}
			var names []string
			b, _ := json.Marshal(list)
			var written []struct{ ID, Name string }
			if err := json.Unmarshal(b, &written); err != nil {
				t.Fatal(err)
			}
			for _, w := range written {
				names = append(names, w.Name)
				if w.ID != "" {
					t.Errorf("%s is written with its id", w.Name)
				}
			}
			if got := strings.Join(names, " "); got != c.writes {
				t.Errorf("writes %q, want %q", got, c.writes)
			}
		})
	}
}

// A field that this discordgo does not know survives being written back.
func TestForeignCommandsAreWrittenWhole(t *testing.T) {
	_, list, err := compare([]json.RawMessage{[]byte(`{"id":"4","version":"1","type":4,"name":"launch","handler":2}`)}, SyncOptions{})
	if err != nil {
		t.Fatal(err)
	}
	b, _ := json.Marshal(list)
	if got, want := string(b), `[{"handler":2,"name":"launch","type":4}]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestInviteURL(t *testing.T) {
	const want = "https://discord.com/oauth2/authorize?client_id=7&permissions=274877975552&scope=bot+applications.commands"
	if got := InviteURL("7"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// On the stand-in: what is registered stays, what differs is written, once.
func TestSync(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{Unlimited: true, Check: checker()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b, err := New(Options{Log: testLog(t), Token: s.Token(), Client: s.Client(), Handlers: silent})
	if err != nil {
		t.Fatal(err)
	}
	defer b.opt.Client.CloseIdleConnections()
	app, err := b.Application(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	min, manage := 1, int64(discordgo.PermissionManageGuild)
	german := map[discordgo.Locale]string{discordgo.German: "frage"}
	full := []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask", NameLocalizations: &german, Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What", Required: true, MinLength: &min, MaxLength: 300, Autocomplete: true},
			{Type: discordgo.ApplicationCommandOptionString, Name: "side", Description: "Whose", Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "North quay", Value: "north"}}},
			{Type: discordgo.ApplicationCommandOptionBoolean, Name: "private", Description: "For you only"},
		}},
		{Name: "footnote", Description: "Settings", DefaultMemberPermissions: &manage, Contexts: &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild},
			Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "status", Description: "What works"}}},
		{Name: "Ask about this", Type: discordgo.MessageApplicationCommand},
	}
	for _, guild := range []string{"", sandbox.DefaultWorld("x").Guilds[0].ID} {
		sync := func(wanted []*discordgo.ApplicationCommand, want string) {
			t.Helper()
			d, err := b.Sync(t.Context(), SyncOptions{Application: app.ID, Guild: guild, Wanted: wanted, Remembered: []string{"ask", "footnote", "Ask about this"}})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(d.String(), "\n", "|"); got != want {
				t.Errorf("server %q: %s, want %s", guild, got, want)
			}
		}
		sync(full, "+ /ask|+ /footnote|+ Ask about this (message menu)|= 0 unchanged|")
		sync(full, "= 3 unchanged|")
		sync(full[:2], "- Ask about this (message menu)|= 2 unchanged|")
		sync(nil, "- /ask|- /footnote|= 0 unchanged|")
	}
	if v := s.Violations(); len(v) > 0 {
		t.Errorf("violations: %+v", v)
	}
}

// A command that Discord refuses is named in the error, and nothing changes.
func TestSyncRefused(t *testing.T) {
	s, err := sandbox.New(sandbox.Options{Unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b, err := New(Options{Log: testLog(t), Token: s.Token(), Client: s.Client(), Handlers: silent})
	if err != nil {
		t.Fatal(err)
	}
	defer b.opt.Client.CloseIdleConnections()
	_, err = b.Sync(t.Context(), SyncOptions{Application: sandbox.DefaultWorld("x").App.ID, Wanted: []*discordgo.ApplicationCommand{{Name: "Who Sails", Description: "x"}}})
	if err == nil || !strings.Contains(err.Error(), "0.name") {
		t.Errorf("error %v", err)
	}
}
