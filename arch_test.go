package footnote

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which of the project's packages, and which libraries that
// matter, each package may import. The line is
//
//	corpus ← index ← answer ← handlers ← cmd/bot
//
// with discord, sandbox and store beside it, tied together in cmd/bot alone.
// Tests may import more: only the files of the program count, and testlog is
// for tests alone.
var mayImport = map[string][]string{
	"corpus":              {},
	"index":               {"bleve"},
	"encoder":             {},
	"encoder/encodertest": {},
	"encoder/kernels":     {},
	"encoder/taught":      {"encoder"},
	"answer/words":        {},
	"answer/annotate":     {"corpus", "index", "answer/words"},
	"answer/blocks":       {"corpus", "index", "answer/annotate", "golang-lru", "compress"},
	"answer/vectors":      {"encoder"},
	"answer/queue":        {"golang-lru"},
	"answer/reading":      {"encoder", "internal/exact"},
	"answer/shelf":        {"corpus", "index", "encoder", "answer/words", "answer/annotate", "answer/blocks", "answer/vectors"},
	"answer":              {"corpus", "index", "encoder", "answer/words", "answer/annotate", "answer/shelf", "answer/vectors", "answer/reading", "answer/queue", "internal/exact"},
	"answer/eval":         {"corpus", "encoder", "answer"},
	"answer/eval/page":    {"answer/eval", "charts"},
	"store":               {"bbolt"},
	"handlers":            {"corpus", "answer", "store", "discordgo"},
	"discord":             {"discordgo"},
	"sandbox":             {"discordgo"},
	"sandbox/openapi":     {},
	"sandbox/page":        {"sandbox", "discordgo"},
	"internal/exact":      {},
	"internal/fields":     {},
	"internal/madeup":     {},
	"internal/madeup/cmd": {"internal/madeup"},
	"internal/race":       {},
	"internal/squad":      {},
	"internal/testlog":    {},
	"cmd/bot":             {"corpus", "index", "encoder", "encoder/taught", "answer", "answer/eval", "answer/eval/page", "handlers", "discord", "sandbox", "sandbox/page", "store", "discordgo"},
}

// libraries are the modules that only some packages may know.
var libraries = map[string]string{
	"github.com/blevesearch/":         "bleve",
	"github.com/bwmarrin/discordgo":   "discordgo",
	"go.etcd.io/bbolt":                "bbolt",
	"github.com/go-analyze/charts":    "charts",
	"github.com/hashicorp/golang-lru": "golang-lru",
	"github.com/klauspost/compress":   "compress",
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		pkg := path.Dir(filepath.ToSlash(file))
		seen[pkg] = true
		allowed, ok := mayImport[pkg]
		if !ok {
			t.Errorf("%s: package %s is not in the table of imports; add it to arch_test.go with what it may import", file, pkg)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, im := range f.Imports {
			name, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			if what := known(name); what != "" && !slices.Contains(allowed, what) {
				t.Errorf("%s imports %s: package %s may import only %v", file, name, pkg, allowed)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range slices.Sorted(maps.Keys(mayImport)) {
		if !seen[pkg] {
			t.Errorf("the table of imports names package %s, which is not there", pkg)
		}
	}
}

// known returns the name by which the table knows an import, "" if it does not.
func known(name string) string {
	if own, ok := strings.CutPrefix(name, "footnote/"); ok {
		return own
	}
	for prefix, library := range libraries {
		if strings.HasPrefix(name, prefix) {
			return library
		}
	}
	return ""
}

// ownLogger matches what a test would make a logger of that nobody looks through.
var ownLogger = regexp.MustCompile(`slog\.(?:New|Default|SetDefault|DiscardHandler)\b`)

// Every test that logs does so through testlog, in a package whose TestMain looks
// through all of it at the end.
func TestLogsAreLookedThrough(t *testing.T) {
	uses, looks := map[string]string{}, map[string]bool{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		file = filepath.ToSlash(file)
		if err != nil || d.IsDir() || !strings.HasSuffix(file, "_test.go") || path.Dir(file) == "internal/testlog" || file == "arch_test.go" {
			return err
		}
		b, err := os.ReadFile(file)
		if at := ownLogger.Find(b); at != nil {
			t.Errorf("%s uses %s: take the logger from testlog, so that what it is told is looked through", file, at)
		}
		if bytes.Contains(b, []byte("testlog.")) {
			uses[path.Dir(file)] = file
		}
		if bytes.Contains(b, []byte("testlog.Main(")) {
			looks[path.Dir(file)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg, file := range uses {
		if !looks[pkg] {
			t.Errorf("%s logs through testlog; give package %s a TestMain with testlog.Main", file, pkg)
		}
	}
	if len(looks) < 5 {
		t.Errorf("only %d packages are looked through", len(looks))
	}
}
