package handlers

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"footnote/answer"
	"footnote/corpus"
	"footnote/encoder/taught"
	"footnote/internal/testlog"
	"footnote/store"
)

var rewrite = flag.Bool("update", false, "write the golden files anew")

// today is the day on which all tests take place.
var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Ids of the people and places of the tests.
const (
	testSelf    = "1000"
	testUser    = "2000"
	testOwner   = "2001"
	testGuild   = "3000"
	testChannel = "4000"
)

// rig is a bot with the articles of testdata/library.
type rig struct {
	*Bot
	t     *testing.T
	lib   *answer.Library
	words *words // in which it answers
	store *store.Store
	now   time.Time
	conn  Connection
}

func newRig(t *testing.T) *rig {
	t.Helper()
	articles, err := corpus.LoadFS(os.DirFS("testdata/library"))
	if err != nil || len(articles.Problems) > 0 {
		t.Fatal(err, articles.Problems)
	}
	return rigOf(t, articles.Articles)
}

func rigOf(t *testing.T, articles []*corpus.Article) *rig {
	t.Helper()
	lib := libraryOf(t, articles)
	live := answer.NewLive(lib)
	t.Cleanup(live.Close)
	r := &rig{t: t, lib: lib, words: speaking(lib.Languages()), store: store.Memory(), now: today, conn: Connection{Connected: true, MessageContent: true, Index: "0123abcd"}}
	r.Bot = New(Options{
		Log: testlog.New(t.Output()), Live: live, Store: r.store,
		Now:    func() time.Time { return r.now },
		Status: func() Connection { return r.conn },
		Owner:  func() string { return testOwner },
		// Tests of the limits make bots of their own.
		MemberLimit: 1000, ServerLimit: 1000,
	})
	return r
}

func libraryOf(t *testing.T, articles []*corpus.Article) *answer.Library {
	t.Helper()
	source, err := answer.From(articles)
	if err != nil {
		t.Fatal(err)
	}
	// What one test has prepared and encoded the others take over.
	plain, err := source.Library(t.Context(), vectors, nil, answer.Building{})
	if err != nil {
		t.Fatal(err)
	}
	lib, err := plain.Encode(t.Context(), answer.Encoding{Model: taught.Model()})
	if err != nil {
		t.Fatal(err)
	}
	if err := plain.Close(); err != nil {
		t.Fatal(err)
	}
	return lib
}

// vectors is the folder of all tests' vectors.
var vectors string

// from is an interaction of a member of the test server.
func from(kind discordgo.InteractionType, data discordgo.InteractionData) *discordgo.Interaction {
	return &discordgo.Interaction{
		Type: kind, Data: data, GuildID: testGuild, ChannelID: testChannel,
		Member:         &discordgo.Member{Nick: "Ann", User: &discordgo.User{ID: testUser, Username: "ann99"}},
		AppPermissions: discordgo.PermissionViewChannel | discordgo.PermissionSendMessages,
	}
}

// slash is a slash command with its options: name, value, name, value.
func slash(name string, options ...any) *discordgo.Interaction {
	return from(discordgo.InteractionApplicationCommand, discordgo.ApplicationCommandInteractionData{
		Name: name, CommandType: discordgo.ChatApplicationCommand, Options: given(options...)})
}

func given(options ...any) []*discordgo.ApplicationCommandInteractionDataOption {
	var list []*discordgo.ApplicationCommandInteractionDataOption
	for i := 0; i+1 < len(options); i += 2 {
		list = append(list, &discordgo.ApplicationCommandInteractionDataOption{Name: options[i].(string), Value: options[i+1]})
	}
	return list
}

// typing is an autocomplete: the last option is being typed.
func typing(name string, options ...any) *discordgo.Interaction {
	i := slash(name, options...)
	i.Type = discordgo.InteractionApplicationCommandAutocomplete
	given := i.Data.(discordgo.ApplicationCommandInteractionData).Options
	given[len(given)-1].Focused = true
	return i
}

// press is a press of the button with the label on the message that r is.
func (rig *rig) press(r *discordgo.InteractionResponse, label string) *discordgo.Interaction {
	rig.t.Helper()
	i := from(discordgo.InteractionMessageComponent, nil)
	i.Message = messageOf(r)
	for _, b := range buttonsOf(r.Data.Components) {
		if b.Label == label {
			i.Data = discordgo.MessageComponentInteractionData{CustomID: b.CustomID, ComponentType: discordgo.ButtonComponent}
			return i
		}
	}
	rig.t.Fatalf("no button %q on\n%s", label, dump(r))
	return nil
}

// fill submits the modal that opened on the message that r is.
func fill(r, modal *discordgo.InteractionResponse, value string) *discordgo.Interaction {
	i := from(discordgo.InteractionModalSubmit, discordgo.ModalSubmitInteractionData{
		CustomID: modal.Data.CustomID,
		Components: []discordgo.MessageComponent{&discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			&discordgo.TextInput{CustomID: modalQuestion, Value: value}}}},
	})
	i.Message = messageOf(r)
	return i
}

// messageOf is the message that a response becomes, as Discord sends it back.
func messageOf(r *discordgo.InteractionResponse) *discordgo.Message {
	m := &discordgo.Message{Content: r.Data.Content, Flags: r.Data.Flags, Author: &discordgo.User{ID: testSelf, Bot: true}}
	for _, row := range r.Data.Components {
		if r, ok := row.(discordgo.ActionsRow); ok {
			back := &discordgo.ActionsRow{}
			for _, b := range r.Components {
				b := b.(discordgo.Button)
				back.Components = append(back.Components, &b)
			}
			m.Components = append(m.Components, back)
		}
	}
	return m
}

// do lets the bot answer and checks what every reply promises.
func (rig *rig) do(i *discordgo.Interaction) *discordgo.InteractionResponse {
	rig.t.Helper()
	if d, ok := i.Data.(discordgo.ApplicationCommandInteractionData); ok {
		for _, o := range d.Options {
			if text, ok := o.Value.(string); ok {
				testlog.Asked(text)
			}
		}
	}
	r := rig.Interaction(context.Background(), i)
	if r == nil || r.Data == nil {
		rig.t.Fatalf("no response to %+v", i.Data)
	}
	if d, ok := i.Data.(discordgo.MessageComponentInteractionData); ok && strings.HasPrefix(d.CustomID, idVersion+"|"+actDelete+"|") && r.Type == discordgo.InteractionResponseUpdateMessage {
		return r // nothing is left to be checked; TestDelete sees to it
	}
	rig.check(r)
	if i.Type != discordgo.InteractionApplicationCommandAutocomplete && r.Type == discordgo.InteractionResponseChannelMessageWithSource {
		private := r.Data.Flags&discordgo.MessageFlagsEphemeral != 0
		refusal := len(r.Data.Components) == 0
		if !refusal && private != rig.Private(i) {
			rig.t.Errorf("Private says %v, the response is private: %v\n%s", !private, private, dump(r))
		}
	}
	return r
}

// check checks a response against Discord's limits and Footnote's promises.
func (rig *rig) check(r *discordgo.InteractionResponse) {
	rig.t.Helper()
	switch r.Type {
	case discordgo.InteractionApplicationCommandAutocompleteResult:
		if r.Data.Choices == nil || len(r.Data.Choices) > 25 {
			rig.t.Errorf("%d choices", len(r.Data.Choices))
		}
		for _, c := range r.Data.Choices {
			v, _ := c.Value.(string)
			if n := utf8.RuneCountInString(c.Name); n < 1 || n > 100 || v == "" || utf8.RuneCountInString(v) > 100 {
				rig.t.Errorf("choice %q = %q is too short or long", c.Name, c.Value)
			}
		}
		return
	case discordgo.InteractionResponseModal:
		if d := r.Data; d.CustomID == "" || len(d.CustomID) > 100 || d.Title == "" || utf8.RuneCountInString(d.Title) > 45 {
			rig.t.Errorf("modal %+v", d)
		}
		return
	}
	rig.checkMessage(r.Data.Content, r.Data.Components, r.Data.AllowedMentions)
}

var mention = regexp.MustCompile(`<(@|@!|@&|t:|/|a?:)`)

func (rig *rig) checkMessage(content string, components []discordgo.MessageComponent, allowed *discordgo.MessageAllowedMentions) {
	rig.t.Helper()
	fail := func(format string, args ...any) {
		rig.t.Helper()
		rig.t.Errorf(format+"\n%s", append(args, content)...)
	}
	if n := utf8.RuneCountInString(content); n < 1 || n > maxContent || strings.TrimSpace(content) == "" {
		fail("%d characters", n)
	}
	if allowed == nil || allowed.Parse == nil || len(allowed.Parse)+len(allowed.Roles)+len(allowed.Users) > 0 || allowed.RepliedUser {
		fail("somebody may be pinged: %+v", allowed)
	}
	for _, m := range mention.FindAllStringIndex(content, -1) {
		if m[0] == 0 || content[m[0]-1] != '\\' {
			fail("a mention that is not escaped at byte %d", m[0])
		}
	}
	for _, q := range quotations(content) {
		if !slices.ContainsFunc(rig.lib.Articles(), func(a *corpus.Article) bool { return strings.Contains(a.Text, q) }) {
			fail("not a slice of any article: %q", q)
		}
	}
	if len(components) > 5 {
		fail("%d rows", len(components))
	}
	seen := map[string]bool{}
	for _, row := range components {
		if n := len(row.(discordgo.ActionsRow).Components); n < 1 || n > 5 {
			fail("%d buttons in a row", n)
		}
	}
	for _, b := range buttonsOf(components) {
		if n := utf8.RuneCountInString(b.Label); n < 1 || n > 80 || b.CustomID == "" || len(b.CustomID) > 100 || seen[b.CustomID] {
			fail("button %+v", b)
		}
		if _, _, ok := parseID(b.CustomID); !ok {
			fail("custom id %q cannot be read back", b.CustomID)
		}
		seen[b.CustomID] = true
	}
}

// quotations returns what the block quotes of a message show, as Discord shows it.
func quotations(content string) []string {
	var all []string
	var lines []string
	for _, line := range append(strings.Split(content, "\n"), "") {
		if text, ok := strings.CutPrefix(line, "> "); ok {
			lines = append(lines, shown(text))
		} else if len(lines) > 0 {
			all = append(all, strings.Join(lines, "\n"))
			lines = nil
		}
	}
	return all
}

// shown takes the bold marks and the escapes away, as Discord does. It is not
// written with the code under test.
func shown(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", line[i+1]) >= 0:
			i++
			b.WriteByte(line[i])
		case strings.HasPrefix(line[i:], "**") && boldEnd(line[i+2:]) > 0:
			n := boldEnd(line[i+2:])
			b.WriteString(shown(line[i+2 : i+2+n]))
			i += n + 3
		default:
			b.WriteByte(line[i])
		}
	}
	return b.String()
}

// boldEnd is how much of a line is bold that "**" begins; 0 where nothing ends
// it. The stars that end it have no star behind them.
func boldEnd(line string) int {
	for n := 0; n < len(line); n++ {
		switch {
		case line[n] == '\\':
			n++
		case n > 0 && strings.HasPrefix(line[n:], "**") && !strings.HasPrefix(line[n:], "***"):
			return n
		}
	}
	return 0
}

func buttonsOf(components []discordgo.MessageComponent) []discordgo.Button {
	var list []discordgo.Button
	for _, row := range components {
		if r, ok := row.(discordgo.ActionsRow); ok {
			for _, c := range r.Components {
				if b, ok := c.(discordgo.Button); ok {
					list = append(list, b)
				}
			}
		}
	}
	return list
}

// dump writes a response for a golden file.
func dump(r *discordgo.InteractionResponse) string {
	var b strings.Builder
	switch d := r.Data; r.Type {
	case discordgo.InteractionApplicationCommandAutocompleteResult:
		b.WriteString("choices\n")
		for _, c := range d.Choices {
			fmt.Fprintf(&b, "%s = %v\n", c.Name, c.Value)
		}
		return b.String()
	case discordgo.InteractionResponseModal:
		fmt.Fprintf(&b, "modal %s: %s\n", d.CustomID, d.Title)
		return b.String()
	case discordgo.InteractionResponseUpdateMessage:
		b.WriteString("update")
	default:
		b.WriteString("message")
	}
	if r.Data.Flags&discordgo.MessageFlagsEphemeral != 0 {
		b.WriteString(", private")
	}
	b.WriteString("\n" + r.Data.Content + "\n")
	for _, btn := range buttonsOf(r.Data.Components) {
		fmt.Fprintf(&b, "[%s] %s\n", btn.Label, btn.CustomID)
	}
	return b.String()
}

// golden compares with testdata/replies/NAME.golden, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "replies", name+".golden")
	if *rewrite {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test ./handlers -update and read what it wrote", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; -update writes it anew\ngot:\n%s\nwant:\n%s", file, got, want)
	}
}

// date is a day at 00:00 UTC.
func date(t *testing.T, s string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return day
}
