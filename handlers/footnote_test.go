package handlers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// manage is a /footnote command of somebody who may manage the server.
func manage(sub string, options ...any) *discordgo.Interaction {
	i := from(discordgo.InteractionApplicationCommand, discordgo.ApplicationCommandInteractionData{
		Name: cmdFootnote, CommandType: discordgo.ChatApplicationCommand,
		Options: []*discordgo.ApplicationCommandInteractionDataOption{{Name: sub, Type: discordgo.ApplicationCommandOptionSubCommand, Options: given(options...)}},
	})
	i.Member.Permissions = discordgo.PermissionManageGuild
	return i
}

// TestFootnote gives one command and looks at the reply and at the store.
func TestFootnote(t *testing.T) {
	change := func(i *discordgo.Interaction, f func(*discordgo.Interaction)) *discordgo.Interaction {
		f(i)
		return i
	}
	nobody := func(i *discordgo.Interaction) { i.Member.Permissions = 0 }
	owner := func(i *discordgo.Interaction) { i.Member.User.ID = testOwner }
	direct := func(i *discordgo.Interaction) {
		i.User, i.Member, i.GuildID = i.Member.User, nil, ""
	}
	w := english()
	cases := []struct {
		name     string
		do       *discordgo.Interaction
		want     string // a part of the reply
		channels string // switched on after it
		paused   bool
	}{
		{"channel on", manage(subChannel, optSwitch, switchOn), "In <#4000> I now answer", "4000", false},
		{"another channel on", manage(subChannel, optSwitch, switchOn, optChannel, "4001"), "In <#4001> I now answer", "4001", false},
		{"channel off", manage(subChannel, optSwitch, switchOff), "answer only when I am mentioned", "", false},
		{"channel of nonsense", manage(subChannel, optSwitch, switchOn, optChannel, "<@1>"), w.UnknownCommand, "", false},
		{"pause", manage(subPause, optSwitch, switchOn), w.PauseOn, "", true},
		{"pause over", manage(subPause, optSwitch, switchOff), w.PauseOff, "", false},
		{"unknown", manage("dance"), w.UnknownCommand, "", false},
		{"no rights", change(manage(subPause, optSwitch, switchOn), nobody), w.NeedManage, "", false},
		{"no rights to status", change(manage(subStatus), nobody), w.NeedManage, "", false},
		{"administrator", change(manage(subPause, optSwitch, switchOn), func(i *discordgo.Interaction) { i.Member.Permissions = discordgo.PermissionAdministrator }), w.PauseOn, "", true},
		{"direct message", change(manage(subPause, optSwitch, switchOn), direct), w.NeedServer, "", false},
		{"rebuild by a manager", manage(subRebuild), w.NeedOwner, "", false},
		{"rebuild by the owner", change(manage(subRebuild), owner), "The library is rebuilt. 1 article added", "", false},
		{"rebuild by the owner without rights", change(change(manage(subRebuild), owner), nobody), "The library is rebuilt.", "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rig := newRig(t)
			rig.opt.Rebuild = func(context.Context) (string, error) { return "1 article added", nil }
			r := rig.do(c.do)
			if !strings.Contains(r.Data.Content, c.want) || r.Data.Flags&discordgo.MessageFlagsEphemeral == 0 {
				t.Errorf("got %s\nwant in private something with %q", dump(r), c.want)
			}
			if got := strings.Join(rig.store.Channels(testGuild), " "); got != c.channels {
				t.Errorf("channels %q, want %q", got, c.channels)
			}
			if got := rig.store.Paused(testGuild); got != c.paused {
				t.Errorf("paused %v, want %v", got, c.paused)
			}
		})
	}
}

// TestThreads gives commands in a thread of a channel: what is switched is the
// channel, unless the thread is named.
func TestThreads(t *testing.T) {
	const thread = "4100"
	in := func(i *discordgo.Interaction) *discordgo.Interaction {
		i.ChannelID = thread
		return i
	}
	w := english()
	covered := fmt.Sprintf(w.ThreadCovered, thread, testChannel)
	for _, c := range []struct {
		name     string
		before   string // switched on before
		do       *discordgo.Interaction
		want     string
		channels string
	}{
		{"on", "", in(manage(subChannel, optSwitch, switchOn)), fmt.Sprintf(w.ChannelOn, testChannel) + "\n" + w.ChannelThreads, testChannel},
		{"on for a thread that was on by itself", thread, in(manage(subChannel, optSwitch, switchOn)), fmt.Sprintf(w.ChannelOn, testChannel) + "\n" + w.ChannelThreads, testChannel},
		{"off", testChannel, in(manage(subChannel, optSwitch, switchOff)), fmt.Sprintf(w.ChannelOff, testChannel), ""},
		{"off for a thread that was on by itself", thread, in(manage(subChannel, optSwitch, switchOff)), fmt.Sprintf(w.ChannelOff, testChannel), ""},
		{"this thread alone", "", in(manage(subChannel, optSwitch, switchOn, optChannel, thread)), fmt.Sprintf(w.ChannelOn, thread), thread},
		{"this thread alone, off", thread, in(manage(subChannel, optSwitch, switchOff, optChannel, thread)), fmt.Sprintf(w.ChannelOff, thread), ""},
		{"a thread off whose channel is on", testChannel, in(manage(subChannel, optSwitch, switchOff, optChannel, thread)), covered, testChannel},
		{"another channel from a thread", "", in(manage(subChannel, optSwitch, switchOn, optChannel, "4001")), fmt.Sprintf(w.ChannelOn, "4001") + "\n" + w.ChannelThreads, "4001"},
		{"a channel", "", manage(subChannel, optSwitch, switchOn), fmt.Sprintf(w.ChannelOn, testChannel) + "\n" + w.ChannelThreads, testChannel},
	} {
		t.Run(c.name, func(t *testing.T) {
			rig := newRig(t)
			rig.opt.Parent = func(_ context.Context, _, channel string) string {
				return map[string]string{thread: testChannel}[channel]
			}
			if c.before != "" {
				if err := rig.store.SetChannel(testGuild, c.before, true); err != nil {
					t.Fatal(err)
				}
			}
			if got := rig.do(c.do).Data.Content; got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
			if got := strings.Join(rig.store.Channels(testGuild), " "); got != c.channels {
				t.Errorf("channels %q, want %q", got, c.channels)
			}
			status := in(manage(subStatus))
			for may, want := range map[int64]string{
				discordgo.PermissionViewChannel | discordgo.PermissionSendMessages:          w.StatusNoWrite,
				discordgo.PermissionViewChannel | discordgo.PermissionSendMessagesInThreads: w.StatusWrite,
			} {
				status.AppPermissions = may
				got := rig.do(status).Data.Content
				if !strings.Contains(got, want) || strings.Contains(got, covered) != (c.channels == testChannel) {
					t.Errorf("status with permissions %d:\n%s", may, got)
				}
			}
		})
	}
}

func TestRebuildFails(t *testing.T) {
	rig := newRig(t)
	i := manage(subRebuild)
	i.Member.User.ID = testOwner
	if got := rig.do(i).Data.Content; got != rig.words.NoRebuild {
		t.Errorf("without a function to rebuild: %q", got)
	}
	rig.opt.Rebuild = func(context.Context) (string, error) { return "", errors.New("disk /dev/secret is full") }
	if got := rig.do(i).Data.Content; got != rig.words.RebuildFailed {
		t.Errorf("got %q, want %q", got, rig.words.RebuildFailed)
	}
}

// TestStatus compares the whole list in both worlds: all is well, and nothing.
func TestStatus(t *testing.T) {
	rig := newRig(t)
	golden(t, "status-well", dump(rig.do(manage(subStatus))))

	rig.conn = Connection{ContentRefused: true, Index: "0123abcd", InMemory: true, Read: 12, ToRead: 30}
	if err := errors.Join(rig.store.SetPaused(testGuild, true), rig.store.SetChannel(testGuild, "4001", true), rig.store.SetChannel(testGuild, "4002", true)); err != nil {
		t.Fatal(err)
	}
	i := manage(subStatus)
	i.AppPermissions = discordgo.PermissionViewChannel
	golden(t, "status-ill", dump(rig.do(i)))
}

// TestChannelWithoutIntent tells who switches a channel on that Discord hides
// the messages, where it does.
func TestChannelWithoutIntent(t *testing.T) {
	rig := newRig(t)
	for want, conn := range map[string]Connection{
		rig.words.StatusNoText:   {ContentRefused: true},
		rig.words.StatusTextOff:  {},
		rig.words.StatusTextHTTP: {HTTP: true, MessageContent: true},
	} {
		rig.conn = conn
		if r := rig.do(manage(subChannel, optSwitch, switchOn)); !strings.Contains(r.Data.Content, want) {
			t.Errorf("got %s\nwant something with %s", r.Data.Content, want)
		}
	}
}
