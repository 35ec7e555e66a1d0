package eval

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"text/tabwriter"

	"footnote/answer"
)

// TestDialogues asks what follows a question as people follow it up: with the two
// questions before, and the article of the last answer. With -v it prints the misses of
// those that are developed on.
func TestDialogues(t *testing.T) {
	oneGoroutine(t)
	goldenTable(t, "dialogues", printed(func(w io.Writer) error {
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "dialogues\tturn\tanswerable\tright shown\twrong shown\tnone\tfalse\t")
		for _, set := range []string{"facts", "kept"} {
			first, later := dialogues(t, set)
			fmt.Fprintf(table, "%s\tfirst\t%s\n%s\tlater\t%s\n", set, first, set, later)
		}
		if err := table.Flush(); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, "facts: developed on; kept: "+untouched)
		return err
	}))
}

// turns counts how questions of dialogues went.
type turns struct{ answerable, right, wrong, none, falsely int }

func (n turns) String() string {
	return fmt.Sprintf("%d\t%d\t%d\t%d\t%d\t", n.answerable, n.right, n.wrong, n.none, n.falsely)
}

func (n *turns) count(c Case, a answer.Answer) (right bool) {
	shown := a.Status == answer.Answered
	right = shown && !c.None && c.Pattern.MatchString(a.Quote) && a.Citation.Article == c.Article
	switch {
	case c.None:
		n.none++
		if shown {
			n.falsely++
		}
		return !shown
	case right:
		n.right++
	case shown:
		n.wrong++
	}
	n.answerable++
	return right
}

// dialogues asks the dialogues of a set, the first questions and those that follow.
func dialogues(t *testing.T, set string) (first, later turns) {
	t.Helper()
	b, err := os.ReadFile("../../testdata/dialogues/" + set + ".tsv")
	if err != nil {
		t.Fatal(err)
	}
	lib := library(t, model(t), "../../testdata/questions/"+set)
	var q answer.Question
	for n, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			t.Fatalf("%s.tsv line %d: write id, article, turn, question and answer", set, n+2)
		}
		c, err := newCase(f[0], f[1], "", f[3], f[4])
		if err != nil {
			t.Fatal(err)
		}
		counted := &later
		q = answer.Question{Text: c.Question, Previous: q.Text, Earlier: q.Previous, Talked: q.Talked}
		if f[2] == "1" {
			q, counted = answer.Question{Text: c.Question}, &first
		}
		a := lib.Ask(t.Context(), q)
		if !counted.count(c, a) && set == "facts" && testing.Verbose() {
			t.Logf("%s turn %s %q: want %s, got %s %q", c.ID, f[2], c.Question, f[4], a.Status, a.Quote)
		}
		if a.Citation != nil {
			q.Talked = a.Citation.Article
		}
	}
	return first, later
}
