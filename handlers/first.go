package handlers

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"footnote/answer"
	"footnote/corpus"
)

// What everybody asks first is not asked of what an article tells but of the
// article itself, or of the bot: what is this about, who wrote it, what can you
// do. Such questions are known by their wording, in whatever language of the
// words they come; the wordings stand in the files under text.
const (
	firstAbout    = "about"
	firstWritten  = "written"
	firstAuthor   = "author"
	firstSource   = "source"
	firstArticles = "articles"
	firstHelp     = "help"
)

var firstKinds = []string{firstAbout, firstWritten, firstAuthor, firstSource, firstArticles, firstHelp}

// maxFirst is the longest of these questions, in runes.
const maxFirst = 120

// wordings are how a language asks these things: a regular expression for each
// kind, of the whole question. They take megabytes and are made when a question
// first sounds like the language's.
type wordings struct {
	compile func() (patterns, error)
	words   map[string]bool // all of them, and parts of words
	known   []string        // the longer ones, for mending what is misspelt
}

type patterns struct {
	sure    map[string]*regexp.Regexp // of nothing else
	perhaps map[string]*regexp.Regexp // of something in an article, if that answers
	leaning map[string]*regexp.Regexp // of what was talked of before, if that answers
	fill    *regexp.Regexp            // what may stand anywhere, between spaces
}

var (
	wordingLine = regexp.MustCompile(`^(\pL+)([?~]?)(?: =|:) (.+)$`)
	placeholder = regexp.MustCompile(`\{(\pL+)\}`)
	anyWord     = regexp.MustCompile(`[\pL\d]+`)
)

// nothing is a regular expression that no text matches.
const nothing = `[^\x{0}-\x{10FFFF}]`

// read reads lines "kind: regular expression", each one more wording; "kind?:"
// where an article may tell of such a thing itself, "kind~:" where it may be
// something said before. "name = regular expression" names a part; {name} stands
// for it in the lines behind. With "name? =" a wording that holds the part is one
// that an article may answer itself. Case, accents, signs and apostrophes do not
// count. The part "before" may stand before every wording, the part "fill"
// anywhere.
func (w *wordings) read(lines []string) error {
	w.words, w.known = map[string]bool{titled: true}, nil
	sources := map[string]map[string]string{}             // by sign and kind, and that of the part fill
	sure, all := map[string]string{}, map[string]string{} // the parts, without those of "name?" and with them
	found := map[string]map[string][]string{"": {}, "?": {}, "~": {}}
	for _, line := range lines {
		m := wordingLine.FindStringSubmatch(line)
		if m == nil {
			return fmt.Errorf("%q is neither a wording nor a part of one", line)
		}
		name, sign, text := m[1], m[2], plainLetters(m[3])
		for _, word := range anyWord.FindAllString(text, -1) {
			if w.words[word] = true; runes(word) >= 4 {
				w.known = append(w.known, word)
			}
		}
		strict, full := filled(text, sure), filled(text, all)
		if strings.HasPrefix(line, name+sign+" =") {
			if name == "this" {
				strict, full = strict+"|"+titled, full+"|"+titled
			}
			if sign != "" {
				strict = nothing
			}
			sure[name], all[name] = strict, full
			continue
		}
		if sign == "" {
			found[""][name] = append(found[""][name], strict)
			sign = "?"
		}
		found[sign][name] = append(found[sign][name], full)
	}
	for sign, kinds := range found {
		sources[sign] = map[string]string{}
		for kind, texts := range kinds {
			if !slices.Contains(firstKinds, kind) {
				return fmt.Errorf("nobody asks for %q", kind)
			}
			sources[sign][kind] = `^(?:(?:` + all["before"] + `) )*(?:` + strings.Join(texts, "|") + `)$`
		}
	}
	sources[filling] = map[string]string{filling: ` (?:` + cmp.Or(all[filling], nothing) + `) `}
	w.compile = sync.OnceValues(func() (patterns, error) { return compiled(sources) })
	return nil
}

// filling is the part that may stand anywhere.
const filling = "fill"

// compiled makes the regular expressions.
func compiled(sources map[string]map[string]string) (patterns, error) {
	var errs []error
	of := func(sign string) map[string]*regexp.Regexp {
		made := map[string]*regexp.Regexp{}
		for kind, source := range sources[sign] {
			var err error
			made[kind], err = regexp.Compile(source)
			errs = append(errs, err)
		}
		return made
	}
	p := patterns{sure: of(""), perhaps: of("?"), leaning: of("~"), fill: of(filling)[filling]}
	return p, errors.Join(errs...)
}

// sounds reports whether a question may be put in the language: half of its words
// stand in the wordings, or hold a part of a word that does.
func (w *wordings) sounds(text string) bool {
	n, of := 0, 0
	for word := range strings.FieldsSeq(text) {
		of++
		if w.words[word] || slices.ContainsFunc(w.known, func(part string) bool { return strings.Contains(word, part) }) {
			n++
		}
	}
	return 2*n >= of
}

// filled puts the parts in the places of their names.
func filled(text string, parts map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(p string) string { return "(?:" + parts[p[1:len(p)-1]] + ")" })
}

// withoutFill leaves out the words that may stand anywhere.
func (p patterns) withoutFill(text string) string {
	for text = " " + text + " "; ; {
		less := p.fill.ReplaceAllString(text, " ")
		if less == text {
			return strings.TrimSpace(text)
		}
		text = less
	}
}

// plainLetters writes a text in small letters without accents and apostrophes.
func plainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), strings.ContainsRune("'’ʼ`´ـ", r):
			return -1
		case r == 'ى':
			return 'ي'
		case r == 'ة':
			return 'ه'
		}
		return r
	}, strings.ReplaceAll(strings.ToLower(norm.NFKD.String(s)), "ß", "ss"))
}

// plainWords is plainLetters with one space for all that is no letter or digit.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(plainLetters(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// titled stands in a question for the title of an article.
const titled = "thisarticle"

// first is what a question asks of an article itself, or of the bot.
type first struct {
	kind    string         // "" for none
	perhaps bool           // may be asked of what an article tells
	leans   bool           // may be asked of what was talked of before
	article *corpus.Header // whose title the question names; nil for none
}

// readFirst reads a question as one of those that everybody asks first.
func readFirst(lib *answer.Library, question string) first {
	if runes(question) > maxFirst+maxTitle {
		return first{}
	}
	plain := plainWords(question)
	plain, named := withoutTitle(lib, plain)
	if plain == "" || runes(plain) > maxFirst {
		return first{}
	}
	for _, w := range inOrderOfCode() {
		mended := w.FirstAsked.mended(lib, plain)
		if !w.FirstAsked.sounds(mended) {
			continue
		}
		asks, err := w.FirstAsked.compile()
		if err != nil {
			continue // unreachable: a test compiles those of every language
		}
		for _, text := range slices.Compact([]string{plain, mended, asks.withoutFill(mended)}) {
			for _, kind := range firstKinds {
				if matches(asks.sure[kind], text) {
					return first{kind: kind, article: named}
				}
			}
			for _, kind := range firstKinds {
				if matches(asks.leaning[kind], text) {
					return first{kind: kind, leans: true}
				}
			}
			for _, kind := range firstKinds {
				if matches(asks.perhaps[kind], text) {
					return first{kind: kind, perhaps: named == nil, article: named}
				}
			}
		}
	}
	return first{}
}

func matches(pattern *regexp.Regexp, text string) bool {
	return pattern != nil && pattern.MatchString(text)
}

// inOrderOfCode are the words of all languages.
var inOrderOfCode = sync.OnceValue(func() []*words {
	var list []*words
	for _, w := range languages() {
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b *words) int { return cmp.Compare(a.language.String(), b.language.String()) })
	return list
})

// maxTitles is how many articles a library has at most for their titles to be
// looked for in a question.
const maxTitles = 1000

// withoutTitle puts a word in the place of an article's title, where a question
// holds one of more than a word.
func withoutTitle(lib *answer.Library, plain string) (string, *corpus.Header) {
	var longest string
	var named *corpus.Header
	articles := lib.Headers()
	if len(articles) > maxTitles {
		return plain, nil
	}
	words := strings.Fields(plain)
	for i := range articles {
		a := &articles[i]
		if !mayHold(words, a.Title) {
			continue
		}
		title := plainWords(a.Title)
		if strings.Contains(title, " ") && len(title) > len(longest) && strings.Contains(" "+plain+" ", " "+title+" ") {
			longest, named = title, a
		}
	}
	if named == nil || plain == longest {
		return plain, nil
	}
	return strings.TrimSpace(strings.Replace(" "+plain+" ", " "+longest+" ", " "+titled+" ", 1)), named
}

// mayHold reports whether a title may be among the plain words of a question: none of its
// words of ASCII letters and digits is missing. It spares making most titles plain.
func mayHold(words []string, title string) bool {
	for field := range strings.FieldsSeq(title) {
		if !strings.ContainsFunc(field, func(r rune) bool { return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) &&
			!slices.ContainsFunc(words, func(w string) bool { return len(w) == len(field) && strings.EqualFold(w, field) }) {
			return false
		}
	}
	return true
}

// mended puts the words of the wordings in the place of those that are one slip
// away, unless the library knows these.
func (w *wordings) mended(lib *answer.Library, plain string) string {
	fields := strings.Fields(plain)
	for i, f := range fields {
		if runes(f) < 4 || slices.Contains(w.known, f) || lib.Knows(f) {
			continue
		}
		for _, k := range w.known {
			if oneSlip([]rune(f), []rune(k)) {
				fields[i] = k
				break
			}
		}
	}
	return strings.Join(fields, " ")
}

// oneSlip reports whether two words that begin alike differ by two letters that
// changed places or, longer ones, by one that is missing, added or another.
func oneSlip(a, b []rune) bool {
	if a[0] != b[0] {
		return false
	}
	long := len(b) > 4
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return long && len(a) < 2 && len(b) < 2 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
