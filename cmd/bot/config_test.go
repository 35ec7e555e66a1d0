package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// .env.example lists every setting that the environment can give, in the
// order of the code, with its help and its default.
func TestEnvExample(t *testing.T) {
	b, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, s := range settings {
		help := strings.ToUpper(s.help[:1]) + s.help[1:]
		want.WriteString("\n# " + help + ".\n" + s.env + "=" + s.standard + "\n")
	}
	_, got, ok := strings.Cut(string(b), "\n\n")
	if !ok || "\n"+got != want.String() {
		t.Errorf(".env.example has\n%s\nwant, after its first lines,\n%s", got, want.String())
	}
	if strings.ContainsAny(string(b), `"'`) && strings.Contains(string(b), `="`) {
		t.Error(".env.example must do without quotes: Docker keeps them")
	}
}

// A flag beats the environment, the environment beats .env, .env beats the default.
func TestPrecedence(t *testing.T) {
	for _, c := range []struct {
		name        string
		flag, env   string
		file        string
		want        string
		wantProblem string
	}{
		{name: "default", want: "5"},
		{name: "file", file: "7", want: "7"},
		{name: "environment", env: "8", file: "7", want: "8"},
		{name: "flag", flag: "9", env: "8", file: "7", want: "9"},
		{name: "quotes and spaces", env: ` "8" `, want: "8"},
		{name: "empty environment", env: " ", file: "7", want: "7"},
		{name: "no number", env: "many", wantProblem: "MEMBER_LIMIT"},
		{name: "nought", flag: "0", wantProblem: "MEMBER_LIMIT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if c.file != "" {
				if err := os.WriteFile(".env", []byte("MEMBER_LIMIT="+c.file+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var args []string
			if c.flag != "" {
				args = []string{"-member-limit", c.flag}
			}
			var stderr bytes.Buffer
			cfg, err := parseConfig(args, func(name string) string {
				if name == "MEMBER_LIMIT" {
					return c.env
				}
				return ""
			}, &stderr)
			if c.wantProblem != "" {
				if err == nil || !strings.Contains(err.Error(), c.wantProblem) {
					t.Errorf("got %v, want an error that names %s", err, c.wantProblem)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(c.want); got != c.want || cfg.member != int(c.want[0]-'0') {
				t.Errorf("member limit %d, want %s", cfg.member, c.want)
			}
		})
	}
}

func TestDataFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	home := t.TempDir()
	t.Setenv("HOME", home)
	for _, c := range []struct{ xdg, data, want string }{
		{"", "", filepath.Join(home, ".local", "share", "footnote")},
		{"/x", "", "/x/footnote"},
		{"relative", "", filepath.Join(home, ".local", "share", "footnote")},
		{"/x", "d", "d"},
	} {
		cfg, err := parseConfig(nil, func(name string) string {
			return map[string]string{"XDG_DATA_HOME": c.xdg, "DATA": c.data}[name]
		}, &bytes.Buffer{})
		if err != nil || cfg.data != c.want {
			t.Errorf("XDG_DATA_HOME=%q DATA=%q: %v, %v, want %s", c.xdg, c.data, cfg, err, c.want)
		}
	}
}

// Flags may stand behind the files that -eval takes.
func TestFlagsBehindFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	none := func(string) string { return "" }
	cfg, err := parseConfig([]string{"-eval", "a.tsv", "-corpus", "x", "b.tsv", "-json"}, none, &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	if len(cfg.args) != 2 || cfg.args[0] != "a.tsv" || cfg.args[1] != "b.tsv" || cfg.corpus != "x" || !cfg.json {
		t.Errorf("got files %q, corpus %q, json %v", cfg.args, cfg.corpus, cfg.json)
	}
	if _, err := parseConfig([]string{"-check", "a.tsv"}, none, &bytes.Buffer{}); err == nil {
		t.Error("a file without -eval is taken")
	}
}

// Every wrong setting is told at once, always in the same order.
func TestProblemsInOrder(t *testing.T) {
	t.Chdir(t.TempDir())
	const want = "MESSAGE_CONTENT is \"maybe\"; set it to true or false\n" +
		"MEMBER_LIMIT is \"few\"; set it to a whole number from 1\n" +
		"SERVER_LIMIT is \"0\"; set it to a whole number from 1"
	for range 20 {
		_, err := parseConfig([]string{"-message-content", "maybe", "-server-limit", "0", "-member-limit", "few"}, func(string) string { return "" }, &bytes.Buffer{})
		if err == nil || err.Error() != want {
			t.Fatalf("got\n%v\nwant\n%s", err, want)
		}
	}
}
