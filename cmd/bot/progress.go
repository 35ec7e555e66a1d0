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
	shown    int       // letters on the terminal
	begun    bool      // something was watched

	first       atomic.Int64 // that were done when it began
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
	if !p.begun {
		p.begun = true
		p.first.Store(int64(done))
	}
	p.total.Store(int64(total))
	p.done.Store(int64(done))
	every := tellEvery
	if p.terminal != nil {
		every = lineEvery
	}
	now := time.Now()
	if now.Sub(p.begin) < patience || now.Sub(p.told) < every || done == int(p.first.Load()) || done == total {
		return
	}
	p.told = now
	if p.terminal == nil {
		rate, left := p.rate()
		p.log.Info(p.what.doing, "done", done, "of", total, "a_second", int(rate+0.5), "left", left)
		return
	}
	p.write(p.line())
}

// rate is how many are done a second, and how long the rest takes at that.
func (p *progress) rate() (rate float64, left time.Duration) {
	done, total := p.far()
	if done -= int(p.first.Load()); done <= 0 {
		return 0, 0
	}
	rate = float64(done) / time.Since(p.begin).Seconds()
	return rate, time.Duration(float64(total-int(p.done.Load())) / rate * float64(time.Second)).Round(time.Second)
}

// line tells how far it is.
func (p *progress) line() string {
	done, total := p.far()
	line := fmt.Sprintf("%s: %d of %d", p.what.doing, done, total)
	if rate, left := p.rate(); rate > 0 {
		line += fmt.Sprintf(", %.0f a second, %v left", rate, left)
	}
	return line
}

// write writes a line over the last one.
func (p *progress) write(line string) {
	fmt.Fprintf(p.terminal, "\r%s%s\r%s", line, strings.Repeat(" ", max(0, p.shown-len(line))), line)
	p.shown = len(line)
}

// end takes the line off the terminal.
func (p *progress) end() {
	if p.shown > 0 {
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
