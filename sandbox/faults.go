package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Stage says when a gateway fault strikes.
type Stage int

const (
	// Now strikes every open connection at once.
	Now Stage = iota
	// AtHello strikes the next connection in place of HELLO.
	AtHello
	// AtReady strikes the next connection in place of READY or RESUMED.
	AtReady
	// AfterReady strikes the next connection once READY or RESUMED is sent.
	AfterReady
)

// Action is what goes wrong.
type Action int

const (
	// Reconnect sends op 7: connect anew.
	Reconnect Action = iota
	// Invalid sends op 9 with false: the session is gone.
	Invalid
	// InvalidResumable sends op 9 with true.
	InvalidResumable
	// Drop cuts the TCP connection without a close frame.
	Drop
	// Close closes the connection with GatewayFault.Code.
	Close
	// Silence sends nothing any more, acknowledgements included.
	Silence
	// NoAcks leaves heartbeats unanswered; events go on.
	NoAcks
	// AskHeartbeat sends op 1, to which the bot must answer with a heartbeat.
	AskHeartbeat
	// Garbage sends a text frame that is not JSON.
	Garbage
	// UnknownEvent sends a dispatch of a type that no library knows.
	UnknownEvent
)

// GatewayFault is one thing that goes wrong on the gateway.
type GatewayFault struct {
	When Stage
	Do   Action
	Code int // of Close
}

// Break lets a fault happen: at once, or at its stage of the next connection
// that reaches it. Faults for the same stage strike one connection each, in order.
func (s *Server) Break(f GatewayFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.When != Now {
		s.breaks = append(s.breaks, f)
		return
	}
	for c := range s.conns {
		c.strike(f)
	}
}

// struck applies the next fault waiting for this stage and reports whether
// there was one; s.mu is held.
func (s *Server) struck(c *conn, at Stage) bool {
	for n, f := range s.breaks {
		if f.When == at {
			s.breaks = append(s.breaks[:n:n], s.breaks[n+1:]...)
			c.strike(f)
			return true
		}
	}
	return false
}

// strike does to a connection what the fault says; s.mu is held.
func (c *conn) strike(f GatewayFault) {
	switch f.Do {
	case Reconnect:
		c.send(frame{Op: opReconnect})
	case Invalid, InvalidResumable:
		if c.session != nil {
			c.session.conn = nil
			if f.Do == Invalid {
				delete(c.s.sessions, c.session.id)
			}
			c.session = nil
		}
		c.send(frame{Op: opInvalidSession, D: f.Do == InvalidResumable})
	case Drop:
		c.drop()
	case Close:
		c.closeWith(f.Code, "scripted")
	case Silence:
		c.silent = true
	case NoAcks:
		c.noAcks = true
	case AskHeartbeat:
		c.send(frame{Op: opHeartbeat})
	case Garbage:
		c.sendRaw([]byte("this is not JSON"))
	case UnknownEvent:
		if c.session != nil {
			c.session.dispatch("GUILD_TEAPOT_SUPPLEMENTAL", map[string]any{"teapot": true})
		}
	}
}

// RESTFault is something that goes wrong on the REST side. Exactly one of
// Status, Delay alone, CutBefore, CutAfter, CutBody or Cloudflare says what.
type RESTFault struct {
	Method string  // "": any
	Route  string  // beginning of the route as the OpenAPI file writes it; "": any
	Times  int     // how often it strikes; 0: once; negative: for ever
	Rate   float64 // if not 0, it strikes with this probability, for ever unless Times is set

	Status     int           // answer with this status and do nothing: 429, 500, 502, 503
	Global     bool          // a 429 of the whole application; without the X-RateLimit-Reset-After header, as Discord sends it
	Cloudflare bool          // a 429 in HTML, as it comes from in front of Discord
	RetryAfter time.Duration // of a 429; 0: 1 s
	Delay      time.Duration // wait so long before anything else; alone: then go on as usual
	CutBefore  bool          // cut the connection before anything is done
	CutAfter   bool          // do what was asked, then cut the connection
	CutBody    bool          // do what was asked, then cut the answer in the middle of its body
}

// FailREST adds a fault. Of several that fit a request the first one strikes.
func (s *Server) FailREST(f RESTFault) {
	if f.Times == 0 {
		f.Times = 1
		if f.Rate > 0 {
			f.Times = -1
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.restFaults = append(s.restFaults, &f)
}

// HealREST takes back every fault that FailREST added.
func (s *Server) HealREST() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.restFaults = nil
}

// restFault returns the fault that strikes a request, or nil.
func (s *Server) restFault(method, route string) *RESTFault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for n, f := range s.restFaults {
		if f.Method != "" && f.Method != method || !strings.HasPrefix(route, f.Route) {
			continue
		}
		if f.Rate > 0 && s.rng.Float64() >= f.Rate {
			continue
		}
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				s.restFaults = append(s.restFaults[:n:n], s.restFaults[n+1:]...)
			}
		}
		return f
	}
	return nil
}

// strikeBefore lets a fault happen that comes before the route; it reports
// whether the request ends there.
func (s *Server) strikeBefore(w http.ResponseWriter, r *http.Request, f *RESTFault) bool {
	if f.Delay > 0 {
		s.excuse(r)
		select {
		case <-time.After(f.Delay):
		case <-r.Context().Done():
		case <-s.gone:
		}
	}
	switch {
	case f.CutBefore:
		s.excuse(r)
		panic(http.ErrAbortHandler)
	case f.Status == http.StatusTooManyRequests || f.Cloudflare || f.Global:
		s.excuse(r)
		s.tooMany(w, f)
		return true
	case f.Status != 0:
		s.excuse(r)
		writeJSON(w, f.Status, object{"message": fmt.Sprintf("%d: %s", f.Status, http.StatusText(f.Status)), "code": 0})
		return true
	}
	return false
}

// excuse notes that a fault spoilt the response to an interaction, so that a
// repeated or late one is nobody's mistake.
func (s *Server) excuse(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := s.tokens[r.PathValue("interaction_token")]; i != nil {
		i.excused = true
	}
}
