// Package page is a web page on which a person plays a Discord channel against
// the bot that runs on a [sandbox.Server]: channels, commands with their
// options and autocomplete, buttons, forms, menus, replies.
//
// Start with [Listen], which finds a loopback port, and [New], which makes the
// handler. The page is a listener of the stand-in like any other: server-sent
// events tell it what becomes visible (events.go), and what the person does
// arrives as small JSON requests (act.go). Only this computer's own browser
// pages are answered (guard.go).
//
// It knows nothing of articles: what stands in the pane beside the channel
// comes from an http.Handler that [New] is given. There is no build step and
// nothing is loaded from elsewhere; everything under static is embedded.
package page

import (
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"sync"

	"footnote/sandbox"
)

// Info is what the page says about the bot besides what Discord would.
type Info struct {
	Questions []string          `json:"questions"` // questions to press, for somebody who has none
	Problems  []string          `json:"problems"`  // what is wrong with the library, a sentence each
	Topics    map[string]string `json:"topics"`    // by channel id: what the bot does there
	Library   string            `json:"library"`   // changes whenever the articles do
	Leftward  bool              `json:"leftward"`  // the articles run from right to left, and so does the page
}

//go:embed index.html static
var files embed.FS

// page is the handler's state.
type page struct {
	server *sandbox.Server
	info   func() Info
	index  *template.Template

	mu    sync.Mutex
	forms map[string]form // the form that is open, by the user before whom it is
	count int             // forms so far
	deeds map[string]deed // by the id of an interaction
}

// deed is what a person did of which an interaction came.
type deed struct {
	by   string // a user's id
	used string // who used which command; "" of a button, select or form
	on   string // the custom id of what was pressed, "" of a command
}

// New returns the page. Everything below /articles/ is answered by articles,
// in fragments of HTML that the page shows beside the channel:
//
//	/articles/                                        where to begin
//	/articles/cited?line=…&title=…&paragraph=…&quote=…  a citation, as it reads in a message
//
// The passage cited is an element with the id "cited". Links below /articles/
// are followed within the pane. info is asked about once a second for each
// open page.
func New(server *sandbox.Server, articles http.Handler, info func() Info) http.Handler {
	p := &page{
		server: server, info: info,
		index: template.Must(template.ParseFS(files, "index.html")),
		forms: map[string]form{}, deeds: map[string]deed{},
	}
	static, err := fs.Sub(files, "static")
	if err != nil {
		panic(err) // unreachable: the folder is embedded
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.first)
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	mux.Handle("GET /articles/", articles)
	mux.HandleFunc("GET /events", p.events)
	mux.HandleFunc("POST /do/{what}", p.do)
	return guard(mux)
}

// first serves the page itself. All that changes comes by events.
func (p *page) first(w http.ResponseWriter, _ *http.Request) {
	var bot string
	p.server.Update(func(w *sandbox.World) { bot = w.Bot.Username })
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// An error here means that the browser has gone.
	_ = p.index.Execute(w, struct{ Bot string }{bot})
}
