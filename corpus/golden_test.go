package corpus

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden loads the files of each archive in testdata as a library and
// compares what was understood with the archive's last file, "want".
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases (%v)", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if last < 1 || archive.Files[last].Name != "want" {
				t.Fatal("want at least one input and, at the end, the file want")
			}
			folder := t.TempDir()
			for _, f := range archive.Files[:last] {
				path := filepath.Join(folder, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			lib, err := Load(folder)
			got := strings.ReplaceAll(describe(lib, err), folder, "FOLDER")
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want := string(archive.Files[last].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// describe writes a library so that a person can check it.
func describe(lib *Library, err error) string {
	var b strings.Builder
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	for _, p := range lib.Problems {
		fmt.Fprintf(&b, "problem: %v\n", p)
	}
	for _, a := range lib.Articles {
		fmt.Fprintf(&b, "article: %s\n  title: %s\n  language: %s\n", a.ID, a.Title, a.Language)
		if a.Source != "" {
			fmt.Fprintf(&b, "  source: %s\n", a.Source)
		}
		if a.Author != "" {
			fmt.Fprintf(&b, "  author: %s\n", a.Author)
		}
		if a.URL != "" {
			fmt.Fprintf(&b, "  url: %s\n", a.URL)
		}
		if !a.Published.IsZero() {
			fmt.Fprintf(&b, "  published: %s\n", a.Published.Format("2006-01-02"))
		}
		for _, c := range a.Commands {
			fmt.Fprintf(&b, "  command: %+v\n", c)
		}
		heading := Span{}
		for i := range a.Passages {
			p := &a.Passages[i]
			if p.Heading != heading {
				heading = p.Heading
				fmt.Fprintf(&b, "  # %s\n", strings.Join(strings.Split(strings.TrimSpace(a.Under(p)), "\n"), " > "))
			}
			fmt.Fprintf(&b, "  %d at %d\n", p.Number, p.Start)
			if p.Question.Len() > 0 {
				fmt.Fprintf(&b, "    answers %s\n", a.Quote(p.Question))
			}
			for _, s := range p.Sentences {
				fmt.Fprintf(&b, "    |%s|", strings.ReplaceAll(a.Quote(s.Span), "\n", "⏎"))
				if s.Role != Statement {
					fmt.Fprintf(&b, " %s", [...]string{"", "asks", "names columns", "dated"}[s.Role])
				}
				if s.Label != "" {
					fmt.Fprintf(&b, " no. %s", s.Label)
				}
				for _, c := range a.Row(s.Span) {
					fmt.Fprintf(&b, " [%s: %s]", a.Quote(c.Name), a.Quote(c.Value))
				}
				b.WriteByte('\n')
			}
		}
		for _, d := range a.Dropped {
			fmt.Fprintf(&b, "  dropped line %d, %s: %s\n", d.Line, d.Reason, d.Text)
		}
	}
	return b.String()
}
