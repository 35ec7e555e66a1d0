package sandbox_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain sees to it that a closed stand-in leaves nothing running. discordgo's
// own goroutines sleep up to a second after their connection is gone.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
