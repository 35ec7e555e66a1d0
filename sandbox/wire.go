package sandbox

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file writes the world as Discord's JSON. discordgo's own types do not
// serve: they leave out a message's components and write empty fields that
// Discord never sends.

type object = map[string]any

func wireUser(u *User) object {
	o := object{
		"id": u.ID, "username": u.Username, "discriminator": "0", "avatar": nil,
		"global_name": nil, "public_flags": 0, "flags": 0, "primary_guild": nil,
	}
	if u.Name != "" {
		o["global_name"] = u.Name
	}
	if u.Bot {
		o["bot"] = true
	}
	return o
}

// wireMember leaves the user out, as messages and interactions carry it apart.
func wireMember(m *Member) object {
	var nick any
	if m.Nick != "" {
		nick = m.Nick
	}
	return object{
		"nick": nick, "avatar": nil, "banner": nil, "roles": []string{}, "joined_at": epoch.Format(time.RFC3339), "premium_since": nil,
		"deaf": false, "mute": false, "flags": 0, "pending": false, "communication_disabled_until": nil,
	}
}

// epoch is when everything began, as far as the world remembers.
var epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

func (s *Server) wireReady(x *session) object {
	guilds := []object{}
	for _, g := range s.world.Guilds {
		if shardOf(g.ID, x.shard[1]) == x.shard[0] {
			guilds = append(guilds, object{"id": g.ID, "unavailable": true})
		}
	}
	return object{
		"v": 9, "session_id": x.id, "session_type": "normal", "resume_gateway_url": s.gatewayURL(),
		"user": wireUser(&s.world.Bot), "guilds": guilds, "private_channels": []object{},
		"application": object{"id": s.world.App.ID, "flags": 0}, "shard": x.shard,
	}
}

func (s *Server) wireGuild(g *Guild) object {
	channels, members, roles := []object{}, []object{}, []object{}
	for _, c := range g.Channels {
		channels = append(channels, s.wireChannel(c))
	}
	threads := []object{}
	for _, c := range g.Threads {
		if !c.Archived && s.world.permissions(s.world.Bot.ID, c)&discordgo.PermissionViewChannel != 0 {
			threads = append(threads, s.wireChannel(c))
		}
	}
	for _, m := range g.Members {
		o := wireMember(m)
		o["user"] = wireUser(s.world.User(m.User))
		members = append(members, o)
	}
	for _, r := range g.Roles {
		roles = append(roles, object{
			"id": r.ID, "name": r.Name, "mentionable": r.Mentionable, "permissions": strconv.FormatInt(Ordinary, 10),
			"position": 0, "color": 0, "hoist": false, "managed": false, "flags": 0,
		})
	}
	return object{
		"id": g.ID, "name": g.Name, "owner_id": g.Owner, "channels": channels, "members": members, "roles": roles,
		"member_count": len(g.Members), "joined_at": epoch.Format(time.RFC3339), "large": false, "unavailable": false,
		"preferred_locale": "en-US", "emojis": []object{}, "features": []string{}, "threads": threads, "presences": []object{},
	}
}

func (s *Server) wireChannel(c *Channel) object {
	if c.Guild == "" {
		return object{
			"id": c.ID, "type": discordgo.ChannelTypeDM, "flags": 0, "last_message_id": s.lastMessage(c.ID),
			"recipients": []object{wireUser(s.world.User(c.User))},
		}
	}
	if c.Parent != "" {
		return object{
			"id": c.ID, "type": discordgo.ChannelTypeGuildPublicThread, "guild_id": c.Guild, "name": c.Name, "parent_id": c.Parent, "flags": 0,
			"owner_id": c.User, "last_message_id": s.lastMessage(c.ID), "rate_limit_per_user": 0,
			"message_count": len(s.history[c.ID]), "total_message_sent": len(s.history[c.ID]), "member_count": 1,
			"thread_metadata": object{"archived": c.Archived, "locked": c.Locked, "auto_archive_duration": 1440, "archive_timestamp": epoch.Format(time.RFC3339)},
		}
	}
	if c.Forum {
		return object{
			"id": c.ID, "type": discordgo.ChannelTypeGuildForum, "guild_id": c.Guild, "name": c.Name, "position": 0, "flags": 0,
			"permission_overwrites": []object{}, "parent_id": nil, "topic": nil, "nsfw": false, "last_message_id": nil,
			"available_tags": []object{}, "default_reaction_emoji": nil, "default_sort_order": nil, "default_forum_layout": 0,
		}
	}
	return object{
		"id": c.ID, "type": discordgo.ChannelTypeGuildText, "guild_id": c.Guild, "name": c.Name, "position": 0, "flags": 0,
		"permission_overwrites": []object{}, "parent_id": nil, "topic": nil, "nsfw": false, "last_message_id": s.lastMessage(c.ID),
	}
}

func (s *Server) lastMessage(channel string) any {
	if h := s.history[channel]; len(h) > 0 {
		return h[len(h)-1]
	}
	return nil
}

// wireMessage writes a message. With stripped, what the message-content intent
// protects is left empty.
func (s *Server) wireMessage(m *Message, stripped bool) object {
	o := object{
		"id": m.ID, "channel_id": m.Channel, "type": m.Type, "author": wireUser(s.world.User(m.Author)),
		"content": m.Content, "embeds": wireEmbeds(m.Embeds), "components": m.Components, "attachments": []object{},
		"mentions": s.wireUsers(m.Mentions), "mention_roles": m.MentionRoles, "mention_everyone": m.MentionEveryone,
		"timestamp": m.Created.UTC().Format(time.RFC3339Nano), "edited_timestamp": nil, "tts": false, "pinned": false,
		"flags": m.Flags,
	}
	if m.Components == nil {
		o["components"] = []object{}
	}
	if m.MentionRoles == nil {
		o["mention_roles"] = []string{}
	}
	if !m.Edited.IsZero() {
		o["edited_timestamp"] = m.Edited.UTC().Format(time.RFC3339Nano)
	}
	if stripped {
		o["content"], o["embeds"], o["components"] = "", []object{}, []object{}
	}
	if m.Author == s.world.Bot.ID {
		o["application_id"] = s.world.App.ID
	}
	if i := m.interaction; i != nil {
		o["webhook_id"] = s.world.App.ID
		user := wireUser(s.world.User(i.caller.User))
		o["interaction_metadata"] = object{"id": i.ID, "type": i.kind, "user": user, "authorizing_integration_owners": i.owners(s)}
		if i.kind == discordgo.InteractionApplicationCommand {
			o["interaction"] = object{"id": i.ID, "type": i.kind, "name": i.name, "user": user}
		}
	}
	if m.ReplyTo != "" {
		o["message_reference"] = object{"type": 0, "channel_id": m.Channel, "message_id": m.ReplyTo}
		if c := s.world.Channel(m.Channel); c != nil && c.Guild != "" {
			o["message_reference"].(object)["guild_id"] = c.Guild
		}
		o["referenced_message"] = nil
		if ref := s.messages[m.ReplyTo]; ref != nil {
			inner := *ref
			inner.ReplyTo = "" // Discord nests one level only
			o["referenced_message"] = s.wireMessage(&inner, stripped && ref.Author != s.world.Bot.ID)
		}
	}
	return o
}

// wireEmbeds fills in what Discord adds to embeds: type and inline.
func wireEmbeds(es []*discordgo.MessageEmbed) []object {
	out := []object{}
	for _, e := range es {
		b, _ := json.Marshal(e) // it came as JSON
		o := object{}
		_ = json.Unmarshal(b, &o)
		o["type"] = "rich"
		fields, _ := o["fields"].([]any)
		for n := range fields {
			fields[n].(object)["inline"] = e.Fields[n].Inline
		}
		out = append(out, o)
	}
	return out
}

func (s *Server) wireUsers(ids []string) []object {
	us := []object{}
	for _, id := range ids {
		if u := s.world.User(id); u != nil {
			us = append(us, wireUser(u))
		}
	}
	return us
}

func (s *Server) gatewayURL() string { return "ws://" + s.listen.Addr().String() }
