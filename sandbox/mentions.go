package sandbox

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// How a user and a role are mentioned.
var (
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
)

// allowedMentions says whom a message may notify.
type allowedMentions struct {
	Parse       []string `json:"parse"`
	Roles       []string `json:"roles"`
	Users       []string `json:"users"`
	RepliedUser bool     `json:"replied_user"`
}

func (a *allowedMentions) check(e *fieldErrors) {
	if a == nil {
		return
	}
	for _, p := range a.Parse {
		e.check(p == "users" || p == "roles" || p == "everyone", "allowed_mentions.parse", "BASE_TYPE_CHOICES", "Value must be one of ('roles', 'users', 'everyone').")
	}
	e.check(len(a.Users) == 0 || !slices.Contains(a.Parse, "users"), "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse and users exclude each other.")
	e.check(len(a.Roles) == 0 || !slices.Contains(a.Parse, "roles"), "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse and roles exclude each other.")
	e.check(len(a.Users) <= 100 && len(a.Roles) <= 100, "allowed_mentions", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
}

// defaultMentions are the mentions that hold when the bot says nothing: in ordinary
// messages everything, in answers to interactions users only.
func defaultMentions(interaction bool) *allowedMentions {
	if interaction {
		return &allowedMentions{Parse: []string{"users"}, RepliedUser: true}
	}
	return &allowedMentions{Parse: []string{"users", "roles", "everyone"}, RepliedUser: true}
}

// ping works out whom a message notifies and notes it in the message and for
// Pinged. Escapes and code do not count as protection here: what Discord makes
// of them is not documented.
func (s *Server) ping(m *Message, a *allowedMentions, interaction bool) {
	if a == nil {
		a = defaultMentions(interaction)
	}
	c := s.world.Channel(m.Channel)
	for _, id := range mentioned(m.Content, userMention) {
		if s.world.User(id) != nil && (slices.Contains(a.Parse, "users") || slices.Contains(a.Users, id)) {
			m.Mentions = append(m.Mentions, id)
		}
	}
	if g := s.world.Guild(c.Guild); g != nil {
		may := s.world.permissions(m.Author, c)&discordgo.PermissionMentionEveryone != 0
		for _, id := range mentioned(m.Content, roleMention) {
			n := slices.IndexFunc(g.Roles, func(r Role) bool { return r.ID == id })
			if n >= 0 && (g.Roles[n].Mentionable || may) && (slices.Contains(a.Parse, "roles") || slices.Contains(a.Roles, id)) {
				m.MentionRoles = append(m.MentionRoles, id)
			}
		}
		// Whether the bot may ping everybody depends on the server's settings, so
		// the permission is not asked: an attempt is enough.
		if slices.Contains(a.Parse, "everyone") && (strings.Contains(m.Content, "@everyone") || strings.Contains(m.Content, "@here")) {
			m.MentionEveryone = true
		}
	}
	if ref := s.messages[m.ReplyTo]; ref != nil && a.RepliedUser && ref.Author != m.Author && !slices.Contains(m.Mentions, ref.Author) {
		m.Mentions = append(m.Mentions, ref.Author)
	}
	if m.Author != s.world.Bot.ID || m.Viewer != "" {
		return
	}
	whom := append(append([]string{}, m.Mentions...), m.MentionRoles...)
	if m.MentionEveryone {
		whom = append(whom, "@everyone")
	}
	for _, w := range whom {
		if w != s.world.Bot.ID {
			s.pings = append(s.pings, Ping{Message: m.ID, Whom: w})
		}
	}
}

// mentioned returns the ids that a pattern finds, each once.
func mentioned(text string, pattern *regexp.Regexp) []string {
	var ids []string
	for _, f := range pattern.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(ids, f[1]) {
			ids = append(ids, f[1])
		}
	}
	return ids
}
