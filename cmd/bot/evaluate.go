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
)

// evaluate scores the files named on the command line: all TSV files together
// against the one library, each SQuAD file against its own paragraphs.
func evaluate(ctx context.Context, c *config, stdout io.Writer) error {
	if len(c.args) == 0 {
		return errors.New("-eval needs the files with the questions as arguments: .tsv, or SQuAD .json or .json.gz")
	}
	var reports []eval.Report
	var pooled []eval.Outcome
	var names []string
	for _, file := range c.args {
		if strings.HasSuffix(file, ".tsv") {
			set, err := eval.ReadTSV(file)
			if err != nil {
				return err
			}
			out, err := c.evalTSV(ctx, set)
			if err != nil {
				return err
			}
			names, pooled = append(names, set.Name), append(pooled, out...)
			continue
		}
		set, err := eval.ReadSQuAD(file, c.lang)
		if err != nil {
			return err
		}
		src, err := answer.Prepare(set.Library)
		if err != nil {
			return err
		}
		lib, err := src.InMemory()
		if err != nil {
			return err
		}
		out, err := eval.Run(ctx, lib, set, eval.Options{OwnPassage: c.ownPassage})
		if err := errors.Join(err, lib.Close()); err != nil {
			return err
		}
		reports = append(reports, eval.NewReport(set.Name, out))
	}
	if pooled != nil {
		reports = append([]eval.Report{eval.NewReport(strings.Join(names, "+"), pooled)}, reports...)
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

// evalTSV asks the questions of a TSV file of the library.
func (c *config) evalTSV(ctx context.Context, set *eval.Set) ([]eval.Outcome, error) {
	articles, err := c.loadCorpus()
	if err != nil {
		return nil, err
	}
	src, err := answer.Prepare(articles.Articles)
	if err != nil {
		return nil, err
	}
	lib, err := src.InMemory()
	if err != nil {
		return nil, err
	}
	defer lib.Close()
	if lib.Article(set.Name) == nil {
		return nil, fmt.Errorf("the questions of %s.tsv are about article %q, which the library does not hold; name the library with -corpus", set.Name, set.Name)
	}
	return eval.Run(ctx, lib, set, eval.Options{})
}
