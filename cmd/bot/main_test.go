package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"footnote/internal/testlog"
)

// TestMain makes this test binary serve as the program: where a test starts
// `bot`, it starts itself, so that processes can be killed and scripts written.
func TestMain(m *testing.M) {
	testscript.Main(testlog.Main(m), map[string]func(){"bot": program})
}

// program is main, with Discord replaced by a stand-in where a test names one.
func program() {
	if at := os.Getenv(standInVariable); at != "" {
		http.DefaultTransport = standIn{at: at, next: http.DefaultTransport}
	}
	main()
}

// standInVariable is how a test tells the program where its stand-in listens.
const standInVariable = "TEST_DISCORD_URL"

// standIn sends what is meant for Discord to a stand-in and lets nothing else out.
type standIn struct {
	at   string
	next http.RoundTripper
}

func (s standIn) RoundTrip(r *http.Request) (*http.Response, error) {
	to, err := url.Parse(s.at)
	if err != nil {
		return nil, err
	}
	if r.URL.Hostname() != "discord.com" {
		return nil, io.ErrClosedPipe
	}
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = "http", to.Host, ""
	return s.next.RoundTrip(r)
}

// slow skips a test that takes seconds where the tests shall be short.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: takes a while")
	}
}
