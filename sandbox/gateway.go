package sandbox

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoiceState     = 4
	opResume         = 6
	opReconnect      = 7
	opRequestMembers = 8
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// Gateway close codes.
const (
	closeUnknownOpcode        = 4001
	closeDecodeError          = 4002
	closeNotAuthenticated     = 4003
	closeAuthenticationFailed = 4004
	closeAlreadyAuthenticated = 4005
	closeInvalidSeq           = 4007
	closeRateLimited          = 4008
	closeSessionTimedOut      = 4009
	closeInvalidShard         = 4010
	closeInvalidVersion       = 4012
	closeInvalidIntents       = 4013
	closeDisallowedIntents    = 4014
)

// Limits of what a client may send.
const (
	maxPayload     = 4096
	maxSendsMinute = 120
)

// frame is one gateway message, out or in.
type frame struct {
	Op int    `json:"op"`
	D  any    `json:"d"`
	S  int64  `json:"s,omitempty"`
	T  string `json:"t,omitempty"`
}

// conn is one websocket. Its fields but ws and out are guarded by Server.mu.
type conn struct {
	s        *Server
	ws       *websocket.Conn
	out      chan outgoing // never closed; the writer ends with gone
	gone     chan struct{}
	dead     bool
	session  *session
	silent   bool
	noAcks   bool
	compress atomic.Bool
	sends    []time.Time // of the last minute
}

// serveGateway upgrades a request and speaks the gateway protocol until the
// connection ends.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{s: s, ws: ws, out: make(chan outgoing, 4096), gone: make(chan struct{})}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		_ = ws.Close()
		return
	}
	s.conns[c] = true
	s.wg.Add(1)
	defer s.wg.Done()
	s.wg.Go(c.write)
	switch v := r.URL.Query().Get("v"); {
	case v != "9" && v != "10" || r.URL.Query().Get("encoding") != "json":
		c.closeWith(closeInvalidVersion, "Invalid API version")
	case s.struck(c, AtHello):
	default:
		c.hello()
	}
	s.mu.Unlock()

	c.read()

	s.mu.Lock()
	defer s.mu.Unlock()
	c.drop()
	delete(s.conns, c)
	if c.session != nil {
		c.session.conn = nil
		s.publish(Event{Kind: EventOffline})
	}
	s.notify()
}

func (c *conn) hello() {
	c.send(frame{Op: opHello, D: map[string]any{"heartbeat_interval": c.s.opts.Heartbeat.Milliseconds()}})
}

// read handles what the client sends until the connection ends.
func (c *conn) read() {
	// Discord closes a connection whose heartbeats stop; one and a half
	// intervals and a second leave room for a slow machine.
	patience := c.s.opts.Heartbeat + c.s.opts.Heartbeat/2 + time.Second
	deadline := time.AfterFunc(patience, func() {
		c.s.mu.Lock()
		defer c.s.mu.Unlock()
		c.closeWith(closeSessionTimedOut, "Session timed out.")
	})
	defer deadline.Stop()
	for {
		_, b, err := c.ws.ReadMessage()
		c.s.mu.Lock()
		switch {
		case err != nil:
			// A client that closes with 1000 or 1001 gives up its session.
			if websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) && c.session != nil {
				delete(c.s.sessions, c.session.id)
			}
			c.s.mu.Unlock()
			return
		case !c.dead:
			deadline.Reset(patience)
			c.receive(b)
		}
		c.s.mu.Unlock()
	}
}

// receive handles one payload; Server.mu is held.
func (c *conn) receive(b []byte) {
	now := time.Now()
	for len(c.sends) > 0 && now.Sub(c.sends[0]) > time.Minute {
		c.sends = c.sends[1:]
	}
	c.sends = append(c.sends, now)
	var in struct {
		Op *int            `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	switch {
	case len(c.sends) > maxSendsMinute:
		c.refuse(closeRateLimited, "more than 120 gateway messages in a minute")
		return
	case len(b) > maxPayload:
		c.refuse(closeDecodeError, "a gateway message of more than 4096 bytes")
		return
	case json.Unmarshal(b, &in) != nil || in.Op == nil:
		c.refuse(closeDecodeError, "a gateway message that is not JSON with an op")
		return
	}
	switch *in.Op {
	case opHeartbeat:
		if !c.noAcks {
			c.send(frame{Op: opAck})
		}
	case opIdentify:
		c.identify(in.D)
	case opResume:
		c.resume(in.D)
	case opPresence, opVoiceState, opRequestMembers:
		if c.session == nil {
			c.refuse(closeNotAuthenticated, "a gateway message before IDENTIFY")
		}
	default:
		c.refuse(closeUnknownOpcode, "a gateway message with an unknown op")
	}
}

// refuse closes the connection for something the bot did wrong.
func (c *conn) refuse(code int, reason string) {
	c.s.addViolation(Violation{Route: "gateway", Code: code, Reason: reason})
	c.closeWith(code, reason)
}

// send queues a frame; Server.mu is held.
func (c *conn) send(f frame) {
	b, err := json.Marshal(f)
	if err != nil {
		panic("sandbox: a frame that cannot be JSON: " + err.Error())
	}
	c.sendRaw(b)
}

func (c *conn) sendRaw(b []byte) {
	if !c.silent && !c.dead {
		c.queue(outgoing{frame: b})
	}
}

func (c *conn) queue(o outgoing) {
	select {
	case c.out <- o:
	default:
		c.drop() // a client that does not read loses its connection, as on Discord
	}
}

// outgoing is a frame to send, or the end of the connection.
type outgoing struct {
	frame []byte
	code  int // a close code, behind which nothing is sent
	why   string
}

// write sends what is queued until the connection is gone or closed.
func (c *conn) write() {
	for {
		select {
		case <-c.gone:
			return
		case o := <-c.out:
			if o.code != 0 {
				_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(o.code, o.why), time.Now().Add(time.Second))
				// The reader cuts the connection when the client hung up, or soon.
				_ = c.ws.SetReadDeadline(time.Now().Add(time.Second))
				return
			}
			kind := websocket.TextMessage
			if c.compress.Load() {
				var z bytes.Buffer
				w := zlib.NewWriter(&z)
				_, _ = w.Write(o.frame)
				_ = w.Close()
				o.frame, kind = z.Bytes(), websocket.BinaryMessage
			}
			if c.ws.WriteMessage(kind, o.frame) != nil {
				return
			}
		}
	}
}

// closeWith sends a close frame behind what is queued; Server.mu is held.
func (c *conn) closeWith(code int, reason string) {
	if c.dead {
		return
	}
	if fatal(code) && c.session != nil {
		delete(c.s.sessions, c.session.id)
	}
	c.queue(outgoing{code: code, why: reason})
	c.dead = true
}

// fatal reports whether a close code ends the session for good.
func fatal(code int) bool {
	switch code {
	case closeAuthenticationFailed, closeInvalidSeq, closeSessionTimedOut, closeInvalidShard,
		4011, closeInvalidVersion, closeInvalidIntents, closeDisallowedIntents:
		return true
	}
	return false
}

// drop cuts the connection without a word; Server.mu is held.
func (c *conn) drop() {
	c.dead = true
	select {
	case <-c.gone:
	default:
		close(c.gone)
		_ = c.ws.NetConn().Close()
	}
}
