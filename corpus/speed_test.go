package corpus

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// many writes so many small articles, a thousand to a folder.
func many(b *testing.B, articles int) folder {
	b.Helper()
	f := newFolder(b)
	for n := range articles {
		f.write(fmt.Sprintf("year-%03d/article-%06d.md", n/1000, n),
			fmt.Sprintf("---\ntitle: The bridge at Brackwater, part %d\nsource: The Brackwater Herald\nauthor: Ann Somebody\npublished: 2019-05-01\nurl: https://example.org/2019/05/bridge-%d\n---\nThe bridge was built in %d.\n", n, n, n))
	}
	return f
}

// cataloguedOf reads them all and believes what was read.
func cataloguedOf(b *testing.B, f folder) *Catalogue {
	b.Helper()
	l := f.look(nil)
	if _, err := l.library(); err != nil {
		b.Fatal(err)
	}
	return believed(l.Catalogue())
}

// BenchmarkLook looks at folders in which nothing changed, and stores and reads
// their catalogues.
func BenchmarkLook(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		if n > 10_000 && testing.Short() {
			continue
		}
		f := many(b, n)
		c := cataloguedOf(b, f)
		var stored bytes.Buffer
		f.must(c.Write(&stored))
		kept := filepath.Join(b.TempDir(), "catalogue")
		f.must(os.WriteFile(kept, stored.Bytes(), 0o644))
		b.Run(fmt.Sprintf("unchanged/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l, err := Look(f.path, c)
				if err != nil || l.Unknown() != 0 {
					b.Fatalf("%d are not known; %v", l.Unknown(), err)
				}
				f.must(l.Close())
			}
		})
		b.Run(fmt.Sprintf("watch/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := Watch{Path: f.path, Catalogue: c}
				if l, err := w.Changed(); l != nil || err != nil {
					b.Fatal("it changed", err)
				}
			}
		})
		b.Run(fmt.Sprintf("read/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(stored.Len()))
			for b.Loop() {
				file, err := os.Open(kept)
				f.must(err)
				_, err = ReadCatalogue(file)
				f.must(err)
				file.Close()
			}
		})
		b.Run(fmt.Sprintf("write/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var w bytes.Buffer
				f.must(c.Write(&w))
			}
		})
	}
}

// BenchmarkLoad reads a thousand small articles on all processors.
func BenchmarkLoad(b *testing.B) {
	f := many(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		if lib, err := Load(f.path); err != nil || len(lib.Articles) != 1000 {
			b.Fatal(err)
		}
	}
}

// long returns a text of so many bytes, written like an article.
func long(form string, size int) []byte {
	data, err := shipped.ReadFile("articles/libya-2019-09-26.md")
	if err != nil {
		panic(err) // unreachable: the name is a constant
	}
	_, body, _ := strings.Cut(string(data[4:]), "---\n")
	var out strings.Builder
	for n := 0; out.Len() < size; n++ {
		for i, p := range strings.Split(body, "\n\n") {
			p = strings.TrimSpace(strings.TrimLeft(p, "# "))
			switch heading := i%10 == 0; {
			case form == ".html" && heading:
				fmt.Fprintf(&out, "<h2>Part %d of chapter %d</h2>\n", i, n)
			case form == ".html":
				fmt.Fprintf(&out, "<p>%s In part %d.</p>\n", p, n)
			case form == ".md" && heading:
				fmt.Fprintf(&out, "## Part %d of chapter %d\n\n", i, n)
			default:
				fmt.Fprintf(&out, "%s In part %d.\n\n", p, n)
			}
		}
	}
	if form == ".html" {
		return []byte("<html><head><title>A long page</title></head><body><article>" + out.String() + "</article></body></html>")
	}
	return []byte(out.String())
}

// BenchmarkLong reads one article of a size: the time is linear in it.
func BenchmarkLong(b *testing.B) {
	for _, form := range []string{".md", ".txt", ".html"} {
		for _, mb := range []int{1, 2, 4, 8} {
			data := long(form, mb<<20)
			b.Run(fmt.Sprintf("%s/%dMB", form[1:], mb), func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				for b.Loop() {
					if a, problems := parse("a"+form, data); a == nil {
						b.Fatal(problems)
					}
				}
			})
		}
	}
}
