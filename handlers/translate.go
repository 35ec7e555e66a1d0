package handlers

import (
	"reflect"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// builtinFor returns the built-in commands for a library. They keep their
// English names, by which they are routed, and say besides what they are called
// in the library's language.
func builtinFor(articles []corpus.Header) []*discordgo.ApplicationCommand {
	var codes []string
	for i := range articles {
		if code := articles[i].Language; !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	commands := builtin(english())
	if w := speaking(codes); w != english() {
		translate(commands, builtin(w), w.locales)
	}
	return commands
}

// translate gives commands the names and descriptions of the same commands in
// another language, for those whose Discord is set to one of its locales. A
// language that Discord has no locale for is everybody's: the descriptions
// themselves are in it.
func translate(commands, into []*discordgo.ApplicationCommand, locales []discordgo.Locale) {
	for i, c := range commands {
		if names := in(locales, c.Name, into[i].Name); names != nil {
			c.NameLocalizations = &names
		}
		if descriptions := in(locales, c.Description, into[i].Description); descriptions != nil {
			c.DescriptionLocalizations = &descriptions
		}
		if len(locales) == 0 {
			c.Description = into[i].Description
		}
		translateOptions(c.Options, into[i].Options, locales)
	}
}

func translateOptions(options, into []*discordgo.ApplicationCommandOption, locales []discordgo.Locale) {
	for i, o := range options {
		o.NameLocalizations = in(locales, o.Name, into[i].Name)
		o.DescriptionLocalizations = in(locales, o.Description, into[i].Description)
		for k, choice := range o.Choices {
			choice.NameLocalizations = in(locales, choice.Name, into[i].Choices[k].Name)
			if len(locales) == 0 {
				choice.Name = into[i].Choices[k].Name
			}
		}
		if len(locales) == 0 {
			o.Description = into[i].Description
		}
		translateOptions(o.Options, into[i].Options, locales)
	}
}

// in returns a text for each locale; nil where it is the same as without.
func in(locales []discordgo.Locale, registered, text string) map[discordgo.Locale]string {
	if text == registered || len(locales) == 0 {
		return nil
	}
	texts := map[discordgo.Locale]string{}
	for _, l := range locales {
		texts[l] = text
	}
	return texts
}

// localized returns the words with the names of commands that people of the
// language's locales see; nil where there is no such locale.
func (w *words) localized(registered *words) *words {
	if len(w.locales) == 0 {
		return nil
	}
	names := strings.NewReplacer(
		"/"+registered.NameAsk, "/"+w.NameAsk,
		"/"+registered.NameSearch, "/"+w.NameSearch,
		"/"+registered.NameSaid, "/"+w.NameSaid,
		"/"+registered.NameArticles, "/"+w.NameArticles,
		"/"+registered.NameFootnote+" "+registered.NameStatus, "/"+w.NameFootnote+" "+w.NameStatus,
		"/"+registered.NameFootnote+" "+registered.NameSwitchChannel, "/"+w.NameFootnote+" "+w.NameSwitchChannel,
		"/"+registered.NameFootnote+" "+registered.NamePause, "/"+w.NameFootnote+" "+w.NamePause,
		"/"+registered.NameFootnote+" "+registered.NameUnanswered, "/"+w.NameFootnote+" "+w.NameUnanswered,
		"/"+registered.NameFootnote+" "+registered.NameRebuild, "/"+w.NameFootnote+" "+w.NameRebuild,
	)
	local := *w
	v := reflect.ValueOf(&local).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.String && f.CanSet() {
			f.SetString(names.Replace(f.String()))
		}
	}
	return &local
}
