package eval

import (
	"fmt"

	"footnote/answer"
	"footnote/corpus"
)

// EventScore is how well events are dated. Right are only those whose date is.
type EventScore struct {
	Count
	Placed int `json:"placed"` // found where one is labelled, whatever the date
}

func (s *EventScore) sum(o EventScore) {
	s.add(o.Labels, o.Found, o.Right)
	s.Placed += o.Placed
}

// dated is an event with its date as text.
type dated struct {
	sentence, words corpus.Span
	date            string
}

// datedOf returns the events with their dates.
func datedOf(events []answer.Event) []dated {
	all := make([]dated, len(events))
	for i, e := range events {
		all[i] = dated{sentence: e.Sentence, words: e.Words, date: e.Dated()}
	}
	return all
}

// scoreEvents compares the events found in an article with the labels.
func scoreEvents(a *corpus.Article, labels []EventLabel, got []dated) (EventScore, []Miss) {
	p := pair(len(labels), len(got), func(i, k int) int {
		if !got[k].sentence.Overlaps(labels[i].Words) || !got[k].words.Overlaps(labels[i].Words) {
			return 0
		}
		return 1 + bit(got[k].date == labels[i].Dated)
	})

	label := func(i int) string { return fmt.Sprintf("%s = %s", oneLine(a, labels[i].Words), labels[i].Dated) }
	found := func(k int) string { return fmt.Sprintf("%s = %s", oneLine(a, got[k].words), got[k].date) }
	var s EventScore
	var misses []Miss
	right := 0
	for i, l := range labels {
		k := p.of[i]
		sentence := sentenceAt(a, l.Words.Start)
		switch {
		case k < 0:
			near := listed(len(got), func(k int) bool { return got[k].sentence.Overlaps(sentence) }, found)
			misses = append(misses, miss("event", "missed", label(i), near, a, sentence, l.Words))
		case got[k].date != l.Dated:
			s.Placed++
			misses = append(misses, miss("event", "wrong date", label(i), found(k), a, sentence, l.Words))
		default:
			s.Placed++
			right++
		}
	}
	for k, g := range got {
		if !p.taken[k] {
			near := listed(len(labels), func(i int) bool { return g.sentence.Overlaps(labels[i].Words) }, label)
			misses = append(misses, miss("event", "false", near, found(k), a, g.sentence, g.words))
		}
	}
	s.add(len(labels), len(got), right)
	return s, misses
}
