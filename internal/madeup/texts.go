package madeup

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Texts are the texts that articles are made of, taken apart.
type Texts struct {
	kinds  []kind
	given  []string   // first names that stand in the texts
	nouns  [][]string // by what may take one another's places: number, and the letter they begin with
	single []string   // nouns that begin compounds
}

// kind is a kind of text.
type kind struct {
	name    string
	folders []string
	share   int // of a hundred articles
	texts   []*text
}

// kinds says which folders of the texts hold what, and how much of a library is of it.
var kinds = []kind{
	{name: "news", share: 76, folders: []string{"agency", "conflict", "first-news", "events", "world", "voices", "contests", "local"}},
	{name: "minutes", share: 9, folders: []string{"people", "first-community", "talk"}},
	{name: "notes", share: 8, folders: []string{"encyclopedia", "science", "learn", "everyday", "first-features"}},
	{name: "manual", share: 7, folders: []string{"docs", "first-docs", "rules", "first-rules", "faq", "sheets"}},
}

// text is one text in sections.
type text struct {
	title    sentence
	sections []section
}

// section is a heading with what stands under it.
type section struct {
	heading *sentence // nil above the first
	blocks  []block
}

// block is a paragraph, or a list or table that is not cut.
type block struct {
	whole     bool
	sentences []sentence
}

// sentence is a sentence in pieces, with the questions that it answers.
type sentence struct {
	pieces    []piece
	questions []question
	numbers   int // how many stand in it
	dates     int // how many days, months and years
}

// question is a question in a sentence's words, and the answer in it.
type question struct{ question, answer []piece }

// Read takes apart the texts in the folder training/questions.
func Read(fsys fs.FS) (*Texts, error) {
	t := &Texts{}
	raw := map[string][]*rawText{}
	var all []*rawText
	for _, k := range kinds {
		for _, folder := range k.folders {
			names, err := fs.Glob(fsys, path.Join(folder, "*.md"))
			if err != nil {
				return nil, err // unreachable: the pattern is right
			}
			if len(names) == 0 {
				return nil, fmt.Errorf("there is no text in %s; name the folder training/questions of the repository", folder)
			}
			for _, name := range names {
				r, err := readRaw(fsys, name)
				if err != nil {
					return nil, err
				}
				raw[k.name] = append(raw[k.name], r)
				all = append(all, r)
			}
		}
	}
	v := t.learn(all)
	for _, k := range kinds {
		for _, r := range raw[k.name] {
			x := v.text(r)
			if len(x.sections) == 0 {
				return nil, errors.New("a text without a section: " + r.title)
			}
			k.texts = append(k.texts, x)
		}
		t.kinds = append(t.kinds, k)
	}
	return t, nil
}

// rawText is a text before anything is known of its words.
type rawText struct {
	title     string
	sections  []rawSection
	questions map[string][][2]string // by sentence
}

type rawSection struct {
	heading string
	blocks  []rawBlock
}

type rawBlock struct {
	whole     bool
	sentences []string
}

// readRaw reads a text and its questions.
func readRaw(fsys fs.FS, name string) (*rawText, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	r := &rawText{questions: map[string][][2]string{}}
	now := rawSection{}
	for _, part := range strings.Split(strings.TrimSpace(string(b)), "\n\n") {
		part = strings.TrimSpace(part)
		heading, ok := strings.CutPrefix(part, "#")
		if ok && !strings.Contains(part, "\n") {
			heading = strings.TrimSpace(strings.TrimLeft(heading, "#"))
			switch {
			case r.title == "":
				r.title = heading
			default:
				if len(now.blocks) > 0 {
					r.sections = append(r.sections, now)
				}
				now = rawSection{heading: heading}
			}
			continue
		}
		switch {
		case part == "" || strings.Trim(part, "-*_ ") == "":
		case strings.ContainsAny(part[:1], "|-*>") && !strings.HasPrefix(part, "**") || numbered.MatchString(part) || strings.Contains(part, "\n"):
			now.blocks = append(now.blocks, rawBlock{whole: true, sentences: strings.SplitAfter(part, "\n")})
		default:
			now.blocks = append(now.blocks, rawBlock{sentences: split(part)})
		}
	}
	if len(now.blocks) > 0 {
		r.sections = append(r.sections, now)
	}
	b, err = fs.ReadFile(fsys, strings.TrimSuffix(name, ".md")+".tsv")
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) == 4 && f[1] == "plain" && f[3] != "" {
			r.questions[f[0]] = append(r.questions[f[0]], [2]string{f[2], f[3]})
		}
	}
	return r, nil
}

// numbered matches the beginning of a numbered list.
var numbered = regexp.MustCompile(`^\d+[.)] `)

// ends matches where a sentence may end; what goes on with a small letter does not.
var ends = regexp.MustCompile(`[.!?]["”’')*]* +`)

// notEnds are words with a full stop at their end that seldom end a sentence.
var notEnds = []string{"Mr.", "Mrs.", "Ms.", "Dr.", "St.", "No.", "a.m.", "p.m.", "e.g.", "i.e.", "Cllr.", "Prof.", "Gen.", "vs.", "c."}

// split cuts a paragraph into sentences, each with the space behind it.
func split(s string) (sentences []string) {
	from := 0
	for _, at := range ends.FindAllStringIndex(s, -1) {
		before, behind := s[from:at[1]], s[at[1]:]
		word := strings.TrimSpace(before[strings.LastIndexByte(strings.TrimSpace(before), ' ')+1:])
		if behind == "" || behind[0] >= 'a' && behind[0] <= 'z' || slices.Contains(notEnds, word) {
			continue
		}
		sentences = append(sentences, before)
		from = at[1]
	}
	return append(sentences, s[from:])
}
