package testlog

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
)

// run is a suite of tests that logs one thing and passes.
type run func()

func (r run) Run() int { r(); return 0 }

// The look at the log finds what may not be in it, and nothing else.
func TestCheckCanFail(t *testing.T) {
	const question = `who "runs" the ferry to Port Ember?`
	for _, c := range []struct {
		name  string
		log   func(log *slog.Logger, program io.Writer)
		fault string // what the complaint holds; "": none
	}{
		{"nothing", func(*slog.Logger, io.Writer) {}, ""},
		{"a harmless line", func(log *slog.Logger, _ io.Writer) {
			log.Info("interaction", "command", "ferry", "outcome", "answered")
		}, ""},
		{"a question at debug", func(log *slog.Logger, _ io.Writer) { log.Debug("interaction", "question", question) }, ""},
		{"a question at info", func(log *slog.Logger, _ io.Writer) { log.Info("interaction", "question", question) }, "what was asked"},
		{"a question in a message", func(log *slog.Logger, _ io.Writer) { log.Warn("no answer to: " + question) }, "what was asked"},
		{"a question in an error", func(log *slog.Logger, _ io.Writer) { log.Error("lost", "err", errors.New(question)) }, "what was asked"},
		{"a question of another logger", func(log *slog.Logger, _ io.Writer) { log.With("question", question).WithGroup("g").Info("x", "y", 1) }, "what was asked"},
		{"a token at debug", func(log *slog.Logger, _ io.Writer) { log.Debug("request", "header", "Bot a-secret-of-its-own") }, "the token"},
		{"the stand-in's token", func(log *slog.Logger, _ io.Writer) { log.Info("x", "token", "sandbox.token.that-is-no-secret") }, "the token"},
		{"an interaction's token", func(log *slog.Logger, _ io.Writer) { log.Debug("POST /webhooks/1/interaction-token-7-x") }, "the token"},
		{"a program's question at debug", func(_ *slog.Logger, p io.Writer) {
			io.WriteString(p, "time=0 level=DEBUG msg=\"who \\\"runs\\\" the ferry to Port Ember?\"\n")
		}, ""},
		{"a program's question in two pieces", func(_ *slog.Logger, p io.Writer) {
			io.WriteString(p, "time=0 level=INFO msg=\"who \\\"runs\\\" the fer")
			io.WriteString(p, "ry to Port Ember?\"\n")
		}, "what was asked"},
		{"a program that panics", func(_ *slog.Logger, p io.Writer) { io.WriteString(p, "panic: a-secret-of-its-own\n") }, "the token"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSuite()
			s.ask(question)
			s.ask("ferry")
			s.secrets["a-secret-of-its-own"] = true
			var shown, passed bytes.Buffer
			code := checked{run(func() { c.log(slog.New(s.handler(&shown)), &keeper{suite: s, to: &passed}) }), s}.Run()
			faults := strings.Join(s.faults(), "\n")
			if (code != 0) != (c.fault != "") || !strings.Contains(faults, c.fault) || c.fault == "" && faults != "" {
				t.Errorf("code %d, complaints: %s", code, faults)
			}
			if strings.Contains(shown.String(), "DEBUG") {
				t.Errorf("debug lines are shown:\n%s", &shown)
			}
		})
	}
}

// Tests that fail by themselves stay failed.
func TestCodeStays(t *testing.T) {
	if code := (checked{failing{}, newSuite()}).Run(); code != 2 {
		t.Errorf("code %d", code)
	}
}

type failing struct{}

func (failing) Run() int { return 2 }
