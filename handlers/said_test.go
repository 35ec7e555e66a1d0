package handlers

import (
	"context"
	"strings"
	"testing"

	"footnote/answer"
	"footnote/corpus"
)

// TestSaidPages turns the pages of /said in a bot that has started anew: names
// that are too long for a custom id are found by their hash, and what was said
// about is refused where it is too long.
func TestSaidPages(t *testing.T) {
	const name = "the owners of the boats on the lake"
	for _, c := range []struct {
		title, known, typed, about string
		want                       string // in the second page; "" where the reply is refused
	}{
		{"short", name, "owners", "", "|speaker|-|owners||1"},
		{"about", name, "owners", "boat", "|speaker|-|owners|boat|1"},
		{"strokes", name, "owners", "", "|owners||"},
		{"known and long", strings.Repeat("ж", 60), strings.Repeat("ж", 60), "", "|speaker|-|#"},
		{"known, long, about", strings.Repeat("ж", 60), strings.Repeat("ж", 60), "boat", "|boat|1"},
		{"not known and long", strings.Repeat("ж", 60), strings.Repeat("ж", 50), "", ""},
		{"about too much", name, "owners", strings.Repeat("boat", 20), ""},
	} {
		t.Run(c.title, func(t *testing.T) {
			start := func() *rig {
				a := corpus.FromParagraphs("Boats", "en", []string{strings.Repeat("The boat is sold, said the owners of the boat. ", 8)})
				a.Passages[0].Sentences = a.Passages[0].Sentences[:8]
				rig := rigOf(t, []*corpus.Article{a})
				f := &told{speakers: []tells{{c.known, a.ID, 8}}}
				for _, s := range a.Passages[0].Sentences {
					f.statements = append(f.statements, answer.Statement{Where: answer.Where{Article: a.ID, Paragraph: 1, Sentence: s.Span}, Speaker: c.known})
				}
				rig.tell(f)
				rig.facts = &anything{f}
				return rig
			}
			rig := start()
			options := []any{optSpeaker, c.typed}
			if c.about != "" {
				options = append(options, optAbout, c.about)
			}
			r := rig.do(slash(cmdSaid, options...))
			if c.want == "" {
				if r.Data.Content != rig.words.LongSaid {
					t.Errorf("not refused:\n%s", dump(r))
				}
				return
			}
			again := start()
			second := again.do(again.press(r, "Next (2 of 2)"))
			if got := dump(second); !strings.Contains(got, "Statement 8. ") || !strings.Contains(got, c.want) {
				t.Errorf("want Statement 8 and a way back with %q, got\n%s", c.want, got)
			}
		})
	}
}

// anything says the same whatever is said about.
type anything struct{ *told }

func (f *anything) Said(ctx context.Context, speaker, _, article string, limit int) (answer.List[answer.Statement], error) {
	return f.told.Said(ctx, speaker, "", article, limit)
}
