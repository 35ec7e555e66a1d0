package madeup

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Article is an article that was made up.
type Article struct {
	Name      string // of its file, with folder and ending
	Text      []byte // what stands in the file
	Passages  int    // paragraphs, lists and tables, roughly as the bot counts passages
	Questions []Question
}

// Question is a question that an article answers, mostly in its own words.
type Question struct {
	Article  string // the file's name without the ending, as the bot knows it
	Question string
	Answer   string
	Sentence string // where it stands, as it is written in the file
}

// Options say what is made up.
type Options struct {
	Seed     uint64
	Passages int // of an article; 0: 20 to 50
}

// maker makes one article.
type maker struct {
	*Texts
	seed  uint64 // of the article
	draws uint64
	now   time.Time
	turn  uint32 // how often texts were used up, so that a long article names ever more people
	b     bytes.Buffer
	word  []byte
	out   *Article
}

// Article makes article number i of a library.
func (t *Texts) Article(o Options, i int) *Article {
	m := &maker{Texts: t, seed: mix(o.Seed, uint64(i)+1), out: &Article{}}
	// Twenty years, a little denser towards their end.
	days := int(20 * 365 * math.Sqrt(part(m.draw())))
	m.now = time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	k := &m.kinds[0]
	for at, j := m.below(100), 0; j < len(m.kinds); j++ {
		if k = &m.kinds[j]; at < k.share {
			break
		}
		at -= k.share
	}
	wanted := o.Passages
	if wanted == 0 {
		wanted = 20 + m.below(16) + m.below(16)
	}
	first := k.texts[m.below(len(k.texts))]
	title := m.render(first.title.pieces)
	m.out.Name = fmt.Sprintf("%03d/%s-%06d.md", i/perFolder, slug(title), i)
	fmt.Fprintf(&m.b, "---\ntitle: %s\nsource: %s %s\npublished: %s\nlanguage: en\n---\n\n", strconv.Quote(title), m.name(place, uint32(m.below(4))), papers[m.below(len(papers))], m.now.Format(time.DateOnly))
	m.fill(k, first, wanted)
	m.out.Text = m.b.Bytes()
	return m.out
}

var papers = []string{"Courier", "Herald", "Gazette", "Observer", "Press Agency", "Chronicle"}

// perFolder is how many files a folder holds at most.
const perFolder = 1000

func (m *maker) draw() uint64 {
	m.draws++
	return mix(m.seed, m.draws)
}

func (m *maker) below(n int) int { return int(m.draw() % uint64(n)) }

// fill writes passages of the first text and of others of its kind.
func (m *maker) fill(k *kind, first *text, wanted int) {
	for texts := []*text{first}; m.out.Passages < wanted; texts = texts[:0] {
		for len(texts) < 3 {
			texts = append(texts, k.texts[m.below(len(k.texts))])
		}
		var left []section
		for i, x := range texts {
			rest := x.sections
			if i == 0 && m.turn == 0 {
				m.section(&rest[0], wanted)
				rest = rest[1:]
			}
			left = append(left, rest...)
		}
		for len(left) > 0 && m.out.Passages < wanted {
			i := m.below(len(left))
			m.section(&left[i], wanted)
			left = append(left[:i], left[i+1:]...)
		}
		m.turn++
	}
}

// section writes a section, some of its paragraphs left out and long ones cut.
func (m *maker) section(s *section, wanted int) {
	begun := false
	for i := range s.blocks {
		if m.out.Passages >= wanted {
			return
		}
		if len(s.blocks) > 1 && m.below(8) == 0 {
			continue
		}
		if !begun && s.heading != nil && m.below(3) > 0 {
			m.b.WriteString("## ")
			m.pieces(&m.b, s.heading.pieces)
			m.b.WriteString("\n\n")
		}
		begun = true
		m.block(&s.blocks[i], wanted)
	}
}

// lengths are how many sentences a passage has.
var lengths = [...]int{1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5}

// leftOut reports whether a sentence is left out: the texts have more numbers and
// days in them than news has.
func (m *maker) leftOut(s *sentence) bool {
	return m.below(100) < min(22*s.numbers+45*s.dates, 75)
}

func (m *maker) block(b *block, wanted int) {
	if b.whole {
		numbers := 0
		for i := range b.sentences {
			numbers += b.sentences[i].numbers
		}
		// One of few passages has no place for a table.
		if len(b.sentences) > wanted || numbers > 3 && m.below(100) < 70 {
			return
		}
		for i := range b.sentences {
			m.sentence(&b.sentences[i])
		}
		m.b.WriteString("\n\n")
		m.out.Passages++
		return
	}
	for left := b.sentences; len(left) > 0 && m.out.Passages < wanted; {
		n, from := lengths[m.below(len(lengths))], m.b.Len()
		for ; n > 0 && len(left) > 0; left = left[1:] {
			if !m.leftOut(&left[0]) {
				m.sentence(&left[0])
				n--
			}
		}
		if m.b.Len() == from {
			return
		}
		m.b.Truncate(len(bytes.TrimRight(m.b.Bytes(), " ")))
		m.b.WriteString("\n\n")
		m.out.Passages++
	}
}

// mostQuestions is how many questions of an article are kept.
const mostQuestions = 40

func (m *maker) sentence(s *sentence) {
	from := m.b.Len()
	m.pieces(&m.b, s.pieces)
	for _, q := range s.questions {
		if len(m.out.Questions) < mostQuestions && names(q.question) > 1 {
			m.out.Questions = append(m.out.Questions, Question{
				Article:  strings.TrimSuffix(m.out.Name, ".md"),
				Question: m.render(q.question),
				Answer:   m.render(q.answer),
				Sentence: strings.TrimSpace(string(m.b.Bytes()[from:])),
			})
		}
	}
}

// names counts the names in a question: one without would be asked of any article.
func names(p []piece) (n int) {
	for i := range p {
		if s := p[i].slot; s >= given && s <= thing {
			n++
		}
	}
	return n
}

func (m *maker) render(p []piece) string {
	var b bytes.Buffer
	m.pieces(&b, p)
	return strings.TrimSpace(b.String())
}

// pieces writes a sentence as this article has it.
func (m *maker) pieces(b *bytes.Buffer, pieces []piece) {
	for i := range pieces {
		p := &pieces[i]
		if p.slot == plain {
			b.WriteString(p.text)
			continue
		}
		m.word = m.exchanged(m.word[:0], p)
		switch first, size := utf8.DecodeRune(m.word); {
		case p.shape == shouted:
			b.Write(bytes.ToUpper(m.word))
		case p.shape == capital && first >= 'a' && first <= 'z':
			b.WriteByte(byte(first) - 'a' + 'A')
			b.Write(m.word[size:])
		default:
			b.Write(m.word)
		}
	}
}

// exchanged writes what this article has in the place of a piece. It depends on
// the article and the piece alone, so that a name is the same wherever it stands.
func (m *maker) exchanged(w []byte, p *piece) []byte {
	own := mix(m.seed, p.sum)
	switch p.slot {
	case digits, cardinal, year:
		// Most stay: else any two articles with a sentence of the same text would
		// disagree, which those of a newsroom do not.
		if old := p.slot == year && p.text < "1990"; old || p.slot != year && mix(own, 5)%100 >= 20 {
			return append(w, strings.ToLower(p.text)...)
		}
	}
	switch p.slot {
	case given, family, place, thing:
		return append(w, m.name(p.slot, p.which+16*m.turn)...)
	case noun:
		return m.noun(w, p, own)
	case label:
		return append(w, m.single[rank(own)%uint64(len(m.single))]...)
	case digits:
		return number(w, p.text, own)
	case year:
		n, _ := strconv.Atoi(p.text)
		return strconv.AppendInt(w, int64(min(n-2024, 1)+m.now.Year()), 10)
	case day:
		return strconv.AppendInt(w, int64(own%28)+1, 10)
	case cardinal:
		return append(w, cardinals[own%uint64(len(cardinals))]...)
	case month:
		return append(w, months[(uint64(p.which)+m.seed%12)%12]...)
	case weekday:
		return append(w, weekdays[(uint64(p.which)+m.seed%7)%7]...)
	}
	return append(w, p.text...) // unreachable: these are all
}

// name returns name number k of the article's cast.
func (m *maker) name(s slot, k uint32) string {
	h := mix(m.seed, uint64(s)<<40|uint64(k)|1<<50)
	u := h % 100
	h = mix(h, 1)
	switch {
	case s == given && u < 65:
		// The first of the list are not more frequent names: a square does for that.
		return m.given[int(part(h)*part(mix(h, 2))*float64(len(m.given)-1))]
	case s == place && u < 30:
		return countries[int(part(h)*part(mix(h, 2))*float64(len(countries)-1))]
	}
	return string(spell(nil, s, rank(h)))
}

// noun exchanges a noun in half of the articles, now and then for one that nobody has read before.
func (m *maker) noun(w []byte, p *piece, own uint64) []byte {
	h := mix(own, 3)
	switch u := own % 100; {
	case u < 25:
		return append(w, strings.ToLower(p.text)...)
	case u < 33:
		n := uint64(len(m.single))
		r := rank(h)
		w = append(w, m.single[(r*31)%n]...)
		return append(w, m.noun1(p.which, r/n*17+r)...)
	}
	return append(w, m.noun1(p.which, h)...)
}

func (m *maker) noun1(class uint32, h uint64) string {
	return m.nouns[class][h%uint64(len(m.nouns[class]))]
}

// number exchanges digits for as many others.
func number(w []byte, text string, own uint64) []byte {
	for i := range len(text) {
		least := uint64(0)
		if i == 0 && text[0] != '0' {
			least = 1
			if len(text) == 1 {
				least = 2
			}
		}
		w = append(w, byte('0'+least+own%(10-least)))
		own = mix(own, 4)
	}
	return w
}

// slug makes the beginning of a file's name of a title.
func slug(title string) string {
	const longest = 32
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' && b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= longest {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}
