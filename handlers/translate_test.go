package handlers

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// TestTranslatedCommands registers the commands of libraries in each language:
// the names stay, and Discord takes the translations.
func TestTranslatedCommands(t *testing.T) {
	for _, c := range []struct{ articles, locales string }{
		{"de", "de"}, {"es", "es-419 es-ES"}, {"fr", "fr"}, {"ru", "ru"}, {"ar", ""}, {"de ru", ""}, {"", ""},
	} {
		t.Run(c.articles, func(t *testing.T) {
			commands, problems := Commands(headersOf(languageArticles(t, strings.Fields(c.articles)...)))
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
			into := builtin(speaking(strings.Fields(c.articles)))
			var names []string
			for i, command := range commands[:len(into)] {
				names = append(names, command.Name)
				local := map[discordgo.Locale]string{}
				if command.NameLocalizations != nil {
					local = *command.NameLocalizations
				}
				want := c.locales
				if into[i].Name == command.Name {
					want = "" // "article" is French, too
				}
				if got := locales(local); got != want {
					t.Errorf("%s has names for %q, want %q", command.Name, got, want)
				}
				if command.Type == discordgo.MessageApplicationCommand {
					continue
				}
				if command.DescriptionLocalizations != nil && locales(*command.DescriptionLocalizations) != c.locales || command.DescriptionLocalizations == nil && c.locales != "" {
					t.Errorf("%s has descriptions for %v", command.Name, command.DescriptionLocalizations)
				}
				for l := range local {
					checkCommand(t, command.Name, local[l], (*command.DescriptionLocalizations)[l], nil)
				}
				checkTranslated(t, command.Name, command.Options, c.locales)
			}
			if got, want := strings.Join(names, "|"), "ask|search|said|article|footnote|Ask about this|Check this claim"; got != want {
				t.Errorf("registered are %s, want %s", got, want)
			}
			if c.articles == "de" || c.articles == "ar" {
				b, err := json.MarshalIndent(commands, "", "\t")
				if err != nil {
					t.Fatal(err)
				}
				golden(t, c.articles+"-commands", string(b)+"\n")
			}
		})
	}
}

// checkTranslated checks the names and descriptions of options in each locale,
// and that no two have one name.
func checkTranslated(t *testing.T, path string, options []*discordgo.ApplicationCommandOption, want string) {
	t.Helper()
	names := map[string]bool{}
	for _, o := range options {
		if got := locales(o.DescriptionLocalizations); got != want {
			t.Errorf("%s %s has descriptions for %q, want %q", path, o.Name, got, want)
		}
		shown := o.Name
		for l, name := range o.NameLocalizations {
			checkCommand(t, path+" "+o.Name, name, o.DescriptionLocalizations[l], nil)
			shown = name
		}
		if names[shown] {
			t.Errorf("%s has two options %s", path, shown)
		}
		names[shown] = true
		for _, choice := range o.Choices {
			if got := locales(choice.NameLocalizations); got != want {
				t.Errorf("%s %s: the choice %s has names for %q, want %q", path, o.Name, choice.Name, got, want)
			}
		}
		checkTranslated(t, path+" "+o.Name, o.Options, want)
	}
}

func locales(texts map[discordgo.Locale]string) string {
	var list []string
	for l := range texts {
		list = append(list, string(l))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// TestDeclaredAsTranslated declares a command that is called like a built-in one
// in the library's language: people would see two of that name.
func TestDeclaredAsTranslated(t *testing.T) {
	for code, taken := range map[string]bool{"de": true, "en": false} {
		a := &corpus.Article{ID: "a", Language: code, Commands: []corpus.Command{{Name: "suchen", Description: "Suchen", Question: "Wer?"}}}
		_, problems := Commands([]corpus.Header{a.Header()})
		if got := len(problems) == 1 && strings.Contains(problems[0].Text, "the bot has one of that name"); got != taken || !taken && len(problems) > 0 {
			t.Errorf("%s: problems %v", code, problems)
		}
		if _, _, ok := declaredCommand([]corpus.Header{a.Header()}, "suchen"); ok == taken {
			t.Errorf("%s: the command is answered: %v", code, ok)
		}
	}
}
