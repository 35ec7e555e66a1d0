package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"footnote/answer"
	"footnote/corpus"
	"footnote/index"
)

// run is the whole program. It returns the exit code: 0, 1 where something
// was asked and the answer is no, 2 where something is wrong.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	c, err := parseConfig(args, getenv, &veil{to: stderr})
	if isTerminal(stderr) {
		c.terminal = stderr
	}
	stdout, stderr = &veil{stdout, []byte(c.token)}, &veil{stderr, []byte(c.token)}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return fail(stderr, err)
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: c.level}))
	code, err := c.inTime(ctx, func() (int, error) { return c.run(ctx, log, stdin, stdout) })
	switch {
	case err == nil:
		return code
	case code == 0 && ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx))):
		return 0 // whoever ended the bot knows why
	}
	return max(fail(stderr, errors.New(c.shown(err))), code)
}

// endsWithin is how long the end is waited for once somebody ended the program: as a rule
// it takes some milliseconds, with replies under way half a second.
const endsWithin = 900 * time.Millisecond

// inTime does the work, and does not wait for the end of what takes long to come to one
// where somebody ended the program: to prepare one article of megabytes, say. Whatever
// is cut off leaves on the disk what was there before, as if it were killed.
func (c *config) inTime(ctx context.Context, work func() (int, error)) (int, error) {
	type outcome struct {
		code int
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		code, err := work()
		done <- outcome{code, err}
	}()
	select {
	case o := <-done:
		return o.code, o.err
	case <-ctx.Done():
	}
	select {
	case o := <-done:
		return o.code, o.err
	case <-time.After(endsWithin):
		if c.once() {
			return exitTrouble, context.Cause(ctx)
		}
		return 0, nil
	}
}

// once reports whether something is to be done once, rather than until somebody ends it.
func (c *config) once() bool {
	return c.rebuild || c.eval || c.check || c.sync || c.ask != "" || c.text != "" || c.verify != ""
}

// fail prints an error as one sentence a line.
func fail(stderr io.Writer, err error) int {
	fmt.Fprintf(stderr, "bot: %s\n", visible(err.Error()))
	return exitTrouble
}

// visible writes what a terminal would obey, such as a change of colour or of
// the direction of writing, as Go does. Ends of lines and tabs stay.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || r == '\t' || !unicode.IsControl(r) && !unicode.Is(unicode.Bidi_Control, r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	return b.String()
}

// shown is the text of an error, with the folders that were typed as they can
// be printed: the errors of files name them as they are.
func (c *config) shown(err error) string {
	text := err.Error()
	for _, path := range []string{c.data, c.corpus} {
		if shown := corpus.Shown(path); shown != path {
			text = strings.ReplaceAll(text, path, shown)
		}
	}
	return text
}

// orTrouble is the code of what either succeeds or has an error.
func orTrouble(err error) (int, error) {
	if err != nil {
		return exitTrouble, err
	}
	return 0, nil
}

// run does the one thing that the command line asks for.
func (c *config) run(ctx context.Context, log *slog.Logger, stdin io.Reader, stdout io.Writer) (int, error) {
	switch {
	case c.version:
		fmt.Fprintln(stdout, version())
		return 0, nil
	case c.health:
		return c.healthy(stdout)
	case c.check:
		return c.checkAll(ctx, stdout)
	}
	c.spareCollecting()
	defer c.collectAsEver()
	if err := c.loadModel(); err != nil {
		return exitTrouble, err
	}
	defer func() { // what was met that is damaged, whatever came of it
		if err := c.discard(log, c.indexRoot()); err != nil {
			log.Warn("the index could not be put right", "reason", err)
		}
	}()
	switch {
	case c.rebuild:
		return orTrouble(rebuild(ctx, log, c, stdout))
	case c.eval:
		return orTrouble(evaluate(ctx, log, c, stdout))
	case c.ask != "" || c.text != "" || c.verify != "":
		o, err := openLibrary(ctx, log, c)
		if err != nil {
			return exitTrouble, err
		}
		// The same question has the same answer, whether the library was read before.
		if c.ask != "" {
			if o.lib, err = c.encode(ctx, log, o.lib); err != nil {
				return exitTrouble, err
			}
		}
		defer func() { _ = o.lib.Close() }()
		switch {
		case c.text != "":
			return orTrouble(printText(stdout, o.lib, c.text))
		case c.verify != "":
			return verify(ctx, stdout, o.lib, c.verify, c.json)
		}
		return ask(ctx, c, o.lib, stdin, stdout)
	case c.sync:
		return orTrouble(syncCommands(ctx, log, c, stdout))
	case c.sandbox:
		return 0, runSandbox(ctx, log, c, stdin, stdout)
	}
	if c.token == "" {
		return exitTrouble, errors.New("no token: set DISCORD_TOKEN in the environment or in .env, or try the bot without an account with -sandbox")
	}
	return 0, runDiscord(ctx, log, c, stdout)
}

// printText prints an article's text and nothing else, so that offsets count.
func printText(w io.Writer, lib *answer.Library, id string) error {
	a, err := lib.Article(id)
	if errors.Is(err, answer.ErrNotFound) {
		var ids []string
		for _, a := range lib.Headers()[:min(lib.Size(), 20)] {
			ids = append(ids, corpus.Shown(a.ID))
		}
		return fmt.Errorf("the library holds no article %q; it holds %s", id, strings.Join(ids, ", "))
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, a.Text)
	return err
}

// maxVerified is how many answers of one short id -verify prints.
const maxVerified = 20

// verify cuts an answer again. A short id may be that of several.
func verify(ctx context.Context, w io.Writer, lib *answer.Library, id string, asJSON bool) (int, error) {
	var found []answer.Answer
	all := 1
	if short := strings.ToLower(id); answer.IsShortID(short) {
		var err error
		if found, all, err = lib.FindShort(ctx, short, "", maxVerified); err != nil {
			return exitTrouble, err
		}
		if all == 0 {
			fmt.Fprintf(w, "it does not stand: no sentence has the id %s; the passage has changed or is gone\n", short)
			return exitAbstained, nil
		}
	} else {
		a, err := lib.Find(ctx, id)
		if err != nil && !errors.Is(err, answer.ErrNotFound) && !errors.Is(err, answer.ErrChanged) {
			return exitTrouble, err
		}
		if err != nil {
			fmt.Fprintf(w, "it does not stand: %s\n", err)
			return exitAbstained, nil
		}
		found = append(found, a)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, a := range found {
		if asJSON {
			if err := enc.Encode(a); err != nil {
				return exitTrouble, err
			}
			continue
		}
		fmt.Fprintf(w, "it stands:\n%s", plain(a))
	}
	if !asJSON && all > len(found) {
		fmt.Fprintf(w, "and %d more\n", all-len(found))
	}
	return 0, nil
}

// printTrace tells how an answer came about.
func printTrace(w io.Writer, t answer.Trace) {
	fmt.Fprintf(w, "question asks for: %s; about: %s\n", t.Asked, strings.Join(t.Concepts, " | "))
	fmt.Fprintf(w, "confidence %.3f:", t.Answer.Confidence)
	for _, p := range t.Signals {
		fmt.Fprintf(w, " %s %.2f×%.2f", p.Name, p.Value, p.Weight)
	}
	fmt.Fprintln(w)
	for i, s := range t.Sentences[:min(len(t.Sentences), 5)] {
		fmt.Fprintf(w, "%d. %.3f %s paragraph %d, bytes %d to %d:", i+1, s.Score, s.Article, s.Passage, s.Span.Start, s.Span.End)
		for _, p := range s.Parts {
			if p.Value != 0 {
				fmt.Fprintf(w, " %s %.2f×%.2f", p.Name, p.Value, p.Weight)
			}
		}
		fmt.Fprintln(w)
	}
}

// version returns the version that the build recorded, and what it stands on.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "footnote"
	}
	revision := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (revision == "" || revision == "(devel)") {
			revision = s.Value[:min(len(s.Value), 12)]
		}
	}
	return fmt.Sprintf("footnote %s, %s, index format %s", revision, info.GoVersion, index.Format())
}

// sortedKeys returns the keys of a map in order.
func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
