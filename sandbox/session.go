package sandbox

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// session is what IDENTIFY opens and RESUME continues. Guarded by Server.mu.
type session struct {
	id      string
	intents discordgo.Intent
	shard   [2]int
	seq     int64
	log     []frame // the last dispatches, for RESUME
	conn    *conn   // nil while nobody is connected
}

// maxReplay is how many dispatches a session keeps for RESUME.
const maxReplay = 500

// dispatch numbers an event, keeps it for RESUME and sends it.
func (x *session) dispatch(t string, d any) {
	x.seq++
	f := frame{Op: opDispatch, D: d, S: x.seq, T: t}
	if x.log = append(x.log, f); len(x.log) > maxReplay {
		x.log = x.log[1:]
	}
	if x.conn != nil {
		x.conn.send(f)
	}
}

// identify opens a session or says with a close code why not.
func (c *conn) identify(raw json.RawMessage) {
	s := c.s
	var d struct {
		Token          string            `json:"token"`
		Intents        *discordgo.Intent `json:"intents"`
		Properties     map[string]any    `json:"properties"`
		Compress       bool              `json:"compress"`
		Shard          *[2]int           `json:"shard"`
		LargeThreshold int               `json:"large_threshold"`
	}
	if json.Unmarshal(raw, &d) != nil || d.Intents == nil || d.Properties == nil {
		c.refuse(closeDecodeError, "an IDENTIFY without token, intents or properties")
		return
	}
	if c.session != nil {
		c.refuse(closeAlreadyAuthenticated, "a second IDENTIFY on one connection")
		return
	}
	s.identifies++
	shard := [2]int{0, 1}
	if d.Shard != nil {
		shard = *d.Shard
	}
	switch {
	case strings.TrimPrefix(d.Token, "Bot ") != s.opts.Token:
		c.closeWith(closeAuthenticationFailed, "Authentication failed.")
		return
	case s.identifies > s.opts.SessionStarts:
		c.refuse(closeAuthenticationFailed, "more IDENTIFYs than a day allows; Discord resets the token")
		return
	case shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1]:
		c.refuse(closeInvalidShard, "Invalid shard.")
		return
	case *d.Intents < 0 || *d.Intents>>26 != 0:
		c.refuse(closeInvalidIntents, "Invalid intent(s).")
		return
	case *d.Intents&^s.world.Portal.intents() != 0:
		c.closeWith(closeDisallowedIntents, "Disallowed intent(s).")
		return
	}
	group := shard[0] % s.opts.Concurrency
	if last, ok := s.lastIdentify[group]; ok && time.Since(last) < s.opts.IdentifyEvery {
		s.addViolation(Violation{Route: "gateway", Reason: "an IDENTIFY too soon after the last one"})
		c.send(frame{Op: opInvalidSession, D: false})
		return
	}
	s.lastIdentify[group] = time.Now()
	x := &session{id: "session-" + s.ids.next(s.now()), intents: *d.Intents, shard: shard}
	if s.struck(c, AtReady) {
		return
	}
	s.sessions[x.id] = x
	c.session, x.conn = x, c
	c.compress.Store(s.opts.Compress && d.Compress)
	x.dispatch("READY", s.wireReady(x))
	if x.intents&discordgo.IntentGuilds != 0 {
		for _, g := range s.world.Guilds {
			if shardOf(g.ID, shard[1]) == shard[0] {
				x.dispatch("GUILD_CREATE", s.wireGuild(g))
			}
		}
	}
	s.publish(Event{Kind: EventOnline})
	s.notify()
	s.struck(c, AfterReady)
}

// intents are the intents that may be asked for.
func (p Portal) intents() discordgo.Intent {
	const privileged = discordgo.IntentMessageContent | discordgo.IntentGuildMembers | discordgo.IntentGuildPresences
	all := discordgo.Intent(1<<26-1) &^ privileged
	if p.MessageContent {
		all |= discordgo.IntentMessageContent
	}
	if p.GuildMembers {
		all |= discordgo.IntentGuildMembers
	}
	if p.Presences {
		all |= discordgo.IntentGuildPresences
	}
	return all
}

// resume continues a session: what was missed is sent again, then RESUMED.
func (c *conn) resume(raw json.RawMessage) {
	s := c.s
	var d struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	switch {
	case json.Unmarshal(raw, &d) != nil:
		c.refuse(closeDecodeError, "a RESUME that is not one")
		return
	case c.session != nil:
		c.refuse(closeAlreadyAuthenticated, "a RESUME on a connection that is identified")
		return
	case strings.TrimPrefix(d.Token, "Bot ") != s.opts.Token:
		c.closeWith(closeAuthenticationFailed, "Authentication failed.")
		return
	}
	x := s.sessions[d.SessionID]
	if x == nil || x.conn != nil && x.conn != c && !x.conn.dead {
		c.send(frame{Op: opInvalidSession, D: false})
		return
	}
	if d.Seq > x.seq {
		c.refuse(closeInvalidSeq, "a RESUME from a number that was never sent")
		return
	}
	if len(x.log) > 0 && d.Seq < x.log[0].S-1 {
		delete(s.sessions, x.id)
		c.send(frame{Op: opInvalidSession, D: false})
		return
	}
	if s.struck(c, AtReady) {
		return
	}
	c.session, x.conn = x, c
	for _, f := range x.log {
		if f.S > d.Seq {
			c.send(f)
		}
	}
	x.dispatch("RESUMED", map[string]any{})
	s.publish(Event{Kind: EventOnline})
	s.notify()
	s.struck(c, AfterReady)
}

// dispatch sends an event to every session that to accepts; s.mu is held.
func (s *Server) dispatch(t string, to func(*session) bool, d any) {
	for _, x := range s.sessions {
		if to(x) {
			x.dispatch(t, d)
		}
	}
}

// guildRoute accepts the sessions whose shard holds a server ("" is the direct
// messages) and that asked for the intent; 0 needs none.
func (s *Server) guildRoute(guild string, intent discordgo.Intent) func(*session) bool {
	return func(x *session) bool {
		return shardOf(guild, x.shard[1]) == x.shard[0] && (intent == 0 || x.intents&intent != 0)
	}
}

// Online reports whether a session is connected.
func (s *Server) Online() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.online()
}

func (s *Server) online() bool {
	for _, x := range s.sessions {
		if x.conn != nil && !x.conn.dead {
			return true
		}
	}
	return false
}

// Identifies says how many IDENTIFYs came so far.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.identifies
}
