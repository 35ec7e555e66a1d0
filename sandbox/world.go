package sandbox

import (
	"fmt"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// World is what exists: the application, its bot, people, servers and channels.
// Server.Update reads and changes it.
type World struct {
	App    App
	Bot    User
	Users  []User
	Guilds []*Guild
	DMs    []*Channel // one per person who may write to the bot
	Portal Portal
}

// App is the bot's application.
type App struct {
	ID, Name string
	Owner    string // a user's id
}

// User is a person or a bot.
type User struct {
	ID       string
	Username string
	Name     string // the display name; "": the user name is shown
	Bot      bool
}

// Guild is a server.
type Guild struct {
	ID, Name string
	Owner    string // a user's id; may do everything
	Members  []*Member
	Channels []*Channel
	Threads  []*Channel // see StartThread
	Roles    []Role
	// Allowed holds, by command name, the users whom the server's own settings
	// let use a command that default_member_permissions would hide from them.
	Allowed map[string][]string
}

// Member is a user in a server, with all that its roles allow it.
type Member struct {
	User        string // a user's id
	Nick        string
	Permissions int64 // discordgo.Permission bits
}

// Role is here for mentions only; what members may do stands in Member.
type Role struct {
	ID, Name    string
	Mentionable bool
	Members     []string // user ids
}

// Channel is a channel of a server, a thread or a direct message.
type Channel struct {
	ID, Name string
	Guild    string           // "" for a direct message
	User     string           // the person at the other end of a direct message
	Deny     map[string]int64 // permissions taken from a user in this channel, and in its threads

	Forum            bool   // it holds posts, which are threads, and no messages
	Parent           string // the channel that a thread belongs to
	Archived, Locked bool   // of a thread
}

// Portal is what the developer portal switches on and off: the privileged intents.
type Portal struct {
	MessageContent, GuildMembers, Presences bool
}

// Ordinary is what a member may do who has no special rights.
const Ordinary = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages |
	discordgo.PermissionReadMessageHistory | discordgo.PermissionAddReactions |
	discordgo.PermissionEmbedLinks | discordgo.PermissionUseApplicationCommands |
	discordgo.PermissionSendMessagesInThreads | discordgo.PermissionCreatePublicThreads

// DefaultWorld is one server with the channels general and news, a direct
// message, and two people, reader and moderator. The moderator owns server and
// application. The message-content intent is switched on. Each call makes a new one.
func DefaultWorld(bot string) *World {
	const guild = "800000000000000001"
	w := &World{
		App: App{ID: "700000000000000001", Name: bot, Owner: "600000000000000002"},
		Bot: User{ID: "700000000000000001", Username: bot, Bot: true},
		Users: []User{
			{ID: "600000000000000001", Username: "reader", Name: "Reader"},
			{ID: "600000000000000002", Username: "moderator", Name: "Moderator"},
		},
		DMs:    []*Channel{{ID: "900000000000000003", Name: "dm", User: "600000000000000001"}},
		Portal: Portal{MessageContent: true},
	}
	w.Guilds = []*Guild{{
		ID: guild, Name: "The Reading Room", Owner: "600000000000000002",
		Members: []*Member{
			{User: w.Bot.ID, Permissions: Ordinary},
			{User: "600000000000000001", Permissions: Ordinary},
			{User: "600000000000000002", Permissions: Ordinary | discordgo.PermissionManageGuild | discordgo.PermissionManageMessages},
		},
		Channels: []*Channel{
			{ID: "900000000000000001", Name: "general", Guild: guild},
			{ID: "900000000000000002", Name: "news", Guild: guild},
		},
		Roles: []Role{{ID: guild, Name: "@everyone"}, {ID: "800000000000000002", Name: "editors", Members: []string{"600000000000000002"}}},
	}}
	return w
}

// User returns the user with this id or user name, the bot included, or nil.
func (w *World) User(key string) *User {
	if key == w.Bot.ID || key == w.Bot.Username {
		return &w.Bot
	}
	for i := range w.Users {
		if u := &w.Users[i]; u.ID == key || u.Username == key {
			return u
		}
	}
	return nil
}

// Guild returns the server with this id or name, or nil.
func (w *World) Guild(key string) *Guild {
	for _, g := range w.Guilds {
		if g.ID == key || g.Name == key {
			return g
		}
	}
	return nil
}

// Channel returns the channel or thread with this id or name, or nil.
func (w *World) Channel(key string) *Channel {
	for _, g := range w.Guilds {
		for _, all := range [][]*Channel{g.Channels, g.Threads} {
			for _, c := range all {
				if c.ID == key || c.Name == key {
					return c
				}
			}
		}
	}
	for _, c := range w.DMs {
		if c.ID == key || c.Name == key {
			return c
		}
	}
	return nil
}

// Member returns the membership of a user, or nil.
func (g *Guild) Member(user string) *Member {
	for _, m := range g.Members {
		if m.User == user {
			return m
		}
	}
	return nil
}

// permissions are what a user may do in a channel.
func (w *World) permissions(user string, c *Channel) int64 {
	if c.Guild == "" {
		if user == c.User || user == w.Bot.ID {
			return Ordinary
		}
		return 0
	}
	g := w.Guild(c.Guild)
	if c.Parent != "" {
		c = w.Channel(c.Parent) // a thread has no permissions of its own
	}
	if g == nil || c == nil {
		return 0
	}
	m := g.Member(user)
	switch {
	case m == nil:
		return 0
	case g.Owner == user || m.Permissions&discordgo.PermissionAdministrator != 0:
		return discordgo.PermissionAll | Ordinary | discordgo.PermissionManageThreads
	}
	p := m.Permissions &^ c.Deny[user]
	if p&discordgo.PermissionViewChannel == 0 {
		return 0
	}
	return p
}

// Update calls f to read or change the world; f must not keep it. The bot is
// told nothing; for servers that come and go see AddGuild and RemoveGuild.
func (s *Server) Update(f func(*World)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s.world)
}

// AddGuild lets the bot join a server.
func (s *Server) AddGuild(g *Guild) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.Guilds = append(s.world.Guilds, g)
	s.dispatch("GUILD_CREATE", s.guildRoute(g.ID, discordgo.IntentGuilds), s.wireGuild(g))
	s.publish(Event{Kind: EventWorld})
}

// RemoveGuild throws the bot out of a server.
func (s *Server) RemoveGuild(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for n, g := range s.world.Guilds {
		if g.ID == id {
			s.world.Guilds = append(s.world.Guilds[:n:n], s.world.Guilds[n+1:]...)
			s.dispatch("GUILD_DELETE", s.guildRoute(id, discordgo.IntentGuilds), map[string]any{"id": id})
			s.publish(Event{Kind: EventWorld})
			return
		}
	}
}

// snowflakes makes ids as Discord does: milliseconds since 2015, then a count.
type snowflakes struct{ last uint64 }

func (f *snowflakes) next(t time.Time) string {
	id := uint64(t.UnixMilli()-1420070400000) << 22
	if id <= f.last {
		id = f.last + 1
	}
	f.last = id
	return strconv.FormatUint(id, 10)
}

// shardOf says which of n shards a server belongs to; direct messages go to 0.
func shardOf(guild string, n int) int {
	id, err := strconv.ParseUint(guild, 10, 64)
	if err != nil || n < 1 {
		return 0
	}
	return int((id >> 22) % uint64(n))
}

// Caller is somebody somewhere: who acts, in which channel.
type Caller struct {
	User    string // a user's id
	Channel string // a channel's id
}

// As returns the caller for a user and a channel, each given by id or name. It
// panics if there is no such user or channel, since only a test can be wrong there.
func (s *Server) As(user, channel string) Caller {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, c := s.world.User(user), s.world.Channel(channel)
	if u == nil || c == nil {
		panic(fmt.Sprintf("sandbox: no user %q or no channel %q in this world", user, channel))
	}
	return Caller{User: u.ID, Channel: c.ID}
}
