package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// lookEvery is how often an open page is told of changed commands, channels
// and articles.
const lookEvery = time.Second

type person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Bot  bool   `json:"bot,omitempty"`
}

type channel struct {
	ID       string                          `json:"id"`
	Name     string                          `json:"name"`
	Direct   bool                            `json:"direct"`
	Commands []*discordgo.ApplicationCommand `json:"commands"`
}

// world is everything that one user sees, but for the messages.
type world struct {
	Server   string    `json:"server"`
	Me       string    `json:"me"` // a user's id
	Bot      person    `json:"bot"`
	People   []person  `json:"people"`
	Channels []channel `json:"channels"`
	Info     Info      `json:"info"`
}

type message struct {
	ID         string              `json:"id"`
	Channel    string              `json:"channel"`
	Author     string              `json:"author"`
	Content    string              `json:"content"`
	Components []sandbox.Component `json:"components"`
	ReplyTo    string              `json:"replyTo"`
	Used       string              `json:"used"`    // who used which command, of a command's reply
	For        string              `json:"for"`     // the user whose command, button or form it answers
	Pressed    string              `json:"pressed"` // the custom id of the button that it answers
	Private    bool                `json:"private"`
	Loading    bool                `json:"loading"`
	Edited     bool                `json:"edited"`
	Created    time.Time           `json:"created"`
}

func (p *page) wire(m *sandbox.Message) message {
	p.mu.Lock()
	defer p.mu.Unlock()
	of := p.deeds[m.Interaction]
	return message{
		ID: m.ID, Channel: m.Channel, Author: m.Author, Content: m.Content, Components: m.Components,
		ReplyTo: m.ReplyTo, Used: of.used, For: of.by, Pressed: of.on, Private: m.Private(), Loading: m.Loading(),
		Edited: !m.Edited.IsZero(), Created: m.Created,
	}
}

// events streams what a user sees: the world, all messages, then whatever
// happens. A page that was cut off asks anew and begins with a full picture.
func (p *page) events(w http.ResponseWriter, r *http.Request) {
	user, ok := p.person(r.FormValue("user"))
	if !ok {
		http.Error(w, "There is no such person here.", http.StatusNotFound)
		return
	}
	events, stop := p.server.Subscribe()
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	rc := http.NewResponseController(w)
	send := func(kind string, data []byte) error {
		if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", kind, data); err != nil {
			return err
		}
		return rc.Flush()
	}
	now := p.world(user)
	shown := encode(now)
	all := []message{}
	for _, c := range now.Channels {
		for _, m := range p.server.Messages(c.ID, user) {
			all = append(all, p.wire(m))
		}
	}
	if send("world", shown) != nil || send("messages", encode(all)) != nil {
		return
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		var err error
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
			if now := encode(p.world(user)); !bytes.Equal(now, shown) {
				shown = now
				err = send("world", shown)
			}
		case e, ok := <-events:
			if !ok {
				return
			}
			if e.Viewer != "" && e.Viewer != user {
				continue
			}
			switch e.Kind {
			case sandbox.EventMessage, sandbox.EventEdit:
				err = send("message", encode(p.wire(e.Message)))
			case sandbox.EventDelete:
				err = send("delete", encode(e.Message.ID))
			case sandbox.EventTyping:
				err = send("typing", encode(e.Channel))
			}
		}
		if err != nil {
			return
		}
	}
}

// encode writes JSON on one line, as an event's data has to be.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // unreachable: the page's own types marshal
	}
	return b
}

// person returns the id of a user who is no bot, the first one for "".
func (p *page) person(id string) (string, bool) {
	found := ""
	p.server.Update(func(w *sandbox.World) {
		for _, u := range w.Users {
			if found == "" && !u.Bot && (id == "" || u.ID == id) {
				found = u.ID
			}
		}
	})
	return found, found != ""
}

// world returns what the user sees: the channels of the first server, and the
// direct messages.
func (p *page) world(user string) world {
	out := world{Me: user, Channels: []channel{}, Info: p.info()}
	p.server.Update(func(w *sandbox.World) {
		out.Bot = person{ID: w.Bot.ID, Name: w.Bot.Username, Bot: true}
		for _, u := range w.Users {
			out.People = append(out.People, person{ID: u.ID, Name: shownName(u), Bot: u.Bot})
		}
		for _, g := range w.Guilds {
			if out.Server == "" && g.Member(user) != nil {
				out.Server = g.Name
				for _, c := range g.Channels {
					out.Channels = append(out.Channels, channel{ID: c.ID, Name: c.Name})
				}
			}
		}
		for _, c := range w.DMs {
			if c.User == user {
				out.Channels = append(out.Channels, channel{ID: c.ID, Name: w.Bot.Username, Direct: true})
			}
		}
	})
	for n, c := range out.Channels {
		out.Channels[n].Commands = p.server.VisibleCommands(sandbox.Caller{User: user, Channel: c.ID})
	}
	return out
}

// shownName is the name that is shown for a user.
func shownName(u sandbox.User) string {
	if u.Name != "" {
		return u.Name
	}
	return u.Username
}
