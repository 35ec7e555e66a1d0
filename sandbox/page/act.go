package page

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// maxBody is more than any request of the page needs, in bytes.
const maxBody = 1 << 20

// action is something that a person does. Which fields count depends on what.
type action struct {
	User    string            `json:"user"`
	Channel string            `json:"channel"`
	Message string            `json:"message"` // id: pressed on, replied to, chosen in its menu
	Text    string            `json:"text"`    // of a message
	Name    string            `json:"name"`    // of a command, or the custom id of a component
	Options map[string]any    `json:"options"` // of a command
	Focused string            `json:"focused"` // the option being typed
	Values  []string          `json:"values"`  // chosen in a select
	Form    string            `json:"form"`    // key of the form sent off
	Fields  map[string]string `json:"fields"`  // of a form
}

// result is what comes of an action besides what becomes visible in the channel.
type result struct {
	Error   string    `json:"error,omitempty"` // one sentence for the person
	Form    *form     `json:"form,omitempty"`
	Choices []*choice `json:"choices,omitempty"`
}

type choice = discordgo.ApplicationCommandOptionChoice

// form is a modal before a person.
type form struct {
	Key    string              `json:"key"`
	Title  string              `json:"title"`
	Fields []sandbox.Component `json:"fields"`
	modal  *sandbox.Modal
}

// do carries out an action. That the bot fails or Discord's client would say
// no is a result and not a failed request.
func (p *page) do(w http.ResponseWriter, r *http.Request) {
	if t := r.Header.Get("Content-Type"); t != "application/json" {
		http.Error(w, "Actions are sent as application/json.", http.StatusUnsupportedMediaType)
		return
	}
	var a action
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&a); err != nil {
		http.Error(w, "The action cannot be read: "+err.Error(), http.StatusBadRequest)
		return
	}
	out, err := p.act(r.Context(), r.PathValue("what"), a)
	if errors.Is(err, errUnknown) {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	if err != nil {
		out.Error = sentence(err)
	}
	w.Header().Set("Content-Type", "application/json")
	// An error here means that the browser has gone.
	_ = json.NewEncoder(w).Encode(out)
}

var errUnknown = errors.New("the page knows no such action")

func (p *page) act(ctx context.Context, what string, a action) (result, error) {
	s, by := p.server, sandbox.Caller{User: a.User, Channel: a.Channel}
	switch what {
	case "post":
		_, err := s.Post(ctx, by, a.Text, a.Message)
		return result{}, err
	case "complete":
		choices, err := s.Autocomplete(ctx, by, a.Name, a.Focused, a.Options)
		return result{Choices: choices}, err
	case "slash":
		return p.outcome(ctx, deed{by: a.User, used: "/" + a.Name}, func() (*sandbox.Interaction, error) { return s.Slash(ctx, by, a.Name, a.Options) })
	case "menu":
		return p.outcome(ctx, deed{by: a.User, used: a.Name}, func() (*sandbox.Interaction, error) { return s.MessageMenu(ctx, by, a.Name, a.Message) })
	case "press":
		return p.outcome(ctx, deed{by: a.User, on: a.Name}, func() (*sandbox.Interaction, error) { return s.Press(ctx, by, a.Message, a.Name) })
	case "select":
		return p.outcome(ctx, deed{by: a.User, on: a.Name}, func() (*sandbox.Interaction, error) { return s.Select(ctx, by, a.Message, a.Name, a.Values...) })
	case "form":
		f, ok := p.close(a.User, a.Form)
		if !ok {
			return result{}, errors.New("another form was opened since; press the button again")
		}
		return p.outcome(ctx, deed{by: a.User}, func() (*sandbox.Interaction, error) { return s.SubmitModal(ctx, by, f.modal, a.Fields) })
	}
	return result{}, errUnknown
}

// outcome does something and waits for what comes of it. Messages reach the
// page by events; only a form is for the one who pressed.
func (p *page) outcome(ctx context.Context, d deed, begin func() (*sandbox.Interaction, error)) (result, error) {
	i, err := p.begin(d, begin)
	if err != nil {
		return result{}, err
	}
	o, err := i.Outcome(ctx)
	if err != nil || o.Modal == nil {
		return result{}, err
	}
	f := p.open(d.by, o.Modal)
	return result{Form: &f}, nil
}

// begin notes who did it before what comes of it can be shown.
func (p *page) begin(d deed, begin func() (*sandbox.Interaction, error)) (*sandbox.Interaction, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i, err := begin()
	if err != nil {
		return nil, err
	}
	if d.used != "" {
		p.server.Update(func(w *sandbox.World) { d.used = shownName(*w.User(d.by)) + " used " + d.used })
	}
	p.deeds[i.ID] = d
	return i, nil
}

// open keeps a form until it is sent off. A user has one at a time, as in
// Discord's client.
func (p *page) open(user string, m *sandbox.Modal) form {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count++
	f := form{Key: strconv.Itoa(p.count), Title: m.Title, Fields: m.Fields, modal: m}
	p.forms[user] = f
	return f
}

func (p *page) close(user, key string) (form, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, ok := p.forms[user]
	if !ok || f.Key != key {
		return form{}, false
	}
	delete(p.forms, user)
	return f, true
}

// sentence words an error of the stand-in for the person at the page.
func sentence(err error) string {
	switch {
	case errors.Is(err, sandbox.ErrNoResponse):
		return "The application did not respond."
	case errors.Is(err, sandbox.ErrNoMessage):
		return "This message has been deleted."
	case errors.Is(err, sandbox.ErrNoComponent):
		return "This message has changed: what you pressed is no longer there."
	case errors.Is(err, sandbox.ErrExpired):
		return "The application took too long: its reply never came."
	}
	text := strings.TrimPrefix(err.Error(), "sandbox: ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
