package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"footnote/internal/testlog"
)

// hanging is a network on which nothing ever answers.
type hanging struct{ reached chan<- struct{} }

func (h hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case h.reached <- struct{}{}:
	default:
	}
	<-r.Context().Done()
	return nil, context.Cause(r.Context())
}

// What does not come to its end when the program is ended is not waited for.
func TestInTime(t *testing.T) {
	for _, c := range []struct {
		config
		code int
		err  error
	}{
		{config{}, 0, nil},
		{config{rebuild: true}, exitTrouble, os.ErrProcessDone},
		{config{ask: "-"}, exitTrouble, os.ErrProcessDone},
	} {
		ctx, stop := context.WithCancelCause(t.Context())
		code, err := c.inTime(ctx, func() (int, error) {
			stop(os.ErrProcessDone)
			<-t.Context().Done() // which is not before the test has ended
			return 0, nil
		})
		if code != c.code || !errors.Is(err, c.err) {
			t.Errorf("%d, %v, want %d, %v", code, err, c.code, c.err)
		}
	}
}

// Whoever ends the bot before it is connected is told nothing about it. What was
// to be done once and is not done ends with one sentence and a code.
func TestInterrupted(t *testing.T) {
	next := http.DefaultTransport
	defer func() { http.DefaultTransport = next }()
	for _, c := range []struct {
		name string
		args []string
		code int
	}{
		{"on Discord", nil, 0},
		{"commands", []string{"-sync-commands"}, exitTrouble},
		{"questions", []string{"-ask", "-"}, exitTrouble},
		{"sandbox", []string{"-sandbox", "-addr", "127.0.0.1:0"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			reached := make(chan struct{}, 1)
			http.DefaultTransport = hanging{reached}
			in, typing, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			defer typing.Close()
			// As main's context does it: with a cause of its own.
			ctx, stop := context.WithCancelCause(t.Context())
			defer stop(nil)
			go func() {
				if c.args == nil || c.args[0] == "-sync-commands" {
					<-reached
				} else {
					time.Sleep(200 * time.Millisecond)
				}
				stop(os.ErrProcessDone)
			}()
			var out, errs bytes.Buffer
			env := map[string]string{"DISCORD_TOKEN": "a.b.token", "DATA": t.TempDir()}
			code := run(ctx, c.args, func(name string) string { return env[name] }, in, &out, testlog.Keep(&errs))
			if code != c.code || strings.Count(errs.String(), "bot: ") != min(c.code, 1) || c.code == 0 && strings.Contains(errs.String(), "cancel") {
				t.Errorf("exits with %d, want %d, and says\n%s", code, c.code, &errs)
			}
		})
	}
}
