package discord

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// frame writes one unmasked websocket frame as a server sends it.
func frame(kind int, payload string) string {
	b := []byte{0x80 | byte(kind)}
	switch n := len(payload); {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return string(b) + payload
}

// chunks is a connection that delivers its text in pieces of random length.
type chunks struct {
	net.Conn
	text string
}

func (c *chunks) Read(p []byte) (int, error) {
	if c.text == "" {
		return 0, io.EOF
	}
	n := copy(p, c.text[:1+rand.IntN(len(c.text))])
	c.text = c.text[n:]
	return n, nil
}

func (c *chunks) Close() error { return nil }

func TestGuard(t *testing.T) {
	const hello = `{"op":10,"d":{"heartbeat_interval":41250}}`
	const opened = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
	long := `{"op":0,"d":"` + strings.Repeat("7", 200) + `"}`
	huge := `{"op":0,"d":"` + strings.Repeat("7", 70_000) + `"}`
	text, closing := websocket.TextMessage, websocket.CloseMessage
	for _, c := range []struct {
		name   string
		frames string
		want   error // as errors.Is or a close code
		code   int
	}{
		{name: "nothing but the handshake", want: io.EOF},
		{name: "hello", frames: frame(text, hello), want: io.EOF},
		{name: "op 7 for hello", frames: frame(text, `{"t":null,"s":null,"op":7,"d":null}`), want: errReconnect},
		{name: "op 7 after hello", frames: frame(text, hello) + frame(text, `{"op":7,"d":null}`), want: errReconnect},
		{name: "op 7 after long ones", frames: frame(text, long) + frame(text, huge) + frame(text, `{"op":7}`), want: errReconnect},
		{name: "op 9", frames: frame(text, hello) + frame(text, `{"op":9,"d":false}`), want: errInvalidSession},
		{name: "a seven that is no op", frames: frame(text, `{"op":0,"d":{"op":7}}`), want: io.EOF},
		{name: "not JSON", frames: frame(text, "op 7"), want: io.EOF},
		{name: "empty frame", frames: frame(text, "") + frame(text, `{"op":7}`), want: errReconnect},
		{name: "ping between", frames: frame(websocket.PingMessage, "x") + frame(text, `{"op":9}`), want: errInvalidSession},
		{name: "binary", frames: frame(websocket.BinaryMessage, `{"op":7}`), want: io.EOF},
		{name: "close code", frames: frame(text, hello) + frame(closing, "\x0f\xa4Authentication failed."), code: 4004},
		{name: "close without code", frames: frame(closing, ""), code: websocket.CloseNoStatusReceived},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range 50 {
				g := newGuard(&chunks{text: opened + c.frames})
				got, err := io.ReadAll(g)
				if err == nil {
					err = io.EOF
				}
				<-g.lost
				var closed *websocket.CloseError
				switch {
				case c.code != 0 && (!errors.As(g.err, &closed) || closed.Code != c.code):
					t.Fatalf("ended with %v, want close code %d", g.err, c.code)
				case c.code == 0 && (!errors.Is(err, c.want) || !errors.Is(g.err, c.want)):
					t.Fatalf("read ended with %v, connection with %v, want %v", err, g.err, c.want)
				}
				if !strings.HasPrefix(opened+c.frames, string(got)) {
					t.Fatal("what was read is not what was sent")
				}
				if (c.want == io.EOF || c.code != 0) && string(got) != opened+c.frames {
					t.Fatalf("bytes were kept back: got %d of %d", len(got), len(opened+c.frames))
				}
			}
		})
	}
}

func FuzzGuard(f *testing.F) {
	f.Add([]byte("\r\n\r\n" + frame(websocket.TextMessage, `{"op":7}`)))
	f.Add([]byte("\r\n\r\n\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, sent []byte) {
		g := newGuard(&chunks{text: string(sent)})
		got, _ := io.ReadAll(g)
		if !bytes.HasPrefix(sent, got) {
			t.Errorf("read %q of %q", got, sent)
		}
		if g.verdict == nil && len(got) != len(sent) {
			t.Errorf("%d of %d bytes without a verdict", len(got), len(sent))
		}
	})
}
