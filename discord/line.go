package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"

	"github.com/gorilla/websocket"
)

// line dials for one session and remembers the connection, so that it can be cut
// without the session's lock, which a hanging Open holds.
type line struct {
	dialer  *websocket.Dialer // may be nil
	opening context.Context   // ends with the connection; discordgo has no context of its own
	login   func() error      // called before the connection can be used; an error ends it
	dialled chan *guard       // gets the connection, once

	mu    sync.Mutex
	conn  *guard
	ended bool
}

func (l *line) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := l.raw(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return l.keep(c)
}

func (l *line) dialTLS(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := l.raw(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{}
	if l.dialer != nil && l.dialer.TLSClientConfig != nil {
		config = l.dialer.TLSClientConfig.Clone()
	}
	if config.ServerName == "" {
		config.ServerName, _, _ = net.SplitHostPort(addr)
	}
	t := tls.Client(c, config)
	if err := t.HandshakeContext(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return l.keep(t)
}

func (l *line) raw(ctx context.Context, network, addr string) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(l.opening, cancel)()
	if l.dialer != nil && l.dialer.NetDialContext != nil {
		return l.dialer.NetDialContext(ctx, network, addr)
	}
	return new(net.Dialer).DialContext(ctx, network, addr)
}

func (l *line) keep(c net.Conn) (net.Conn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		c.Close()
		return nil, net.ErrClosed
	}
	if err := l.login(); err != nil {
		c.Close()
		return nil, err
	}
	l.conn = newGuard(c)
	l.dialled <- l.conn
	return l.conn, nil
}

// verdict returns why Discord ended the connection, or nil where it did not: the
// error of Open does not always know.
func (l *line) verdict() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn == nil {
		return nil
	}
	l.conn.Close()
	if errors.Is(l.conn.err, net.ErrClosed) {
		return nil
	}
	return l.conn.err
}

func (l *line) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
	if l.conn != nil {
		l.conn.Close()
	}
}

// bounded gives each request the life of ctx: Open passes none to GET /gateway.
type bounded struct {
	ctx  context.Context
	next http.RoundTripper
}

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	return b.next.RoundTrip(r.WithContext(b.ctx))
}
