package eval

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"footnote/answer"
	"footnote/encoder"
	"footnote/internal/race"
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

// sets returns the set of that name. The names of [talks] are half of the
// development set, asked while an article is talked about.
func sets(t testing.TB, name string) aSet {
	if talk, ok := talks[name]; ok {
		s := sets(t, "dev")
		s.questions, s.opts.Talked = devQuestions+"/[a-g]*.tsv", talk
		return s
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
		return aSet{nil, filepath.Join(dir, "squad2-dev.json.gz"), readSQuAD2, Options{OwnPassage: true}}
	case strings.HasPrefix(name, "xquad-"):
		language := strings.TrimPrefix(name, "xquad-")
		return aSet{nil, filepath.Join(dir, "xquad-dev-"+language+".json.gz"), func(f string) (*Set, error) { return ReadSQuAD(f, language) }, Options{}}
	}
	t.Fatalf("there is no set %q", name)
	return aSet{}
}

var talks = map[string]Talk{"own": TalkOwn, "last": TalkLast, "other": TalkOther}

// squadSample is of how many questions of SQuAD 2 one is asked: it is the largest set, and of a third the area under the curve is as good as
// known, to .015.
const squadSample = 3

// readSQuAD2 reads the sample of SQuAD 2.
func readSQuAD2(path string) (*Set, error) {
	set, err := ReadSQuAD(path, "en")
	if err != nil {
		return nil, err
	}
	kept := set.Cases[:0]
	for i, c := range set.Cases {
		if i%squadSample == 0 {
			kept = append(kept, c)
		}
	}
	set.Cases = kept
	return set, nil
}

// tunedSets are all that ranking and confidence may be fitted to, beside squad2.
var tunedSets = []string{"dev", "libya", "news", "held"}

// quick is the set that is asked with -short, too.
const quick = "dev"

// raced is the set that is asked under the race detector, which is ten times as
// slow: all are asked in the same way, several questions at a time.
const raced = "mixed"

var (
	askedOnce = map[by][]answered{}
	askedMu   sync.Mutex
)

// by is a set of questions and what finds the answers: nil for words alone.
type by struct {
	model *encoder.Model
	set   string
}

// asked asks the questions of a set, once for all tests, on all processors; or
// skips the test.
func asked(t testing.TB, name string) []answered {
	t.Helper()
	return askedBy(t, by{model(t), name})
}

func askedBy(t testing.TB, by by) []answered {
	t.Helper()
	switch {
	case race.On && by.set != raced:
		t.Skip("skipped under the race detector, which looks at one set only")
	case testing.Short() && by.set != quick:
		t.Skip("skipped: takes a while")
	}
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
	s.opts.Model = by.model
	var parts []part
	for _, f := range files {
		set, err := s.read(f)
		if err != nil {
			t.Fatal(err)
		}
		var lib *answer.Library
		if s.articles == nil {
			lib = openBy(t, by.model, set.Library)
		} else {
			lib = library(t, by.model, s.articles...)
		}
		for cases := range slices.Chunk(set.Cases, partSize) {
			p := part{lib: lib, set: *set}
			p.set.Cases = cases
			parts = append(parts, p)
		}
	}
	all, err := inParts(parts, s.opts)
	if err != nil {
		t.Fatal(err)
	}
	askedOnce[by] = all
	return all
}

// part is questions that are asked one after the other.
type part struct {
	lib *answer.Library
	set Set
}

// partSize is how many questions a part has at most: as many as a file of the
// development set, which is one conversation.
const partSize = 40

// inParts asks the questions of parts, of several at a time.
func inParts(parts []part, opts Options) ([]answered, error) {
	got := make([][]answered, len(parts))
	errs := make([]error, len(parts))
	var working sync.WaitGroup
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, p := range parts {
		places <- struct{}{}
		working.Go(func() {
			defer func() { <-places }()
			errs[i] = each(context.Background(), p.lib, &p.set, opts, func(o Outcome, trace answer.Trace) {
				trace.Sentences = trace.Sentences[:min(considered, len(trace.Sentences))]
				got[i] = append(got[i], answered{o, p.lib, p.set.Name + o.Case.Article, trace})
			})
		})
	}
	working.Wait()
	return slices.Concat(got...), errors.Join(errs...)
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
