package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"footnote/discord"
	"footnote/internal/testlog"
	"footnote/sandbox"
	"footnote/sandbox/openapi"
	"footnote/store"
)

// rig is the whole bot, connected to a stand-in for Discord.
type rig struct {
	*sandbox.Server
	t    *testing.T
	bot  *bot
	logs *buffer // from level info on
	out  *buffer // what the program prints

	reader, moderator sandbox.Caller // in #general, where free text is answered
}

// buffer is written by one goroutine and read by others.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// description checks request bodies against Discord's own description of its
// API, where that file is at hand; CI wants it to be wherever ../shared is.
var description = sync.OnceValues(func() (*openapi.Checker, error) {
	return openapi.Load("../../../shared/data/discord-openapi.json.gz")
})

// checked returns the check of a stand-in's request bodies, nil where the
// description is not there.
func checked(t *testing.T) func(method, route string, body []byte) error {
	t.Helper()
	c, err := description()
	if err == nil {
		return c.Request
	}
	if _, shared := os.Stat("../../../shared"); !errors.Is(err, os.ErrNotExist) || shared == nil && os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Log("discord-openapi.json.gz is not there: request bodies are checked by the stand-in's own rules only")
	return nil
}

// newRig starts the bot of a configuration given by flags, on a data folder of
// its own unless they name one. At the end of the test nothing may have gone wrong.
func newRig(t *testing.T, flags ...string) *rig {
	t.Helper()
	r := &rig{t: t, logs: &buffer{}, out: &buffer{}}
	flags = append([]string{"-data", t.TempDir(), "-member-limit", "1000", "-server-limit", "1000"}, flags...)
	c, err := parseConfig(flags, func(string) string { return "" }, r.out)
	if err != nil {
		t.Fatal(err)
	}
	if r.Server, err = sandbox.New(sandbox.Options{World: sandbox.DefaultWorld("Footnote"), Unlimited: true, Check: checked(t)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	log := testlog.New(r.logs)
	if r.bot, err = newBot(ctx, log, c, store.Memory(), discord.Options{Token: r.Token(), Client: r.Client()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.bot.live.Close)
	if r.bot.app, err = r.bot.wire.Application(ctx); err != nil {
		t.Fatal(err)
	}
	if err := r.bot.start(ctx, r.out); err != nil {
		t.Fatal(err)
	}
	r.reader, r.moderator = r.As("reader", "general"), r.As("moderator", "general")
	var guild string
	r.Update(func(w *sandbox.World) { guild = w.Channel(r.reader.Channel).Guild })
	if err := r.bot.store.SetChannel(guild, r.reader.Channel, true); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- r.bot.run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the bot ended with %v", err)
		}
		r.clean()
	})
	if err := r.WaitOnline(r.soon()); err != nil {
		t.Fatal(err)
	}
	return r
}

// clean fails the test for what Discord would not have liked, for pings and for
// errors in the log.
func (r *rig) clean() {
	for _, v := range r.Violations() {
		r.t.Errorf("violation: %s %s %d: %s\n%s", v.Method, v.Route, v.Code, v.Reason, v.Body)
	}
	if p := r.Pinged(); len(p) > 0 {
		r.t.Errorf("somebody was pinged: %v", p)
	}
	logs := r.logs.String()
	if strings.Contains(logs, "level=ERROR") {
		r.t.Errorf("the log tells of errors:\n%s", logs)
	}
}

// soon ends when a test has waited long enough.
func (r *rig) soon() context.Context {
	ctx, cancel := context.WithTimeout(r.t.Context(), 20*time.Second)
	r.t.Cleanup(cancel)
	return ctx
}

// seen waits for what becomes visible of an interaction.
func (r *rig) seen(i *sandbox.Interaction, err error) sandbox.Outcome {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	o, err := i.Outcome(r.soon())
	if err != nil {
		r.t.Fatal(err)
	}
	return o
}

// slash types a slash command and returns the reply.
func (r *rig) slash(by sandbox.Caller, line string) *sandbox.Message {
	r.t.Helper()
	if _, words, ok := strings.Cut(line, "question:"); ok {
		testlog.Asked(words)
	}
	return r.seen(r.Line(r.soon(), by, line)).Message
}

// press presses a button of a message and returns the reply.
func (r *rig) press(by sandbox.Caller, m *sandbox.Message, button string) *sandbox.Message {
	r.t.Helper()
	return r.seen(r.Press(r.soon(), by, m.ID, button)).Message
}

// post writes a message and returns its id.
func (r *rig) post(by sandbox.Caller, text, replyTo string) string {
	r.t.Helper()
	id, err := r.Post(r.soon(), by, text, replyTo)
	if err != nil {
		r.t.Fatal(err)
	}
	testlog.Asked(text)
	return id
}

// answer writes a message and returns the bot's reply to it.
func (r *rig) answer(by sandbox.Caller, text, replyTo string) *sandbox.Message {
	r.t.Helper()
	m, err := r.WaitReply(r.soon(), r.post(by, text, replyTo))
	if err != nil {
		r.t.Fatalf("no reply to %q: %v", text, err)
	}
	return m
}

// silent fails the test if the bot answers a message. A mention that is written
// after it has been answered by then.
func (r *rig) silent(by sandbox.Caller, text string) {
	r.t.Helper()
	id := r.post(by, text, "")
	r.answer(by, "<@"+r.bot.app.ID+"> who backs haftar?", "")
	r.unanswered(id)
}

// unanswered fails the test if the bot replies to a message within a time in
// which it always would.
func (r *rig) unanswered(id string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 300*time.Millisecond)
	defer cancel()
	if m, err := r.WaitReply(ctx, id); err == nil {
		r.t.Errorf("%q was answered: %s", r.Message(id).Content, m.Content)
	}
}

// holds fails the test unless a reply contains every one of the texts.
func (r *rig) holds(m *sandbox.Message, texts ...string) {
	r.t.Helper()
	if m == nil {
		r.t.Fatal("there is no message")
	}
	for _, text := range texts {
		if !strings.Contains(m.Content, text) {
			r.t.Errorf("the reply lacks %q:\n%s", text, m.Content)
		}
	}
}

// article returns the text of the only article of the library.
func (r *rig) article() string {
	lib, done := r.bot.live.Use()
	defer done()
	return lib.Articles()[0].Text
}

// quotes fails the test unless every block quote of a reply, with the escapes
// taken back, is a slice of the article, and returns them.
func (r *rig) quotes(m *sandbox.Message) []string {
	r.t.Helper()
	if m == nil {
		r.t.Fatal("there is no message")
	}
	var quotes []string
	inside := false
	for line := range strings.Lines(m.Content) {
		text, ok := strings.CutPrefix(line, "> ")
		if ok && !inside {
			quotes = append(quotes, "")
		}
		if inside = ok; ok {
			quotes[len(quotes)-1] += unescaped(text)
		}
	}
	if len(quotes) == 0 {
		r.t.Errorf("the reply quotes nothing:\n%s", m.Content)
	}
	for i, q := range quotes {
		q = strings.TrimSuffix(q, "\n")
		quotes[i] = q
		if q == "" || !strings.Contains(r.article(), q) {
			r.t.Errorf("the quotation does not stand in the article: %q\n%s", q, m.Content)
		}
	}
	return quotes
}

// offsets is the line of a context reply that names the offsets of the quotation.
var offsets = regexp.MustCompile(`bytes (\d+) to (\d+) of`)

// citedSlice cuts out of the article what a context reply says that it shows.
func (r *rig) citedSlice(m *sandbox.Message) string {
	r.t.Helper()
	at := offsets.FindStringSubmatch(m.Content)
	if at == nil {
		r.t.Fatalf("no offsets:\n%s", m.Content)
	}
	start, _ := strconv.Atoi(at[1])
	end, _ := strconv.Atoi(at[2])
	return slice(r.article(), start, end)
}

// unescaped takes Discord's markup back: bold, and the backslash before a mark.
func unescaped(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case strings.HasPrefix(text[i:], "**"):
			i++
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}
