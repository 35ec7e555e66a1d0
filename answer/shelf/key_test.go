package shelf

import (
	"reflect"
	"testing"

	"footnote/answer/annotate"
	"footnote/corpus"
	"footnote/index"
	"footnote/internal/fields"
)

// plainly prepares articles without any mark.
var plainly = &Preparing{Marks: func(p *annotate.Doc) [][]index.Mark { return make([][]index.Mark, len(p.Article.Passages)) }}

// The key changes with every single field of an article, but for its id, which is
// the library's affair; and of a library with the ids too.
func TestKeyOfEveryField(t *testing.T) {
	a := fields.Full(reflect.TypeFor[corpus.Article]()).Addr().Interface().(*corpus.Article)
	key := func() string {
		t.Helper()
		k, ok := plainly.KeyOf(Articles{a})
		if !ok {
			t.Fatal("there is no key")
		}
		return k
	}
	id, of := a.ID, plainly.keyOf(a.Sum())
	if a.ID = "another"; plainly.keyOf(a.Sum()) != of {
		t.Error("the key of the article changes with its id")
	}
	a.ID = id
	begin, tried := key(), 0
	fields.Each(reflect.ValueOf(a), "article", func(name string, change, restore func()) {
		tried++
		change()
		if key() == begin {
			t.Errorf("%s can change and the key stays", name)
		}
		restore()
		if key() != begin {
			t.Fatalf("the key does not come back with %s", name)
		}
	})
	if tried < 25 {
		t.Errorf("only %d fields were tried", tried)
	}
	t.Logf("%d fields", tried)
}
