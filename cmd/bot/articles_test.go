package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"footnote/answer"
	"footnote/corpus"
)

// paneOf serves the pane of a library of Markdown files, given by name.
func paneOf(t *testing.T, files map[string]string) http.Handler {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := corpus.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	src, err := answer.From(loaded.Articles)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := src.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	live := answer.NewLive(lib)
	t.Cleanup(live.Close)
	return articles(live, nil)
}

func TestArticlesPane(t *testing.T) {
	weekly := func(date, text string) string {
		return "---\ntitle: The week\nsource: The Sund Courier\npublished: " + date + "\n---\n" + text + "\n"
	}
	pane := paneOf(t, map[string]string{
		"first.md":  weekly("2023-05-05", "The harbour counted 41 ships. All went well.\n\nNothing else happened."),
		"second.md": weekly("2023-05-12", "The harbour counted 57 ships. All went well.\n\nThe <b>crane</b> & the quay."),
		"third.md":  weekly("2023-05-19", "No ship came. All went well."),
		"long.md":   "---\ntitle: A title that is so long that no reply would ever show the whole of it, and has to cut it somewhere near its end\nlanguage: ar\n---\nThe end is near.\n",
	})
	const line = "The week, The Sund Courier, 12 May 2023, paragraph 1"
	for _, c := range []struct {
		name  string
		path  string
		query url.Values
		want  []string // all stand in the fragment
		not   string   // does not
	}{
		{"the list", "/articles/", nil, []string{"id=first", "id=second", "12 May 2023", "undated"}, ""},
		{"an article", "/articles/read", url.Values{"id": {"first"}}, []string{"41 ships", "All 4 articles", `lang="en" dir="ltr"`}, "cited"},
		{"no article", "/articles/read", url.Values{"id": {"../first"}}, []string{"no longer in the library"}, "<article"},
		{"text stays text", "/articles/read", url.Values{"id": {"second"}}, []string{"&amp; the quay"}, "<b>"},
		{
			"the quotation tells", "/articles/cited", url.Values{"title": {"The week"}, "line": {"The week, paragraph 1"}, "paragraph": {"1"}, "quote": {"The harbour counted 57 ships."}},
			[]string{`tabindex="-1"><span class="hidden" lang="en">cited passage begins: </span>The harbour counted 57 ships.<span`, "paragraph 1, bytes 0 to 29 of"}, "41 ships",
		},
		{
			"the date tells", "/articles/cited", url.Values{"title": {"The week"}, "line": {line}, "paragraph": {"1"}, "quote": {"All went well."}},
			[]string{"57 ships", "bytes 30 to 44 of", " cited passage ends"}, "",
		},
		{
			"the likeliest quotation first", "/articles/cited", url.Values{"title": {"The week"}, "line": {line}, "paragraph": {"1"}, "quote": {"", "Nothing like it.", "All went well.", "The harbour counted 57 ships."}},
			[]string{"bytes 30 to 44 of"}, "",
		},
		{
			"a title that was cut", "/articles/cited", url.Values{"title": {"A title that is so long that no reply would…"}, "line": {""}, "paragraph": {"1"}, "quote": {"The end is near."}},
			[]string{"The end is near.", `dir="rtl"`}, "",
		},
		{"the wrong paragraph", "/articles/cited", url.Values{"title": {"The week"}, "line": {line}, "paragraph": {"2"}, "quote": {"All went well."}}, []string{"holds this quotation now"}, "<article"},
		{"a paragraph too far", "/articles/cited", url.Values{"title": {"The week"}, "line": {line}, "paragraph": {"99"}, "quote": {"All went well."}}, []string{"holds this quotation now"}, "<article"},
		{"words that are not there", "/articles/cited", url.Values{"title": {"The week"}, "line": {line}, "paragraph": {"1"}, "quote": {"All went badly."}}, []string{"holds this quotation now"}, "<article"},
		{"nothing asked", "/articles/cited", nil, []string{"holds this quotation now"}, "<article"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			pane.ServeHTTP(w, httptest.NewRequest("GET", c.path+"?"+c.query.Encode(), nil))
			body := w.Body.String()
			if w.Code != http.StatusOK {
				t.Errorf("status %d", w.Code)
			}
			for _, want := range c.want {
				if !strings.Contains(body, want) {
					t.Errorf("%q is missing in\n%s", want, body)
				}
			}
			if c.not != "" && strings.Contains(body, c.not) {
				t.Errorf("%q stands in\n%s", c.not, body)
			}
		})
	}
}

func TestElsewhere(t *testing.T) {
	at := func(port int) net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port} }
	for _, c := range []struct {
		wanted string
		got    net.Addr
		want   string
	}{
		{"127.0.0.1:8080", at(8080), ""},
		{"127.0.0.1:8080", at(8081), "; port 8080 is taken"},
		{"127.0.0.1:0", at(40001), ""},
	} {
		if got := elsewhere(c.wanted, c.got); got != c.want {
			t.Errorf("wanted %s, got %v: %q, want %q", c.wanted, c.got, got, c.want)
		}
	}
}
