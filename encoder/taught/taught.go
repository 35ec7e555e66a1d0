// Package taught holds the weights that come with Footnote: a network "find",
// which compares questions with passages, and a network "read", which finds the
// answer in one. training/MODEL.md says how they came about, from what, under
// which licences, and what they cannot do.
package taught

import (
	_ "embed"
	"fmt"
	"sync"

	"footnote/encoder"
)

//go:embed footnote.safetensors
var weights []byte

// Model returns the model, which is used where it lies in the program.
var Model = sync.OnceValue(func() *encoder.Model {
	m, err := encoder.Load(weights)
	if err != nil {
		panic(fmt.Sprintf("the weights in the program are damaged: %v", err)) // unreachable: a test reads them
	}
	return m
})
