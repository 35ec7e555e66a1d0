package answer

import (
	"strings"
	"unicode"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// comparing are words by which a question compares rows: none answers it by
// itself.
var comparing = words.Set(`more less fewer than before after since until over under above below least most between highest lowest longest shortest
	largest smallest oldest newest biggest tallest cheapest earliest latest first last average total sum together`)

// measures are what the words behind "how" ask the measure of.
var measures = map[string][]string{
	"long": {"length", "duration", "long"}, "old": {"age", "built", "year", "born"}, "wide": {"width", "breadth"}, "tall": {"height"},
	"high": {"height", "altitude", "elevation"}, "heavy": {"weight", "mass"}, "deep": {"depth"}, "fast": {"speed"}, "big": {"size", "area"},
	"large": {"size", "area"}, "far": {"distance"}, "much": {"price", "cost", "fee", "fare", "rate", "amount"},
}

// cellMatch is what a row of a table means of a question.
type cellMatch struct {
	columns [maxConcepts]int // the column whose name means a concept; -1 for none
	values  [maxConcepts][]int
}

// rowAnswers returns the cell of a row that answers a question; an empty span
// where the row is not the one asked about, or no column is what is asked for.
// All that the question names must stand in the row: a number in the column that
// the question names with it, so that a crew of 7 is no length of 7.
func (l *Library) rowAnswers(q *parsed, p *annotate.Doc, s *annotate.Sentence, lt *localTerms, a *about) corpus.Span {
	names := p.Columns[s.Passage]
	if len(names) == 0 || s.Role != corpus.Statement || q.Denies || q.Another || q.compares() {
		return corpus.Span{}
	}
	cells := p.Article.Row(s.Span)
	if cells == nil {
		return corpus.Span{}
	}
	row := rowOf(p, s)
	m := l.cells(q, p, s, lt, names, row)
	asked := l.askedColumn(q, p, s, names, row, m)
	if asked < 0 || asked >= len(row) || !q.cellFits(p.Article.Quote(row[asked])) {
		return corpus.Span{}
	}
	found := false
	for c := range q.Concepts {
		values := m.values[c]
		k := &q.Concepts[c]
		switch {
		case m.columns[c] >= 0 && !k.Number:
		case len(values) == 0 && (k.Name || k.Number || a.head[c] < 0.5 && lt.best[c] < 0.9 && !k.Kind && !k.Focus && !isLight(k.Word)):
			return corpus.Span{}
		case k.Number && !inNamed(m, values, asked):
			return corpus.Span{}
		case len(values) == 1 && values[0] == asked:
			return corpus.Span{} // it is given, not asked for
		default:
			found = found || len(values) > 0
		}
	}
	if !found {
		return corpus.Span{}
	}
	return row[asked]
}

// guessesRow reports whether a row of a table would be no more than a guess at
// what the question asks for: its cells mean the names of their columns in every
// row. Only a question for no cell in particular is answered by the whole; and what
// is surely read in a cell, of a row that surely answers, is no guess.
func (q *parsed) guessesRow(p *annotate.Doc, s *scored, confidence float64) bool {
	return len(p.Columns[s.in.Passage]) > 0 && (q.compares() || q.Asked != yesNo && !q.Told && min(s.read.sure, confidence) < spanAt)
}

// cellFits reports whether a cell may hold what is asked for: a time and a number
// have figures, and nobody is only figures.
func (q *parsed) cellFits(cell string) bool {
	figures, letters := strings.ContainsFunc(cell, unicode.IsDigit), strings.ContainsFunc(cell, unicode.IsLetter)
	switch q.Asked {
	case aPerson, aPlace, aName:
		return letters
	case aNumber, anAge:
		return figures
	}
	return figures || letters
}

// compares reports whether a question holds a word that compares.
func (q *parsed) compares() bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(q.Text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if comparing[w] {
			return true
		}
	}
	return false
}

// rowOf returns the cells of a row, the empty ones too.
func rowOf(p *annotate.Doc, s *annotate.Sentence) []corpus.Span {
	at := &p.Article.Passages[s.Passage]
	for i := range at.Sentences {
		if at.Sentences[i].Span == s.Span {
			return at.Sentences[i].Cells
		}
	}
	return nil
}

// cells finds the columns and the cells that mean each concept.
func (l *Library) cells(q *parsed, p *annotate.Doc, s *annotate.Sentence, lt *localTerms, names [][]int, row []corpus.Span) cellMatch {
	var m cellMatch
	for c := range m.columns {
		m.columns[c] = -1
	}
	// Of several columns that a concept may mean the one that more of the question means.
	most := make([]int, len(names))
	means := make([][maxConcepts]bool, len(names))
	for column := range names {
		for _, t := range names[column] {
			for _, tm := range lt.of(t).terms {
				means[column][tm.concept] = means[column][tm.concept] || tm.weight >= 0.5
			}
			for c := range q.Concepts {
				means[column][c] = means[column][c] || sameStem(q.Concepts[c].Word, p.Strings[t])
			}
		}
		for c := range q.Concepts {
			if means[column][c] {
				most[column]++
			}
		}
	}
	for column := range names {
		for c := range q.Concepts {
			if before := m.columns[c]; means[column][c] && (before < 0 || most[column] > most[before]) {
				m.columns[c] = column
			}
		}
	}
	for _, t := range s.Tokens {
		for _, tm := range lt.of(t.Term).terms {
			if tm.weight < 0.9 {
				continue
			}
			for i, cell := range row {
				if cell.Start <= t.Start && t.End <= cell.End && (!q.Concepts[tm.concept].Number || isNumber(p.Article.Quote(cell), p.Raw(t))) {
					m.values[tm.concept] = append(m.values[tm.concept], i)
				}
			}
		}
	}
	return m
}

// sameStem reports whether a word of the question and one of a column's name
// begin alike, as "owns" and "owner" do.
func sameStem(word, name string) bool {
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(word, "s"), "ed"), "e")
	return len(stem) >= 3 && strings.HasPrefix(name, stem) && len(name)-len(stem) <= 3 ||
		len(name) >= 4 && strings.HasPrefix(stem, name) && len(stem)-len(name) <= 2
}

// isNumber reports whether a number is the whole of what a cell counts: "7" of
// "7 men", not of "9.7" or "7-12".
func isNumber(cell, number string) bool {
	for _, field := range strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(";()", r) }) {
		if strings.Trim(field, ",.€$£%") == number {
			return true
		}
	}
	return cell == number
}

// inNamed reports whether one of the cells stands in a column that the question
// names, where it names one besides what it asks for.
func inNamed(m cellMatch, cells []int, asked int) bool {
	named := false
	for _, column := range m.columns {
		if column < 0 || column == asked {
			continue
		}
		named = true
		for _, cell := range cells {
			if cell == column {
				return true
			}
		}
	}
	return !named && len(cells) > 0
}

// askedColumn returns the column that is asked for; -1 where none can be told:
// the one that the noun behind "which" or "what" names, or "how long" by its
// measure, or any that the question names without a value in it; or else the
// only one in which a person stands, or a time, where such is asked for.
func (l *Library) askedColumn(q *parsed, p *annotate.Doc, s *annotate.Sentence, names [][]int, row []corpus.Span, m cellMatch) int {
	if q.Focus >= 0 && m.columns[q.Focus] >= 0 {
		return m.columns[q.Focus]
	}
	lower := strings.Fields(strings.ToLower(q.Text))
	for i, w := range lower {
		if i+1 == len(lower) {
			break
		}
		if w == "which" || w == "what" { // "which kind": such words are no concepts
			for column := range names {
				for _, t := range names[column] {
					if p.Strings[t] == lower[i+1] {
						return column
					}
				}
			}
		}
		if w != "how" {
			continue
		}
		for _, measure := range measures[strings.Trim(lower[i+1], "?,")] {
			for column := range names {
				for _, t := range names[column] {
					if strings.HasPrefix(p.Strings[t], measure[:min(len(measure), 4)]) {
						return column
					}
				}
			}
		}
	}
	held := map[int]bool{}
	for c := range q.Concepts {
		for _, v := range m.values[c] {
			held[v] = true
		}
	}
	named := -1
	for c := range q.Concepts {
		if column := m.columns[c]; column >= 0 && !held[column] {
			if named >= 0 && named != column {
				return -1
			}
			named = column
		}
	}
	if named >= 0 {
		return named
	}
	var fits annotate.Class
	switch q.Asked {
	case aTime:
		fits = annotate.Month | annotate.Year | annotate.Weekday
	case aPerson:
		fits = annotate.Named
	default:
		return -1
	}
	for i, cell := range row {
		if held[i] {
			continue
		}
		for _, t := range s.Tokens {
			if cell.Start <= t.Start && t.End <= cell.End && t.Class.Is(fits) {
				if named >= 0 && named != i {
					return -1
				}
				named = i
			}
		}
	}
	return named
}
