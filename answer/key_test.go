package answer

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"reflect"
	"testing"
	"time"

	"footnote/answer/words"
	"footnote/corpus"
)

var update = flag.Bool("update", false, "write the goldens anew")

// otherProcess tells this test binary to be another process, which wrote
// other types in gob before it prepares the articles.
const otherProcess = "TEST_KEY_OF_OTHER_PROCESS"

// shippedSource prepares the article that comes with the bot.
func shippedSource(t *testing.T) *Source {
	t.Helper()
	lib, err := corpus.Default()
	if err != nil {
		t.Fatal(err)
	}
	s, err := From(lib.Articles)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The key of the same articles is the same in every process, whatever that
// process did before, though the bytes of the stored file are not.
func TestKeyInAnotherProcess(t *testing.T) {
	type first struct{ A map[string]struct{ B []int } }
	if os.Getenv(otherProcess) != "" {
		if err := gob.NewEncoder(io.Discard).Encode(first{}); err != nil {
			t.Fatal(err)
		}
	}
	s := shippedSource(t)
	s.prepare()
	b, err := s.encode()
	if err != nil {
		t.Fatal(err)
	}
	stored := fmt.Sprintf("%x", sha256.Sum256(b))
	if os.Getenv(otherProcess) != "" {
		fmt.Printf("key %s stored %s\n", s.Key, stored)
		return
	}
	other := exec.Command(os.Args[0], "-test.run=^TestKeyInAnotherProcess$")
	other.Env = append(os.Environ(), otherProcess+"=1")
	out, err := other.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !bytes.Contains(out, []byte("key "+s.Key)) {
		t.Errorf("the key is %s, and in another process\n%s", s.Key, out)
	}
	if bytes.Contains(out, []byte(stored)) {
		t.Error("the stored bytes are the same in another process: this test shows nothing")
	}
}

// The key changes with the word lists.
func TestKeyOfWordLists(t *testing.T) {
	s := shippedSource(t)
	lists := bytes.Clone(words.Digest())
	if key, err := keyOf(s.articles, lists); err != nil || key != s.Key {
		t.Fatalf("the same lists give the key %s, not %s: %v", key, s.Key, err)
	}
	lists[0] ^= 1
	if key, err := keyOf(s.articles, lists); err != nil || key == s.Key {
		t.Errorf("other lists give the same key; %v", err)
	}
}

// The key changes with every single field of an article.
func TestKeyOfEveryField(t *testing.T) {
	a := full(reflect.TypeFor[corpus.Article]()).Addr().Interface().(*corpus.Article)
	key := func() string {
		t.Helper()
		k, err := keyOf([]*corpus.Article{a}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	begin, fields := key(), 0
	each(reflect.ValueOf(a), "article", func(name string, change, restore func()) {
		fields++
		change()
		if key() == begin {
			t.Errorf("%s can change and the key stays", name)
		}
		restore()
		if key() != begin {
			t.Fatalf("the key does not come back with %s", name)
		}
	})
	if fields < 25 {
		t.Errorf("only %d fields were tried", fields)
	}
	t.Logf("%d fields", fields)
}

// What is prepared of the articles under testdata, as one digest. Where it
// changes, indexes that were built before must not be taken for whole.
func TestPrepared(t *testing.T) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, folder := range []string{"../corpus/articles", "../testdata/questions/dev", "../testdata/questions/fresh", "testdata/laidout"} {
		lib, err := corpus.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		s, err := From(lib.Articles)
		if err != nil {
			t.Fatal(err)
		}
		s.prepare()
		for _, d := range s.docs {
			if err := enc.Encode(d); err != nil {
				t.Fatal(err)
			}
		}
		for _, d := range s.docs {
			if err := enc.Encode(documents(d)); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := fmt.Sprintf("%x\n", h.Sum(nil))
	if *update {
		if err := os.WriteFile("prepared.sum", []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if got != string(preparedSum) {
		t.Errorf("something else is prepared of the articles: run `go test ./answer -run TestPrepared -update`, so that old indexes are built again\ngot %swant %s", got, preparedSum)
	}
}

// full returns a value of the type in which every pointer leads somewhere and
// every slice holds one element.
func full(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	switch {
	case t == reflect.TypeFor[time.Time]():
	case t.Kind() == reflect.Pointer:
		v.Set(full(t.Elem()).Addr())
	case t.Kind() == reflect.Slice:
		v.Set(reflect.Append(v, full(t.Elem())))
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			v.Field(i).Set(full(t.Field(i).Type))
		}
	}
	return v
}

// each calls try for every value that v leads to.
func each(v reflect.Value, name string, try func(name string, change, restore func())) {
	old := reflect.New(v.Type()).Elem()
	old.Set(v)
	change := func(to any) {
		try(name, func() { v.Set(reflect.ValueOf(to).Convert(v.Type())) }, func() { v.Set(old) })
	}
	if v.Type() == reflect.TypeFor[time.Time]() {
		change(time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		each(v.Elem(), name, try)
	case reflect.Slice:
		each(v.Index(0), name+"[]", try)
	case reflect.Struct:
		for i := range v.NumField() {
			each(v.Field(i), name+"."+v.Type().Field(i).Name, try)
		}
	case reflect.String:
		change("x")
	case reflect.Bool:
		change(true)
	default:
		change(7)
	}
}
