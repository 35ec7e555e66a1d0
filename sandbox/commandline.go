package sandbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Invocation is a typed command line, understood.
type Invocation struct {
	Name    string // the command with its subcommand: "footnote status"
	Options map[string]any
}

// Line uses the slash command typed as a line, such as `/who-backs haftar` or
// `/search words:flood damage`; see ParseLine.
func (s *Server) Line(ctx context.Context, by Caller, line string) (*Interaction, error) {
	commands := s.VisibleCommands(by)
	inv, err := ParseLine(commands, line)
	if err != nil {
		return nil, err
	}
	if err := s.resolve(by, commands, inv); err != nil {
		return nil, fmt.Errorf("/%s: %w", inv.Name, err)
	}
	return s.Slash(ctx, by, inv.Name, inv.Options)
}

// resolve puts ids in the place of typed names of channels and users, as
// Discord's client does with what is picked from its list. An id stays.
func (s *Server) resolve(by Caller, commands []*discordgo.ApplicationCommand, inv Invocation) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	here := s.world.Channel(by.Channel)
	for _, o := range inv.options(commands) {
		name, ok := inv.Options[o.Name].(string)
		if !ok {
			continue
		}
		switch o.Type {
		case discordgo.ApplicationCommandOptionChannel:
			c := s.world.Channel(name)
			if c == nil || here == nil || c.Guild != here.Guild || s.world.permissions(by.User, c)&discordgo.PermissionViewChannel == 0 {
				return fmt.Errorf("there is no channel %q here", name)
			}
			inv.Options[o.Name] = c.ID
		case discordgo.ApplicationCommandOptionUser:
			u := s.world.User(name)
			if u == nil {
				return fmt.Errorf("there is no user %q", name)
			}
			inv.Options[o.Name] = u.ID
		}
	}
	return nil
}

// options returns the options of the invoked command or subcommand.
func (inv Invocation) options(commands []*discordgo.ApplicationCommand) []*discordgo.ApplicationCommandOption {
	var options []*discordgo.ApplicationCommandOption
	for n, name := range strings.Fields(inv.Name) {
		if n == 0 {
			for _, c := range commands {
				if c.Name == name && c.Type <= discordgo.ChatApplicationCommand {
					options = c.Options
				}
			}
			continue
		}
		k := slices.IndexFunc(options, func(o *discordgo.ApplicationCommandOption) bool { return o.Name == name })
		options = options[k].Options // ParseLine found it there
	}
	return options
}

// ParseLine reads a typed command line against the commands that there are.
// Words go to the options in order; the last text option takes all that is left,
// unless it has choices. `name:value` gives an option by name and may stand
// anywhere; its value ends before the next name. Quotation marks hold words
// together: island:"North Isle" or just "North Isle".
func ParseLine(commands []*discordgo.ApplicationCommand, line string) (Invocation, error) {
	words := split(strings.TrimPrefix(strings.TrimSpace(line), "/"))
	if len(words) == 0 {
		return Invocation{}, errors.New("type the name of a command after /")
	}
	n := slices.IndexFunc(commands, func(c *discordgo.ApplicationCommand) bool {
		return c.Name == words[0].text && (c.Type == 0 || c.Type == discordgo.ChatApplicationCommand)
	})
	if n < 0 {
		return Invocation{}, fmt.Errorf("%w: /%s", ErrNoCommand, words[0].text)
	}
	inv := Invocation{Name: words[0].text, Options: map[string]any{}}
	options := commands[n].Options
	words = words[1:]
	for len(options) > 0 && options[0].Type <= discordgo.ApplicationCommandOptionSubCommandGroup {
		sub := slices.IndexFunc(options, func(o *discordgo.ApplicationCommandOption) bool {
			return len(words) > 0 && o.Name == words[0].text
		})
		if sub < 0 {
			return Invocation{}, fmt.Errorf("/%s: say which: %s", inv.Name, strings.Join(optionNames(options), ", "))
		}
		inv.Name += " " + words[0].text
		options, words = options[sub].Options, words[1:]
	}
	if err := assign(options, words, inv.Options); err != nil {
		return Invocation{}, fmt.Errorf("/%s: %w", inv.Name, err)
	}
	return inv, nil
}

// word is a part of a line: as typed, and without its quotation marks.
type word struct {
	typed, text string
	quoted      bool // it begins with a quotation mark and so is no name of an option
}

// split cuts a line at spaces, those within quotation marks excepted. A
// quotation mark opens at the beginning of a word or of the value in name:value;
// one that never closes stands for itself.
func split(line string) []word {
	var words []word
	for line = strings.TrimLeft(line, " \t\r\n"); line != ""; line = strings.TrimLeft(line, " \t\r\n") {
		end := strings.IndexAny(line, " \t\r\n")
		if end < 0 {
			end = len(line)
		}
		w := word{typed: line[:end], text: line[:end]}
		if open := strings.IndexByte(w.text, '"'); open == 0 || open > 0 && w.text[open-1] == ':' {
			if n := strings.IndexByte(line[open+1:], '"'); n >= 0 {
				shut := open + 1 + n
				end = shut + 1
				w = word{typed: line[:end], text: line[:open] + line[open+1:shut], quoted: open == 0}
			}
		}
		words = append(words, w)
		line = line[end:]
	}
	return words
}

// value joins words to one value: a word alone without its quotation marks,
// several as they were typed.
func value(ws []word) string {
	if len(ws) == 1 {
		return ws[0].text
	}
	var parts []string
	for _, w := range ws {
		parts = append(parts, w.typed)
	}
	return strings.Join(parts, " ")
}

// assign gives words to options: first what is named, then the rest in order.
func assign(options []*discordgo.ApplicationCommandOption, words []word, into map[string]any) error {
	named := map[string][]word{}
	var free []word
	name := ""
	for _, w := range words {
		if k, v, ok := strings.Cut(w.text, ":"); ok && !w.quoted && slices.Contains(optionNames(options), k) {
			if _, twice := named[k]; twice {
				return fmt.Errorf("the option %q stands there twice", k)
			}
			name, named[k] = k, nil
			if v != "" {
				named[k] = []word{{typed: v, text: v}}
			}
			continue
		}
		if name != "" {
			named[name] = append(named[name], w)
		} else {
			free = append(free, w)
		}
	}
	for _, o := range options {
		ws, ok := named[o.Name]
		if !ok {
			continue
		}
		// Only a text goes on to the next name; true, 3 or a choice end by themselves.
		take := min(wordsOf(o, ws), len(ws))
		if err := set(o, value(ws[:take]), into); err != nil {
			return err
		}
		free = append(free, ws[take:]...)
	}
	for n, o := range options {
		if _, ok := named[o.Name]; ok || len(free) == 0 {
			continue
		}
		take := wordsOf(o, free)
		if plainText(o) && !lastText(options[n+1:], named, free) {
			take = 1
		}
		if err := set(o, value(free[:take]), into); err != nil {
			return err
		}
		free = free[take:]
	}
	if len(free) > 0 {
		return fmt.Errorf("there is no option for %q", value(free))
	}
	return nil
}

// plainText reports whether an option takes any words.
func plainText(o *discordgo.ApplicationCommandOption) bool {
	return o.Type == discordgo.ApplicationCommandOptionString && len(o.Choices) == 0
}

// wordsOf says how many of the words the value of an option has.
func wordsOf(o *discordgo.ApplicationCommandOption, ws []word) int {
	if plainText(o) {
		return len(ws)
	}
	for n := len(ws); n > 1; n-- {
		for _, c := range o.Choices {
			if strings.EqualFold(c.Name, value(ws[:n])) || strings.EqualFold(fmt.Sprint(c.Value), value(ws[:n])) {
				return n
			}
		}
	}
	return 1
}

// lastText reports whether a text option takes all words that are left. It
// does unless a required option behind it needs one: people type a question
// with many words and give the optional rest by name.
func lastText(rest []*discordgo.ApplicationCommandOption, named map[string][]word, free []word) bool {
	for _, o := range rest {
		if _, ok := named[o.Name]; !ok && o.Required && len(free) > 1 {
			return false
		}
	}
	return true
}

// set converts a text to what an option wants.
func set(o *discordgo.ApplicationCommandOption, text string, into map[string]any) error {
	var v any = text
	var err error
	switch {
	case len(o.Choices) > 0:
	case o.Type == discordgo.ApplicationCommandOptionBoolean:
		switch strings.ToLower(text) {
		case "true", "yes", "on":
			v = true
		case "false", "no", "off":
			v = false
		default:
			return fmt.Errorf("the option %q is true or false", o.Name)
		}
	case o.Type == discordgo.ApplicationCommandOptionInteger:
		v, err = strconv.Atoi(text)
	case o.Type == discordgo.ApplicationCommandOptionNumber:
		v, err = strconv.ParseFloat(text, 64)
	case o.Type >= discordgo.ApplicationCommandOptionUser && o.Type <= discordgo.ApplicationCommandOptionMentionable:
		v = strings.Trim(text, "<@#&!>")
	}
	if err != nil {
		return fmt.Errorf("the option %q is a number", o.Name)
	}
	into[o.Name] = v
	return nil
}
