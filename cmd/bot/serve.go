package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"footnote/corpus"
	"footnote/discord"
	"footnote/handlers"
	"footnote/store"
)

// bot is everything that runs together while the bot answers.
type bot struct {
	c     *config
	log   *slog.Logger
	live  *live
	store *store.Store
	wire  *discord.Bot
	reply *handlers.Bot
	app   discord.Application

	syncing sync.Mutex // of the commands, so that those of the last library remain

	front net.Listener // of Discord's interactions; nil: they come over the gateway
	ops   net.Listener // of /healthz and /metrics; nil: they have none of their own
}

// newBot wires the bot up: library, handlers and connection, in the order in
// which they stand on one another. to says whom to connect to: Discord with its
// token, or the stand-in.
func newBot(ctx context.Context, log *slog.Logger, c *config, st *store.Store, to discord.Options) (*bot, error) {
	b := &bot{c: c, log: log, store: st}
	var err error
	if b.live, err = openLive(ctx, log, c); err != nil {
		return nil, err
	}
	b.reply = handlers.New(handlers.Options{
		Log: log, Live: b.live.Live, Store: b.store, Now: time.Now, Status: b.status, Rebuild: b.live.rebuild,
		Reading: func() (done, total int) { return b.live.now.Load().preparing.far() },
		Owner:   func() string { return b.app.Owner },
		Parent:  func(ctx context.Context, guild, channel string) string { return b.wire.Parent(ctx, guild, channel) }, MemberLimit: c.member, ServerLimit: c.server,
	})
	to.Log, to.MessageContent = log, c.content
	to.Words = func() discord.Words { return discord.Words(b.reply.WireWords()) }
	to.Handlers = discord.Handlers{
		Interaction: b.reply.Interaction,
		Private:     b.reply.Private,
		Updates:     b.reply.Updates,
		Message:     b.reply.Message,
		Denied:      b.reply.Denied,
		GuildDelete: b.reply.GuildDelete,
		Guilds:      b.store.Guilds,
	}
	if b.wire, err = discord.New(to); err != nil {
		b.live.Close()
		return nil, err
	}
	return b, nil
}

// openStore opens the store of the data folder.
func openStore(log *slog.Logger, c *config) (*store.Store, error) {
	return store.Open(log, filepath.Join(c.data, "store.db"))
}

// toDiscord connects to Discord itself. Logins are counted across restarts.
func toDiscord(c *config, st *store.Store) discord.Options {
	return discord.Options{Token: c.token, Client: &http.Client{Timeout: 20 * time.Second}, Shards: c.shards, Logins: discord.Logins{Load: st.Logins, Save: st.SetLogins}}
}

// status is what `/footnote status` tells of the connection and the index.
func (b *bot) status() handlers.Connection {
	s := b.wire.Status()
	now := b.live.now.Load()
	read, of := now.reading.far()
	prepared, toPrepare := now.preparing.far()
	return handlers.Connection{Connected: s.Connected, MessageContent: s.MessageContent, ContentRefused: s.ContentRefused, HTTP: b.front != nil, Index: now.key, InMemory: now.inMemory, Read: read, ToRead: of, Prepared: prepared, ToPrepare: toPrepare}
}

// run answers until the context ends.
func (b *bot) run(ctx context.Context) error {
	b.live.changed = func() { b.syncAfterChange(ctx) }
	var wg sync.WaitGroup
	wg.Go(func() { b.live.watch(ctx) })
	stop := make(chan struct{})
	if !b.c.sandbox { // -health asks for the bot on Discord, which may run on the same folder
		wg.Go(func() { beat(b.log, b.c.pulseFile(), stop, b.pulse) })
	}
	if b.ops != nil {
		wg.Go(func() { b.serveOps(stop) })
	}
	err := b.answer(ctx)
	close(stop)
	wg.Wait()
	return err
}

// answer takes interactions from where they come until the context ends.
func (b *bot) answer(ctx context.Context) error {
	if b.front == nil {
		return b.wire.Run(ctx)
	}
	var also http.Handler
	if b.ops == nil {
		also = b.operations()
	}
	return b.wire.RunHTTP(ctx, b.front, b.app.PublicKey, also)
}

// sync registers the commands where they differ.
func (b *bot) sync(ctx context.Context, force bool) (discord.Diff, error) {
	lib, done := b.live.Use()
	wanted, problems := handlers.Commands(lib.Headers())
	done()
	for _, p := range problems {
		b.log.Warn("a command of the library cannot be registered", "problem", p.String())
	}
	remembered, err := b.store.Commands(b.app.ID)
	if err != nil {
		return discord.Diff{}, err
	}
	diff, err := b.wire.Sync(ctx, discord.SyncOptions{Application: b.app.ID, Guild: b.c.guild, Wanted: wanted, Remembered: remembered, Force: force})
	if err != nil {
		return diff, fmt.Errorf("the slash commands could not be registered: %w", err)
	}
	var names []string
	for _, w := range wanted {
		names = append(names, w.Name)
	}
	return diff, b.store.SetCommands(b.app.ID, names)
}

// syncAtStart registers the commands and says what changed. While the library is
// being prepared those that are there stay: the articles whose they are may not be read yet.
func (b *bot) syncAtStart(ctx context.Context) (string, error) {
	if _, total := b.live.now.Load().preparing.far(); total > 0 {
		switch known, err := b.store.Commands(b.app.ID); {
		case err != nil:
			return "", err
		case len(known) > 0:
			return "registered once all articles are read", nil
		}
	}
	diff, err := b.sync(ctx, false)
	return diff.String(), err
}

// syncAfterChange registers the commands of a library that was taken over.
func (b *bot) syncAfterChange(ctx context.Context) {
	if b.c.noSync {
		return
	}
	b.syncing.Lock()
	defer b.syncing.Unlock()
	diff, err := b.sync(ctx, false)
	switch {
	case ctx.Err() != nil: // the next start registers them
	case err != nil:
		b.log.Error("the commands of the new library are not registered", "reason", err)
	case !diff.Empty():
		b.log.Info("registered commands", "difference", diff.String())
	}
}

// runDiscord runs the bot on Discord.
func runDiscord(ctx context.Context, log *slog.Logger, c *config, stdout io.Writer) error {
	st, err := openStore(log, c)
	if err != nil {
		return err
	}
	defer st.Close()
	b, err := newBot(ctx, log, c, st, toDiscord(c, st))
	if err != nil {
		return err
	}
	defer b.live.Close()
	if err := b.listen(); err != nil {
		return err
	}
	defer b.hangUp()
	if b.app, err = b.application(ctx); err != nil {
		return err
	}
	if err := b.start(ctx, stdout); err != nil {
		return err
	}
	return b.run(ctx)
}

// application asks Discord who the bot is, again and again where Discord
// cannot be reached: a computer may come up before its network does.
func (b *bot) application(ctx context.Context) (discord.Application, error) {
	const patience, pause = 15 * time.Second, 10 * time.Second
	for {
		try, cancel := context.WithTimeout(ctx, patience)
		app, err := b.wire.Application(try)
		cancel()
		var refused *discord.RefusedError
		if err == nil || errors.As(err, &refused) || ctx.Err() != nil {
			return app, err
		}
		b.log.Warn("Discord cannot be reached; trying again", "in", pause, "reason", err)
		select {
		case <-ctx.Done():
			return app, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// start says what was loaded and registered.
func (b *bot) start(ctx context.Context, stdout io.Writer) error {
	lib, done := b.live.Use()
	passages := 0
	for _, a := range lib.Headers() {
		passages += a.Passages
	}
	fmt.Fprintf(stdout, "library: %s, %s; data folder: %s\n", count(lib.Size(), "article"), count(passages, "passage"), corpus.Shown(b.c.data))
	done()
	b.tellLibrary(stdout)
	if !b.c.noSync {
		said, err := b.syncAtStart(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "commands: %s\n", said)
	}
	fmt.Fprintf(stdout, "invite: %s\n", discord.InviteURL(b.app.ID))
	if b.app.Public {
		fmt.Fprintln(stdout, "anybody may invite this bot; to keep it to yourself switch Public Bot off in the developer portal")
	}
	if b.front != nil {
		b.startHTTP(stdout)
		return nil
	}
	if b.app.Endpoint != "" {
		b.log.Warn("commands will not be answered here: Discord sends them over HTTP; empty Interactions Endpoint URL in the developer portal, page General Information, or start the bot with -http", "to", b.app.Endpoint)
	}
	if b.c.content && !b.app.MessageContent {
		fmt.Fprintln(stdout, "the Message Content intent is off in the developer portal: free text in channels does not work; slash commands, mentions, replies and direct messages do")
	}
	return nil
}

// tellLibrary says why nothing can be asked, where the library holds no article, and
// what is still to come where it is being read.
func (b *bot) tellLibrary(stdout io.Writer) {
	now := b.live.now.Load()
	if done, total := now.preparing.far(); total > 0 {
		fmt.Fprintf(stdout, "The articles are being read, %d of %d so far; what is read can be asked.\n", done, total)
	}
	if now.reading != nil {
		fmt.Fprintf(stdout, "The %s.\n", stillReads)
	}
	if why := now.empty; why != "" {
		fmt.Fprintf(stdout, "Nothing can be asked yet: %s. An article that is put right is taken over within two seconds.\n", why)
	}
}

// syncCommands registers the commands and prints the difference.
func syncCommands(ctx context.Context, log *slog.Logger, c *config, stdout io.Writer) error {
	if c.token == "" {
		return errors.New("no token: set DISCORD_TOKEN in the environment or in .env; the commands are registered for the bot that it belongs to")
	}
	// A bot that runs on the same data folder holds its store; what it registered
	// earlier is then not known, and nothing unknown is deleted.
	st, err := openStore(log, c)
	if err != nil {
		st = store.Memory()
	}
	defer st.Close()
	b, err := newBot(ctx, log, c, st, toDiscord(c, st))
	if err != nil {
		return err
	}
	defer b.live.Close()
	if b.app, err = b.wire.Application(ctx); err != nil {
		return err
	}
	if err := b.live.whole(ctx); err != nil {
		return err
	}
	diff, err := b.sync(ctx, c.force)
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, diff)
	return nil
}
