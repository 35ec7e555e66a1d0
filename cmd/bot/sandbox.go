package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"footnote/discord"
	"footnote/sandbox"
	"footnote/store"
)

// freeTextChannel is the stand-in's channel in which free text is answered.
const freeTextChannel = "general"

// runSandbox runs the bot against the stand-in for Discord, with a person
// typing at the terminal. The end of the input ends the typing only.
func runSandbox(ctx context.Context, log *slog.Logger, c *config, stdin io.Reader, stdout io.Writer) error {
	s, err := sandbox.New(sandbox.Options{Logger: log, World: sandbox.DefaultWorld("Footnote")})
	if err != nil {
		return fmt.Errorf("the stand-in for Discord could not start: %w", err)
	}
	defer s.Close()
	// Settings made here are the stand-in's: nothing of them is kept.
	b, err := newBot(ctx, log, c, store.Memory(), discord.Options{Token: s.Token(), Client: s.Client()})
	if err != nil {
		return err
	}
	defer b.live.Close()
	if b.app, err = b.wire.Application(ctx); err != nil {
		return err
	}
	lib, done := b.live.Use()
	fmt.Fprintf(stdout, "This is a stand-in for Discord: no account, nothing leaves this machine. Library: %s; data folder: %s\n", count(len(lib.Articles()), "article"), c.data)
	questions := lib.Suggest("", "", 5)
	done()
	if _, err := b.sync(ctx, false); err != nil {
		return err
	}
	// Free text is answered in one channel, as on a server where an admin
	// switched it on, and in the other it is not.
	by := s.As("reader", freeTextChannel)
	var guild string
	s.Update(func(w *sandbox.World) { guild = w.Channel(by.Channel).Guild })
	if err := b.store.SetChannel(guild, by.Channel, true); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- b.run(ctx) }()
	if err := s.WaitOnline(ctx); err != nil {
		stop()
		return <-ended
	}
	fmt.Fprintln(stdout, "Type a question, a command such as /who-backs haftar, or ? for help. Some questions that the library answers:")
	for _, q := range questions {
		fmt.Fprintf(stdout, "  %s\n", q)
	}
	if err := sandbox.Terminal(ctx, stdin, stdout, s); err != nil {
		log.Warn("the input cannot be read; the bot goes on", "reason", err)
	}
	return <-ended
}
