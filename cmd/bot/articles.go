package main

import (
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"footnote/answer"
	"footnote/corpus"
)

// notRead says that the library holds an article and cannot read it.
const notRead = "This article cannot be read now."

// maxListed is how many articles the pane lists; /article finds the others.
const maxListed = 300

// articles shows the library beside the page's channel: a list, an article,
// and an article with the passage marked that a citation names. It answers in
// fragments of HTML; see page.New. Where the library holds no article it shows
// what is wrong with it.
func articles(live *answer.Live, wrong func() []string) http.Handler {
	show := func(w http.ResponseWriter, name string, data any) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		// An error here means that the browser has gone.
		_ = pane.ExecuteTemplate(w, name, data)
	}
	open := func(w http.ResponseWriter, lib *answer.Library, id string) {
		a, err := lib.Article(id)
		switch {
		case errors.Is(err, answer.ErrNotFound):
			show(w, "gone", "This article is no longer in the library.")
		case err != nil:
			show(w, "gone", notRead)
		default:
			show(w, "article", view(lib, a, corpus.Span{}))
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /articles/{$}", func(w http.ResponseWriter, r *http.Request) {
		lib, done := live.Use()
		defer done()
		all := lib.Headers()
		switch len(all) {
		case 0:
			show(w, "none", wrong())
			return
		case 1:
			open(w, lib, all[0].ID)
			return
		}
		show(w, "list", struct {
			Articles []corpus.Header
			More     int
		}{all[:min(len(all), maxListed)], max(0, len(all)-maxListed)})
	})
	mux.HandleFunc("GET /articles/read", func(w http.ResponseWriter, r *http.Request) {
		lib, done := live.Use()
		defer done()
		open(w, lib, r.FormValue("id"))
	})
	mux.HandleFunc("GET /articles/cited", func(w http.ResponseWriter, r *http.Request) {
		lib, done := live.Use()
		defer done()
		n, _ := strconv.Atoi(r.FormValue("paragraph"))
		a, at, err := cited(lib, r.FormValue("title"), r.FormValue("line"), n, r.Form["quote"])
		switch {
		case err != nil:
			show(w, "gone", notRead)
		case a == nil:
			show(w, "gone", "No article of the library holds this quotation now; it may have been changed since.")
		default:
			show(w, "article", view(lib, a, at))
		}
	})
	return mux
}

// cited finds what a citation in a reply names: the title (which a reply cuts
// with "…" where it is long), the whole line, the number of the paragraph, and
// the quotations that stand near it, the likeliest first. Articles may share a
// title, so the one that holds the quotation is taken, and among several the
// one whose source and date stand in the line.
func cited(lib *answer.Library, title, line string, paragraph int, quotes []string) (found *corpus.Article, at corpus.Span, err error) {
	best := -1
	for _, h := range lib.Headers() {
		if !sameTitle(h.Title, title) || paragraph < 1 || paragraph > h.Passages {
			continue
		}
		a, err := lib.Article(h.ID)
		if err != nil {
			return nil, at, err
		}
		p := a.Passages[paragraph-1]
		score := 0
		if a.Source != "" && strings.Contains(line, a.Source) {
			score++
		}
		// The months of other languages are not known here; the year is.
		for _, part := range []string{"2 January 2006", "2006"} {
			if !a.Published.IsZero() && strings.Contains(line, a.Published.Format(part)) {
				score++
			}
		}
		for _, q := range quotes {
			i := strings.Index(p.Of(a.Text), q)
			if q == "" || i < 0 {
				continue
			}
			if score > best {
				best, found = score, a
				at = corpus.Span{Start: p.Start + i, End: p.Start + i + len(q)}
			}
			break
		}
	}
	return found, at, nil
}

// sameTitle compares a title as it stands in a reply, on one line and perhaps
// cut, with an article's.
func sameTitle(title, shown string) bool {
	title = strings.Join(strings.Fields(title), " ")
	begin, cut := strings.CutSuffix(shown, "…")
	return title == shown || cut && begin != "" && strings.HasPrefix(title, begin)
}

// articleView is an article as the pane shows it.
type articleView struct {
	*corpus.Article
	Dir    string // "rtl" or "ltr"
	Date   string
	Blocks []blockView
	Count  int         // articles in the library
	Cited  corpus.Span // empty if no passage is marked
	In     int         // number of the paragraph that is cited
}

// blockView is a heading or a paragraph, cut where the cited passage begins
// and ends.
type blockView struct {
	Number                int // 0: a heading
	Before, Marked, After string
}

func view(lib *answer.Library, a *corpus.Article, mark corpus.Span) articleView {
	v := articleView{Article: a, Dir: way(a.Language), Date: "undated", Cited: mark, Count: lib.Size()}
	if !a.Published.IsZero() {
		v.Date = a.Published.Format("2 January 2006")
	}
	var heading, last corpus.Span // the last passage may be the heading itself
	for _, p := range a.Passages {
		if p.Heading != heading && p.Heading != last && p.Heading.Len() > 0 {
			v.Blocks = append(v.Blocks, blockView{Before: a.Quote(p.Heading)})
		}
		heading, last = p.Heading, p.Span
		b := blockView{Number: p.Number, Before: a.Quote(p.Span)}
		if mark.Len() > 0 && p.Contains(mark) {
			v.In = p.Number
			b.Before, b.Marked, b.After = a.Text[p.Start:mark.Start], a.Quote(mark), a.Text[mark.End:p.End]
		}
		v.Blocks = append(v.Blocks, b)
	}
	return v
}

// rightToLeft are the languages written from right to left.
var rightToLeft = map[string]bool{"ar": true, "fa": true, "he": true, "ur": true}

func way(language string) string {
	if rightToLeft[language] {
		return "rtl"
	}
	return "ltr"
}

// leftward reports whether all of these languages are written from right to left.
func leftward(languages []string) bool {
	return len(languages) > 0 && !slices.ContainsFunc(languages, func(l string) bool { return !rightToLeft[l] })
}

// pane holds the fragments. The words around the cited passage are for screen
// readers, which do not tell where a mark begins and ends.
var pane = template.Must(template.New("").Funcs(template.FuncMap{"way": way}).Parse(`
{{- define "list"}}<h2>Articles</h2>
<ul class="articles">{{range .Articles}}
<li dir="{{way .Language}}"><a href="/articles/read?id={{.ID}}" lang="{{.Language}}">{{.Title}}</a>
<span class="byline">{{with .Source}}<bdi>{{.}}</bdi>, {{end}}<bdi>{{if .Published.IsZero}}undated{{else}}{{.Published.Format "2 January 2006"}}{{end}}</bdi></span></li>{{end}}
</ul>{{if .More}}<p>and {{.More}} more.</p>{{end}}{{end}}

{{- define "none"}}<h2>No article</h2>
<p>The library holds no article that can be asked about:</p>
<ul class="wrong">{{range .}}
<li>{{.}}</li>{{end}}
</ul>
<p>An article that is put right is taken over within two seconds.</p>{{end}}

{{- define "gone"}}<p class="gone" role="alert">{{.}} <a href="/articles/">Show the library</a></p>{{end}}

{{- define "article"}}{{if gt .Count 1}}<p class="all"><a href="/articles/">All {{.Count}} articles</a></p>{{end}}
{{if .In}}<p class="found">The quotation stands in paragraph {{.In}}, bytes {{.Cited.Start}} to {{.Cited.End}} of {{len .Text}}.</p>{{end}}
<article lang="{{.Language}}" dir="{{.Dir}}">
<h2>{{.Title}}</h2>
<p class="byline" lang="en">{{with .Source}}<bdi lang="{{$.Language}}">{{.}}</bdi>, {{end}}<bdi>{{.Date}}</bdi>{{with .URL}}, <a href="{{.}}" target="_blank" rel="noreferrer" dir="ltr">original</a>{{end}}</p>
{{range .Blocks}}{{if not .Number}}<h3>{{.Before}}</h3>
{{else}}<p class="passage{{if .Marked}} has-cited{{end}}"><span class="number" lang="en" aria-hidden="true">{{.Number}}</span>{{.Before}}{{if .Marked}}<mark id="cited" tabindex="-1"><span class="hidden" lang="en">cited passage begins: </span>{{.Marked}}<span class="hidden" lang="en"> cited passage ends</span></mark>{{.After}}{{end}}</p>
{{end}}{{end}}</article>{{end}}`))
