package store

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Unanswered is a question that was asked on a server and not answered. Nothing
// in it says who asked, or when.
type Unanswered struct {
	Question string `json:"question"`
	Count    int    `json:"count"`           // how often
	Shown    string `json:"shown,omitempty"` // the passage that was shown last and not taken for the answer
}

// MaxUnanswered is how many questions of one server are kept.
const MaxUnanswered = 100

// Bounds of what is kept of one question: runes of its text, bytes of what
// names a passage.
const (
	maxQuestion = 200
	maxShown    = 200
)

// KeepsUnanswered reports whether the server's unanswered questions are kept.
func (s *Store) KeepsUnanswered(guildID string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.guilds[guildID].Keeps
}

// SetKeepsUnanswered switches on or off that the server's unanswered questions
// are kept. Those that are kept already stay. The error says why it could not be
// written; then nothing has changed.
func (s *Store) SetKeepsUnanswered(guildID string, on bool) error {
	return s.change(guildID, func(g *guild) { g.Keeps = on })
}

// AddUnanswered counts a question; one of count 0 is not counted anew where it
// is kept already. Questions that differ in case and spaces alone are one, and
// the first of them is kept. Where there are too many the rarest goes, of those
// the one that was asked least recently. Nothing is kept where it is switched off.
func (s *Store) AddUnanswered(guildID string, u Unanswered) error {
	if !s.KeepsUnanswered(guildID) {
		return nil
	}
	u.Question = bounded(u.Question)
	if u.Question == "" {
		return nil
	}
	if len(u.Shown) > maxShown || !utf8.ValidString(u.Shown) {
		u.Shown = ""
	}
	return s.change(guildID, func(g *guild) {
		if !g.Keeps {
			return // switched off in between
		}
		key := folded(u.Question)
		kept := slices.Clone(g.Unanswered) // the least recent first
		if i := slices.IndexFunc(kept, func(k Unanswered) bool { return folded(k.Question) == key }); i >= 0 {
			u.Question, u.Count = kept[i].Question, kept[i].Count+u.Count
			u.Shown = cmp.Or(u.Shown, kept[i].Shown)
			kept = slices.Delete(kept, i, i+1)
		}
		u.Count = max(u.Count, 1)
		for len(kept) >= MaxUnanswered {
			rarest := 0
			for i := range kept {
				if kept[i].Count < kept[rarest].Count {
					rarest = i
				}
			}
			kept = slices.Delete(kept, rarest, rarest+1)
		}
		g.Unanswered = append(kept, u)
	})
}

// Unanswered returns the server's unanswered questions, the commonest first, and
// of those the one that was asked last.
func (s *Store) Unanswered(guildID string) []Unanswered {
	s.mu.RLock()
	list := slices.Clone(s.guilds[guildID].Unanswered)
	s.mu.RUnlock()
	slices.Reverse(list)
	slices.SortStableFunc(list, func(a, b Unanswered) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

// DeleteUnanswered deletes the server's unanswered questions. Whether more are
// kept stays as it is.
func (s *Store) DeleteUnanswered(guildID string) error {
	return s.erase(guildID, func(g *guild) { g.Unanswered = nil })
}

// bounded is a question on one line, at most as long as is kept.
func bounded(question string) string {
	question = strings.Join(strings.Fields(strings.ToValidUTF8(question, "")), " ")
	if utf8.RuneCountInString(question) <= maxQuestion {
		return question
	}
	return strings.TrimSpace(string([]rune(question)[:maxQuestion]))
}

// folded is what questions that count as one have in common.
func folded(question string) string { return strings.ToLower(question) }
