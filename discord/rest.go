package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Codes of Discord's errors that somebody here branches on.
const (
	codeNoMessage    = 10008
	codeAcknowledged = 40060 // answered before
	codeNoAccess     = 50001
	codeNoPermission = 50013
	codeNoHistory    = 160002 // a reply takes Read Message History
)

// APIError is a refusal by Discord's REST side. It holds no token: the route is
// named with its ids left out.
type APIError struct {
	Route      string // "POST /channels/…/messages"
	Status     int    // of HTTP
	Code       int    // Discord's own, 0 if it gave none
	Message    string
	RetryAfter time.Duration // of a 429
}

func (e *APIError) Error() string {
	return fmt.Sprintf("%s: HTTP %d, code %d: %s", e.Route, e.Status, e.Code, e.Message)
}

// hasCode reports whether err is an APIError with this code.
func hasCode(err error, code int) bool {
	var api *APIError
	return errors.As(err, &api) && api.Code == code
}

// isMalformed reports whether Discord called the request itself wrong: too long,
// empty, not fitting.
func isMalformed(err error) bool {
	var api *APIError
	return errors.As(err, &api) && api.Status == http.StatusBadRequest && api.Code != codeAcknowledged
}

// isUnauthorized reports whether err says that the token was refused.
func isUnauthorized(err error) bool {
	var api *APIError
	return errors.As(err, &api) && api.Status == http.StatusUnauthorized
}

// request is one call of the REST side.
type request struct {
	route string // for errors and logs, without ids and tokens: "POST /channels/…/messages"
	url   string
	// bucket is the key of the rate limit: the path without the query. The
	// routes of interactions leave it empty: neither the global limit nor
	// another interaction's holds them up.
	bucket  string
	body    any           // sent as JSON; nil for none
	timeout time.Duration // of each try; default 10 s
}

// rest sends requests to Discord.
type rest struct {
	client *http.Client
	token  string
	agent  string
	holds  holds
}

func newREST(client *http.Client, token string) *rest {
	return &rest{
		client: client,
		token:  token,
		agent:  "DiscordBot (footnote, 1) discordgo/" + discordgo.VERSION,
	}
}

// do sends q until it gets through, is refused for good, or ctx would end before
// the next try. It decodes the reply into out unless that is nil, and returns
// how often it tried: an error after the first try may be the echo of one that
// did get through.
func (r *rest) do(ctx context.Context, q request, out any) (tries int, err error) {
	var body []byte
	if q.body != nil {
		if body, err = json.Marshal(q.body); err != nil {
			return 0, fmt.Errorf("%s: %w", q.route, err)
		}
	}
	if q.timeout == 0 {
		q.timeout = 10 * time.Second
	}
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		if !r.holds.wait(ctx, q.bucket) {
			if err == nil {
				err = fmt.Errorf("%s: %w", q.route, cmp.Or(ctx.Err(), context.DeadlineExceeded))
			}
			return tries, err
		}
		tries++
		err = r.once(ctx, q, body, out)
		var api *APIError
		wait := pause + rand.N(pause)
		switch {
		case err == nil || ctx.Err() != nil:
			return tries, err
		case !errors.As(err, &api): // cut or timed out
		case api.Status == http.StatusTooManyRequests:
			wait = api.RetryAfter
		case api.Status < 500:
			return tries, err
		}
		if until, ok := ctx.Deadline(); ok && time.Until(until) < wait {
			return tries, err
		}
		if !sleep(ctx, wait) {
			return tries, err
		}
	}
}

// once tries q one time.
func (r *rest) once(ctx context.Context, q request, body []byte, out any) error {
	ctx, cancel := context.WithTimeout(ctx, q.timeout)
	defer cancel()
	method, _, _ := strings.Cut(q.route, " ")
	req, err := http.NewRequestWithContext(ctx, method, q.url, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s: %s", q.route, r.scrub(err))
	}
	req.Header.Set("Authorization", "Bot "+r.token)
	req.Header.Set("User-Agent", r.agent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := r.client.Do(req)
	if err != nil {
		// url.Error quotes the address, which holds the interaction's token.
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err
		}
		return fmt.Errorf("%s: %w", q.route, err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, 8<<20))
	if err != nil {
		return fmt.Errorf("%s: reading the reply: %w", q.route, err)
	}
	r.holds.learn(q.bucket, resp)
	if resp.StatusCode >= 300 {
		return refusalOf(q.route, resp, data)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("%s: the reply is not what was expected: %w", q.route, err)
	}
	return nil
}

// refusalOf turns a reply into an *APIError; Cloudflare's replies are HTML.
func refusalOf(route string, resp *http.Response, data []byte) *APIError {
	e := &APIError{Route: route, Status: resp.StatusCode, RetryAfter: retryAfter(resp)}
	var m struct {
		Code       int             `json:"code"`
		Message    string          `json:"message"`
		RetryAfter float64         `json:"retry_after"`
		Errors     json.RawMessage `json:"errors"`
	}
	if json.Unmarshal(data, &m) != nil {
		e.Message = "not JSON: the reply comes from something in between, as Cloudflare"
		return e
	}
	e.Code, e.Message = m.Code, m.Message
	if m.RetryAfter > 0 {
		e.RetryAfter = time.Duration(m.RetryAfter * float64(time.Second))
	}
	if m.Errors != nil {
		var tree any
		if json.Unmarshal(m.Errors, &tree) == nil {
			e.Message += flatten("", tree)
		}
	}
	return e
}

// retryAfter reads the header of a 429; a 429 that names no time gets five seconds.
func retryAfter(resp *http.Response) time.Duration {
	if resp.StatusCode != http.StatusTooManyRequests {
		return 0
	}
	s, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64)
	if err != nil || s < 0 {
		return 5 * time.Second
	}
	return time.Duration(s * float64(time.Second))
}

// flatten writes Discord's tree of form errors as "; path: message" each.
func flatten(path string, tree any) string {
	node, ok := tree.(map[string]any)
	if !ok {
		return ""
	}
	var b strings.Builder
	if list, ok := node["_errors"].([]any); ok {
		for _, x := range list {
			if m, ok := x.(map[string]any); ok {
				fmt.Fprintf(&b, "; %s: %v", path, m["message"])
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(node)) {
		b.WriteString(flatten(strings.TrimPrefix(path+"."+k, "."), node[k]))
	}
	return b.String()
}

var tokens = regexp.MustCompile(`(/(?:interactions|webhooks)/\d+/)[^/?\s"]+`)

// scrub returns err's text without the bot's token and without interaction tokens.
func (r *rest) scrub(err error) string {
	if err == nil {
		return ""
	}
	s := strings.ReplaceAll(err.Error(), r.token, "…")
	return tokens.ReplaceAllString(s, "${1}…")
}
