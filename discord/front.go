package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Bounds of what the HTTP front takes.
const (
	maxInteraction  = 1 << 20         // bytes; a message with everything in it stays far below
	clockDifference = 5 * time.Minute // between Discord's clock and ours, either way
)

// RunHTTP answers interactions that Discord sends to POST /interactions on l,
// instead of over the gateway, until ctx ends; then it lets questions in work
// finish and returns nil within a second. Every other path goes to also,
// which may be nil. publicKey is the application's, in hex: see [Application].
// Messages do not come this way, so the bot hears slash commands, menus, buttons
// and forms only. Where l fails, its error comes back. Call it once, and not
// beside Run.
//
// Discord gets 202 at once and the answer by a request of its own, so that it
// can be tried again within the three seconds and is deferred if the handler is slow.
func (b *Bot) RunHTTP(ctx context.Context, l net.Listener, publicKey string, also http.Handler) error {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	f, err := newFront(publicKey, func(raw json.RawMessage, received time.Time) bool { return b.interact(work, raw, received) })
	if err != nil {
		return err
	}
	if also == nil {
		also = http.NotFoundHandler()
	}
	mux := http.NewServeMux()
	mux.Handle("POST /interactions", f)
	mux.Handle("/", also)
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	b.log.Info("waiting for interactions from Discord over HTTP", "addr", l.Addr().String())
	b.update(func(s *Status) { s.Connected, s.Since = true, time.Now() })
	select {
	case err = <-failed:
		failed <- nil
	case <-ctx.Done():
	}
	b.update(func(s *Status) { s.Connected, s.Since = false, time.Now() })

	closing, cancel := context.WithTimeout(work, grace)
	defer cancel()
	closed := make(chan struct{})
	go func() { defer close(closed); _ = srv.Shutdown(closing) }()
	b.drain(stop)
	cancel() // who is still sending has had the grace period
	<-closed
	_ = srv.Close()
	<-failed
	if err != nil {
		return fmt.Errorf("listen for interactions on %s: %w", l.Addr(), err)
	}
	return nil
}

// front is Discord's end of POST /interactions.
type front struct {
	key  ed25519.PublicKey
	take func(raw json.RawMessage, received time.Time) bool // false: there is no room

	mu   sync.Mutex
	seen map[[ed25519.SignatureSize]byte]time.Time // signatures taken, and until when a replay would be in time
	next time.Time                                 // when seen is swept again
}

// newFront returns a front that hands what Discord signed to take.
func newFront(publicKey string, take func(json.RawMessage, time.Time) bool) (*front, error) {
	key, err := hex.DecodeString(publicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("the application's public key is not 64 hexadecimal digits but %d characters: copy it again from the developer portal, page General Information", len(publicKey))
	}
	return &front{key: key, take: take, seen: map[[ed25519.SignatureSize]byte]time.Time{}}, nil
}

// ServeHTTP answers 202 for what was taken and will be answered, 200 with a pong
// for Discord's PING, 401 for what Discord did not sign now, 413 for what is too
// long and 503 where there is no room. Discord probes with bad signatures and
// takes the address back where they get through.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	received := time.Now()
	signature, err := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
	stamp := r.Header.Get("X-Signature-Timestamp")
	signed, e := strconv.ParseInt(stamp, 10, 64)
	at := time.Unix(signed, 0)
	if err != nil || e != nil || len(signature) != ed25519.SignatureSize || received.Sub(at).Abs() > clockDifference {
		http.Error(w, "not signed, or not now", http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxInteraction))
	if err != nil {
		status := http.StatusBadRequest
		if long := new(http.MaxBytesError); errors.As(err, &long) {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, "the body cannot be read", status)
		return
	}
	if !ed25519.Verify(f.key, append([]byte(stamp), body...), signature) {
		http.Error(w, "not signed by Discord", http.StatusUnauthorized)
		return
	}
	var i struct {
		Type int `json:"type"`
	}
	switch err := json.Unmarshal(body, &i); {
	case err != nil:
		http.Error(w, "not JSON", http.StatusBadRequest)
	case i.Type == ping: // changes nothing, so it may come twice
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"type":1}`)
	case !f.first([ed25519.SignatureSize]byte(signature), at.Add(clockDifference), received):
		http.Error(w, "sent before", http.StatusUnauthorized)
	case !f.take(body, received):
		http.Error(w, "no room", http.StatusServiceUnavailable)
	default:
		w.WriteHeader(http.StatusAccepted)
	}
}

// ping is the type of the interaction by which Discord checks the address.
const ping = 1

// first reports whether a signature is here for the first time, and remembers
// it until a replay would be too old anyway. Only what Discord signed gets here,
// so the list is as long as what Discord sends in ten minutes.
func (f *front) first(signature [ed25519.SignatureSize]byte, until, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now.After(f.next) {
		f.next = now.Add(time.Minute)
		for s, t := range f.seen {
			if now.After(t) {
				delete(f.seen, s)
			}
		}
	}
	_, seen := f.seen[signature]
	f.seen[signature] = until
	return !seen
}
