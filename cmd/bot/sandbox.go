package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/corpus"
	"footnote/discord"
	"footnote/sandbox"
	"footnote/sandbox/page"
	"footnote/store"
)

// freeTextChannel is the stand-in's channel in which free text is answered.
const freeTextChannel = "general"

// trying is how many questions a minute may be asked at the stand-in.
const trying = 120

// toPress is how many questions the page and the terminal offer to press.
const toPress = 5

// runSandbox runs the bot against the stand-in for Discord, with a person at
// the page or typing at the terminal. The end of the input ends the typing only.
func runSandbox(ctx context.Context, log *slog.Logger, c *config, stdin io.Reader, stdout io.Writer) error {
	l, err := page.Listen(c.addr)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := sandbox.New(sandbox.Options{Logger: log, World: sandbox.DefaultWorld("Footnote")})
	if err != nil {
		return fmt.Errorf("the stand-in for Discord could not start: %w", err)
	}
	defer s.Close()
	// One person who tries things out asks more than one of many in a channel.
	c.member, c.server = max(c.member, trying), max(c.server, trying)
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
	fmt.Fprintf(stdout, "This is a stand-in for Discord: no account, nothing leaves this machine. Library: %s; data folder: %s\n", count(lib.Size(), "article"), corpus.Shown(c.data))
	questions, err := lib.Suggest(ctx, "", "", toPress)
	done()
	if err != nil {
		return err
	}
	b.tellLibrary(stdout)
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
	fmt.Fprintf(stdout, "Open http://%s in a browser to try it on a page%s.\n", l.Addr(), elsewhere(c.addr, l.Addr()))
	defer b.servePage(ctx, l, s)()
	fmt.Fprintf(stdout, "Or type here: a question, a command such as %s, or ? for help.\n", exampleLine(s.VisibleCommands(by)))
	if len(questions) > 0 {
		fmt.Fprintln(stdout, "Some questions that the library answers:")
	}
	for _, q := range questions {
		fmt.Fprintf(stdout, "  %s\n", q)
	}
	if err := sandbox.Terminal(ctx, stdin, stdout, s); err != nil {
		log.Warn("the input cannot be read; the bot goes on", "reason", err)
	}
	if ctx.Err() == nil {
		fmt.Fprintf(stdout, "The typing has ended; the page at http://%s goes on. Ctrl-C ends the bot.\n", l.Addr())
	}
	return <-ended
}

// exampleLine is a command line that the library has: one that an article
// declares, with its first choices, and /ask where none does.
func exampleLine(commands []*discordgo.ApplicationCommand) string {
	for _, c := range commands {
		line, whole := "/"+c.Name, c.Type <= discordgo.ChatApplicationCommand
		for _, o := range c.Options {
			if whole = whole && len(o.Choices) > 0; !whole {
				break
			}
			line += fmt.Sprintf(" %v", o.Choices[0].Value)
		}
		if whole {
			return line
		}
	}
	return "/ask"
}

// elsewhere says that the page is not where it was wanted, "" if it is.
func elsewhere(wanted string, got net.Addr) string {
	_, port, err := net.SplitHostPort(wanted)
	_, now, errNow := net.SplitHostPort(got.String())
	if err != nil || errNow != nil || port == now || port == "0" {
		return ""
	}
	return "; port " + port + " is taken"
}

// servePage serves the page until the function that it returns is called.
func (b *bot) servePage(ctx context.Context, l net.Listener, s *sandbox.Server) (stop func()) {
	srv := &http.Server{
		Handler:           page.New(s, articles(b.live.Live, b.live.wrong), b.pageInfo(ctx, s)),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          slog.NewLogLogger(b.log.Handler(), slog.LevelWarn),
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			b.log.Error("the page is gone; the terminal goes on", "reason", err)
		}
	})
	return func() {
		// Open pages hold a stream that never ends by itself.
		srv.Close()
		wg.Wait()
	}
}

// pageInfo returns what the page says besides what Discord would.
func (b *bot) pageInfo(ctx context.Context, s *sandbox.Server) func() page.Info {
	var mu sync.Mutex
	var last page.Info
	return func() page.Info {
		mu.Lock()
		defer mu.Unlock()
		last.Topics = b.topics(s)
		last.Problems = b.live.wrong()
		now := b.live.now.Load()
		key := now.key
		if key == noIndex { // the pane shows problems alone, or what is there of a library
			key += strings.Join(last.Problems, "\n") + b.size()
		}
		if now.preparing.slow() {
			last.Problems = append(last.Problems, now.preparing.line())
		}
		if now.reading.slow() {
			last.Problems = append(last.Problems, stillReads)
		}
		if last.Library != key {
			lib, done := b.live.Use()
			questions, err := lib.Suggest(ctx, "", "", toPress)
			if err == nil {
				last.Library, last.Questions, last.Leftward = key, questions, leftward(lib.Languages())
			}
			done()
		}
		return last
	}
}

// size is how many articles answer, in words.
func (b *bot) size() string {
	lib, done := b.live.Use()
	defer done()
	return count(lib.Size(), "article")
}

// topics says by channel what the bot does there.
func (b *bot) topics(s *sandbox.Server) map[string]string {
	topics := map[string]string{}
	s.Update(func(w *sandbox.World) {
		for _, g := range w.Guilds {
			for _, c := range g.Channels {
				topics[c.ID] = "answers commands and whoever mentions @" + w.Bot.Username
				if b.store.ChannelOn(g.ID, c.ID) {
					topics[c.ID] = "answers plain questions and commands; silence means that it has no answer"
				}
			}
		}
		for _, c := range w.DMs {
			topics[c.ID] = "answers everything you write"
		}
	})
	return topics
}
