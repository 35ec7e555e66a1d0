package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"footnote/answer"
	"footnote/corpus"
	"footnote/encoder"
	"footnote/encoder/taught"
)

// noModel is the name of no model.
const noModel = "none"

// loadModel takes the weights that are in the program, or reads the file of weights.
func (c *config) loadModel() error {
	switch {
	case c.modelFile == noModel || c.model != nil:
		return nil
	case c.modelFile == "":
		c.model = taught.Model()
		return nil
	}
	b, err := os.ReadFile(c.modelFile)
	if err != nil {
		return fmt.Errorf("-model: %s cannot be read (%w); give a file of weights, none, or nothing for those in the program", corpus.Shown(c.modelFile), cause(err))
	}
	m, err := encoder.Load(b)
	if err != nil {
		return fmt.Errorf("-model: %s is %w; give a file that training/ wrote, none, or nothing for those in the program", corpus.Shown(c.modelFile), err)
	}
	if err := answer.CheckModel(m); err != nil {
		return fmt.Errorf("-model: %s: %w; give another file, none, or nothing for those in the program", corpus.Shown(c.modelFile), err)
	}
	c.model = m
	return nil
}

// encode returns the library with its passages found by what they mean, where a
// model is given: it waits until all are. The library that was given is closed.
func (c *config) encode(ctx context.Context, log *slog.Logger, lib *answer.Library) (*answer.Library, error) {
	if c.model == nil || lib.HasVectors() {
		return lib, nil
	}
	p := newProgress(log, c.terminal, encoding)
	defer p.end()
	whole, err := lib.Encode(ctx, answer.Encoding{Model: c.model, Watch: p.watch})
	if whole == nil {
		return nil, errors.Join(err, lib.Close())
	}
	if err != nil {
		log.Warn("the next start reads the library anew", "reason", err)
	}
	return whole, lib.Close()
}
