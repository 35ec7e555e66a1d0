package sandbox_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// scene is a stand-in whose bot hands every interaction to the test.
type scene struct {
	t    *testing.T
	s    *sandbox.Server
	d    *discordgo.Session
	got  chan *discordgo.Interaction
	user sandbox.Caller
}

func newScene(t *testing.T, opts sandbox.Options) *scene {
	t.Helper()
	c := &scene{t: t, s: start(t, opts), got: make(chan *discordgo.Interaction, 10)}
	c.d = connect(t, c.s, discordgo.IntentsGuilds, func(_ *discordgo.Session, i *discordgo.InteractionCreate) { c.got <- i.Interaction }, nil)
	register(t, c.d, c.s,
		&discordgo.ApplicationCommand{Name: "ferry", Description: "When", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "island", Description: "Where to", Autocomplete: true},
		}},
		&discordgo.ApplicationCommand{Name: "Check this claim", Type: discordgo.MessageApplicationCommand},
	)
	c.user = c.s.As("reader", "general")
	return c
}

// slash uses /ferry and returns both ends of the interaction.
func (c *scene) slash() (*sandbox.Interaction, *discordgo.Interaction) {
	c.t.Helper()
	i, err := c.s.Slash(soon(c.t), c.user, "ferry", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return i, <-c.got
}

func deferral(flags discordgo.MessageFlags) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource, Data: &discordgo.InteractionResponseData{Flags: flags}}
}

// code is the error code of Discord in an error of discordgo.
func code(err error) int {
	var e *discordgo.RESTError
	if errors.As(err, &e) && e.Message != nil {
		return e.Message.Code
	}
	return 0
}

func text(s string) *discordgo.WebhookEdit {
	return &discordgo.WebhookEdit{Content: &s, AllowedMentions: noMentions}
}

// TestRefusedResponses is a table of what Discord refuses about the order and
// time of responses. The steps before the last must succeed.
func TestRefusedResponses(t *testing.T) {
	respond := func(r *discordgo.InteractionResponse) func(*scene, *discordgo.Interaction) error {
		return func(c *scene, i *discordgo.Interaction) error { return c.d.InteractionRespond(i, r) }
	}
	wait := func(d time.Duration) func(*scene, *discordgo.Interaction) error {
		return func(c *scene, _ *discordgo.Interaction) error { c.s.Advance(d); return nil }
	}
	edit := func(c *scene, i *discordgo.Interaction) error {
		_, err := c.d.InteractionResponseEdit(i, text("later"))
		return err
	}
	get := func(c *scene, i *discordgo.Interaction) error { _, err := c.d.InteractionResponse(i); return err }
	remove := func(c *scene, i *discordgo.Interaction) error { return c.d.InteractionResponseDelete(i) }
	follow := func(c *scene, i *discordgo.Interaction) error {
		_, err := c.d.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "more", AllowedMentions: noMentions})
		return err
	}
	typed := func(t discordgo.InteractionResponseType) func(*scene, *discordgo.Interaction) error {
		return respond(&discordgo.InteractionResponse{Type: t, Data: &discordgo.InteractionResponseData{Content: "x", AllowedMentions: noMentions}})
	}
	type step = func(*scene, *discordgo.Interaction) error
	for _, test := range []struct {
		name  string
		steps []step
		code  int
	}{
		{"twice", []step{respond(say("a", 0)), respond(say("b", 0))}, 40060},
		{"after a deferral", []step{respond(deferral(0)), respond(say("b", 0))}, 40060},
		{"in time", []step{wait(2900 * time.Millisecond), respond(say("a", 0))}, 0},
		{"late", []step{wait(3100 * time.Millisecond), respond(say("a", 0))}, 10062},
		{"edit before a response", []step{edit}, 10008},
		{"get before a response", []step{get}, 10008},
		{"followup before a response", []step{follow}, 10015},
		{"edit", []step{respond(say("a", 0)), edit, get}, 0},
		{"followups", []step{respond(say("a", 0)), follow, follow}, 0},
		{"edit after 14 minutes", []step{respond(say("a", 0)), wait(14 * time.Minute), edit}, 0},
		{"edit after 16 minutes", []step{respond(say("a", 0)), wait(16 * time.Minute), edit}, 50027},
		{"followup after 16 minutes", []step{respond(say("a", 0)), wait(16 * time.Minute), follow}, 50027},
		{"edit of what was deleted", []step{respond(say("a", 0)), remove, edit}, 10008},
		{"update of nothing", []step{typed(discordgo.InteractionResponseUpdateMessage)}, 50035},
		{"deferred update of nothing", []step{typed(discordgo.InteractionResponseDeferredMessageUpdate)}, 50035},
		{"choices for a command", []step{typed(discordgo.InteractionApplicationCommandAutocompleteResult)}, 50035},
		{"pong", []step{typed(discordgo.InteractionResponsePong)}, 50035},
		{"unknown type", []step{typed(99)}, 50035},
		{"empty reply", []step{respond(say("", 0))}, 50006},
		{"refused and then mended", []step{func(c *scene, i *discordgo.Interaction) error {
			if got := code(c.d.InteractionRespond(i, say(strings.Repeat("x", 2001), 0))); got != 50035 {
				c.t.Errorf("code %d, want 50035", got)
			}
			return nil
		}, respond(say("short", 0))}, 0},
		{"wrong token", []step{func(c *scene, i *discordgo.Interaction) error {
			wrong := *i
			wrong.Token += "x"
			return c.d.InteractionRespond(&wrong, say("a", 0))
		}}, 10062},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newScene(t, sandbox.Options{})
			_, i := c.slash()
			for n, step := range test.steps {
				err := step(c, i)
				if last := n == len(test.steps)-1; last && code(err) != test.code || !last && err != nil {
					t.Fatalf("step %d: %v, want code %d at the end", n, err, test.code)
				}
			}
		})
	}
}

func TestDeferral(t *testing.T) {
	for _, test := range []struct {
		name  string
		flags discordgo.MessageFlags
		fill  func(*scene, *discordgo.Interaction) error
	}{
		{"edit", 0, func(c *scene, i *discordgo.Interaction) error {
			_, err := c.d.InteractionResponseEdit(i, text("done"))
			return err
		}},
		{"private edit", discordgo.MessageFlagsEphemeral, func(c *scene, i *discordgo.Interaction) error {
			_, err := c.d.InteractionResponseEdit(i, text("done"))
			return err
		}},
		// The flag of the followup comes too late: the deferral decided.
		{"followup", 0, func(c *scene, i *discordgo.Interaction) error {
			_, err := c.d.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "done", Flags: discordgo.MessageFlagsEphemeral, AllowedMentions: noMentions})
			return err
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newScene(t, sandbox.Options{})
			i, wire := c.slash()
			if err := c.d.InteractionRespond(wire, deferral(test.flags)); err != nil {
				t.Fatal(err)
			}
			if ms := i.Replies(); len(ms) != 1 || !ms[0].Loading() {
				t.Fatalf("after the deferral there are %+v, want one loading message", ms)
			}
			if err := test.fill(c, wire); err != nil {
				t.Fatal(err)
			}
			o, err := i.Outcome(soon(t))
			if err != nil {
				t.Fatal(err)
			}
			private := test.flags != 0
			if o.Message.Content != "done" || o.Message.Loading() || o.Message.Private() != private {
				t.Errorf("outcome %+v, want done, private = %v", o.Message, private)
			}
			if ms := i.Replies(); len(ms) != 1 {
				t.Errorf("%d replies, want 1", len(ms))
			}
			if seen := len(c.s.Messages(c.user.Channel, c.s.As("moderator", "general").User)); (seen == 0) != private {
				t.Errorf("somebody else sees %d messages", seen)
			}
			clean(t, c.s)
		})
	}
}

func TestNoResponse(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	i, wire := c.slash()
	c.s.Advance(4 * time.Second)
	if _, err := i.Outcome(soon(t)); !errors.Is(err, sandbox.ErrNoResponse) {
		t.Errorf("outcome: %v, want ErrNoResponse", err)
	}
	if got := code(c.d.InteractionRespond(wire, say("late", 0))); got != 10062 {
		t.Errorf("code %d, want 10062", got)
	}
	if len(c.s.Violations()) == 0 {
		t.Error("a late answer is no violation")
	}
}

func TestNoResponseByItself(t *testing.T) {
	c := newScene(t, sandbox.Options{AckWithin: 20 * time.Millisecond})
	i, _ := c.slash()
	if _, err := i.Outcome(soon(t)); !errors.Is(err, sandbox.ErrNoResponse) {
		t.Errorf("outcome: %v, want ErrNoResponse", err)
	}
}

func TestDeferredAndForgotten(t *testing.T) {
	c := newScene(t, sandbox.Options{TokenFor: 20 * time.Millisecond})
	i, wire := c.slash()
	if err := c.d.InteractionRespond(wire, deferral(0)); err != nil {
		t.Fatal(err)
	}
	if _, err := i.Outcome(soon(t)); !errors.Is(err, sandbox.ErrExpired) {
		t.Errorf("outcome: %v, want ErrExpired", err)
	}
}

func TestUpdateMessage(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	row := discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "Next", CustomID: "next"}}}
	i, wire := c.slash()
	if err := c.d.InteractionRespond(wire, say("page 1", 0, row)); err != nil {
		t.Fatal(err)
	}
	o, err := i.Outcome(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	for n, page := range []string{"page 2", "page 3"} {
		press, err := c.s.Press(soon(t), c.user, o.Message.ID, "Next")
		if err != nil {
			t.Fatal(err)
		}
		wire := <-c.got
		if wire.Message == nil || wire.Message.ID != o.Message.ID {
			t.Fatalf("the press carries message %+v", wire.Message)
		}
		r := say(page, 0, row)
		r.Type = discordgo.InteractionResponseUpdateMessage
		if n == 1 { // the same by way of a deferred update
			r = &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
		}
		if err := c.d.InteractionRespond(wire, r); err != nil {
			t.Fatal(err)
		}
		if n == 1 {
			if _, err := c.d.InteractionResponseEdit(wire, text(page)); err != nil {
				t.Fatal(err)
			}
		}
		got, err := press.Outcome(soon(t))
		if err != nil {
			t.Fatal(err)
		}
		if !got.Updated || got.Message.Content != page || got.Message.ID != o.Message.ID {
			t.Errorf("outcome %+v, want the message updated to %q", got, page)
		}
		if m := c.s.Message(o.Message.ID); m.Button("next") == nil {
			t.Error("the button went with the update")
		}
	}
	if ms := c.s.Messages(c.user.Channel, c.user.User); len(ms) != 1 {
		t.Errorf("%d messages, want 1", len(ms))
	}
	clean(t, c.s)
}

func TestAutocomplete(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	go func() {
		i := <-c.got
		o := i.ApplicationCommandData().Options[0]
		var choices []*discordgo.ApplicationCommandOptionChoice
		for _, name := range []string{"North Isle", "South Isle"} {
			if strings.HasPrefix(strings.ToLower(name), o.Value.(string)) && o.Focused {
				choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: name, Value: name})
			}
		}
		_ = c.d.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: &discordgo.InteractionResponseData{Choices: choices}})
	}()
	got, err := c.s.Autocomplete(soon(t), c.user, "ferry", "island", map[string]any{"island": "no"})
	if err != nil || len(got) != 1 || got[0].Name != "North Isle" {
		t.Errorf("Autocomplete = %v, %v, want North Isle", got, err)
	}
	clean(t, c.s)
}

func TestAutocompleteLimits(t *testing.T) {
	choice := func(n int, value string) string {
		return `{"type":8,"data":{"choices":[` + many(n, `{"name":"c%d","value":"`+value+`"}`) + `]}}`
	}
	for _, test := range []struct {
		name, body string
		status     int
	}{
		{"none", `{"type":8,"data":{}}`, 204},
		{"25", choice(25, "v"), 204},
		{"26", choice(26, "v"), 400},
		{"value of 101", choice(1, strings.Repeat("v", 101)), 400},
		{"a number for a text", `{"type":8,"data":{"choices":[{"name":"n","value":1}]}}`, 400},
		{"same name twice", `{"type":8,"data":{"choices":[{"name":"n","value":"a"},{"name":"n","value":"b"}]}}`, 400},
		{"a message", `{"type":4,"data":{"content":"x","allowed_mentions":{"parse":[]}}}`, 400},
		{"a deferral", `{"type":5}`, 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newScene(t, sandbox.Options{})
			go func() { _, _ = c.s.Autocomplete(soon(t), c.user, "ferry", "island", nil) }()
			i := <-c.got
			if status, out := call(t, c.s, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", test.body); status != test.status {
				t.Errorf("answer %d %v, want %d", status, out, test.status)
			}
			c.s.Close()
		})
	}
}

func TestModalRules(t *testing.T) {
	input := func(fields string) string {
		return `{"type":9,"data":{"custom_id":"f","title":"t","components":[{"type":1,"components":[{"type":4,"style":1,"label":"l","custom_id":"q"` + fields + `}]}]}}`
	}
	for _, test := range []struct {
		name, body string
		status     int
	}{
		{"fine", input(""), 204},
		{"label", `{"type":9,"data":{"custom_id":"f","title":"t","components":[{"type":18,"label":"l","component":{"type":4,"style":2,"custom_id":"q"}}]}}`, 204},
		{"no title", `{"type":9,"data":{"custom_id":"f","components":[]}}`, 400},
		{"title of 46", strings.Replace(input(""), `"title":"t"`, `"title":"`+strings.Repeat("t", 46)+`"`, 1), 400},
		{"no components", `{"type":9,"data":{"custom_id":"f","title":"t","components":[]}}`, 400},
		{"a button", `{"type":9,"data":{"custom_id":"f","title":"t","components":[{"type":1,"components":[{"type":2,"style":1,"label":"l","custom_id":"q"}]}]}}`, 400},
		{"value longer than allowed", input(`,"max_length":2,"value":"abc"`), 400},
		{"least over most", input(`,"min_length":3,"max_length":2`), 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newScene(t, sandbox.Options{})
			_, i := c.slash()
			if status, out := call(t, c.s, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", test.body); status != test.status {
				t.Errorf("answer %d %v, want %d", status, out, test.status)
			}
		})
	}
}

func TestMessageMenu(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	id, err := c.s.Post(t.Context(), c.user, "The ferry sank.", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.s.MessageMenu(t.Context(), c.user, "Check this claim", id); err != nil {
		t.Fatal(err)
	}
	data := (<-c.got).ApplicationCommandData()
	if m := data.Resolved.Messages[data.TargetID]; m == nil || m.Content != "The ferry sank." {
		t.Errorf("the menu carries %+v", data.Resolved)
	}
}

func TestWithResponse(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	_, i := c.slash()
	status, out := call(t, c.s, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback?with_response=true", `{"type":5,"data":{"flags":64}}`)
	in, _ := out["interaction"].(map[string]any)
	if status != 200 || in["response_message_loading"] != true || in["response_message_ephemeral"] != true {
		t.Errorf("answer %d %v", status, out)
	}
}

// TestMultipart: a body with files arrives as a form.
func TestMultipart(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	i, wire := c.slash()
	r := say("with a file", 0)
	r.Data.Files = []*discordgo.File{{Name: "a.txt", ContentType: "text/plain", Reader: strings.NewReader("a")}}
	if err := c.d.InteractionRespond(wire, r); err != nil {
		t.Fatal(err)
	}
	if o, err := i.Outcome(soon(t)); err != nil || o.Message.Content != "with a file" {
		t.Errorf("outcome %+v, %v", o, err)
	}
}

// TestWhoMayUse: default_member_permissions and contexts hide commands, and a
// server's own settings can bring one back.
func TestWhoMayUse(t *testing.T) {
	s := start(t, sandbox.Options{})
	d := rest(t, s)
	manage := int64(discordgo.PermissionManageGuild)
	nobody := int64(0)
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	register(t, d, s,
		&discordgo.ApplicationCommand{Name: "open", Description: "d"},
		&discordgo.ApplicationCommand{Name: "admin", Description: "d", DefaultMemberPermissions: &manage},
		&discordgo.ApplicationCommand{Name: "owner", Description: "d", DefaultMemberPermissions: &nobody},
		&discordgo.ApplicationCommand{Name: "here", Description: "d", Contexts: &contexts},
	)
	if status, out := call(t, s, "POST", "/applications/700000000000000001/commands", `{"name":"old","description":"d","dm_permission":false}`); status != 201 || out["dm_permission"] != false {
		t.Fatalf("a command with dm_permission: %d %v", status, out)
	}
	check := func(user, channel, want string) {
		t.Helper()
		var names []string
		for _, c := range s.VisibleCommands(s.As(user, channel)) {
			names = append(names, c.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s sees %q in %s, want %q", user, got, channel, want)
		}
	}
	check("reader", "general", "open here old")
	check("reader", "dm", "open admin owner")
	check("moderator", "general", "open admin owner here old")
	s.Update(func(w *sandbox.World) {
		w.Guilds[0].Allowed = map[string][]string{"admin": {w.User("reader").ID}}
	})
	check("reader", "general", "open admin here old")
	if _, err := s.Slash(t.Context(), s.As("reader", "general"), "owner", nil); !errors.Is(err, sandbox.ErrNoCommand) {
		t.Errorf("Slash of a hidden command: %v, want ErrNoCommand", err)
	}
}

// TestCommandsKeepTheirIDs registers twice and looks at what stays.
func TestCommandsKeepTheirIDs(t *testing.T) {
	s := start(t, sandbox.Options{})
	d := rest(t, s)
	de := map[discordgo.Locale]string{discordgo.German: "faehre"}
	a := &discordgo.ApplicationCommand{Name: "ferry", Description: "When", NameLocalizations: &de}
	first := register(t, d, s, a, &discordgo.ApplicationCommand{Name: "tide", Description: "How high"})
	again := register(t, d, s, a)
	if len(again) != 1 || again[0].ID != first[0].ID || again[0].Version != first[0].Version {
		t.Errorf("the same command came back as %+v, before %+v", again[0], first[0])
	}
	changed := *a
	changed.Description = "How late"
	third := register(t, d, s, &changed)
	if third[0].ID != first[0].ID || third[0].Version == first[0].Version {
		t.Error("a changed command keeps its id and gets a new version; this one did not")
	}
	listed, err := d.ApplicationCommands(first[0].ApplicationID, "")
	if err != nil || len(listed) != 1 || listed[0].NameLocalizations == nil || (*listed[0].NameLocalizations)[discordgo.German] != "faehre" {
		t.Errorf("listed with localizations: %+v, %v", listed, err)
	}
	_, plain := call(t, s, "GET", "/applications/"+first[0].ApplicationID+"/commands", "")
	if b, _ := json.Marshal(plain); strings.Contains(string(b), "faehre") || !strings.Contains(string(b), "ferry") {
		t.Errorf("without with_localizations there are some: %s", b)
	}
	if err := d.ApplicationCommandDelete(first[0].ApplicationID, "", first[0].ID); err != nil {
		t.Fatal(err)
	}
	if got := s.Commands(""); len(got) != 0 {
		t.Errorf("after the deletion there are %d commands", len(got))
	}
	clean(t, s)
}

func TestForeignHost(t *testing.T) {
	s := start(t, sandbox.Options{})
	if resp, err := s.Client().Get("https://example.org/"); err == nil {
		resp.Body.Close()
		t.Error("a request for another host went through")
	}
	if len(s.Violations()) != 1 {
		t.Errorf("violations %+v, want one", s.Violations())
	}
}

func TestUnknownRoutes(t *testing.T) {
	s := start(t, sandbox.Options{})
	for _, path := range []string{"/teapots", "/guilds/1/bans"} {
		if status, _ := call(t, s, http.MethodGet, path, ""); status != 404 {
			t.Errorf("%s answers %d, want 404", path, status)
		}
	}
	if len(s.Violations()) != 2 {
		t.Errorf("violations %+v, want two", s.Violations())
	}
}

// A button pressed twice on a message that goes with the first press: who comes
// second sees it gone, and nothing brings it back.
func TestPressedOnWhatWasDeleted(t *testing.T) {
	c := newScene(t, sandbox.Options{})
	i, wire := c.slash()
	row := discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "Delete", CustomID: "delete", Style: discordgo.SecondaryButton}}}
	if err := c.d.InteractionRespond(wire, say("text", 0, row)); err != nil {
		t.Fatal(err)
	}
	o, err := i.Outcome(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	var presses []*sandbox.Interaction
	var wires []*discordgo.Interaction
	for range 4 {
		p, err := c.s.Press(soon(t), c.user, o.Message.ID, "delete")
		if err != nil {
			t.Fatal(err)
		}
		presses, wires = append(presses, p), append(wires, <-c.got)
	}
	deferred := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	for _, w := range wires[:2] {
		if err := c.d.InteractionRespond(w, deferred); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.d.InteractionResponseDelete(wires[0]); err != nil {
		t.Fatal(err)
	}
	if got := code(c.d.InteractionResponseDelete(wires[1])); got != 10008 {
		t.Errorf("deleted again: code %d, want 10008", got)
	}
	if err := c.d.InteractionRespond(wires[2], deferred); err != nil {
		t.Fatal(err)
	}
	update := say("back", 0)
	update.Type = discordgo.InteractionResponseUpdateMessage
	if got := code(c.d.InteractionRespond(wires[3], update)); got != 10008 {
		t.Errorf("changed when it had gone: code %d, want 10008", got)
	}
	for n, p := range presses[:3] {
		if o, err := p.Outcome(soon(t)); err != nil || !o.Deleted {
			t.Errorf("press %d: %+v, %v, want the message deleted", n, o, err)
		}
	}
	if _, err := c.s.Press(soon(t), c.user, o.Message.ID, "delete"); !errors.Is(err, sandbox.ErrNoMessage) {
		t.Errorf("pressed when it had gone: %v, want ErrNoMessage", err)
	}
	if ms := c.s.Messages(c.user.Channel, c.user.User); len(ms) != 0 {
		t.Errorf("%d messages, want none", len(ms))
	}
	clean(t, c.s)
}
