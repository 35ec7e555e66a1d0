package testlog

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"strings"
)

// keeper keeps the lines of a log that goes to a writer.
type keeper struct {
	suite *suite
	to    io.Writer
	begun bytes.Buffer // of a line that goes on
}

func (k *keeper) Write(p []byte) (int, error) {
	k.suite.mu.Lock()
	k.begun.Write(p)
	for {
		i := bytes.IndexByte(k.begun.Bytes(), '\n')
		if i < 0 {
			break
		}
		k.suite.keep(string(k.begun.Next(i + 1)))
	}
	k.suite.mu.Unlock()
	return k.to.Write(p)
}

// keep keeps a line. One without a level, such as that of a panic, is no debug line.
func (s *suite) keep(line string) {
	if strings.Contains(line, "level=DEBUG") {
		s.debug.WriteString(line)
	} else {
		s.above.WriteString(line)
	}
}

// handler returns a handler that keeps all and shows w what is above debug.
func (s *suite) handler(w io.Writer) slog.Handler {
	return both{
		shown: slog.NewTextHandler(w, nil),
		kept:  slog.NewTextHandler(&keeper{suite: s, to: io.Discard}, &slog.HandlerOptions{Level: slog.LevelDebug}),
	}
}

// both hands everything to two handlers.
type both struct{ shown, kept slog.Handler }

func (b both) Enabled(ctx context.Context, level slog.Level) bool { return b.kept.Enabled(ctx, level) }

func (b both) Handle(ctx context.Context, r slog.Record) error {
	_ = b.kept.Handle(ctx, r.Clone()) // it writes to memory
	if !b.shown.Enabled(ctx, r.Level) {
		return nil
	}
	return b.shown.Handle(ctx, r)
}

func (b both) WithAttrs(attrs []slog.Attr) slog.Handler {
	return both{b.shown.WithAttrs(attrs), b.kept.WithAttrs(attrs)}
}

func (b both) WithGroup(name string) slog.Handler {
	return both{b.shown.WithGroup(name), b.kept.WithGroup(name)}
}
