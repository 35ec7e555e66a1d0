package sandbox

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// What a person runs into who is a moment late, or sees something else.
var (
	ErrNoCommand   = errors.New("there is no such command here") // or none for this caller
	ErrNoMessage   = errors.New("this message has been deleted, or is not for you to see")
	ErrNoComponent = errors.New("this message no longer has what was pressed")
)

// place returns the channel of a caller and what the caller may do there; s.mu is held.
func (s *Server) place(by Caller) (*Channel, int64, error) {
	c := s.world.Channel(by.Channel)
	if c == nil || s.world.User(by.User) == nil {
		return nil, 0, fmt.Errorf("sandbox: no user %q or channel %q", by.User, by.Channel)
	}
	p := s.world.permissions(by.User, c)
	if p&discordgo.PermissionViewChannel == 0 {
		return nil, 0, fmt.Errorf("sandbox: %s does not see #%s", s.world.User(by.User).Username, c.Name)
	}
	return c, p, nil
}

// visibleCommands lists the commands that the caller sees; s.mu is held.
func (s *Server) visibleCommands(by Caller) ([]*command, error) {
	ch, may, err := s.place(by)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(s.offered(ch.Guild), func(c *command) bool {
		need := c.parsed.DefaultMemberPermissions
		if ch.Guild == "" || need == nil || may&discordgo.PermissionAdministrator != 0 {
			return false
		}
		if slices.Contains(s.world.Guild(ch.Guild).Allowed[c.parsed.Name], by.User) {
			return false
		}
		return *need == 0 || may&*need != *need
	}), nil
}

// VisibleCommands lists the commands that Discord would offer to the caller.
func (s *Server) VisibleCommands(by Caller) []*discordgo.ApplicationCommand {
	s.mu.Lock()
	defer s.mu.Unlock()
	cs, _ := s.visibleCommands(by)
	var out []*discordgo.ApplicationCommand
	for _, c := range cs {
		out = append(out, c.parsed)
	}
	return out
}

func (s *Server) command(by Caller, t discordgo.ApplicationCommandType, name string) (*command, error) {
	cs, err := s.visibleCommands(by)
	if err != nil {
		return nil, err
	}
	for _, c := range cs {
		if c.parsed.Type == t && c.parsed.Name == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("%w: %s", ErrNoCommand, name)
}

// Slash uses a slash command. name holds the subcommand too: "footnote status".
// Options are given by name, with a string, bool or number; for an option with
// choices the name or the value of one. What Discord's client would not let
// through is an error: a missing required option, a value that is no choice.
func (s *Server) Slash(ctx context.Context, by Caller, name string, options map[string]any) (*Interaction, error) {
	return s.slash(ctx, by, discordgo.InteractionApplicationCommand, name, options, "")
}

// Autocomplete returns what the bot proposes for the option focused, of which
// the text typed so far stands in options.
func (s *Server) Autocomplete(ctx context.Context, by Caller, name, focused string, options map[string]any) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	i, err := s.slash(ctx, by, discordgo.InteractionApplicationCommandAutocomplete, name, options, focused)
	if err != nil {
		return nil, err
	}
	o, err := i.Outcome(ctx)
	return o.Choices, err
}

func (s *Server) slash(ctx context.Context, by Caller, kind discordgo.InteractionType, name string, options map[string]any, focused string) (*Interaction, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	path := strings.Fields(name)
	if len(path) == 0 {
		return nil, ErrNoCommand
	}
	c, err := s.command(by, discordgo.ChatApplicationCommand, path[0])
	if err != nil {
		return nil, err
	}
	given := maps.Clone(options)
	data, focus, err := fillOptions(c.parsed.Options, path[1:], given, focused)
	if err != nil {
		return nil, fmt.Errorf("/%s: %w", name, err)
	}
	if kind == discordgo.InteractionApplicationCommandAutocomplete && focus == 0 {
		return nil, fmt.Errorf("/%s: the option %q has no autocomplete", name, focused)
	}
	i := s.begin(kind, by, path[0], object{"id": c.id, "name": path[0], "type": c.parsed.Type, "options": data}, nil)
	i.focused = focus
	return i, nil
}

// MessageMenu uses a command of a message's menu ("Apps" in Discord's client).
func (s *Server) MessageMenu(ctx context.Context, by Caller, name, messageID string) (*Interaction, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.command(by, discordgo.MessageApplicationCommand, name)
	if err != nil {
		return nil, err
	}
	m, err := s.seen(by, messageID)
	if err != nil {
		return nil, err
	}
	i := s.begin(discordgo.InteractionApplicationCommand, by, name, object{
		"id": c.id, "name": name, "type": c.parsed.Type, "target_id": m.ID,
		"resolved": object{"messages": object{m.ID: s.wireMessage(m, false)}},
	}, nil)
	i.menu = true
	return i, nil
}

// seen returns a message that the caller sees in the caller's channel; s.mu is held.
func (s *Server) seen(by Caller, id string) (*Message, error) {
	if _, _, err := s.place(by); err != nil {
		return nil, err
	}
	m := s.messages[id]
	if m == nil || m.Channel != by.Channel || !m.visible(by.User) {
		return nil, ErrNoMessage
	}
	return m, nil
}

// Press presses a button of a message, given by its custom id or its label.
func (s *Server) Press(ctx context.Context, by Caller, messageID, button string) (*Interaction, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.seen(by, messageID)
	if err != nil {
		return nil, err
	}
	b := m.Button(button)
	if b == nil || b.Disabled || b.CustomID == "" {
		return nil, fmt.Errorf("%w: button %q", ErrNoComponent, button)
	}
	return s.begin(discordgo.InteractionMessageComponent, by, b.CustomID, object{
		"custom_id": b.CustomID, "component_type": b.Type, "id": b.ID,
	}, m), nil
}

// Select chooses values in a string select of a message, given by its custom id.
func (s *Server) Select(ctx context.Context, by Caller, messageID, customID string, values ...string) (*Interaction, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.seen(by, messageID)
	if err != nil {
		return nil, err
	}
	for _, c := range m.Selects() {
		if c.CustomID != customID || c.Disabled {
			continue
		}
		for _, v := range values {
			if !slices.ContainsFunc(c.Options, func(o discordgo.SelectMenuOption) bool { return o.Value == v }) {
				return nil, fmt.Errorf("sandbox: the select %q has no value %q", customID, v)
			}
		}
		return s.begin(discordgo.InteractionMessageComponent, by, customID, object{
			"custom_id": customID, "component_type": c.Type, "id": c.ID, "values": values,
		}, m), nil
	}
	return nil, fmt.Errorf("%w: select %q", ErrNoComponent, customID)
}

// SubmitModal sends a form off, with the texts given by the custom ids of its fields.
func (s *Server) SubmitModal(ctx context.Context, by Caller, m *Modal, values map[string]string) (*Interaction, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, _, err := s.place(by); err != nil {
		return nil, err
	}
	rows := []object{}
	for _, f := range m.Fields {
		v, ok := values[f.CustomID]
		if !ok {
			v = f.Value
		}
		n := utf8.RuneCountInString(v)
		least, most := f.lengths()
		if f.required() && n == 0 || n > most || n > 0 && n < least {
			return nil, fmt.Errorf("sandbox: the field %q wants a text of %d to %d characters", f.Label, max(1, least), most)
		}
		rows = append(rows, object{"type": discordgo.ActionsRowComponent, "components": []object{{"type": f.Type, "custom_id": f.CustomID, "value": v}}})
	}
	return s.begin(discordgo.InteractionModalSubmit, by, m.CustomID, object{"custom_id": m.CustomID, "components": rows}, m.opened.source), nil
}

// Post writes an ordinary message, as a reply if replyTo is the id of one, and
// returns its id. A mention is written <@id>. A reply notifies its author.
func (s *Server) Post(ctx context.Context, by Caller, text, replyTo string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, may, err := s.place(by)
	text = strings.TrimSpace(text)
	switch {
	case err != nil:
		return "", err
	case may&c.writing() == 0:
		return "", fmt.Errorf("sandbox: nobody lets this user write in #%s", c.Name)
	case text == "" || utf8.RuneCountInString(text) > maxContent:
		return "", errors.New("sandbox: a message has 1 to 2000 characters")
	}
	if e := s.unarchive(c, by.User); e != nil {
		return "", fmt.Errorf("sandbox: #%s: %s", c.Name, e.message)
	}
	m := s.newMessage(c.ID, by.User)
	m.Content = text
	if replyTo != "" {
		ref, err := s.seen(by, replyTo)
		if err != nil {
			return "", err
		}
		m.ReplyTo, m.Type = ref.ID, discordgo.MessageTypeReply
	}
	s.ping(m, nil, false)
	s.add(m)
	return m.ID, nil
}

// Plant puts a message into a channel that no person could write there: of
// another bot, with embeds or with components that discordgo does not know. It
// returns the message's id; the author has to be a user of the world.
func (s *Server) Plant(m Message) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.world.Channel(m.Channel) == nil || s.world.User(m.Author) == nil {
		return "", fmt.Errorf("sandbox: no user %q or channel %q", m.Author, m.Channel)
	}
	n := s.newMessage(m.Channel, m.Author)
	m.ID, m.Created, m.interaction = n.ID, n.Created, nil
	s.add(&m)
	return m.ID, nil
}
