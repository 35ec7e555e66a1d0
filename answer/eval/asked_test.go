package eval

import (
	"context"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"footnote/answer"
	"footnote/encoder"
)

// answered is what became of a question, and how.
type answered struct {
	Outcome
	lib   *answer.Library
	group string       // questions on one article, which are left out together
	trace answer.Trace // with the sentences that stand first alone
}

// considered is how many sentences of a ranking are kept.
const considered = 40

// aSet is a set of questions with what they are asked of.
type aSet struct {
	articles  []string // "": the set's own
	questions string   // a pattern of files
	read      func(string) (*Set, error)
	opts      Options
}

// sets returns the set of that name; with " own", " last" or " other" behind it,
// asked while another article is talked about.
func sets(t testing.TB, name string) aSet {
	for i, talk := range []string{" own", " last", " other"} {
		if of, ok := strings.CutSuffix(name, talk); ok {
			s := sets(t, of)
			s.opts.Talked = TalkOwn + Talk(i)
			return s
		}
	}
	switch name {
	case "dev":
		return aSet{[]string{devQuestions}, devQuestions + "/*.tsv", func(f string) (*Set, error) { return readDev(t, f) }, Options{}}
	case "held":
		return aSet{[]string{heldQuestions}, heldQuestions + "/*.tsv", readHeld, Options{}}
	case "fresh":
		return aSet{[]string{freshQuestions, shippedArticle}, freshQuestions + "/*.tsv", ReadTSV, Options{}}
	case "mixed":
		return aSet{[]string{mixedQuestions}, mixedQuestions + "/*.tsv", ReadTSV, Options{}}
	}
	dir := sharedData(t)
	switch {
	case name == "libya":
		return aSet{[]string{filepath.Join(dir, "libya.txt")}, filepath.Join(dir, "libya.tsv"), ReadTSV, Options{}}
	case name == "news":
		return aSet{[]string{filepath.Join(dir, "news")}, filepath.Join(dir, "news", "*.tsv"), ReadTSV, Options{}}
	case name == "squad2":
		return aSet{nil, filepath.Join(dir, "squad2-dev.json.gz"), func(f string) (*Set, error) { return ReadSQuAD(f, "en") }, Options{OwnPassage: true}}
	case strings.HasPrefix(name, "xquad-"):
		language := strings.TrimPrefix(name, "xquad-")
		return aSet{nil, filepath.Join(dir, "xquad-dev-"+language+".json.gz"), func(f string) (*Set, error) { return ReadSQuAD(f, language) }, Options{}}
	}
	t.Fatalf("there is no set %q", name)
	return aSet{}
}

// tunedSets are all that ranking and confidence may be fitted to, beside squad2.
var tunedSets = []string{"dev", "libya", "news", "held"}

var (
	askedOnce = map[by][]answered{}
	askedMu   sync.Mutex
)

// by is a set of questions and what finds the answers: nil for words alone.
type by struct {
	model *encoder.Model
	set   string
}

// asked asks the questions of a set, once for all tests, on all processors.
func asked(t testing.TB, name string) []answered {
	t.Helper()
	return askedBy(t, by{model(t), name})
}

func askedBy(t testing.TB, by by) []answered {
	t.Helper()
	askedMu.Lock()
	defer askedMu.Unlock()
	if all, ok := askedOnce[by]; ok {
		return all
	}
	name := by.set
	s := sets(t, name)
	files, err := filepath.Glob(s.questions)
	if err != nil || len(files) == 0 {
		t.Fatalf("no questions at %s: %v", s.questions, err)
	}
	var lib *answer.Library
	if s.articles != nil {
		lib = openBy(t, by.model, articles(t, s.articles...))
	}
	s.opts.Model = by.model
	var all []answered
	for _, f := range files {
		set, err := s.read(f)
		if err != nil {
			t.Fatal(err)
		}
		if s.articles == nil {
			lib = openBy(t, by.model, set.Library)
		}
		all = append(all, inParts(t, lib, set, s.opts)...)
	}
	askedOnce[by] = all
	return all
}

// inParts asks a set's questions in parts, several at a time.
func inParts(t testing.TB, lib *answer.Library, set *Set, opts Options) []answered {
	const size = 40
	parts := make([][]answered, (len(set.Cases)+size-1)/size)
	errs := make([]error, len(parts))
	var working sync.WaitGroup
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range parts {
		working.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			part := *set
			part.Cases = set.Cases[i*size : min((i+1)*size, len(set.Cases))]
			errs[i] = each(context.Background(), lib, &part, opts, func(o Outcome, trace answer.Trace) {
				trace.Sentences = trace.Sentences[:min(considered, len(trace.Sentences))]
				parts[i] = append(parts[i], answered{o, lib, set.Name + o.Case.Article, trace})
			})
		})
	}
	working.Wait()
	var all []answered
	for i, part := range parts {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		all = append(all, part...)
	}
	return all
}

// outcomes asks the questions of sets.
func outcomes(t testing.TB, names ...string) []Outcome {
	t.Helper()
	var all []Outcome
	for _, name := range names {
		for _, a := range asked(t, name) {
			all = append(all, a.Outcome)
		}
	}
	return all
}
