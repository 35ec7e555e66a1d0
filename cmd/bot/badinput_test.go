package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"footnote/internal/testlog"
	"footnote/sandbox"
)

// good is an article that has to answer whatever stands beside it.
const good = "---\ntitle: The ferry\n---\nThe ferry to Port Ember leaves at noon.\n"

// asks is a question that it answers, and answered what the answer holds.
const (
	asks     = "When does the ferry to Port Ember leave?"
	answered = `Answer: ".*noon"`
)

// Bad input gets one sentence that says what to do, and loses nothing that is good.
func TestBadInput(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string // in the working folder; a name that ends in / is a folder
		setup func(t *testing.T)
		args  string // after -data data; Q stands for the question that is answered
		stdin string
		code  int
		out   string // what standard output holds
		err   string // what standard error holds; "": nothing
	}{
		{name: "no token", code: 2, err: "^bot: no token: set DISCORD_TOKEN .* -sandbox\n$"},
		{name: "unreadable folder", files: map[string]string{"library/": ""}, setup: unreadable, args: "-corpus library -ask Q", code: 2, err: "^bot: .*permission denied.*check who may read it"},
		{name: "folder that is not there", args: "-corpus library -ask Q", code: 2, err: "^bot: cannot read the library library .*; give the path of a folder or file that exists\n$"},
		{name: "empty folder", files: map[string]string{"library/": ""}, args: "-corpus library -ask Q", code: 2, err: `^bot: the library library has no article; put a file there that ends in \.md, \.txt or \.html` + "\n$"},
		{name: "file of another kind", files: map[string]string{"a.pdf": "%PDF"}, args: "-corpus a.pdf -ask Q", code: 2, err: `^bot: cannot use a.pdf as an article; its name must end in`},
		{name: "article without header", files: map[string]string{"ferry-times.md": "The ferry to Port Ember leaves at noon.\n"}, args: "-corpus ferry-times.md -ask Q", out: answered + "\n.*undated, paragraph 1"},
		{name: "not UTF-8", files: map[string]string{"library/bad.md": "High water is at \xff\xfe noon.\n", "library/good.md": good}, args: "-corpus library -ask Q", out: answered, err: `problem="bad.md line 1: .*UTF-8`},
		{name: "not UTF-8 and alone", files: map[string]string{"bad.md": "High \xff water.\n"}, args: "-corpus bad.md -ask Q", code: 2, err: `^bot: the file bad.md has no article that can be used: bad.md line 1: .*UTF-8`},
		{name: "50 MB", files: map[string]string{"library/good.md": good}, setup: huge, args: "-corpus library -ask Q", out: answered, err: `problem="huge.txt: is larger than 10 MB; split it into several articles"`},
		{name: "broken header", files: map[string]string{"library/bad.md": "---\ntitle: Storm: the pier\n---\nThe pier is closed.\n", "library/good.md": good}, args: "-corpus library -ask Q", out: answered, err: `problem="bad.md line 2: put the title in quotes, it contains a colon"`},
		{name: "header without end", files: map[string]string{"library/bad.md": "---\ntitle: Storm\nThe pier is closed.\n", "library/good.md": good}, args: "-corpus library -ask Q", out: answered, err: `problem="bad.md line 1: close the header`},
		{name: "command name that Discord refuses", files: map[string]string{"library/good.md": withCommand("Ferry Times")}, args: "-corpus library -check", code: 1, out: `problem: good.* rename the command \\?"Ferry Times\\?"`},
		{name: "command name that is refused, asked", files: map[string]string{"library/good.md": withCommand("Ferry Times")}, args: "-corpus library -ask Q", out: answered},
		{name: "command name that is built in", files: map[string]string{"library/good.md": withCommand("search")}, args: "-corpus library -check", code: 1, out: `problem: good: rename the command "search"; the bot has one of that name`},
		{name: "command name that is taken", files: map[string]string{"library/good.md": withCommand("ferry"), "library/other.md": withCommand("ferry")}, args: "-corpus library -check", code: 1, out: `problem: other: rename the command "ferry"; the article good has one of that name`},
		{name: "data folder that cannot be written", files: map[string]string{"good.md": good, "file": ""}, args: "-data file/below -corpus good.md -ask Q", out: answered, err: "level=WARN .*the index is kept in memory.*name a folder that can be written with -data"},
		{name: "data folder that may not be written", files: map[string]string{"good.md": good, "data/": ""}, setup: readOnly, args: "-corpus good.md -ask Q", out: answered, err: "level=WARN .*the index is kept in memory"},
		{name: "data folder that is a file", files: map[string]string{"good.md": good, "data": "I am a file."}, args: "-corpus good.md -ask Q", out: answered, err: "level=WARN .*the index is kept in memory"},
		{name: "rebuild into a file", files: map[string]string{"good.md": good, "data": "I am a file."}, args: "-corpus good.md -rebuild", code: 2, err: "^bot: the index could not be built in data/index: .*; name a folder that can be written with -data\n$"},
		{name: "data folder that is a file, checked", files: map[string]string{"good.md": good, "data": "I am a file."}, args: "-corpus good.md -check", code: 1, out: "index: not built yet.*\nproblem: data folder: data is a file; name one that can be written with -data.*\n$"},
		{name: "damaged index", files: map[string]string{"good.md": good}, setup: damaged, args: "-corpus good.md -ask Q", out: answered, err: "level=WARN .*the index is damaged and is built anew"},
		{name: "damaged index, rebuilt", files: map[string]string{"good.md": good}, setup: damaged, args: "-corpus good.md -rebuild", out: "(?m)^index .*: 1 article", err: "level=WARN .*the index is damaged and is built anew"},
		{name: "damaged index, checked", files: map[string]string{"good.md": good}, setup: damaged, args: "-corpus good.md -check", code: 1, out: "problem: index: .*the next start or -rebuild builds it anew"},
		{name: "damaged article, checked", files: map[string]string{"good.md": good}, setup: damagedBlock, args: "-corpus good.md -check", code: 1, out: "problem: index: .*the next start or -rebuild builds it anew"},
		{name: "empty index folder", files: map[string]string{"good.md": good, "data/index/": ""}, args: "-corpus good.md -ask Q", out: answered},
		{name: "foreign index folder", files: map[string]string{"good.md": good, "data/index/notes.txt": "x"}, setup: misled, args: "-corpus good.md -rebuild", out: "added good\n"},
		{name: "empty question", args: "-ask ", code: 1, out: "^There was nothing to look for. Ask a question in words"},
		{name: "question of spaces", args: "-ask \u00a0", code: 1, out: "^There was nothing to look for."},
		{name: "question of 6,000 characters", files: map[string]string{"good.md": good}, args: "-corpus good.md -ask " + strings.Repeat("why\u00a0", 1500), code: 1, out: "."},
		{name: "emoji only", args: "-ask 🦊🎈", code: 1, out: "^There was nothing to look for."},
		{name: "CRLF", files: map[string]string{"good.md": good}, args: "-corpus good.md -ask -", stdin: asks + "\r\n\r\n" + asks + "\r\n", out: "(?s)" + answered + ".*There was nothing to look for.*" + answered},
		{name: "article in CRLF", files: map[string]string{"good.md": strings.ReplaceAll(good, "\n", "\r\n")}, args: "-corpus good.md -ask Q", out: answered},
		{name: "broken .env", files: map[string]string{".env": "this is = = not\n\"\n"}, args: "-ask Q", code: 2, err: `^bot: \.env line 1 cannot be understood; write one NAME=value a line`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range c.files {
				dir := filepath.Dir(name)
				if err := os.MkdirAll(dir, 0o700); err != nil {
					t.Fatal(err)
				}
				if strings.HasSuffix(name, "/") {
					continue
				}
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if c.setup != nil {
				c.setup(t)
			}
			code, out, errs := runBot(t, c.stdin, flags(c.args)...)
			if code != c.code {
				t.Errorf("exits with %d, want %d", code, c.code)
			}
			if !regexp.MustCompile(c.out).MatchString(out) {
				t.Errorf("prints\n%s\nwant %s", out, c.out)
			}
			switch {
			case c.err == "" && errs != "":
				t.Errorf("complains:\n%s", errs)
			case !regexp.MustCompile(c.err).MatchString(errs):
				t.Errorf("complains\n%s\nwant %s", errs, c.err)
			case strings.Count(errs, "\n") > 1:
				t.Errorf("complains in more than one line:\n%s", errs)
			}
		})
	}
}

// flags splits a line into arguments and puts the question in place of Q.
func flags(line string) []string {
	args := []string{"-data", "data"}
	for i, a := range strings.Split(line, " ") {
		switch {
		case a == "Q":
			a = asks
		case a == "" && i == 0:
			continue
		}
		args = append(args, a)
	}
	return args
}

// runBot runs the program in this process, without any environment.
func runBot(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	code = run(ctx, args, func(string) string { return "" }, strings.NewReader(stdin), &out, testlog.Keep(&errs))
	return code, out.String(), errs.String()
}

func withCommand(name string) string {
	return "---\ncommands:\n  \"" + name + "\": {description: When it leaves, question: " + asks + "}\n---\nThe ferry to Port Ember leaves at noon.\n"
}

func unreadable(t *testing.T) { forbid(t, "library", 0) }

func readOnly(t *testing.T) { forbid(t, "data", 0o500) }

// forbid takes rights to a folder away, which the superuser would not notice.
func forbid(t *testing.T, name string, mode os.FileMode) {
	t.Helper()
	if os.Getuid() == 0 {
		t.Skip("the superuser may read and write everything: run this as another user")
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(name, 0o700) })
}

func huge(t *testing.T) {
	if err := os.WriteFile("library/huge.txt", fill("The pier is closed. ", 50<<20), 0o600); err != nil {
		t.Fatal(err)
	}
}

// misled names what is no index as the current one.
func misled(t *testing.T) {
	c := &config{corpus: "good.md", data: "data"}
	if err := os.WriteFile(c.currentFile(), []byte("../../../etc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// damaged builds the index and overwrites the middle of what is searched.
func damaged(t *testing.T) { damage(t, "data/index/*/*.zap") }

// damagedBlock does so with the articles.
func damagedBlock(t *testing.T) { damage(t, "data/index/*/blocks") }

func damage(t *testing.T, pattern string) {
	t.Helper()
	if code, _, errs := runBot(t, "", flags("-corpus good.md -rebuild")...); code != 0 {
		t.Fatal(errs)
	}
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file of the index: %v", err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	copy(b[len(b)/2:], "damaged")
	if err := os.Chmod(files[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// An article that cannot be read any more is told of by the process that meets it, and
// made anew by the next.
func TestDamagedArticle(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("good.md", []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	damagedBlock(t)
	ask := func() (out string, code int) {
		cmd := exec.Command("bot", "-corpus", "good.md", "-data", "data", "-model", "none", "-ask", "When does the ferry leave?")
		b, _ := cmd.CombinedOutput()
		return string(b), cmd.ProcessState.ExitCode()
	}
	if out, code := ask(); code != exitTrouble || !strings.Contains(out, "level=WARN") || !strings.Contains(out, "the next start makes anew what is") {
		t.Errorf("%d: %s", code, out)
	}
	if out, code := ask(); code != 0 || !strings.Contains(out, "> ") || strings.Contains(out, "WARN") {
		t.Errorf("the next time, %d: %s", code, out)
	}
}

// A token that Discord does not know ends the bot with one sentence; trying
// again could not help.
func TestWrongToken(t *testing.T) {
	testlog.Secret("the-right-one", "a-wrong-secret")
	s, err := sandbox.New(sandbox.Options{Token: "the-right-one"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	next := http.DefaultTransport
	http.DefaultTransport = standIn{at: s.URL(), next: next}
	defer func() { http.DefaultTransport = next }()
	for _, args := range [][]string{nil, {"-sync-commands"}} {
		var out, errs bytes.Buffer
		env := map[string]string{"DISCORD_TOKEN": "a-wrong-secret", "DATA": t.TempDir()}
		code := run(t.Context(), args, func(name string) string { return env[name] }, strings.NewReader(""), &out, testlog.Keep(&errs))
		if code != exitTrouble || !strings.Contains(errs.String(), "DISCORD_TOKEN") || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("bot %v exits with %d and says\n%s", args, code, &errs)
		}
		if strings.Contains(out.String()+errs.String(), "a-wrong-secret") {
			t.Errorf("bot %v prints the token", args)
		}
	}
}
