package sandbox

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// command is a registered command.
type command struct {
	id, version string
	guild       string // "" if it is global
	parsed      *discordgo.ApplicationCommand
	sent        object // as the bot sent it, without what is empty
}

// parseCommand reads one command of a body; at is where it stands there.
func (s *Server) parseCommand(q *request, raw json.RawMessage, guild, at string) (*command, *apiError) {
	c := &command{guild: guild, parsed: &discordgo.ApplicationCommand{}}
	if bytes.Equal(raw, []byte("null")) {
		return nil, invalid(at, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
	}
	if err := json.Unmarshal(raw, c.parsed); err != nil {
		return nil, invalid(at, "BASE_TYPE_BAD", err.Error())
	}
	if err := strict(raw, &discordgo.ApplicationCommand{}); err != nil {
		s.addViolation(Violation{Method: q.Method, Route: q.route, Reason: "Discord does not know a key: " + err.Error(), Body: string(raw)})
	}
	if c.parsed.Type == 0 {
		c.parsed.Type = discordgo.ChatApplicationCommand
	}
	_ = json.Unmarshal(raw, &c.sent) // it was an object above
	prune(c.sent)
	var e fieldErrors
	commandRules(&e, at, c.parsed)
	return c, e.refusal()
}

// prune takes out what Discord does not send back: nulls, false, empty lists.
func prune(o object) {
	for k, v := range o {
		switch v := v.(type) {
		case nil:
			delete(o, k)
		case bool:
			if !v && k != "dm_permission" {
				delete(o, k)
			}
		case object:
			prune(v)
		case []any:
			if len(v) == 0 && k != "contexts" {
				delete(o, k)
			}
			for _, x := range v {
				if x, ok := x.(object); ok {
					prune(x)
				}
			}
		}
	}
}

// wire writes a command as Discord sends it back.
func (c *command) wire(app string, localizations bool) object {
	o := object{
		"default_member_permissions": nil, "nsfw": false, "dm_permission": true, "contexts": nil,
		"integration_types": []int{0}, "description": "", "name_localizations": nil, "description_localizations": nil,
	}
	for k, v := range c.sent {
		o[k] = v
	}
	if !localizations {
		o = unlocalized(o)
	}
	if c.guild != "" {
		o["guild_id"] = c.guild
		delete(o, "dm_permission")
	}
	o["id"], o["application_id"], o["version"], o["type"] = c.id, app, c.version, c.parsed.Type
	return o
}

// unlocalized copies a command without its translations.
func unlocalized(o object) object {
	out := object{}
	for k, v := range o {
		if strings.HasSuffix(k, "_localizations") {
			continue
		}
		if list, ok := v.([]any); ok {
			list = slices.Clone(list)
			for n, x := range list {
				if x, ok := x.(object); ok {
					list[n] = unlocalized(x)
				}
			}
			v = list
		}
		out[k] = v
	}
	return out
}

// scope returns the server that a command route is about, "" for the global ones.
func (s *Server) scope(q *request) (string, *apiError) {
	if q.PathValue("application_id") != s.world.App.ID {
		return "", &apiError{status: 404, code: 10002, message: "Unknown Application"}
	}
	g := q.PathValue("guild_id")
	if g != "" && s.world.Guild(g) == nil {
		return "", &apiError{status: 403, code: 50001, message: "Missing Access", excused: true}
	}
	return g, nil
}

func (s *Server) wireCommands(guild string, localizations bool) []object {
	out := []object{}
	for _, c := range s.commands[guild] {
		out = append(out, c.wire(s.world.App.ID, localizations))
	}
	return out
}

func (s *Server) getCommands(q *request) (answer, *apiError) {
	guild, e := s.scope(q)
	if e != nil {
		return answer{}, e
	}
	return answer{200, s.wireCommands(guild, q.URL.Query().Get("with_localizations") == "true")}, nil
}

// putCommands replaces all commands of a scope.
func (s *Server) putCommands(q *request) (answer, *apiError) {
	guild, e := s.scope(q)
	if e != nil {
		return answer{}, e
	}
	var raws []json.RawMessage
	if err := json.Unmarshal(q.body, &raws); err != nil {
		return answer{}, invalid("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
	}
	var errs fieldErrors
	next := []*command{}
	for n, raw := range raws {
		c, e := s.parseCommand(q, raw, guild, strconv.Itoa(n))
		if e != nil {
			errs = append(errs, e.fields...)
			continue
		}
		next = append(next, c)
	}
	if len(errs) == 0 {
		setRules(&errs, next)
	}
	if e := errs.refusal(); e != nil {
		return answer{}, e
	}
	for _, c := range next {
		s.adopt(c)
	}
	s.commands[guild] = next
	s.commandsChanged()
	return answer{200, s.wireCommands(guild, true)}, nil
}

// adopt gives a command its id: the old one if there was a command of the same
// name and type, with a new version if anything changed.
func (s *Server) adopt(c *command) (existed bool) {
	for _, old := range s.commands[c.guild] {
		if old.parsed.Name == c.parsed.Name && old.parsed.Type == c.parsed.Type {
			c.id, c.version = old.id, old.version
			if !reflect.DeepEqual(old.sent, c.sent) {
				c.version = s.ids.next(s.now())
			}
			return true
		}
	}
	c.id, c.version = s.ids.next(s.now()), s.ids.next(s.now())
	return false
}

// postCommand adds or replaces one command.
func (s *Server) postCommand(q *request) (answer, *apiError) {
	guild, e := s.scope(q)
	if e != nil {
		return answer{}, e
	}
	c, e := s.parseCommand(q, q.body, guild, "")
	if e != nil {
		return answer{}, e
	}
	status := 201
	rest := slices.Clone(s.commands[guild])
	if s.adopt(c) {
		status = 200
		rest = slices.DeleteFunc(rest, func(o *command) bool { return o.id == c.id })
	}
	rest = append(rest, c)
	var errs fieldErrors
	setRules(&errs, rest)
	if e := errs.refusal(); e != nil {
		return answer{}, e
	}
	s.commands[guild] = rest
	s.commandsChanged()
	return answer{status, c.wire(s.world.App.ID, true)}, nil
}

func (s *Server) deleteCommand(q *request) (answer, *apiError) {
	guild, e := s.scope(q)
	if e != nil {
		return answer{}, e
	}
	rest := slices.DeleteFunc(slices.Clone(s.commands[guild]), func(c *command) bool { return c.id == q.PathValue("command_id") })
	if len(rest) == len(s.commands[guild]) {
		return answer{}, &apiError{status: 404, code: 10063, message: "Unknown application command", excused: true}
	}
	s.commands[guild] = rest
	s.commandsChanged()
	return answer{status: 204}, nil
}

func (s *Server) commandsChanged() {
	s.publish(Event{Kind: EventCommands})
	s.notify()
}

// offered lists the commands that a server ("" for a direct message) has, its
// own before the global ones.
func (s *Server) offered(guild string) []*command {
	var out []*command
	if guild != "" {
		out = append(out, s.commands[guild]...)
	}
	for _, c := range s.commands[""] {
		context := discordgo.InteractionContextBotDM
		if guild != "" {
			context = discordgo.InteractionContextGuild
		}
		switch {
		case c.parsed.Contexts != nil && !slices.Contains(*c.parsed.Contexts, context):
		case c.parsed.Contexts == nil && guild == "" && c.sent["dm_permission"] == false:
		default:
			out = append(out, c)
		}
	}
	return out
}
