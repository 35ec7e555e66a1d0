package sandbox

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Limits of commands.
const (
	maxChatCommands  = 100
	maxMenuCommands  = 15 // of each of the two kinds
	maxName          = 32
	maxCommandText   = 100
	maxOptions       = 25
	maxChoices       = 25
	maxChoiceValue   = 100
	maxCommandLetter = 8000
	maxOptionLength  = 6000
)

// chatName is what Discord's documentation says a slash command's name is.
var chatName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// commandRules checks one command as the bot registers it. at is where it
// stands in the body: "" for a command alone, "3" in a list.
func commandRules(e *fieldErrors, at string, c *discordgo.ApplicationCommand) {
	p := func(field string) string { return strings.TrimPrefix(at+"."+field, ".") }
	chat := c.Type == 0 || c.Type == discordgo.ChatApplicationCommand
	switch {
	case chat:
		nameRules(e, p("name"), c.Name)
		length(e, p("description"), c.Description, 1, maxCommandText)
	case c.Type == discordgo.UserApplicationCommand || c.Type == discordgo.MessageApplicationCommand:
		length(e, p("name"), c.Name, 1, maxName)
		e.check(c.Description == "", p("description"), "APPLICATION_COMMAND_INVALID_DESCRIPTION", "Context menu commands cannot have description")
		e.check(len(c.Options) == 0, p("options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", "Context menu commands cannot have options")
	default:
		e.add(p("type"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3).")
	}
	if c.NameLocalizations != nil {
		localeRules(e, p("name_localizations"), *c.NameLocalizations, func(path, text string) {
			if chat {
				nameRules(e, path, text)
			} else {
				length(e, path, text, 1, maxName)
			}
		})
	}
	if c.DescriptionLocalizations != nil {
		localeRules(e, p("description_localizations"), *c.DescriptionLocalizations, func(path, text string) { length(e, path, text, 1, maxCommandText) })
	}
	if c.Contexts != nil {
		seen := map[discordgo.InteractionContextType]bool{}
		for _, x := range *c.Contexts {
			e.check(x <= discordgo.InteractionContextPrivateChannel && !seen[x], p("contexts"), "BASE_TYPE_CHOICES", "Value must be one of (0, 1, 2), each once.")
			seen[x] = true
		}
	}
	optionRules(e, p("options"), c.Options, 0)
	letters := letterCount(c)
	e.check(letters <= maxCommandLetter, strings.TrimSuffix(at, "."), "APPLICATION_COMMAND_TOO_LARGE", fmt.Sprintf("Command exceeds maximum size (8000); it has %d.", letters))
}

func nameRules(e *fieldErrors, path, name string) {
	e.check(chatName.MatchString(name) && strings.ToLower(name) == name, path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
}

// optionRules checks the options of a command or of what nests in it. depth
// counts the subcommands around them.
func optionRules(e *fieldErrors, at string, os []*discordgo.ApplicationCommandOption, depth int) {
	e.check(len(os) <= maxOptions, at, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	names, optional, subs := map[string]bool{}, false, 0
	var shown []named
	for n, o := range os {
		p := at + "." + strconv.Itoa(n)
		if o == nil {
			e.add(p, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
			continue
		}
		nameRules(e, p+".name", o.Name)
		length(e, p+".description", o.Description, 1, maxCommandText)
		e.check(!names[o.Name], p+".name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name is already used")
		names[o.Name] = true
		shown = append(shown, named{p, o.Name, o.NameLocalizations})
		localeRules(e, p+".name_localizations", o.NameLocalizations, func(path, text string) { nameRules(e, path, text) })
		localeRules(e, p+".description_localizations", o.DescriptionLocalizations, func(path, text string) { length(e, path, text, 1, maxCommandText) })
		switch o.Type {
		case discordgo.ApplicationCommandOptionSubCommandGroup, discordgo.ApplicationCommandOptionSubCommand:
			subs++
			group := o.Type == discordgo.ApplicationCommandOptionSubCommandGroup
			e.check(group && depth == 0 || !group && depth < 2, p+".type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Subcommands nest in groups, groups in commands, and no deeper.")
			e.check(!o.Required, p+".required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "A subcommand cannot be required")
			next := 2
			if group {
				next = 1
			}
			optionRules(e, p+".options", o.Options, next)
			continue
		}
		e.check(o.Type >= discordgo.ApplicationCommandOptionString && o.Type <= discordgo.ApplicationCommandOptionAttachment, p+".type", "BASE_TYPE_CHOICES", "Unknown option type.")
		e.check(depth != 1, p+".type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "A group holds subcommands only.")
		e.check(!o.Required || !optional, p, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		optional = optional || !o.Required
		e.check(len(o.Options) == 0, p+".options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only subcommands have options.")
		valueRules(e, p, o)
	}
	uniqueRules(e, shown, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name is already used")
	e.check(subs == 0 || subs == len(os), at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to other types")
}

// valueRules checks what an option says of its values.
func valueRules(e *fieldErrors, p string, o *discordgo.ApplicationCommandOption) {
	text := o.Type == discordgo.ApplicationCommandOptionString
	number := o.Type == discordgo.ApplicationCommandOptionInteger || o.Type == discordgo.ApplicationCommandOptionNumber
	e.check(!o.Autocomplete || text || number, p+".autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "Only texts and numbers can be completed.")
	e.check(!o.Autocomplete || len(o.Choices) == 0, p+".choices", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "autocomplete and choices exclude each other.")
	e.check(len(o.Choices) == 0 || text || number, p+".choices", "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Only texts and numbers have choices.")
	e.check(number || o.MinValue == nil && o.MaxValue == 0, p+".min_value", "APPLICATION_COMMAND_OPTIONS_MIN_VALUE_INVALID", "Only numbers have bounds.")
	e.check(text || o.MinLength == nil && o.MaxLength == 0, p+".min_length", "APPLICATION_COMMAND_OPTIONS_MIN_LENGTH_INVALID", "Only texts have a length.")
	if o.MinLength != nil {
		e.check(*o.MinLength >= 0 && *o.MinLength <= maxOptionLength, p+".min_length", "NUMBER_TYPE_MAX", "int value should be between 0 and 6000.")
	}
	e.check(o.MaxLength >= 0 && o.MaxLength <= maxOptionLength, p+".max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 6000.")
	e.check(o.Type == discordgo.ApplicationCommandOptionChannel || len(o.ChannelTypes) == 0, p+".channel_types", "APPLICATION_COMMAND_OPTIONS_CHANNEL_TYPES", "Only channel options have channel types.")
	choiceRules(e, p+".choices", o.Choices, o.Type)
}

// choiceRules checks the choices of an option, be they registered or completed.
func choiceRules(e *fieldErrors, at string, cs []*discordgo.ApplicationCommandOptionChoice, t discordgo.ApplicationCommandOptionType) {
	e.check(len(cs) <= maxChoices, at, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	names := map[string]bool{}
	var shown []named
	for n, c := range cs {
		p := at + "." + strconv.Itoa(n)
		if c == nil {
			e.add(p, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
			continue
		}
		length(e, p+".name", c.Name, 1, maxCommandText)
		e.check(!names[c.Name], p+".name", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED", "Choice name is already used")
		names[c.Name] = true
		shown = append(shown, named{p, c.Name, c.NameLocalizations})
		localeRules(e, p+".name_localizations", c.NameLocalizations, func(path, text string) { length(e, path, text, 1, maxCommandText) })
		switch v := c.Value.(type) {
		case string:
			e.check(t == discordgo.ApplicationCommandOptionString, p+".value", "NUMBER_TYPE_COERCE", "Value is not a number.")
			length(e, p+".value", v, 1, maxChoiceValue)
		case float64:
			whole := v == math.Trunc(v)
			e.check(t == discordgo.ApplicationCommandOptionNumber || t == discordgo.ApplicationCommandOptionInteger && whole, p+".value", "BASE_TYPE_BAD", "The value does not fit the option.")
			e.check(math.Abs(v) <= 1<<53, p+".value", "NUMBER_TYPE_MAX", "The number is beyond 2^53.")
		default:
			e.add(p+".value", "BASE_TYPE_REQUIRED", "This field is required")
		}
	}
	uniqueRules(e, shown, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED", "Choice name is already used")
}

// setRules checks what only a whole list of commands can get wrong.
func setRules(e *fieldErrors, cs []*command) {
	type key struct {
		t    discordgo.ApplicationCommandType
		name string
	}
	seen, count := map[key]bool{}, map[discordgo.ApplicationCommandType]int{}
	shown := map[discordgo.ApplicationCommandType][]named{}
	for n, c := range cs {
		k := key{c.parsed.Type, c.parsed.Name}
		e.check(!seen[k], strconv.Itoa(n)+".name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		seen[k] = true
		count[k.t]++
		of := named{at: strconv.Itoa(n), name: k.name}
		if c.parsed.NameLocalizations != nil {
			of.localized = *c.parsed.NameLocalizations
		}
		shown[k.t] = append(shown[k.t], of)
	}
	for _, list := range shown {
		uniqueRules(e, list, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
	}
	e.check(count[discordgo.ChatApplicationCommand] <= maxChatCommands, "", "BASE_TYPE_MAX_LENGTH", "At most 100 slash commands.")
	e.check(count[discordgo.UserApplicationCommand] <= maxMenuCommands && count[discordgo.MessageApplicationCommand] <= maxMenuCommands, "", "BASE_TYPE_MAX_LENGTH", "At most 15 commands in each menu.")
}

// parseChoices reads the answer to autocomplete.
func (s *Server) parseChoices(q *request, i *Interaction, data json.RawMessage) ([]*discordgo.ApplicationCommandOptionChoice, *apiError) {
	var b struct {
		Choices []*discordgo.ApplicationCommandOptionChoice `json:"choices"`
	}
	if err := json.Unmarshal(data, &b); err != nil {
		return nil, invalid("data", "BASE_TYPE_BAD", err.Error())
	}
	var e fieldErrors
	choiceRules(&e, "data.choices", b.Choices, i.focused)
	return b.Choices, e.refusal()
}
