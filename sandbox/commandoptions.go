package sandbox

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// fillOptions writes the options of a command as an interaction carries them. It
// returns the type of the focused option too, 0 if there is none.
func fillOptions(os []*discordgo.ApplicationCommandOption, path []string, given map[string]any, focused string) ([]object, discordgo.ApplicationCommandOptionType, error) {
	out := []object{}
	if len(path) > 0 {
		for _, o := range os {
			if o.Name == path[0] && o.Type <= discordgo.ApplicationCommandOptionSubCommandGroup {
				inner, focus, err := fillOptions(o.Options, path[1:], given, focused)
				return append(out, object{"name": o.Name, "type": o.Type, "options": inner}), focus, err
			}
		}
		return nil, 0, fmt.Errorf("there is no subcommand %q", path[0])
	}
	var focus discordgo.ApplicationCommandOptionType
	for _, o := range os {
		if o.Type <= discordgo.ApplicationCommandOptionSubCommandGroup {
			return nil, 0, fmt.Errorf("say which: %s", strings.Join(optionNames(os), ", "))
		}
		v, ok := given[o.Name]
		delete(given, o.Name)
		isFocus := o.Name == focused && o.Autocomplete
		switch {
		case isFocus:
			// What is being typed goes out as it stands, even for numbers.
			focus = o.Type
			if !ok {
				v = ""
			}
			out = append(out, object{"name": o.Name, "type": o.Type, "value": fmt.Sprint(v), "focused": true})
			continue
		case !ok && o.Required && focused == "":
			return nil, 0, fmt.Errorf("the option %q is required", o.Name)
		case !ok:
			continue
		}
		value, err := optionValue(o, v)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, object{"name": o.Name, "type": o.Type, "value": value})
	}
	for name := range given {
		return nil, 0, fmt.Errorf("there is no option %q", name)
	}
	return out, focus, nil
}

func optionNames(os []*discordgo.ApplicationCommandOption) []string {
	var names []string
	for _, o := range os {
		names = append(names, o.Name)
	}
	return names
}

// optionValue checks a value by its option, as Discord's client does.
func optionValue(o *discordgo.ApplicationCommandOption, v any) (any, error) {
	if len(o.Choices) > 0 {
		for _, by := range []func(*discordgo.ApplicationCommandOptionChoice) any{
			func(c *discordgo.ApplicationCommandOptionChoice) any { return c.Name },
			func(c *discordgo.ApplicationCommandOptionChoice) any { return c.Value },
		} {
			for _, c := range o.Choices {
				if strings.EqualFold(fmt.Sprint(by(c)), fmt.Sprint(v)) {
					return c.Value, nil
				}
			}
		}
		var names []string
		for _, c := range o.Choices {
			names = append(names, c.Name)
		}
		return nil, fmt.Errorf("%q is no choice of %q; there are %s", fmt.Sprint(v), o.Name, strings.Join(names, ", "))
	}
	bad := fmt.Errorf("%q does not fit the option %q", fmt.Sprint(v), o.Name)
	switch o.Type {
	case discordgo.ApplicationCommandOptionBoolean:
		if _, ok := v.(bool); !ok {
			return nil, bad
		}
	case discordgo.ApplicationCommandOptionInteger, discordgo.ApplicationCommandOptionNumber:
		var f float64
		switch n := v.(type) {
		case int:
			f = float64(n)
		case float64:
			f = n
		default:
			return nil, bad
		}
		whole := f == math.Trunc(f)
		if o.Type == discordgo.ApplicationCommandOptionInteger && !whole || o.MinValue != nil && f < *o.MinValue || o.MaxValue != 0 && f > o.MaxValue {
			return nil, bad
		}
		return f, nil
	case discordgo.ApplicationCommandOptionAttachment:
		return nil, fmt.Errorf("the option %q wants a file, and the stand-in has none", o.Name)
	default:
		text, ok := v.(string)
		if !ok {
			return nil, bad
		}
		n, most := utf8.RuneCountInString(text), o.MaxLength
		if most == 0 {
			most = maxOptionLength
		}
		if n == 0 || o.MinLength != nil && n < *o.MinLength || n > most {
			return nil, fmt.Errorf("the text of %q has the wrong length", o.Name)
		}
	}
	return v, nil
}
