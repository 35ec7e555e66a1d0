package handlers

import (
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
)

// TestCommands holds the built-in commands and the shipped article's to what
// Discord takes, and to the names of the design.
func TestCommands(t *testing.T) {
	lib, err := corpus.Default()
	if err != nil {
		t.Fatal(err)
	}
	commands, problems := Commands(headersOf(lib.Articles))
	if len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	var names []string
	for _, c := range commands {
		names = append(names, c.Name)
		if c.Type == discordgo.MessageApplicationCommand {
			if c.Description != "" || len(c.Options) > 0 {
				t.Errorf("an entry of the message menu has neither description nor options: %+v", c)
			}
			continue
		}
		checkCommand(t, c.Name, c.Name, c.Description, c.Options)
	}
	want := "ask search said article footnote Ask about this Check this claim who-backs casualties"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, c := range commands {
		if manage := c.DefaultMemberPermissions != nil && *c.DefaultMemberPermissions == discordgo.PermissionManageGuild; manage != (c.Name == cmdFootnote) {
			t.Errorf("%s is for those who manage the server: %v", c.Name, manage)
		}
	}
}

// checkCommand checks names, texts and options as Discord does.
func checkCommand(t *testing.T, path, name, description string, options []*discordgo.ApplicationCommandOption) {
	t.Helper()
	if !validName(name) || !fits(description, 100) {
		t.Errorf("%s: name or description %q", path, description)
	}
	optional := false
	for _, o := range options {
		checkCommand(t, path+" "+o.Name, o.Name, o.Description, o.Options)
		if o.Required && optional {
			t.Errorf("%s: the required option %s follows an optional one", path, o.Name)
		}
		optional = optional || !o.Required
		if o.Autocomplete && len(o.Choices) > 0 {
			t.Errorf("%s: %s has choices and autocompletes", path, o.Name)
		}
	}
}

// TestDeclaredCommands declares one command beside a good one. What Discord
// would refuse is left out and named, with the way out.
func TestDeclaredCommands(t *testing.T) {
	good := corpus.Command{Name: "boats", Description: "Boats", Question: "Which boats?"}
	option := func(name string, choices ...corpus.Choice) []corpus.Option {
		return []corpus.Option{{Name: name, Description: "One", Choices: choices}}
	}
	one := corpus.Choice{Value: "a", Name: "A"}
	var many []corpus.Choice
	for n := range 26 {
		many = append(many, corpus.Choice{Value: strconv.Itoa(n), Name: strconv.Itoa(n)})
	}
	cases := []struct {
		name    string
		command corpus.Command
		want    string // "" when it is taken
	}{
		{"good", corpus.Command{Name: "who-sails", Description: "Who", Options: option("boat", one)}, ""},
		{"other letters", corpus.Command{Name: "жатва", Description: "Harvest"}, ""},
		{"capital", corpus.Command{Name: "Boat", Description: "B"}, `rename the command "Boat"`},
		{"space", corpus.Command{Name: "two boats", Description: "B"}, `rename the command "two boats"`},
		{"no name", corpus.Command{Description: "B"}, `rename the command ""`},
		{"long name", corpus.Command{Name: strings.Repeat("b", 33), Description: "B"}, "rename the command"},
		{"built-in", corpus.Command{Name: "ask", Description: "B"}, `rename the command "ask"; the bot has one of that name`},
		{"another article's", corpus.Command{Name: "boats", Description: "B"}, `rename the command "boats"; the article a has one of that name`},
		{"no description", corpus.Command{Name: "b"}, "a description of 1 to 100"},
		{"blank description", corpus.Command{Name: "b", Description: " \t"}, "a description of 1 to 100"},
		{"long description", corpus.Command{Name: "b", Description: strings.Repeat("d", 101)}, "a description of 1 to 100"},
		{"option's name", corpus.Command{Name: "b", Description: "B", Options: option("A B", one)}, `rename the option "A B"`},
		{"two options of a name", corpus.Command{Name: "b", Description: "B", Options: append(option("o", one), option("o", one)...)}, `rename one option "o"`},
		{"option's description", corpus.Command{Name: "b", Description: "B", Options: []corpus.Option{{Name: "o", Choices: []corpus.Choice{one}}}}, `give the option "o"`},
		{"no choices", corpus.Command{Name: "b", Description: "B", Options: option("o")}, "1 to 25 choices"},
		{"26 choices", corpus.Command{Name: "b", Description: "B", Options: option("o", many...)}, "1 to 25 choices"},
		{"long choice", corpus.Command{Name: "b", Description: "B", Options: option("o", corpus.Choice{Value: "v", Name: strings.Repeat("n", 101)})}, "shorten the choice"},
		{"empty value", corpus.Command{Name: "b", Description: "B", Options: option("o", corpus.Choice{Name: "n"})}, "shorten the choice"},
		{"two choices of a name", corpus.Command{Name: "b", Description: "B", Options: option("o", one, corpus.Choice{Value: "b", Name: "A"})}, "there are two"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			commands, problems := Commands([]corpus.Header{{ID: "a", Commands: []corpus.Command{good}}, {ID: "folder/b", Commands: []corpus.Command{c.command}}})
			added := len(commands) - len(builtin(english())) - 1
			if c.want == "" {
				if added != 1 || len(problems) > 0 {
					t.Errorf("%d added, problems %v", added, problems)
				}
				return
			}
			if added != 0 || len(problems) != 1 || problems[0].File != "folder/b" || !strings.Contains(problems[0].Text, c.want) {
				t.Errorf("%d added, problems %v, want one of folder/b with %q", added, problems, c.want)
			}
		})
	}
}

func TestTooManyCommands(t *testing.T) {
	var articles []*corpus.Article
	for n := range 40 {
		a := &corpus.Article{ID: strconv.Itoa(n)}
		for k := range 5 {
			a.Commands = append(a.Commands, corpus.Command{Name: "c" + strconv.Itoa(5*n+k), Description: "C", Question: "Why?"})
		}
		articles = append(articles, a)
	}
	commands, problems := Commands(headersOf(articles))
	slash := 0
	for _, c := range commands {
		if c.Type != discordgo.MessageApplicationCommand {
			slash++
		}
	}
	if slash != 100 || len(problems) != 105 {
		t.Errorf("%d slash commands and %d problems, want 100 and 105", slash, len(problems))
	}
	if len(problems) > 0 && !strings.Contains(problems[0].Text, "Discord takes 100") {
		t.Errorf("the problem is told as %q", problems[0].Text)
	}
}
