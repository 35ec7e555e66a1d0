package eval

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"text/tabwriter"
)

// TestTalk says what it gains to know the article that was talked about before:
// the question's own, that of the last answer (each file is a conversation), and,
// for harm, another one.
func TestTalk(t *testing.T) {
	oneGoroutine(t)
	goldenTable(t, "talk", printed(func(w io.Writer) error {
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "talked about before\tn\tsentence@1\tright shown\twrong shown\tnone\tfalse\t")
		for _, s := range naturalSets(t)[:3] {
			lib := library(t, s.articles)
			if len(lib.Articles()) == 1 {
				continue // there is nothing to choose
			}
			for talk, name := range []string{"nothing", "its own article", "that of the last answer", "another article"} {
				var all []Outcome
				for _, f := range files(t, filepath.Dir(s.questions), ".tsv") {
					set, err := ReadTSV(f)
					if err != nil {
						return err
					}
					out, err := Run(context.Background(), lib, set, Options{Talked: Talk(talk)})
					if err != nil {
						return err
					}
					all = append(all, out...)
				}
				r := NewReport("", all).All
				fmt.Fprintf(table, "%s: %s\t%d\t%.3f\t%d\t%d\t%d\t%d\t\n", filepath.Base(filepath.Dir(s.questions)), name, r.Answerable, r.ForcedAt1, r.Right, r.Wrong, r.None, r.False)
			}
		}
		if err := table.Flush(); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, tuned)
		return err
	}))
}

// printed makes a table of what prints it.
type printed func(io.Writer) error

// Print prints it.
func (p printed) Print(w io.Writer) error { return p(w) }
