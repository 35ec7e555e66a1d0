package answer

import (
	"slices"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// askedDate is a date that a question names, resolved as the article at hand
// was written, with the concepts that name it.
type askedDate struct {
	annotate.Event
	concepts []int
}

// askedDates returns the dates that a question names, as they are meant in an
// article: "on Wednesday" is another day in each.
func (l *Library) askedDates(q *parsed, p *annotate.Doc) []askedDate {
	if !q.Dated {
		return nil
	}
	a := corpus.FromParagraphs("", p.Article.Language, []string{q.Text})
	a.Published = p.Article.Published
	d := annotate.Prepare(a, l.words)
	var dates []askedDate
	for _, e := range d.Events {
		s := &d.Sentences[e.Sentence]
		if dayOfAsking[d.Word(s.Tokens[e.First])] && !slices.ContainsFunc(s.Tokens[e.First:e.Last+1], func(t annotate.Token) bool { return t.Class.Is(annotate.Weekday) }) {
			continue // but "last Friday" is that of the article
		}
		date := askedDate{Event: e}
		for k := e.First; k <= e.Last; k++ {
			word := d.Word(s.Tokens[k])
			if c := slices.IndexFunc(q.Concepts, func(c concept) bool { return c.Word == word }); c >= 0 {
				date.concepts = append(date.concepts, c)
			}
		}
		dates = append(dates, date)
	}
	return dates
}

// dayOfAsking are words whose dates count from the day of the question, not from
// that of an article.
var dayOfAsking = words.Set(`today tonight yesterday tomorrow this last next`)

// datedPassages returns passages that are dated to a day or month which the
// question names with its year, and which none of its words finds: "what
// happened on 25 September 2019".
func (l *Library) datedPassages(q *parsed, article string) []int {
	if !q.Dated || len(l.docs) == 0 {
		return nil
	}
	undated := &annotate.Doc{Article: &corpus.Article{Language: l.questionLanguage()}}
	asked := slices.DeleteFunc(l.askedDates(q, undated), func(d askedDate) bool { return d.From.Month == 0 })
	if len(asked) == 0 {
		return nil
	}
	var found []int
	for i, p := range l.docs {
		if article != "" && p.Article.ID != article {
			continue
		}
		for _, e := range p.Events {
			passage := l.first[i] + p.Sentences[e.Sentence].Passage
			if !slices.Contains(found, passage) && slices.ContainsFunc(asked, func(d askedDate) bool { return agree(d.Event, e) }) {
				if found = append(found, passage); len(found) == candidates {
					return found
				}
			}
		}
	}
	return found
}

// dated counts the words of a date as meant by a sentence that is dated to it in
// other words: "on 25 September" by "on Wednesday".
func (m *match) dated(asked []askedDate, p *annotate.Doc, sentence int) {
	if len(asked) == 0 {
		return
	}
	first, _ := slices.BinarySearchFunc(p.Events, sentence, func(e annotate.Event, s int) int { return e.Sentence - s })
	for _, e := range p.Events[first:] {
		if e.Sentence != sentence {
			return
		}
		for _, d := range asked {
			if !agree(d.Event, e) {
				continue
			}
			for _, c := range d.concepts {
				if m.strength[c] < byDate {
					m.strength[c], m.at[c] = byDate, e.First
				}
			}
		}
	}
}

// byDate is how surely a date means the same date in other words.
const byDate = 0.95
