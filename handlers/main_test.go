package handlers

import (
	"os"
	"testing"

	"footnote/internal/testlog"
)

// TestMain looks through all that the tests log.
func TestMain(m *testing.M) {
	var err error
	if vectors, err = os.MkdirTemp("", "vectors"); err != nil {
		panic(err)
	}
	code := testlog.Main(m).Run()
	_ = os.RemoveAll(vectors)
	os.Exit(code)
}
