package blocks

import (
	"reflect"
	"slices"
	"testing"

	"footnote/answer/annotate"
)

// What is read of one passage is what the whole article has of it.
func TestPassage(t *testing.T) {
	all := texts
	if testing.Short() {
		all = texts[:2]
	}
	for _, dir := range all {
		for _, whole := range prepared(t, dir) {
			o, err := decode(Encode(whole))
			if err != nil {
				t.Fatal(err)
			}
			whole := stored(whole)
			for i := range whole.Article.Passages {
				got, first, ok, err := o.passage(i)
				if err != nil || !ok || first != whole.First[i] {
					t.Fatalf("%s: passage %d begins with sentence %d, not %d, %t, %v", whole.Article.Title, i, first, whole.First[i], ok, err)
				}
				if want := alone(whole, i); !reflect.DeepEqual(got, want) {
					t.Fatalf("%s: passage %d: %s", whole.Article.Title, i, difference("Doc", reflect.ValueOf(want), reflect.ValueOf(got)))
				}
			}
		}
	}
}

// alone returns an article with the sentences of one passage alone.
func alone(whole *annotate.Doc, passage int) *annotate.Doc {
	d := *whole
	first, behind := d.First[passage], d.First[passage+1]
	within := func(sentence int) bool { return first <= sentence && sentence < behind }
	d.Sentences = append([]annotate.Sentence{}, whole.SentencesOf(passage)...)
	d.Events, d.Statements = nil, nil
	d.Figures = slices.DeleteFunc(append([]annotate.Figure{}, d.Figures...), func(g annotate.Figure) bool { return !within(g.Sentence) })
	for i := range d.Figures {
		d.Figures[i].Sentence -= first
	}
	d.Relations = nil
	for _, r := range whole.Relations {
		if within(r.Sentence) {
			r.Sentence -= first
			d.Relations = append(d.Relations, r)
		}
	}
	d.First = make([]int, len(whole.First))
	for i := passage + 1; i < len(d.First); i++ {
		d.First[i] = behind - first
	}
	return &d
}
