package sandbox

import (
	"context"
	"errors"
	"slices"
)

var errClosed = errors.New("sandbox: the stand-in is closed")

// wait returns when done says so, the context ends or the server is closed.
// done is called with s.mu held.
func (s *Server) wait(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		ok, closed, changed := done(), s.closed, s.changed
		s.mu.Unlock()
		switch {
		case ok:
			return nil
		case closed:
			return errClosed
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// WaitReply waits until the bot replied to a message and returns the reply. The
// error is the context's: silence can be right.
func (s *Server) WaitReply(ctx context.Context, messageID string) (*Message, error) {
	var found *Message
	err := s.wait(ctx, func() bool {
		m := s.messages[messageID]
		if m == nil {
			return false
		}
		for _, id := range slices.Backward(s.history[m.Channel]) {
			if id == messageID {
				break
			}
			if r := s.messages[id]; r.ReplyTo == messageID && r.Author == s.world.Bot.ID && !r.Deleted {
				found = r.snapshot()
				return true
			}
		}
		return false
	})
	return found, err
}

// WaitOnline waits until the bot is connected.
func (s *Server) WaitOnline(ctx context.Context) error { return s.wait(ctx, s.online) }

// WaitCommand waits until a command of this name is registered, in a server or
// globally.
func (s *Server) WaitCommand(ctx context.Context, name string) error {
	return s.wait(ctx, func() bool {
		for _, cs := range s.commands {
			if slices.ContainsFunc(cs, func(c *command) bool { return c.parsed.Name == name }) {
				return true
			}
		}
		return false
	})
}
