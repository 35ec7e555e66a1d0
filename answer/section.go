package answer

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// sectionAsked matches the number of a clause, an item or a version in a question.
var sectionAsked = regexp.MustCompile(`(?i)(?:\b(?:clause|subclause|section|sec\.|article|art\.|paragraph|subsection|rule|step|item|point|chapter|part|` +
	`requirement|principle|version|release|artikel|abschnitt|absatz|punkt|regel|artículo|cláusula|sección|règle|étape|статья|статье|статьи|пункт|пункте|версии|версия|المادة|البند)\s+` +
	`(?:no\.?\s+|number\s+)?|§+\s*)v?(\d{1,3}(?:\.\d{1,3})*)\s?(\([a-z]{1,4}\))?|\bv?(\d{1,3}(?:\.\d{1,3})+)\b\s?(\([a-z]{1,4}\))?`)

// sectionWords are what a question for a section says besides its number.
var sectionWords = words.Set(`clause subclause section sec article art paragraph subsection rule step item point chapter part requirement principle
	version release number no say says said state states stated mean means contain contains cover covers about new change changed changes
	update updated updates happen happened provide provides require requires read text content contents called
	released published shipped out come came launched issued tagged v date`)

// releasing are the words by which a question for the date of a version goes.
var releasing = words.Set(`release released published shipped come came launched issued tagged date out`)

// sections gives the passages that hold each number of a clause, an item or a
// version, and for "2.3." those of its parts, where none has that very number.
func sections(docs []*annotate.Doc, first []int) map[string][]int {
	at := map[string][]int{}
	for d, p := range docs {
		for i := range p.Sentences {
			label := p.Sentences[i].Label
			if label == "" {
				continue
			}
			n := first[d] + p.Sentences[i].Passage
			if all := at[label]; len(all) == 0 || all[len(all)-1] != n {
				at[label] = append(all, n)
			}
		}
	}
	// "2.3" is found as "2.3.0", or else as all that begins with it.
	own := slices.Sorted(maps.Keys(at))
	short := map[string][]int{}
	for _, label := range own {
		for i := strings.LastIndexByte(label, '.'); i > 0; i = strings.LastIndexByte(label[:i], '.') {
			if part := label[:i]; len(at[part]) == 0 && len(at[part+".0"]) == 0 {
				short[part] = slices.Concat(short[part], at[label])
			} else if label[i:] == ".0" && len(at[part]) == 0 {
				short[part] = slices.Clone(at[label])
			}
		}
	}
	for part, passages := range short {
		slices.Sort(passages)
		at[part+"."] = slices.Compact(passages)
	}
	return at
}

// maxSections bounds the passages of one number that are looked at.
const maxSections = 50

// sectionOf returns the number of the section that a question asks about, with a
// full stop behind it where the library has only parts of it; "" where it has none.
func (l *Library) sectionOf(text string) string {
	m := sectionAsked.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	label := m[1] + m[3] + strings.ToLower(m[2]+m[4])
	switch {
	case len(l.sections[label]) > 0:
		return label
	case len(l.sections[label+"."]) > 0:
		return label + "."
	}
	return ""
}

// inSections returns the passages of the section that a question asks about.
func (l *Library) inSections(q *parsed, article string) []int {
	var found []int
	for _, n := range l.sections[q.Section] {
		doc, _ := l.passageAt(n)
		if len(found) < maxSections && (article == "" || l.idOf(doc) == article) {
			found = append(found, n)
		}
	}
	return found
}

// inSection returns how surely sentence i of a passage belongs to the section
// that the question names: 1 where it begins there.
func (q *parsed) inSection(sents []annotate.Sentence, i int) float64 {
	if q.Section == "" {
		return 0
	}
	for k := i; k >= 0; k-- {
		if label := sents[k].Label; label != "" {
			switch {
			case label != q.Section && !(strings.HasSuffix(q.Section, ".") && strings.HasPrefix(label, q.Section)):
				return 0
			case k == i:
				return 1
			}
			return 0.7
		}
	}
	return 0
}

// onlySection reports whether a question asks for nothing that is not meant at
// or above a sentence but its section.
func (q *parsed) onlySection(s *scored) bool {
	for c := range q.Concepts {
		k := &q.Concepts[c]
		if !sectionWords[k.Word] && !strings.Contains(q.Section+".", strings.Trim(k.Word, "v()")) && s.cover[c] < 0.4 {
			return false
		}
	}
	return true
}

// meansChange reports whether a sentence itself means a word of the question
// besides the number of the section and what such a thing is called: "removed".
func (q *parsed) meansChange(s *scored) bool {
	for c := range q.Concepts {
		k := &q.Concepts[c]
		if !numbered[k.Word] && !k.Number && s.match.strength[c] >= 0.9 {
			return true
		}
	}
	return false
}

// whenReleased reports whether a question asks when the version came out that
// a dated heading names.
func (q *parsed) whenReleased() bool {
	if q.Asked != aTime || q.Section == "" {
		return false
	}
	return slices.ContainsFunc(strings.Fields(strings.ToLower(q.Text)), func(w string) bool { return releasing[strings.Trim(w, "?,.")] })
}

// dateIn matches a date in a heading.
var dateIn = regexp.MustCompile(`\b(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}|(?:\d{1,2}\.? )?\p{L}{3,12}\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}|\d{4})\b`)

// releaseDate returns the date of a dated heading.
func releaseDate(p *annotate.Doc, s *annotate.Sentence) corpus.Span {
	if m := dateIn.FindStringIndex(p.Article.Quote(s.Span)); m != nil {
		return corpus.Span{Start: s.Start + m[0], End: s.Start + m[1]}
	}
	return s.Span
}

// numbered are words for what bears a number.
var numbered = words.Set(`version release clause section article chapter paragraph page`)
