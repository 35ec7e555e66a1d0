package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"footnote/answer"
	"footnote/encoder/encodertest"
	"footnote/sandbox"
)

// TestScript runs the scripts of testdata/script, which read as a manual of the
// command line. Besides testscript's own commands and bot they know:
//
//	stand-in              start a stand-in for Discord and put a token for it into DISCORD_TOKEN
//	write FILE TEXT...    write texts, in Go's notation, one after the other
//	weights FILE          write a tiny model
//	fill FILE BYTES TEXT  write a text over and over until the file has so many bytes
//	exits CODE PROGRAM ARGS
//	                      run a program that has to exit with this code
//	retry PROGRAM ARGS    run a program until it succeeds, for a minute
//	check-json FILE N ID=TEXT...
//	                      the file holds N answers, one a line, with exactly the keys of the
//	                      manual, and each quotation is the slice of the text that its offsets name
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_DATA_HOME", e.WorkDir+"/share")
			e.Setenv("SANDBOX_ADDR", "127.0.0.1:0")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"stand-in": cmdStandIn, "write": cmdWrite, "weights": cmdWeights, "fill": cmdFill, "exits": cmdExits, "retry": cmdRetry, "check-json": cmdCheckJSON,
		},
	})
}

func cmdStandIn(ts *testscript.TestScript, _ bool, _ []string) {
	s, err := sandbox.New(sandbox.Options{World: sandbox.DefaultWorld("Footnote")})
	ts.Check(err)
	ts.Defer(func() {
		s.Close()
		for _, v := range s.Violations() {
			ts.Logf("violation: %s %s %d: %s", v.Method, v.Route, v.Code, v.Reason)
		}
		if len(s.Violations()) > 0 {
			ts.Fatalf("the bot broke rules of Discord")
		}
	})
	ts.Setenv(standInVariable, s.URL())
	ts.Setenv("DISCORD_TOKEN", s.Token())
}

func cmdWrite(ts *testscript.TestScript, _ bool, args []string) {
	var b strings.Builder
	for _, a := range args[1:] {
		text, err := strconv.Unquote(`"` + a + `"`)
		ts.Check(err)
		b.WriteString(text)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}

func cmdWeights(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), encodertest.Tiny(nil), 0o600))
}

func cmdFill(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), fill(args[2], size), 0o600))
}

// fill returns a text over and over until it has so many bytes.
func fill(text string, size int) []byte {
	return bytes.Repeat([]byte(text), size/len(text)+1)[:size]
}

func cmdExits(ts *testscript.TestScript, _ bool, args []string) {
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("%s exits with %d, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

func cmdRetry(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		err := ts.Exec(args[0], args[1:]...)
		if err == nil {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("%s: %v", strings.Join(args, " "), err)
		}
	}
}

func cmdCheckJSON(ts *testscript.TestScript, _ bool, args []string) {
	texts := map[string]string{}
	for _, a := range args[2:] {
		id, file, _ := strings.Cut(a, "=")
		texts[id] = ts.ReadFile(file)
	}
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile(args[0]), "\n"), "\n")
	if n, err := strconv.Atoi(args[1]); err != nil || len(lines) != n {
		ts.Fatalf("%d lines, want %s", len(lines), args[1])
	}
	for _, line := range lines {
		if problem := answerProblem(line, texts); problem != "" {
			ts.Fatalf("%s\n%s", problem, line)
		}
	}
}

// answerKeys are the keys of an answer in JSON, which scripts depend on.
var answerKeys = strings.Fields("question status band answer quote context said_by confidence citation others corrected id took_us")

// citationKeys are the keys of its citation.
var citationKeys = strings.Fields("article title source published url paragraph start end span")

// answerProblem says what is wrong with an answer in JSON, "" if nothing is.
// texts are the articles by their ids.
func answerProblem(line string, texts map[string]string) string {
	var keys map[string]json.RawMessage
	var a answer.Answer
	if err := json.Unmarshal([]byte(line), &keys); err != nil {
		return "not JSON: " + err.Error()
	}
	if err := json.Unmarshal([]byte(line), &a); err != nil {
		return "not an answer: " + err.Error()
	}
	delete(keys, "columns") // there for the rows of tables alone
	if problem := keyProblem(keys, answerKeys); problem != "" {
		return problem
	}
	for _, o := range a.Others {
		if slice(texts[o.Article], o.Start, o.End) != o.Quote {
			return "the quotation of an other passage is not the slice that it names: " + o.Quote
		}
	}
	if len(a.Others) > 5 {
		return "more than 5 others"
	}
	if a.Status == answer.Abstained {
		if string(keys["citation"]) != "null" || a.Answer+a.Quote+a.ID != "" {
			return "abstained, but there is an answer in it"
		}
		if (a.Band == answer.BandClosest) != (len(a.Others) > 0 && a.Others[0].MayHelp) {
			return "band " + string(a.Band) + " does not go with its others"
		}
		return ""
	}
	if a.Status != answer.Answered || a.Band != answer.BandAnswered || a.Citation == nil {
		return "neither answered nor abstained"
	}
	var citation map[string]json.RawMessage
	if err := json.Unmarshal(keys["citation"], &citation); err != nil {
		return err.Error()
	}
	if problem := keyProblem(citation, citationKeys); problem != "" {
		return problem
	}
	text := texts[a.Citation.Article]
	for _, c := range a.Columns {
		if slice(text, c.Start, c.End) != c.Value || !strings.Contains(text, c.Name) {
			return "a cell is not the slice that it names: " + c.Value
		}
	}
	switch {
	case a.Quote == "" || slice(text, a.Citation.Start, a.Citation.End) != a.Quote:
		return "text[start:end] is not the quotation"
	case a.Answer == "" || slice(text, a.Citation.Span[0], a.Citation.Span[1]) != a.Answer:
		return "text[span[0]:span[1]] is not the answer"
	case !strings.Contains(text, a.Context):
		return "the context does not stand in the text"
	}
	return ""
}

// slice cuts a text; offsets that lie outside give a text that no article holds.
func slice(text string, start, end int) string {
	if start < 0 || start > end || end > len(text) {
		return "\x00"
	}
	return text[start:end]
}

func keyProblem(got map[string]json.RawMessage, want []string) string {
	for k := range got {
		if !slices.Contains(want, k) {
			return "unknown key " + k
		}
	}
	for _, k := range want {
		if got[k] == nil {
			return "no key " + k
		}
	}
	return ""
}
