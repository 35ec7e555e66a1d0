package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"footnote/internal/testlog"
)

const (
	ferryAtMidnight = "---\ntitle: The ferry\npublished: 2024-05-01\ncommands:\n  ferry: {description: When it leaves, question: When does the ferry to Port Ember leave?}\n---\nThe ferry to Port Ember leaves at midnight.\n"
	ferryAtNoon     = "---\ntitle: The ferry\npublished: 2024-05-01\ncommands:\n  ferry: {description: When it leaves, question: When does the ferry to Port Ember leave?}\n  fare: {description: What it costs, question: How much is the fare?}\n---\nThe ferry to Port Ember leaves at noon. The fare is four crowns.\n"
	harvest         = "---\ntitle: The harvest\n---\nThe farms of Low Tarn brought in 900 tonnes of barley.\n"
)

// takenOver is how long a change may take to be live: two seconds, and the time
// in which a busy machine builds the index.
const takenOver = 5 * time.Second

// A running bot takes over what changes in its library and what another process
// rebuilds. It answers all the while.
func TestTakeover(t *testing.T) {
	t.Parallel()
	library, data := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(library, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ferry.md", ferryAtMidnight)
	write("harvest.md", harvest)
	r := newRig(t, "-corpus", library, "-data", data)
	holding := r.slash(r.reader, "/ferry")
	r.holds(holding, "leaves at midnight")

	// An edited file.
	write("ferry.md", ferryAtNoon)
	r.until(takenOver, "/ferry", "leaves at noon", "leaves at midnight")
	// The commands of the new header are there, too.
	if err := r.WaitCommand(r.soon(), "fare"); err != nil {
		t.Fatal(err)
	}
	r.holds(r.slash(r.reader, "/fare"), "four crowns")
	// A button of an answer that no longer stands says so.
	r.holds(r.press(r.reader, holding, "Show context"), "please ask again")

	// A broken file costs nobody an answer, and the operator is told.
	write("broken.md", "---\ntitle: Storm: the pier\n---\nThe pier is closed.\n")
	r.until(takenOver, "/search words:pier", "is closed", "0 mentions of *pier*")
	if !strings.Contains(r.logs.String(), "put the title in quotes") {
		t.Errorf("the log says nothing of the broken header:\n%s", r.logs)
	}

	// Another process rebuilds; its index is the one that answers then.
	write("ferry.md", ferryAtMidnight)
	if out, err := exec.Command("bot", "-corpus", library, "-data", data, "-rebuild").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r.until(takenOver, "/ferry", "leaves at midnight", "leaves at noon")

	// An article that is gone answers nothing, and its commands go with it.
	if err := os.Remove(filepath.Join(library, "ferry.md")); err != nil {
		t.Fatal(err)
	}
	r.until(takenOver, "/ask question:When does the ferry to Port Ember leave?", "I found no passage", "leaves at midnight")
	deadline := time.Now().Add(takenOver)
	for {
		gone := true
		for _, c := range r.VisibleCommands(r.reader) {
			gone = gone && c.Name != "ferry"
		}
		if gone {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the command of the article that is gone is still registered")
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.holds(r.slash(r.reader, "/ask question:How much barley was brought in?"), "900 tonnes")
}

// What another process does with another library on the same data folder leaves
// a running bot and its index alone.
func TestLibrariesShareDataFolder(t *testing.T) {
	t.Parallel()
	data, other := t.TempDir(), t.TempDir()
	r := newRig(t, "-data", data)
	if err := os.WriteFile(filepath.Join(other, "harvest.md"), []byte(harvest), 0o600); err != nil {
		t.Fatal(err)
	}
	key := r.bot.live.now.Load().key
	for _, args := range [][]string{{"-ask", "How much barley was brought in?"}, {"-rebuild"}} {
		if out, err := exec.Command("bot", append(args, "-corpus", other, "-data", data)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		r.bot.live.look(t.Context())
		if now := r.bot.live.now.Load().key; now != key {
			t.Fatalf("after bot %s of another library its index answers", args[0])
		}
	}
	r.holds(r.slash(r.reader, "/search words:barley"), "0 mentions of *barley*")

	// Nobody else reads the index once the bot is gone; its name protects it still.
	c := &config{corpus: other, data: data}
	if err := c.sweep(); err != nil {
		t.Fatal(err)
	}
	if left := entries(t, c.indexRoot()); !slices.Contains(left, key+".library") || !slices.Contains(left, c.current()+".library") {
		t.Errorf("of the indexes of two libraries are left %v", left)
	}
}

// One answer in the terminal names no index as current and sweeps none away.
func TestAskNamesNoIndex(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("good.md", []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runBot(t, "", flags("-corpus good.md -ask Q")...); code != 0 {
		t.Fatal(errs)
	}
	if left := entries(t, "data/index"); slices.ContainsFunc(left, func(name string) bool { return strings.HasPrefix(name, currentBegins) }) {
		t.Errorf("an answer leaves %v", left)
	}
}

// A rebuild is taken over also where the change cannot be seen on the file.
func TestTakeoverOfIndex(t *testing.T) {
	slow(t)
	t.Parallel()
	data, library := t.TempDir(), t.TempDir()
	file := filepath.Join(library, "harvest.md")
	then := time.Now().Add(-time.Hour)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, then, then); err != nil {
			t.Fatal(err)
		}
	}
	write(harvest)
	r := newRig(t, "-data", data, "-corpus", library)
	r.holds(r.slash(r.reader, "/search words:barley"), "900 tonnes")
	// Beside and then in its place, or the bot might see the time of writing.
	beside := filepath.Join(t.TempDir(), "harvest.md")
	file = beside
	write(strings.ReplaceAll(harvest, "900", "800"))
	if err := os.Rename(beside, filepath.Join(library, "harvest.md")); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("bot", "-corpus", library, "-data", data, "-rebuild").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := r.until(takenOver, "/search words:barley", "800 tonnes", "900 tonnes")
	t.Logf("live after %v", took.Round(time.Millisecond))
}

// When the last article is taken away the bot answers nothing any more, holds
// no command of the article, and goes on as soon as there is one again.
func TestLastArticleGone(t *testing.T) {
	slow(t)
	t.Parallel()
	library := t.TempDir()
	file := filepath.Join(library, "ferry.md")
	write := func() {
		t.Helper()
		if err := os.WriteFile(file, []byte(ferryAtNoon), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write()
	r := newRig(t, "-corpus", library)
	const question = "/ask question:When does the ferry to Port Ember leave?"
	reply := r.slash(r.reader, question)
	r.holds(reply, "at noon")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	r.until(takenOver, question, "I found no passage", "at noon")
	for _, c := range []struct{ line, want string }{
		{"/article", "0 articles"},
		{"/search words:ferry", "0 mentions"},
		{"/footnote status", "0 articles"},
	} {
		m := r.slash(r.moderator, c.line)
		r.holds(m, c.want)
		if strings.Contains(m.Content, "went wrong") {
			t.Errorf("%s: %s", c.line, m.Content)
		}
	}
	r.holds(r.press(r.reader, reply, "Show context"), "please ask again")
	if !r.bot.live.answers() {
		t.Error("the bot counts as ill since it holds no article")
	}
	write()
	r.until(takenOver, question, "at noon", "I found no passage")
}

// Nobody who asks for the status waits for a library to be built or for the
// commands to be registered.
func TestStatusDuringTakeover(t *testing.T) {
	t.Parallel()
	library := t.TempDir()
	if err := os.WriteFile(filepath.Join(library, "ferry.md"), []byte(ferryAtNoon), 0o600); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, "-corpus", library)
	l := r.bot.live
	l.mu.Lock() // as while a library is built
	m := r.slash(r.moderator, "/footnote status")
	l.mu.Unlock()
	r.holds(m, "1 article")

	// Nor does a takeover keep others waiting while it tells of itself.
	c := &config{corpus: library, data: t.TempDir()}
	alone, err := openLive(t.Context(), testlog.New(io.Discard), c)
	if err != nil {
		t.Fatal(err)
	}
	defer alone.Close()
	told := false
	alone.changed = func() {
		told = alone.mu.TryLock()
		if told {
			alone.mu.Unlock()
		}
	}
	if err := os.WriteFile(filepath.Join(library, "harvest.md"), []byte(harvest), 0o600); err != nil {
		t.Fatal(err)
	}
	if changed, err := alone.rebuild(t.Context()); err != nil || changed != "added harvest" || !told {
		t.Errorf("rebuild: %q, %v; told of it without holding others up: %v", changed, err, told)
	}
}

// until uses a command as a person would, over and over, until the reply holds
// what is wanted; before that it has to hold what was. It returns how long it took.
func (r *rig) until(limit time.Duration, line, want, was string) time.Duration {
	r.t.Helper()
	begin := time.Now()
	for {
		m := r.slash(r.reader, line)
		if strings.Contains(m.Content, want) {
			return time.Since(begin)
		}
		if !strings.Contains(m.Content, was) {
			r.t.Fatalf("%s: neither the old answer nor the new one:\n%s", line, m.Content)
		}
		if time.Since(begin) > limit {
			r.t.Fatalf("%s: after %v still\n%s", line, limit, m.Content)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// A command that Discord would refuse, or whose name is taken, costs the others
// nothing and is told to the operator.
func TestRefusedCommands(t *testing.T) {
	t.Parallel()
	library := t.TempDir()
	for name, text := range map[string]string{"a.md": ferryAtNoon, "b.md": withCommand("ferry"), "c.md": withCommand("ask"), "d.md": withCommand("Ferry Times")} {
		if err := os.WriteFile(filepath.Join(library, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := newRig(t, "-corpus", library)
	r.holds(r.slash(r.reader, "/fare"), "four crowns")
	r.holds(r.slash(r.reader, "/ferry"), "leaves at noon")
	status := r.slash(r.moderator, "/footnote status")
	for _, name := range []string{`"ferry"`, `"ask"`, `"Ferry Times"`} {
		r.holds(status, "rename the command "+name)
		if escaped := strings.ReplaceAll(name, `"`, `\"`); !strings.Contains(r.logs.String(), "rename the command "+escaped) {
			t.Errorf("the log does not name the command %s:\n%s", name, r.logs)
		}
	}
}

// A running bot speaks the language of the library that it takes over, in its
// replies and in the names of its commands, and registers these once.
func TestTakeoverOfLanguage(t *testing.T) {
	slow(t)
	t.Parallel()
	library := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(library, "ferry.md"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(ferryAtMidnight)
	r := newRig(t, "-corpus", library)
	for _, c := range []struct{ language, text, reply, name, description string }{
		{"de", "Die Fähre nach Glutheim fährt um Mitternacht ab.\n", "0 Fundstellen für *Storm* in 1 Artikel.", "suchen", "Every passage that holds these words"},
		{"es", "El ferri a Puerto Brasa sale a medianoche.\n", "0 menciones de *Storm* en 1 artículo.", "buscar", "Every passage that holds these words"},
		{"ar", "تغادر العبّارة إلى ميناء الجمر عند منتصف الليل.\n", "لم يُذكر *Storm* في مقالة واحدة.", "", "كل المقاطع التي فيها هذه الكلمات"},
		{"en", "The ferry to Port Ember leaves at midnight.\n", "0 mentions of *Storm* in 1 article.", "", "Every passage that holds these words"},
	} {
		write("---\ntitle: F\nlanguage: " + c.language + "\n---\n" + c.text)
		r.until(takenOver, "/search words:Storm", c.reply, "Storm")
		deadline := time.Now().Add(takenOver)
		for name, description := "?", ""; name != c.name || description != c.description; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s: /search is registered as %q, %q", c.language, name, description)
			}
			for _, command := range r.VisibleCommands(r.reader) {
				if command.Name == "search" {
					name, description = "", command.Description
					if n := command.NameLocalizations; n != nil {
						for _, local := range *n {
							name = local
						}
					}
				}
			}
		}
		if diff, err := r.bot.sync(t.Context(), false); err != nil || !diff.Empty() {
			t.Errorf("%s: registered again: %v, %v", c.language, diff, err)
		}
	}
}
