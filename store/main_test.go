package store

import (
	"os"
	"testing"

	"footnote/internal/testlog"
)

// TestMain looks through all that the tests log.
func TestMain(m *testing.M) { os.Exit(testlog.Main(m).Run()) }
