package handlers

import (
	"testing"

	"github.com/bwmarrin/discordgo"
)

// TestDelete presses Delete under a reply: who asked and who moderates get it
// deleted, anybody else one private sentence.
func TestDelete(t *testing.T) {
	rig := newRig(t)
	const known = "how many people were injured?"
	other := func(i *discordgo.Interaction) { i.Member.User.ID = "2002" }
	may := func(permissions int64) func(*discordgo.Interaction) {
		return func(i *discordgo.Interaction) { other(i); i.Member.Permissions = permissions }
	}
	direct := func(i *discordgo.Interaction) { i.User, i.Member, i.GuildID = i.Member.User, nil, "" }
	heard := func(m *discordgo.Message) *discordgo.InteractionResponse {
		s := rig.hear(m)
		return &discordgo.InteractionResponse{Data: &discordgo.InteractionResponseData{Content: s.Content, Components: s.Components}}
	}
	asked := rig.do(slash("ask", "question", known))
	private := rig.do(slash("ask", "question", known, "private", true))
	share := rig.press(private, rig.words.ButtonShare)
	other(share)
	for _, test := range []struct {
		name  string
		under *discordgo.InteractionResponse
		who   func(*discordgo.Interaction) // presses; nil: the member who asked
		ok    bool
	}{
		{"asker", asked, nil, true},
		{"somebody else", asked, other, false},
		{"may manage the server", asked, may(discordgo.PermissionManageGuild), false},
		{"may manage messages", asked, may(discordgo.PermissionManageMessages), true},
		{"administrator", asked, may(discordgo.PermissionAdministrator), true},
		{"direct message", asked, direct, true},
		{"mention", heard(mentioning(known)), nil, true},
		{"mention, somebody else", heard(mentioning(known)), other, false},
		{"greeting", heard(mentioning("")), nil, true},
		{"search", rig.do(slash("search", "words", "captain")), nil, true},
		{"front page", rig.do(slash("article")), nil, true},
		{"shared", rig.do(share), other, true},
		{"shared by somebody else", rig.do(share), nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			i := rig.press(test.under, rig.words.ButtonDelete)
			if test.who != nil {
				test.who(i)
			}
			if !rig.Updates(i) {
				t.Error("Updates does not foretell that the message goes")
			}
			r := rig.Interaction(t.Context(), i)
			if !test.ok {
				rig.check(r)
				if r.Data.Content != rig.words.NotYours || r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
					t.Errorf("got %s", dump(r))
				}
				return
			}
			if r.Type != discordgo.InteractionResponseUpdateMessage || r.Data.Content != "" || len(r.Data.Components) > 0 {
				t.Errorf("the reply stays: %s", dump(r))
			}
		})
	}
	if label(private, rig.words.ButtonDelete) != "" {
		t.Error("a private reply, which its reader can dismiss, has a Delete button")
	}
	if err := rig.store.SetPaused(testGuild, true); err != nil {
		t.Fatal(err)
	}
	if r := rig.Interaction(t.Context(), rig.press(asked, rig.words.ButtonDelete)); r.Data.Content != "" {
		t.Errorf("on a paused server the reply stays: %s", dump(r))
	}
}
