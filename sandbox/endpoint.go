package sandbox

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// An application may have interactions sent to it by HTTP. They then come that
// way only, while all other events still come over the gateway.

// endpoint is where interactions are sent.
type endpoint struct {
	client *http.Client
	url    string
}

// signingKey is made from the token, so that it is the same in every run.
func (s *Server) signingKey() ed25519.PrivateKey {
	seed := sha256.Sum256([]byte(s.opts.Token))
	return ed25519.NewKeyFromSeed(seed[:])
}

// PublicKey returns the key, in hex, that goes with the signatures of what is
// sent by HTTP.
func (s *Server) PublicKey() string {
	return hex.EncodeToString(s.signingKey().Public().(ed25519.PublicKey))
}

// SetEndpoint has interactions sent to url, by client, from now on; "" has them
// sent over the gateway again. As Discord's portal does, it sends a PING first,
// and one with a bad signature, and returns an error and changes nothing unless
// the first is answered with a pong and the second with 401.
func (s *Server) SetEndpoint(ctx context.Context, client *http.Client, url string) error {
	if url == "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.endpoint = nil
		return nil
	}
	to := &endpoint{client, url}
	s.mu.Lock()
	body, _ := json.Marshal(object{"id": s.ids.next(s.now()), "application_id": s.world.App.ID, "type": discordgo.InteractionPing, "token": "interaction-token-ping", "version": 1})
	s.mu.Unlock()
	var pong struct {
		Type discordgo.InteractionResponseType `json:"type"`
	}
	status, answer, err := to.send(ctx, s.signingKey(), body)
	if err != nil || status != http.StatusOK || json.Unmarshal(answer, &pong) != nil || pong.Type != discordgo.InteractionResponsePong {
		return fmt.Errorf("sandbox: a PING to %s is answered with %d %q, %v and not with a pong", url, status, answer, err)
	}
	_, forged, _ := ed25519.GenerateKey(nil)
	if status, _, err := to.send(ctx, forged, body); err != nil || status != http.StatusUnauthorized {
		return fmt.Errorf("sandbox: a badly signed PING to %s is answered with %d, %v and not with 401", url, status, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoint = to
	return nil
}

// send posts a signed body and returns status and answer.
func (e *endpoint) send(ctx context.Context, key ed25519.PrivateKey, body []byte) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, e.url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(key, append([]byte(stamp), body...))))
	resp, err := e.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	return resp.StatusCode, answer, err
}

// endpointRoute names the endpoint among violations.
const endpointRoute = "interactions endpoint"

// deliver sends an interaction by HTTP in the background; s.mu is held. The
// answer is the first response or, with 202, says that it comes by itself.
func (s *Server) deliver(to *endpoint, i *Interaction, payload object) {
	if s.closed {
		return
	}
	body, err := json.Marshal(payload)
	if err != nil {
		panic("sandbox: an interaction that cannot be JSON: " + err.Error())
	}
	s.wg.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), s.opts.AckWithin)
		defer cancel()
		go func() {
			select {
			case <-s.gone:
				cancel()
			case <-ctx.Done():
			}
		}()
		status, answer, err := to.send(ctx, s.signingKey(), body)
		s.mu.Lock()
		defer s.mu.Unlock()
		switch {
		case err != nil: // the person sees that nothing came, after three seconds
		case status == http.StatusAccepted && len(answer) == 0:
		case status == http.StatusOK:
			s.answered(i, answer)
		case status == http.StatusServiceUnavailable:
			if !i.acked {
				i.fail(ErrNoResponse)
			}
		default:
			s.addViolation(Violation{Method: http.MethodPost, Route: endpointRoute, Reason: fmt.Sprintf("an interaction was answered with %d", status), Body: string(answer)})
		}
	})
}

// answered takes a first response that came as the answer to a delivery; s.mu
// is held.
func (s *Server) answered(i *Interaction, body []byte) {
	q := &request{Request: &http.Request{Method: http.MethodPost}, route: endpointRoute, body: body}
	if e := s.firstResponse(q, i); e != nil {
		s.addViolation(Violation{Method: http.MethodPost, Route: endpointRoute, Code: e.code, Reason: e.message, Body: string(body)})
	}
}
