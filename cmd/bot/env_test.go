package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"footnote/internal/testlog"
)

// aToken has the shape of Discord's tokens.
const aToken = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GxYz12." + "abcdefghijklmnopqrstuvwxyz-_ABCDEFGHIJ"

// utf16le is a text as Windows' editors may save it.
func utf16le(s string, mark bool) string {
	var b strings.Builder
	if mark {
		b.WriteString("\xff\xfe")
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(u), byte(u >> 8)})
	}
	return b.String()
}

// Whatever is wrong with .env, the complaint names the line and shows nothing
// of it: the token stands there.
func TestBrokenEnv(t *testing.T) {
	short := "a.b.secret" // not of the shape that is hidden everywhere
	testlog.Secret(aToken, short)
	for _, c := range []struct {
		name string
		file string // T stands for the token
		line string // "": the file is good
	}{
		{"no sign", "DISCORD_TOKEN T\n", "1"},
		{"no sign and no end", "GUILD_ID=1\nDISCORD_TOKEN T", "2"},
		{"stray first line", "my bot's settings\nDISCORD_TOKEN=T\n", "1"},
		{"token alone", "T\n", "1"},
		{"token alone, later", "# settings\n\nLOG=info\nT\nDATA=x\n", "4"},
		{"token behind a comment of C", "// T\nDISCORD_TOKEN=T\n", "1"},
		{"open double quote", "LOG=info\nDISCORD_TOKEN=\"T\n", "2"},
		{"open single quote", "DISCORD_TOKEN='T\nLOG=info\n", "1"},
		{"open quote, closed lines later", "DISCORD_TOKEN=\"T\nGUILD_ID=\"5\"\n", "1"},
		{"typographic quotes in front", "“DISCORD_TOKEN”=T\n", "1"},
		{"text behind quotes", "DISCORD_TOKEN=\"T\" T T\n", "1"},
		{"export without a sign", "export DISCORD_TOKEN T\n", "1"},
		{"set", "set DISCORD_TOKEN=T\n", "1"},
		{"setx", "setx DISCORD_TOKEN \"T\"\n", "1"},
		{"PowerShell", "LOG=info\n$env:DISCORD_TOKEN=\"T\"\n", "2"},
		{"arrow", "DISCORD_TOKEN -> T\n", "1"},
		{"hyphen in the name", "DISCORD-TOKEN=T\n", "1"},
		{"no name", "=T\n", "1"},
		{"JSON", "{\n  \"DISCORD_TOKEN\": \"T\"\n}\n", "1"},
		{"list of YAML", "- DISCORD_TOKEN=T\n", "1"},
		{"section", "[bot]\nDISCORD_TOKEN=T\n", "1"},
		{"old ends of lines", "LOG=info\rDISCORD_TOKEN T\rDATA=x\r", "2"},
		{"UTF-16", utf16le("DISCORD_TOKEN=T\r\n", true), "1"},
		{"UTF-16 without a mark", utf16le("DISCORD_TOKEN=T\n", false), "1"},
		{"Latin-1", "LOG=info\n# f\xfcr den Bot\nDISCORD_TOKEN=T\n", "2"},
		{"binary", "\x7fELF\x02\x01\x01\x00\x00T\n\x80", "1"},
		{"no-break space", "DISCORD_TOKEN\u00a0T\n", "1"},

		{"good", "DISCORD_TOKEN=T\n", ""},
		{"mark", "\ufeffDISCORD_TOKEN=T\n", ""},
		{"CRLF", "LOG=info\r\nDISCORD_TOKEN=T\r\n", ""},
		{"old ends of lines, good", "LOG=info\rDISCORD_TOKEN=T\r", ""},
		{"spaces", " DISCORD_TOKEN = T \n", ""},
		{"colon", "DISCORD_TOKEN: T\n", ""},
		{"export", "export DISCORD_TOKEN='T'\n", ""},
		{"comment behind", "DISCORD_TOKEN=T # of the bot\n", ""},
		{"no last end", "DISCORD_TOKEN=\"T\"", ""},
		{"word in front", "DISCORD_TOKEN=\"Bot T\"\n", ""},
	} {
		for _, token := range []string{aToken, short} {
			t.Run(c.name, func(t *testing.T) {
				t.Chdir(t.TempDir())
				file := strings.ReplaceAll(c.file, "T", token)
				// The names of settings hold the letter, too.
				file = strings.ReplaceAll(file, "DISCORD_"+token+"OKEN", "DISCORD_TOKEN")
				file = strings.ReplaceAll(file, "DISCORD-"+token+"OKEN", "DISCORD-TOKEN")
				file = strings.ReplaceAll(file, "DA"+token+"A", "DATA")
				if strings.HasPrefix(c.name, "UTF-16") {
					file = utf16le(strings.NewReplacer("T", token).Replace("=T\n"), c.name == "UTF-16")
				}
				if err := os.WriteFile(".env", []byte(file), 0o600); err != nil {
					t.Fatal(err)
				}
				for _, args := range [][]string{nil, {"-check"}, {"-ask", "who backs haftar"}, {"-health"}, {"-sandbox", "-log", "debug"}, {"-nonsense"}, {"-h"}} {
					if c.line == "" && (args == nil || args[0] == "-sandbox") {
						continue // the bot would run
					}
					code, out, errs := runBot(t, "", append([]string{"-data", t.TempDir()}, args...)...)
					seen := out + errs
					for i := 0; i+6 <= len(token); i++ {
						if strings.Contains(seen, token[i:i+6]) {
							t.Fatalf("bot %v shows %q of the token:\n%s", args, token[i:i+6], seen)
						}
					}
					want := regexp.MustCompile(`^bot: \.env line ` + c.line + ` (cannot be understood; write one NAME=value a line|is not UTF-8 text; save the file as UTF-8)[^\n]*\n$`)
					if c.line != "" && (args == nil || args[0][:2] != "-n" && args[0] != "-h") && (code != exitTrouble || !want.MatchString(errs) || out != "") {
						t.Errorf("bot %v exits with %d and says\n%s%s\nwant %s", args, code, out, errs, want)
					}
					if c.line == "" && args[0] == "-check" && !strings.Contains(out, "token: set\n") {
						t.Errorf("the token is not read:\n%s", out)
					}
				}
			})
		}
	}
}

// What is no file of settings is told as such.
func TestNoEnvFile(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir(".env", 0o700); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runBot(t, "", "-check"); code != exitTrouble || !strings.HasPrefix(errs, "bot: .env cannot be read (is a directory); ") {
		t.Errorf("a folder: %d, %s", code, errs)
	}
	if err := os.Remove(".env"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(".env", bytes.Repeat([]byte("A=b\n"), maxEnv), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runBot(t, "", "-check"); code != exitTrouble || !strings.HasPrefix(errs, "bot: .env is larger than 64 kB; ") {
		t.Errorf("a large file: %d, %s", code, errs)
	}
}

// A token that is pasted where something else belongs is hidden as well, and one
// that no request could carry is told before any is made.
func TestMisplacedToken(t *testing.T) {
	t.Chdir(t.TempDir())
	const other = "a.b.secret-of-another-shape"
	testlog.Secret(aToken, other)
	for _, token := range []string{aToken, other} {
		for _, args := range [][]string{
			{"-corpus", token, "-check"}, {"-data", "/dev/null/" + token, "-check"}, {"-data", "/dev/null/" + token, "-rebuild"},
			{token}, {"-token=" + token}, {"-log", token, "-check"}, {"-shards", token}, {"-http", token}, {"-metrics", token},
			{"-member-limit", token}, {"-message-content", token}, {"-text", token}, {"-verify", token}, {"-ask", token},
			{"-ask", token, "-json"}, {"-ask", "who backs haftar", "-article", token}, {"-eval", token}, {"-addr", token, "-sandbox"},
			{"-json=" + token}, {"-guild", token, "-check"},
		} {
			var out, errs bytes.Buffer
			env := map[string]string{"DISCORD_TOKEN": token, "DATA": t.TempDir()}
			run(t.Context(), args, func(name string) string { return env[name] }, strings.NewReader(""), &out, testlog.Keep(&errs))
			if seen := out.String() + errs.String(); strings.Contains(seen, token) {
				t.Errorf("bot %q shows the token:\n%s", args, seen)
			}
		}
	}
	for _, bad := range []string{"a.b.sec ret-one", "a.b.\nsecret-two", "a.b.sécret-three", "a.b.secret\x00-four"} {
		testlog.Secret(bad)
		var out, errs bytes.Buffer
		env := map[string]string{"DISCORD_TOKEN": bad, "DATA": t.TempDir()}
		code := run(t.Context(), nil, func(name string) string { return env[name] }, strings.NewReader(""), &out, testlog.Keep(&errs))
		if code != exitTrouble || !strings.HasPrefix(errs.String(), "bot: DISCORD_TOKEN holds ") || strings.Contains(errs.String(), "sec") {
			t.Errorf("%q: %d, %s", bad, code, &errs)
		}
	}
}

// Nothing of a file stands in a complaint about it.
func FuzzEnv(f *testing.F) {
	for _, s := range []string{"DISCORD_TOKEN abc", "A=\"b\nC=d", "\ufeffA: b", "=x", "export A", "A=$B${C", "a\rb"} {
		f.Add(s)
	}
	complaint := regexp.MustCompile(`^\.env (line \d+ (cannot be understood|is not UTF-8 text); [A-Za-z=8,; -]+|is larger than 64 kB; [A-Za-z=, ]+)$`)
	f.Fuzz(func(t *testing.T, s string) {
		t.Chdir(t.TempDir())
		if err := os.WriteFile(".env", []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readEnv(".env"); err != nil && !complaint.MatchString(err.Error()) {
			t.Errorf("of %q: %v", s, err)
		}
	})
}
