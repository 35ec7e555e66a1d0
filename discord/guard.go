package discord

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

var (
	errReconnect      = errors.New("the gateway asked for a reconnect (op 7)")
	errInvalidSession = errors.New("the gateway called the session invalid (op 9)")
)

// guard is the gateway's connection as discordgo sees it. It reads along and
// fails the read where discordgo v0.29.0 would go wrong: an op 7 while Open runs
// deadlocks Open for good, and an op 9 makes it log in again, uncounted. It also
// keeps the close code, which discordgo only logs, and the times of heartbeats,
// which discordgo races over. The frames must not be compressed, so the session
// identifies with compress off.
type guard struct {
	net.Conn
	once sync.Once
	lost chan struct{} // closed when the connection is of no more use
	err  error         // why; read it only after lost is closed

	sent    atomic.Int64 // when something was last sent, in Unix nanoseconds
	acked   atomic.Int64 // when a heartbeat was last acknowledged, likewise; 0 if never
	latency atomic.Int64 // of that one, in nanoseconds

	// The rest belongs to Read, which one goroutine calls.
	state   func(g *guard, c byte)
	tail    uint32 // the last four bytes of the handshake
	head    []byte // header of the frame being read
	need    int    // bytes of head that are still to come
	left    uint64 // bytes of payload that are still to come
	payload []byte // of a frame short enough to matter
	verdict error  // set by the byte that ends the connection
}

func newGuard(c net.Conn) *guard {
	return &guard{Conn: c, lost: make(chan struct{}), state: (*guard).handshake}
}

// Read passes bytes on until a verdict: what came before the verdict is still
// passed on, the byte that completes it is not.
func (g *guard) Read(p []byte) (int, error) {
	if g.verdict != nil {
		return 0, g.verdict
	}
	n, err := g.Conn.Read(p)
	for i, c := range p[:n] {
		if g.state(g, c); g.verdict != nil {
			g.end(g.verdict)
			return i, nil
		}
	}
	if err != nil {
		g.end(err)
	}
	return n, err
}

// Write notes the time, for the latency of heartbeats.
func (g *guard) Write(p []byte) (int, error) {
	g.sent.Store(time.Now().UnixNano())
	return g.Conn.Write(p)
}

// Close ends the connection; it may be called often and from anywhere.
func (g *guard) Close() error {
	err := g.Conn.Close()
	g.end(net.ErrClosed)
	return err
}

// farewell makes the bot go offline at once: it sends the frame that ends a session and
// waits until Discord closes the connection. discordgo's Close sleeps a second instead.
func (g *guard) farewell() {
	// A client's frames are masked: here with zeros.
	frame := append([]byte{0x80 | websocket.CloseMessage, 0x80 | 2, 0, 0, 0, 0}, websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")...)
	until := time.Now().Add(lastWord)
	_ = g.SetWriteDeadline(until)
	if _, err := g.Write(frame); err != nil {
		return
	}
	select {
	case <-g.lost:
	case <-time.After(time.Until(until)):
	}
}

func (g *guard) end(err error) {
	g.once.Do(func() { g.err = err; close(g.lost) })
}

// handshake skips the HTTP answer that opens a websocket.
func (g *guard) handshake(c byte) {
	g.tail = g.tail<<8 | uint32(c)
	if g.tail == 0x0d0a0d0a {
		g.startFrame()
	}
}

func (g *guard) startFrame() {
	g.head, g.need, g.payload = g.head[:0], 2, g.payload[:0]
	g.state = (*guard).header
}

// header reads a frame's header. A server never masks, so its length is 2, 4 or 10.
func (g *guard) header(c byte) {
	g.head = append(g.head, c)
	if g.need--; g.need > 0 {
		return
	}
	if len(g.head) == 2 {
		switch g.head[1] & 0x7f {
		case 126:
			g.need = 2
			return
		case 127:
			g.need = 8
			return
		}
	}
	switch len(g.head) {
	case 2:
		g.left = uint64(g.head[1] & 0x7f)
	case 4:
		g.left = uint64(binary.BigEndian.Uint16(g.head[2:]))
	default:
		g.left = binary.BigEndian.Uint64(g.head[2:])
	}
	g.state = (*guard).body
	if g.left == 0 {
		g.endFrame()
	}
}

func (g *guard) body(c byte) {
	if len(g.head) == 2 { // up to 125 bytes: ops 7, 9 and close frames always are
		g.payload = append(g.payload, c)
	}
	if g.left--; g.left == 0 {
		g.endFrame()
	}
}

func (g *guard) endFrame() {
	switch g.head[0] {
	case 0x80 | websocket.TextMessage:
		var m struct {
			Op int `json:"op"`
		}
		if json.Unmarshal(g.payload, &m) == nil {
			switch m.Op {
			case 7:
				g.verdict = errReconnect
			case 9:
				g.verdict = errInvalidSession
			case 11:
				now := time.Now().UnixNano()
				g.acked.Store(now)
				g.latency.Store(now - g.sent.Load())
			}
		}
	case 0x80 | websocket.CloseMessage:
		code := websocket.CloseNoStatusReceived
		if len(g.payload) >= 2 {
			code = int(binary.BigEndian.Uint16(g.payload))
		}
		g.end(&websocket.CloseError{Code: code})
	}
	g.startFrame()
}
