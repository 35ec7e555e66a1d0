package sandbox

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// What a person sees when the bot fails them.
var (
	ErrNoResponse = errors.New("the application did not respond")
	ErrExpired    = errors.New("the reply was deferred and never came")
)

// Interaction is something a person did that the bot must answer.
type Interaction struct {
	ID string

	// The rest is guarded by Server.mu.
	s        *Server
	token    string
	created  time.Time
	kind     discordgo.InteractionType
	name     string                                 // the command, or the custom id
	menu     bool                                   // the command is one of a message's menu
	focused  discordgo.ApplicationCommandOptionType // of autocomplete
	caller   Caller
	source   *Message // the message whose component was used
	acked    bool
	ackedAt  time.Time
	response discordgo.InteractionResponseType
	private  bool // decided by the first response
	original *Message
	loading  bool // deferred and not filled in
	excused  bool // a fault of ours spoilt the first response
	replies  []string
	done     chan struct{} // closed with the visible outcome
	outcome  Outcome
	err      error
	timer    *time.Timer
}

// Outcome is what became visible of an interaction. Exactly one field but Took is set.
type Outcome struct {
	Message *Message                                    // a reply, or the message that was updated
	Updated bool                                        // Message is the one whose button was pressed
	Choices []*discordgo.ApplicationCommandOptionChoice // of autocomplete
	Modal   *Modal
	Deleted bool          // the bot removed its reply
	Took    time.Duration // from the press of the key to what is visible
}

// Modal is a form that the bot opened for a person.
type Modal struct {
	CustomID, Title string
	Fields          []Component // text inputs and selects in order
	opened          *Interaction
}

// Outcome waits until the interaction has its visible outcome: a reply, an
// update, choices or a form. A deferral is not one yet. The error is
// ErrNoResponse, ErrExpired or the context's.
func (i *Interaction) Outcome(ctx context.Context) (Outcome, error) {
	select {
	case <-i.done:
		i.s.mu.Lock()
		defer i.s.mu.Unlock()
		return i.outcome, i.err
	case <-ctx.Done():
		return Outcome{}, ctx.Err()
	}
}

// Replies returns all messages that answer the interaction, as they are now.
// One that updated the message it was pressed on has none.
func (i *Interaction) Replies() []*Message {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	var ms []*Message
	for _, id := range i.replies {
		if m := i.s.messages[id]; m != nil && !m.Deleted {
			ms = append(ms, m.snapshot())
		}
	}
	return ms
}

// Acknowledged returns how long the bot took to its first response, and false
// if there was none.
func (i *Interaction) Acknowledged() (time.Duration, bool) {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return i.ackedAt.Sub(i.created), i.acked
}

// Interactions returns all interactions so far, in no order.
func (s *Server) Interactions() []*Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	is := make([]*Interaction, 0, len(s.interactions))
	for _, i := range s.interactions {
		is = append(is, i)
	}
	return is
}

// Forget drops everything that is over: answered interactions with their tokens,
// all messages but those of interactions still open, and the list of refusals.
// A load that runs for long calls it now and then to see the bot's memory and
// not the stand-in's.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, i := range s.interactions {
		select {
		case <-i.done:
			delete(s.interactions, id)
			delete(s.tokens, i.token)
		default:
		}
	}
	clear(s.messages)
	clear(s.history)
	for _, i := range s.interactions {
		for _, m := range []*Message{i.source, i.original} {
			if m != nil && s.messages[m.ID] == nil {
				s.messages[m.ID] = m
				s.history[m.Channel] = append(s.history[m.Channel], m.ID)
			}
		}
	}
	s.refusals = nil
}

// begin creates an interaction and sends it to the bot; s.mu is held.
func (s *Server) begin(kind discordgo.InteractionType, by Caller, name string, data object, source *Message) *Interaction {
	i := &Interaction{
		ID: s.ids.next(s.now()), s: s, created: s.now(), kind: kind, name: name, caller: by, source: source,
		done: make(chan struct{}),
	}
	i.token = "interaction-token-" + i.ID + "-" + strconv.FormatUint(s.rng.Uint64(), 36)
	s.interactions[i.ID], s.tokens[i.token] = i, i
	i.timer = time.AfterFunc(s.opts.AckWithin, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !i.acked {
			i.fail(ErrNoResponse)
		}
	})
	c := s.world.Channel(by.Channel)
	d := object{
		"id": i.ID, "application_id": s.world.App.ID, "type": kind, "data": data, "token": i.token, "version": 1,
		"channel_id": c.ID, "channel": s.wireChannel(c), "locale": "en-US", "entitlements": []object{},
		"app_permissions":                strconv.FormatInt(s.world.permissions(s.world.Bot.ID, c), 10),
		"authorizing_integration_owners": i.owners(s), "attachment_size_limit": 10 << 20,
	}
	if source != nil {
		d["message"] = s.wireMessage(source, false)
	}
	user := wireUser(s.world.User(by.User))
	if c.Guild == "" {
		d["user"], d["context"] = user, discordgo.InteractionContextBotDM
	} else {
		m := wireMember(s.world.Guild(c.Guild).Member(by.User))
		m["user"], m["permissions"] = user, strconv.FormatInt(s.world.permissions(by.User, c), 10)
		d["member"], d["context"], d["guild_id"], d["guild_locale"] = m, discordgo.InteractionContextGuild, c.Guild, "en-US"
		d["guild"] = object{"id": c.Guild, "locale": "en-US", "features": []string{}}
	}
	if s.endpoint != nil {
		s.deliver(s.endpoint, i, d)
		return i
	}
	// Interactions go to every session of the shard whatever its intents.
	s.dispatch("INTERACTION_CREATE", s.guildRoute(c.Guild, 0), d)
	return i
}

// owners says on whose behalf the command is installed: the server's.
func (i *Interaction) owners(s *Server) map[string]string {
	if c := s.world.Channel(i.caller.Channel); c != nil && c.Guild != "" {
		return map[string]string{"0": c.Guild}
	}
	return map[string]string{"0": "0"}
}

// finish sets the visible outcome, the first time only; s.mu is held.
func (i *Interaction) finish(o Outcome) {
	select {
	case <-i.done:
		return
	default:
	}
	i.stopTimer()
	o.Took = i.s.now().Sub(i.created)
	i.outcome = o
	close(i.done)
	i.s.notify()
}

// fail ends the interaction without an outcome; s.mu is held.
func (i *Interaction) fail(err error) {
	select {
	case <-i.done:
		return
	default:
	}
	i.err = err
	i.s.publish(Event{Kind: EventFailed, Channel: i.caller.Channel, Viewer: i.caller.User, Err: err})
	i.finish(Outcome{})
}

func (i *Interaction) stopTimer() { i.timer.Stop() }

// ack notes the first response; s.mu is held. A deferral is watched until its
// token expires.
func (i *Interaction) ack(t discordgo.InteractionResponseType) {
	i.acked, i.ackedAt, i.response = true, i.s.now(), t
	i.stopTimer()
	if t == discordgo.InteractionResponseDeferredChannelMessageWithSource {
		i.timer = time.AfterFunc(i.s.opts.TokenFor, func() {
			i.s.mu.Lock()
			defer i.s.mu.Unlock()
			i.fail(ErrExpired)
		})
	}
}
