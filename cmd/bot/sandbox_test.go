package main

import (
	"testing"

	"footnote/corpus"
	"footnote/handlers"
)

// TestExampleLine: the line that the terminal proposes is one that the library has.
func TestExampleLine(t *testing.T) {
	side := corpus.Option{Name: "side", Description: "d", Choices: []corpus.Choice{{Value: "town", Name: "the town"}}}
	for want, declared := range map[string][]corpus.Command{
		"/ask":      nil,
		"/tolls":    {{Name: "tolls", Description: "d", Question: "What is the toll?"}},
		"/for town": {{Name: "for", Description: "d", Question: "Who is for {side}?", Options: []corpus.Option{side}}},
	} {
		a := corpus.FromParagraphs("", "en", []string{"The bridge is closed."})
		a.Commands = declared
		commands, problems := handlers.Commands([]corpus.Header{a.Header()})
		if got := exampleLine(commands); got != want || len(problems) > 0 {
			t.Errorf("got %q, want %q; %v", got, want, problems)
		}
	}
}
