package eval

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"footnote/answer"
)

// labelled scores all label files that the pattern matches.
func labelled(t *testing.T, lib *answer.Library, name, pattern string) LabelReport {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no labels at %s: %v", pattern, err)
	}
	var files []*Labels
	for _, path := range paths {
		f, err := ReadLabels(path, lib.Article)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	r, err := ScoreLabels(context.Background(), lib, name, files)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestLabels scores what the library finds against what people labelled. With
// -v it prints every miss and false finding of the labels that are developed on.
func TestLabels(t *testing.T) {
	oneGoroutine(t)
	t.Run("dev", func(t *testing.T) {
		news := filepath.Join(sharedData(t), "news")
		r := labelled(t, library(t, model(t), shippedArticle, news), "labels-dev", "../../testdata/labels/dev/*.tsv")
		if testing.Verbose() {
			if err := PrintMisses(t.Output(), r.Misses); err != nil {
				t.Fatal(err)
			}
		}
		r.TunedOn = "rules and word lists are developed on these labels"
		goldenTable(t, "labels-dev", r)
	})
	// Its misses are not printed: whoever read them would tune on them.
	t.Run("fresh", func(t *testing.T) {
		lib := library(t, model(t), freshQuestions+"/beirut.md", freshQuestions+"/thaicave.md", freshQuestions+"/webb.md")
		r := labelled(t, lib, "labels-fresh", "../../testdata/labels/fresh/*.tsv")
		r.TunedOn = untouched
		goldenTable(t, "labels-fresh", r)
	})
	t.Run("facts", func(t *testing.T) {
		r := labelled(t, library(t, model(t), "../../testdata/questions/facts"), "labels-facts", "../../testdata/labels/facts/*.tsv")
		if testing.Verbose() {
			if err := PrintMisses(t.Output(), r.Misses); err != nil {
				t.Fatal(err)
			}
		}
		r.TunedOn = "to be developed on; nothing is yet"
		goldenTable(t, "labels-facts", r)
	})
	t.Run("kept", func(t *testing.T) {
		r := labelled(t, library(t, model(t), "../../testdata/questions/kept"), "labels-kept", "../../testdata/labels/kept/*.tsv")
		r.TunedOn = untouched
		goldenTable(t, "labels-kept", r)
	})
}

// TestLoaded asks questions that take for granted what no article states, each
// file of the folder of testdata/questions that it is named after. Which of them
// are answered is not printed: whoever read it would tune on it.
func TestLoaded(t *testing.T) {
	oneGoroutine(t)
	files, err := filepath.Glob("../../testdata/labels/loaded/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no loaded questions: %v", err)
	}
	all := LabelReport{Set: "loaded", TunedOn: untouched}
	for _, file := range files {
		lib := library(t, model(t), filepath.Join("../../testdata/questions", strings.TrimSuffix(filepath.Base(file), ".tsv")))
		f, err := ReadLabels(file, lib.Article)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := all.Loaded.scoreLoaded(context.Background(), lib, f.Loaded); err != nil {
			t.Fatal(err)
		}
	}
	goldenTable(t, "loaded", all)
}
