// Package testlog keeps what the tests of a package log, and fails them at the
// end if it holds what no log may: a token at any level, what somebody asked
// above debug. Every test that needs a logger takes it from [New], every one
// that starts the program sends its log through [Keep], and the package's
// TestMain runs by [Main]. A test at the root sees to it.
package testlog

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"
)

// tokens are what the stand-in's tokens begin with.
var tokens = []string{"sandbox.token.", "interaction-token-"}

// suite is what was logged and what may not be in it.
type suite struct {
	mu      sync.Mutex
	debug   strings.Builder // lines at debug level and below
	above   strings.Builder // all others
	secrets map[string]bool
	asked   map[string]bool
}

// all is the suite of the test binary.
var all = newSuite()

func newSuite() *suite {
	s := &suite{secrets: map[string]bool{}, asked: map[string]bool{}}
	for _, t := range tokens {
		s.secrets[t] = true
	}
	return s
}

// New returns a logger that writes to w from level info on, as the program
// does. What it is told at lower levels is kept as well.
func New(w io.Writer) *slog.Logger { return slog.New(all.handler(w)) }

// Keep returns a writer for the log of a program. What is written goes on to w.
func Keep(w io.Writer) io.Writer { return &keeper{suite: all, to: w} }

// Secret names texts that no log may hold, besides the stand-in's tokens.
func Secret(texts ...string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, t := range texts {
		all.secrets[t] = true
	}
}

// Asked names what people wrote; no log may hold it above debug. A single word
// does not count: it may be the name of a command or an article.
func Asked(texts ...string) {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, t := range texts {
		all.ask(t)
	}
}

func (s *suite) ask(text string) {
	if text = strings.TrimSpace(text); strings.ContainsAny(text, " \n") {
		s.asked[text] = true
	}
}

// runner is a testing.M.
type runner interface{ Run() int }

// Main returns m with the look at the log behind its tests.
func Main(m runner) runner { return checked{m, all} }

type checked struct {
	tests runner
	suite *suite
}

// Run runs the tests and returns the exit code.
func (c checked) Run() int {
	code := c.tests.Run()
	for _, f := range c.suite.faults() {
		fmt.Fprintln(os.Stderr, "FAIL:", f)
		code = max(code, 1)
	}
	return code
}

// faults tells of what the log holds and should not.
func (s *suite) faults() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var faults []string
	debug, above := s.debug.String(), s.above.String()
	for text := range s.secrets {
		if line, ok := holding(debug+above, text); ok {
			faults = append(faults, fmt.Sprintf("a log holds the token %q: %s", text, line))
		}
	}
	for text := range s.asked {
		if line, ok := holding(above, text); ok {
			faults = append(faults, fmt.Sprintf("a log above debug holds what was asked, %q: %s", text, line))
		}
	}
	return faults
}

// holding returns the line of the log that holds a text, as it is or as a log
// quotes it.
func holding(log, text string) (line string, ok bool) {
	quoted := strconv.Quote(text)
	for _, t := range []string{text, quoted[1 : len(quoted)-1]} {
		if at := strings.Index(log, t); at >= 0 {
			begin := strings.LastIndexByte(log[:at], '\n') + 1
			end := strings.IndexByte(log[at:], '\n')
			if end < 0 {
				end = len(log) - at
			}
			return log[begin : at+end], true
		}
	}
	return "", false
}
