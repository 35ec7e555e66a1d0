package main

import (
	"fmt"
	"os"

	"footnote/answer"
	"footnote/corpus"
	"footnote/encoder"
)

// source returns the articles as a source of their index, found by what they
// mean as well where a model is given.
func (c *config) source(articles []*corpus.Article) (*answer.Source, error) {
	s, err := answer.From(articles)
	if err != nil || c.model == nil {
		return s, err
	}
	if s, err = s.With(c.model); err != nil {
		return nil, fmt.Errorf("-model: %w", err)
	}
	return s, nil
}

// loadModel reads the file of weights, where one is given.
func (c *config) loadModel() error {
	if c.modelFile == "" || c.model != nil {
		return nil
	}
	b, err := os.ReadFile(c.modelFile)
	if err != nil {
		return fmt.Errorf("-model: %s cannot be read (%w); give a file of weights, or none", corpus.Shown(c.modelFile), cause(err))
	}
	if c.model, err = encoder.Load(b); err != nil {
		return fmt.Errorf("-model: %s is %w; give a file that training/ wrote, or none", corpus.Shown(c.modelFile), err)
	}
	return nil
}
