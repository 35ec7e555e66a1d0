package eval

import (
	"fmt"
	"io"
	"testing"
	"text/tabwriter"
)

// TestTalk says what it gains to know the article that was talked about before:
// the question's own, that of the last answer (each file is a conversation), and,
// for harm, another one.
func TestTalk(t *testing.T) {
	same := outcomes(t, "own")
	nothing := outcomes(t, "dev")[:len(same)] // its files come first
	goldenTable(t, "talk", printed(func(w io.Writer) error {
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "talked about before\tn\tsentence@1\tright shown\twrong shown\tnone\tfalse\t")
		for _, talk := range []struct {
			name  string
			asked []Outcome
		}{{"nothing", nothing}, {"its own article", same}, {"that of the last answer", outcomes(t, "last")}, {"another article", outcomes(t, "other")}} {
			r := NewReport("", talk.asked).All
			fmt.Fprintf(table, "%s\t%d\t%.3f\t%d\t%d\t%d\t%d\t\n", talk.name, r.Answerable, r.ForcedAt1, r.Right, r.Wrong, r.None, r.False)
		}
		if err := table.Flush(); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, "half of the development set; "+tuned)
		return err
	}))
}

// printed makes a table of what prints it.
type printed func(io.Writer) error

// Print prints it.
func (p printed) Print(w io.Writer) error { return p(w) }
