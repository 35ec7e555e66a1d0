package discord

import (
	"context"
	"encoding/json"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Neither a message nor, in discordgo, an interaction says that it comes from a
// thread. The gateway tells which threads are active; any other channel is asked
// for once, when somebody wants to know.

// parentWithin is how long Discord may take to say where a channel belongs.
const parentWithin = 2 * time.Second

// thread is what the gateway tells of one.
type thread struct {
	ID       string `json:"id"`
	Guild    string `json:"guild_id"`
	Parent   string `json:"parent_id"`
	Metadata struct {
		Archived bool `json:"archived"`
	} `json:"thread_metadata"`
}

// Parent returns the channel or forum that a thread of a server belongs to, ""
// where the channel is no thread or Discord does not say.
func (b *Bot) Parent(ctx context.Context, guild, channel string) string {
	b.mu.Lock()
	parent, known := b.parents[guild][channel]
	b.mu.Unlock()
	if known {
		return parent
	}
	ctx, cancel := context.WithTimeout(ctx, parentWithin)
	defer cancel()
	var c struct {
		Type   discordgo.ChannelType `json:"type"`
		Guild  string                `json:"guild_id"`
		Parent string                `json:"parent_id"` // of a channel that is no thread: its category
	}
	url := discordgo.EndpointChannel(channel)
	if _, err := b.rest.do(ctx, request{route: "GET /channels/…", url: url, bucket: url}, &c); err != nil {
		b.log.Warn("could not ask which channel a thread belongs to", "channel", channel, "err", b.rest.scrub(err))
		return ""
	}
	switch c.Type {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
	default:
		c.Parent = ""
	}
	if c.Guild != guild {
		return ""
	}
	b.knowParent(guild, channel, c.Parent)
	return c.Parent
}

func (b *Bot) knowParent(guild, channel, parent string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.parents[guild] == nil {
		b.parents[guild] = map[string]string{}
	}
	b.parents[guild][channel] = parent
}

// threadEvent keeps the active threads of the servers. One that is archived is
// forgotten: there is no end of them.
func (b *Bot) threadEvent(kind string, raw json.RawMessage) {
	var e struct {
		thread
		Threads []thread `json:"threads"` // of a whole server
	}
	if json.Unmarshal(raw, &e) != nil {
		return
	}
	switch kind {
	case "GUILD_CREATE":
		e.Guild = e.ID
		fallthrough
	case "THREAD_LIST_SYNC":
		for _, t := range e.Threads {
			if e.Guild != "" && t.ID != "" && t.Parent != "" {
				b.knowParent(e.Guild, t.ID, t.Parent)
			}
		}
		return
	}
	if e.ID == "" || e.Guild == "" {
		return
	}
	gone := kind == "THREAD_DELETE" || kind == "CHANNEL_DELETE" || e.Metadata.Archived
	if !gone && e.Parent != "" {
		b.knowParent(e.Guild, e.ID, e.Parent)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.parents[e.Guild], e.ID)
}
