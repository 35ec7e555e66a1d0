package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

const (
	patience   = 2 * time.Second        // so long nobody wonders what is going on
	tellEvery  = 5 * time.Second        // in the log
	lineEvery  = 200 * time.Millisecond // on a terminal
	stillReads = "passages are still being read for what they mean; until then they are found by their words alone"
)

// progress tells how far the passages of a library are turned into vectors, where
// that takes a while: on a terminal in a line that is written over, else in the log.
type progress struct {
	what     work
	log      *slog.Logger
	terminal io.Writer // nil: the log
	begin    time.Time
	told     time.Time // last
	line     int       // letters on the terminal

	done, total atomic.Int64
}

// work is what takes a while, in words.
type work struct{ doing, things string }

var (
	preparing = work{"reading articles", "articles"}
	encoding  = work{"reading passages for what they mean", "passages"}
)

func newProgress(log *slog.Logger, terminal io.Writer, what work) *progress {
	return &progress{what: what, log: log, terminal: terminal, begin: time.Now()}
}

// watch takes how far it is.
func (p *progress) watch(done, total int) {
	p.done.Store(int64(done))
	p.total.Store(int64(total))
	every := tellEvery
	if p.terminal != nil {
		every = lineEvery
	}
	now := time.Now()
	if now.Sub(p.begin) < patience || now.Sub(p.told) < every || done == 0 || done == total {
		return
	}
	p.told = now
	rate := float64(done) / now.Sub(p.begin).Seconds()
	left := time.Duration(float64(total-done) / rate * float64(time.Second)).Round(time.Second)
	if p.terminal == nil {
		p.log.Info(p.what.doing, "done", done, "of", total, "a_second", int(rate+0.5), "left", left)
		return
	}
	p.write(fmt.Sprintf("%s: %d of %d, %.0f a second, %v left", p.what.doing, done, total, rate, left))
}

// write writes a line over the last one.
func (p *progress) write(line string) {
	fmt.Fprintf(p.terminal, "\r%s%s\r%s", line, strings.Repeat(" ", max(0, p.line-len(line))), line)
	p.line = len(line)
}

// end takes the line off the terminal.
func (p *progress) end() {
	if p.line > 0 {
		p.write("")
	}
}

// took is how long it takes so far.
func (p *progress) took() time.Duration { return time.Since(p.begin).Round(time.Millisecond) }

// far returns how many passages are encoded of how many; 0 where none is to be.
func (p *progress) far() (done, total int) {
	if p == nil {
		return 0, 0
	}
	return int(p.done.Load()), int(p.total.Load())
}

// slow reports whether it takes so long that a person wants to know.
func (p *progress) slow() bool { return p != nil && time.Since(p.begin) > patience }

// isTerminal reports whether somebody may be looking at what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
