package sandbox

import "github.com/bwmarrin/discordgo"

// EventKind says what an Event is about.
type EventKind string

// What a subscriber is told.
const (
	EventMessage   EventKind = "message"   // a message appeared; Message may be loading
	EventEdit      EventKind = "edit"      // a message changed
	EventDelete    EventKind = "delete"    // a message went
	EventTyping    EventKind = "typing"    // the bot types in Channel
	EventModal     EventKind = "modal"     // a form opened for Viewer
	EventFailed    EventKind = "failed"    // an interaction of Viewer had no response in time
	EventCommands  EventKind = "commands"  // the bot registered commands
	EventOnline    EventKind = "online"    // a session is connected
	EventOffline   EventKind = "offline"   // a connection ended
	EventWorld     EventKind = "world"     // a server came or went
	EventViolation EventKind = "violation" // the bot broke a rule
)

// Event is something that a person, or a page that shows the channel, can see.
type Event struct {
	Kind      EventKind
	Channel   string     // a channel's id, or ""
	Viewer    string     // the only user who sees it, or "" if everybody does
	Message   *Message   // of message, edit and delete
	Modal     *Modal     // of modal
	Err       error      // of failed
	Violation *Violation // of violation
}

// subscriberBuffer is how many events a subscriber may lag behind.
const subscriberBuffer = 1024

// Subscribe returns a channel of all events from now on, and a function that
// ends the subscription and closes the channel. A subscriber who lags more than
// a thousand events behind is closed as well, and has to subscribe anew.
func (s *Server) Subscribe() (<-chan Event, func()) {
	ch := make(chan Event, subscriberBuffer)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		close(ch)
		return ch, func() {}
	}
	s.subs[ch] = true
	return ch, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.unsubscribe(ch)
	}
}

func (s *Server) unsubscribe(ch chan Event) {
	if s.subs[ch] {
		delete(s.subs, ch)
		close(ch)
	}
}

// publish hands an event to every subscriber; s.mu is held.
func (s *Server) publish(e Event) {
	for ch := range s.subs {
		select {
		case ch <- e:
		default:
			s.unsubscribe(ch)
		}
	}
}

// Violation is something that the bot sent and should not have.
type Violation struct {
	Method string
	Route  string // as the OpenAPI file writes it, "gateway", or a foreign host
	Code   int    // Discord's error or close code; 0 if Discord would have let it pass
	Reason string
	Body   string // what was sent; no log gets to see it
}

// Violations returns everything that the bot sent and that Discord would have
// refused as wrong, or that breaks a rule of good manners. What a careful bot
// can run into (a permission taken away, a message deleted under its hands, an
// answer repeated because a fault swallowed the first receipt) stands in Refusals only.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Violation(nil), s.violations...)
}

// Refusals returns every request that was answered with an error, scripted
// faults left out.
func (s *Server) Refusals() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Violation(nil), s.refusals...)
}

func (s *Server) violate(v Violation) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addViolation(v)
}

// addViolation keeps a violation; s.mu is held.
func (s *Server) addViolation(v Violation) {
	s.violations = append(s.violations, v)
	s.log.Warn("the bot broke a rule of Discord", "method", v.Method, "route", v.Route, "code", v.Code, "reason", v.Reason)
	s.publish(Event{Kind: EventViolation, Violation: &v})
}

// Ping is a notification that somebody would have got.
type Ping struct {
	Message string // the message's id
	Whom    string // a user's or a role's id, or "@everyone"
}

// Pinged returns whom the bot would have notified so far.
func (s *Server) Pinged() []Ping {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Ping(nil), s.pings...)
}

// Commands returns the commands that a server ("" for a direct message) offers.
func (s *Server) Commands(guild string) []*discordgo.ApplicationCommand {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*discordgo.ApplicationCommand
	for _, c := range s.offered(guild) {
		out = append(out, c.parsed)
	}
	return out
}
