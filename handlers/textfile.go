package handlers

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// textFiles hold the words: LANGUAGE.txt with a line "Key: text" for each field
// of [words]. text/en.txt says how they are written.
//
//go:embed text/*.txt
var textFiles embed.FS

// languages are the words by the code of their language.
var languages = sync.OnceValue(func() map[string]*words {
	all, _ := loadWords(textFiles) // a test finds what is wrong; here English stands in
	return all
})

// english returns the words of which no other file lacks one.
func english() *words { return languages()["en"] }

// speaking returns the words for articles in these languages: their own where
// they have one language and there are words of it, else English.
func speaking(codes []string) *words {
	if len(codes) == 1 {
		if w := languages()[codes[0]]; w != nil {
			return w
		}
	}
	return english()
}

// seenIn returns the words for a person whose Discord is set to a locale. Where
// it shows the commands under names of their own, the words name these.
func (w *words) seenIn(l discordgo.Locale) *words {
	if w.local != nil && slices.Contains(w.locales, l) {
		return w.local
	}
	return w
}

// settingOf returns the words in the language that the Discord of who interacts is set
// to, or else his server; English where there are words of neither.
func settingOf(i *discordgo.Interaction) *words {
	locales := []discordgo.Locale{i.Locale}
	if i.GuildLocale != nil {
		locales = append(locales, *i.GuildLocale)
	}
	for _, l := range locales {
		code, _, _ := strings.Cut(string(l), "-")
		if w := languages()[code]; w != nil {
			return w
		}
	}
	return english()
}

// loadWords reads the words of every language. What is wrong or missing in a
// file is told, and English stands there instead.
func loadWords(files fs.FS) (map[string]*words, error) {
	all := map[string]*words{"en": {}}
	names, err := fs.Glob(files, "text/*.txt")
	errs := []error{err}
	texts := map[string]map[string][]string{}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		errs = append(errs, err)
		code := strings.TrimSuffix(path.Base(name), ".txt")
		texts[code], err = readText(string(b))
		if script, _ := language.Make(code).Script(); script.String() == "Arab" || script.String() == "Hebr" {
			markCommands(texts[code])
		}
		errs = append(errs, within(name, err))
	}
	errs = append(errs, within("text/en.txt", all["en"].fill(texts["en"])))
	for code, text := range texts {
		if code != "en" {
			w := *all["en"]
			errs = append(errs, within("text/"+code+".txt", w.fill(text)))
			all[code] = &w
		}
	}
	for code, w := range all {
		w.language = language.Make(code)
		if code != "en" {
			w.locales = localesOf(code)
		}
		w.local = w.localized(all["en"])
	}
	return all, errors.Join(errs...)
}

func within(file string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", file, err)
}

// localesOf returns Discord's locales of a language: es-ES and es-419 of es.
func localesOf(code string) []discordgo.Locale {
	var list []discordgo.Locale
	for l := range discordgo.Locales {
		if language, _, _ := strings.Cut(string(l), "-"); language == code {
			list = append(list, l)
		}
	}
	slices.Sort(list)
	return list
}

// readText reads a file's lines: the lines of text by their key.
func readText(file string) (map[string][]string, error) {
	text := map[string][]string{}
	var errs []error
	last := ""
	for n, line := range strings.Split(file, "\n") {
		value := strings.TrimSpace(line)
		switch {
		case value == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, " ") && last != "":
			text[last] = append(text[last], value)
		default:
			key, value, ok := strings.Cut(line, ":")
			if _, twice := text[key]; !ok || twice {
				errs = append(errs, fmt.Errorf("line %d: %q is no key with its text, or stands there twice", n+1, line))
				continue
			}
			last, text[key] = key, nil
			if value = strings.TrimSpace(value); value != "" {
				text[key] = append(text[key], value)
			}
		}
	}
	return text, errors.Join(errs...)
}

var commandInText = regexp.MustCompile(`(^| )(/[a-z])`)

// markCommands puts a left-to-right mark before each command: where a text runs
// from right to left, its slash would else stand behind it.
func markCommands(text map[string][]string) {
	for _, lines := range text {
		for i, line := range lines {
			lines[i] = commandInText.ReplaceAllString(line, "$1\u200e$2")
		}
	}
}

// fill sets the fields to a file's texts. A field whose text is wrong or
// missing stays as it is.
func (w *words) fill(text map[string][]string) error {
	var errs []error
	v := reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		lines := text[f.Name]
		delete(text, f.Name)
		err := errors.New("there is no text")
		if len(lines) > 0 {
			err = set(v.Field(i).Addr().Interface(), lines)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", f.Name, err))
		}
	}
	for key := range text {
		errs = append(errs, fmt.Errorf("%s: there is no such key", key))
	}
	return errors.Join(errs...)
}

// set reads the value of one field.
func set(field any, lines []string) error {
	text := strings.Join(lines, " ")
	switch field := field.(type) {
	case *string:
		*field = text
	case *counted:
		return field.read(text)
	case *[12]string:
		names := parts(text)
		if len(names) != len(field) {
			return fmt.Errorf("%d names where there are 12 months", len(names))
		}
		copy(field[:], names)
	case *map[string]bool:
		*field = map[string]bool{}
		for _, w := range strings.Fields(text) {
			(*field)[w] = true
		}
	case *phrases:
		return field.read(lines)
	case *wordings:
		return field.read(lines)
	default:
		return fmt.Errorf("a %T cannot be read from a file", field)
	}
	return nil
}

// parts divides a text at its upright strokes.
func parts(text string) []string {
	list := strings.Split(text, " | ")
	for i := range list {
		list[i] = strings.TrimSpace(strings.TrimPrefix(list[i], "| "))
	}
	return list
}

// counted is a text with a number in it, in each plural form of a language.
type counted map[plural.Form]string

var forms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// read reads "one %s article | other %s articles".
func (c *counted) read(text string) error {
	read := counted{}
	for _, part := range parts(text) {
		name, text, _ := strings.Cut(part, " ")
		form, ok := forms[name]
		if _, twice := read[form]; !ok || twice || text == "" {
			return fmt.Errorf("%q does not begin with a plural form, or one that stands there already", part)
		}
		read[form] = text
	}
	if read[plural.Other] == "" {
		return errors.New(`there is no form "other"`)
	}
	*c = read
	return nil
}

// phrases finds words in a text. Go's \b knows the borders of English words
// alone, so that they are looked at here.
type phrases struct{ pattern *regexp.Regexp }

const noLetter = `[^\pL\pM\pN_]`

// read reads a regular expression, one alternative a line.
func (p *phrases) read(lines []string) (err error) {
	pattern, err := regexp.Compile(`(?i)(?:^|` + noLetter + `)(` + strings.Join(lines, "|") + `)(?:$|` + noLetter + `)`)
	if err == nil {
		p.pattern = pattern
	}
	return err
}

// in returns the phrases in a text, in order.
func (p phrases) in(text string) []string {
	var found []string
	for p.pattern != nil {
		at := p.pattern.FindStringSubmatchIndex(text)
		if at == nil || at[3] == 0 {
			break
		}
		found = append(found, text[at[2]:at[3]])
		text = text[at[3]:] // the sign after it may be the one before the next
	}
	return found
}
