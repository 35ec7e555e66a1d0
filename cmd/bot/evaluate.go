package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"footnote/answer"
	"footnote/answer/eval"
	"footnote/answer/eval/page"
	"footnote/corpus"
)

// evaluate scores the files named on the command line: all TSV files, of
// questions and of labels, together against the one library, each SQuAD file
// against its own paragraphs.
func evaluate(ctx context.Context, log *slog.Logger, c *config, stdout io.Writer) error {
	if len(c.args) == 0 {
		return errors.New("-eval needs the files with the questions or labels as arguments: .tsv, or SQuAD .json or .json.gz")
	}
	if c.report == "" {
		_, err := c.score(ctx, log, stdout)
		return err
	}
	// The file is made beside its place before anything is asked, which can take minutes.
	f, err := os.CreateTemp(filepath.Dir(c.report), ".report-")
	if err != nil {
		return c.unwritten(err)
	}
	defer os.Remove(f.Name()) // where it is not renamed
	defer f.Close()
	reports, err := c.score(ctx, log, stdout)
	if err != nil {
		return err
	}
	if err := cmp.Or(writePage(f, reports), f.Chmod(0o644), f.Close()); err != nil {
		return c.unwritten(err)
	}
	if err := os.Rename(f.Name(), c.report); err != nil {
		return c.unwritten(err)
	}
	return nil
}

// unwritten says why the page cannot be written. The reason alone: the file
// that was tried is not the one that was named.
func (c *config) unwritten(err error) error {
	for reason := err; reason != nil; reason = errors.Unwrap(reason) {
		err = reason
	}
	return fmt.Errorf("the page of -report cannot be written to %s: %w; name a file in a folder that is there and may be written to", corpus.Shown(c.report), err)
}

// writePage writes the reports as a web page.
func writePage(w io.Writer, reports []report) error {
	var questions []eval.Report
	var labels []eval.LabelReport
	for _, r := range reports {
		switch r := r.(type) {
		case eval.Report:
			questions = append(questions, r)
		case eval.LabelReport:
			labels = append(labels, r)
		}
	}
	return page.Write(w, questions, labels)
}

// score scores the files and prints a report for each set.
func (c *config) score(ctx context.Context, log *slog.Logger, stdout io.Writer) ([]report, error) {
	var tsv []string
	var reports []report
	for _, file := range c.args {
		if strings.HasSuffix(file, ".tsv") {
			tsv = append(tsv, file)
			continue
		}
		set, err := eval.ReadSQuAD(file, c.lang)
		if err != nil {
			return nil, err
		}
		var out []eval.Outcome
		if err := c.with(ctx, log, set.Library, func(lib *answer.Library) (err error) {
			out, err = eval.Run(ctx, lib, set, eval.Options{OwnPassage: c.ownPassage, Model: c.model})
			return err
		}); err != nil {
			return nil, err
		}
		reports = append(reports, eval.NewReport(set.Name, out))
	}
	if tsv != nil {
		r, err := c.evalTSV(ctx, log, tsv)
		if err != nil {
			return nil, err
		}
		reports = append(r, reports...)
	}
	for i, r := range reports {
		if i > 0 && !c.json {
			fmt.Fprintln(stdout)
		}
		if err := c.printReport(stdout, r); err != nil {
			return nil, err
		}
	}
	return reports, nil
}

// report is the score of questions or of labels.
type report interface {
	Print(w io.Writer) error
}

// printReport writes a report as JSON or as a table with what belongs beneath.
func (c *config) printReport(w io.Writer, r report) error {
	if c.json {
		return json.NewEncoder(w).Encode(r)
	}
	if err := r.Print(w); err != nil {
		return err
	}
	switch r := r.(type) {
	case eval.Report:
		_, err := fmt.Fprintf(w, "time an answer: p50 %v, p99 %v\n", r.P50, r.P99)
		return err
	case eval.LabelReport:
		if c.debug {
			return eval.PrintMisses(w, r.Misses)
		}
	}
	return nil
}

// evalTSV scores the questions and the labels of all TSV files against the one
// library.
func (c *config) evalTSV(ctx context.Context, log *slog.Logger, files []string) ([]report, error) {
	// Files of questions are read before the library is built: building takes longer.
	var sets []*eval.Set
	var labelled []string
	for _, file := range files {
		if eval.IsLabels(file) {
			labelled = append(labelled, file)
			continue
		}
		set, err := eval.ReadTSV(file)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	articles, err := c.loadCorpus()
	if err != nil {
		return nil, err
	}
	var reports []report
	err = c.with(ctx, log, articles.Articles, func(lib *answer.Library) error {
		var labels []*eval.Labels
		for _, file := range labelled {
			l, err := eval.ReadLabels(file, lib.Article)
			if err != nil {
				return err
			}
			labels = append(labels, l)
		}
		if sets != nil {
			r, err := askSets(ctx, lib, sets)
			if err != nil {
				return err
			}
			reports = append(reports, r)
		}
		if labels != nil {
			r, err := eval.ScoreLabels(ctx, lib, "labels", labels)
			if err != nil {
				return err
			}
			reports = append(reports, r)
		}
		return nil
	})
	return reports, err
}

// askSets asks the questions of all sets of the library.
func askSets(ctx context.Context, lib *answer.Library, sets []*eval.Set) (eval.Report, error) {
	var all []eval.Outcome
	var names []string
	for _, set := range sets {
		if lib.Header(set.Name) == nil {
			return eval.Report{}, fmt.Errorf("the questions of %s.tsv are about article %q, which the library does not hold; name the library with -corpus", set.Name, set.Name)
		}
		out, err := eval.Run(ctx, lib, set, eval.Options{})
		if err != nil {
			return eval.Report{}, err
		}
		names, all = append(names, set.Name), append(all, out...)
	}
	return eval.NewReport(strings.Join(names, "+"), all), nil
}

// with makes a library in memory of the articles, uses it and closes it.
func (c *config) with(ctx context.Context, log *slog.Logger, articles []*corpus.Article, use func(*answer.Library) error) error {
	src, err := answer.From(articles)
	if err != nil {
		return err
	}
	lib, err := src.InMemory()
	if err != nil {
		return err
	}
	if lib, err = c.encode(ctx, log, lib); err != nil {
		return err
	}
	return errors.Join(use(lib), lib.Close())
}
