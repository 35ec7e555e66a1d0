package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"footnote/answer"
	"footnote/answer/eval"
	"footnote/corpus"
)

// evaluate scores the files named on the command line: all TSV files together
// against the one library, each SQuAD file against its own paragraphs.
func evaluate(ctx context.Context, c *config, stdout io.Writer) error {
	if len(c.args) == 0 {
		return errors.New("-eval needs the files with the questions as arguments: .tsv, or SQuAD .json or .json.gz")
	}
	var sets []*eval.Set
	var reports []eval.Report
	for _, file := range c.args {
		if strings.HasSuffix(file, ".tsv") {
			set, err := eval.ReadTSV(file)
			if err != nil {
				return err
			}
			sets = append(sets, set)
			continue
		}
		set, err := eval.ReadSQuAD(file, c.lang)
		if err != nil {
			return err
		}
		var out []eval.Outcome
		if err := with(set.Library, func(lib *answer.Library) (err error) {
			out, err = eval.Run(ctx, lib, set, eval.Options{OwnPassage: c.ownPassage})
			return err
		}); err != nil {
			return err
		}
		reports = append(reports, eval.NewReport(set.Name, out))
	}
	if sets != nil {
		r, err := c.evalTSV(ctx, sets)
		if err != nil {
			return err
		}
		reports = append([]eval.Report{r}, reports...)
	}
	for i, r := range reports {
		if c.json {
			if err := json.NewEncoder(stdout).Encode(r); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(stdout)
		}
		if err := r.Print(stdout); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "time an answer: p50 %v, p99 %v\n", r.P50, r.P99)
	}
	return nil
}

// evalTSV asks the questions of all TSV files of the one library.
func (c *config) evalTSV(ctx context.Context, sets []*eval.Set) (eval.Report, error) {
	articles, err := c.loadCorpus()
	if err != nil {
		return eval.Report{}, err
	}
	var all []eval.Outcome
	var names []string
	err = with(articles.Articles, func(lib *answer.Library) error {
		for _, set := range sets {
			if lib.Article(set.Name) == nil {
				return fmt.Errorf("the questions of %s.tsv are about article %q, which the library does not hold; name the library with -corpus", set.Name, set.Name)
			}
			out, err := eval.Run(ctx, lib, set, eval.Options{})
			if err != nil {
				return err
			}
			names, all = append(names, set.Name), append(all, out...)
		}
		return nil
	})
	return eval.NewReport(strings.Join(names, "+"), all), err
}

// with makes a library in memory of the articles, uses it and closes it.
func with(articles []*corpus.Article, use func(*answer.Library) error) error {
	src, err := answer.Prepare(articles)
	if err != nil {
		return err
	}
	lib, err := src.InMemory()
	if err != nil {
		return err
	}
	return errors.Join(use(lib), lib.Close())
}
