package sandbox

import (
	"fmt"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// newLocales are those that Discord's description of its API has and discordgo has not.
var newLocales = map[discordgo.Locale]bool{"ar": true, "he": true, "id": true}

// localeRules checks translations: that Discord knows the locale, and each text.
func localeRules(e *fieldErrors, path string, texts map[discordgo.Locale]string, each func(path, text string)) {
	for l, text := range texts {
		_, known := discordgo.Locales[l]
		e.check(known && l != discordgo.Unknown || newLocales[l], path+"."+string(l), "BASE_TYPE_CHOICES", "Discord does not know this locale.")
		each(path+"."+string(l), text)
	}
}

// named is a command, an option or a choice with its names.
type named struct {
	at        string // where it stands in the body
	name      string
	localized map[discordgo.Locale]string
}

// uniqueRules checks that nobody sees two of a list under one name, in whatever
// locale; that the names themselves differ is checked elsewhere.
func uniqueRules(e *fieldErrors, list []named, code, message string) {
	locales := map[discordgo.Locale]bool{}
	for _, n := range list {
		for l := range n.localized {
			locales[l] = true
		}
	}
	for l := range locales {
		seen := map[string]bool{}
		for _, n := range list {
			name, at := n.name, n.at+".name"
			if local, ok := n.localized[l]; ok {
				name, at = local, n.at+".name_localizations."+string(l)
			}
			e.check(!seen[name], at, code, message)
			seen[name] = true
		}
	}
}

// letterCount adds up the names, descriptions and values of a command. Of a
// text and its translations the longest counts.
func letterCount(c *discordgo.ApplicationCommand) int {
	var names, descriptions map[discordgo.Locale]string
	if c.NameLocalizations != nil {
		names = *c.NameLocalizations
	}
	if c.DescriptionLocalizations != nil {
		descriptions = *c.DescriptionLocalizations
	}
	return longest(c.Name, names) + longest(c.Description, descriptions) + optionLetters(c.Options)
}

func optionLetters(os []*discordgo.ApplicationCommandOption) int {
	n := 0
	for _, o := range os {
		if o == nil {
			continue
		}
		n += longest(o.Name, o.NameLocalizations) + longest(o.Description, o.DescriptionLocalizations) + optionLetters(o.Options)
		for _, c := range o.Choices {
			if c != nil {
				n += longest(c.Name, c.NameLocalizations) + utf8.RuneCountInString(fmt.Sprint(c.Value))
			}
		}
	}
	return n
}

func longest(text string, localized map[discordgo.Locale]string) int {
	n := utf8.RuneCountInString(text)
	for _, t := range localized {
		n = max(n, utf8.RuneCountInString(t))
	}
	return n
}
