package sandbox_test

import (
	"testing"

	"go.uber.org/goleak"

	"footnote/internal/testlog"
)

// TestMain sees to it that a closed stand-in leaves nothing running. A session
// of discordgo that lost its connection sleeps for a second with its lock held; that is its affair.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(testlog.Main(m),
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).CloseWithCode"),
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).heartbeat"))
}
