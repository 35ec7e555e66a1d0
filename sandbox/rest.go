package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/websocket"
)

// request is one REST call on its way through a route.
type request struct {
	*http.Request
	route string // as the OpenAPI file writes it
	body  []byte // the JSON, also where it came as a part of a form
}

// answer is what a route returns: a status and a JSON body, or none.
type answer struct {
	status int
	body   any
}

// apiError is an error as Discord reports it.
type apiError struct {
	status  int
	code    int
	message string
	fields  fieldErrors // of 50035
	excused bool        // a careful bot can run into this one: no violation
}

// routeFunc handles a request with Server.mu held.
type routeFunc func(*Server, *request) (answer, *apiError)

// routes lists every REST route that the stand-in knows. Anything else is a
// violation: the bot uses something that its tests do not cover.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, f := range map[string]routeFunc{
		"GET /gateway":                 (*Server).getGateway,
		"GET /gateway/bot":             (*Server).getGatewayBot,
		"GET /users/@me":               (*Server).getMe,
		"GET /applications/@me":        (*Server).getApplication,
		"GET /oauth2/applications/@me": (*Server).getApplication,

		"GET /applications/{application_id}/commands":                                   (*Server).getCommands,
		"PUT /applications/{application_id}/commands":                                   (*Server).putCommands,
		"POST /applications/{application_id}/commands":                                  (*Server).postCommand,
		"DELETE /applications/{application_id}/commands/{command_id}":                   (*Server).deleteCommand,
		"GET /applications/{application_id}/guilds/{guild_id}/commands":                 (*Server).getCommands,
		"PUT /applications/{application_id}/guilds/{guild_id}/commands":                 (*Server).putCommands,
		"POST /applications/{application_id}/guilds/{guild_id}/commands":                (*Server).postCommand,
		"DELETE /applications/{application_id}/guilds/{guild_id}/commands/{command_id}": (*Server).deleteCommand,

		"POST /interactions/{interaction_id}/{interaction_token}/callback":    (*Server).postCallback,
		"POST /webhooks/{webhook_id}/{webhook_token}":                         (*Server).postFollowup,
		"GET /webhooks/{webhook_id}/{webhook_token}/messages/@original":       (*Server).getWebhookMessage,
		"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original":     (*Server).patchWebhookMessage,
		"DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original":    (*Server).deleteWebhookMessage,
		"GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}":    (*Server).getWebhookMessage,
		"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}":  (*Server).patchWebhookMessage,
		"DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": (*Server).deleteWebhookMessage,

		"GET /channels/{channel_id}":                                                     (*Server).getChannel,
		"GET /channels/{channel_id}/messages":                                            (*Server).getMessages,
		"POST /channels/{channel_id}/messages":                                           (*Server).postMessage,
		"GET /channels/{channel_id}/messages/{message_id}":                               (*Server).getMessage,
		"PATCH /channels/{channel_id}/messages/{message_id}":                             (*Server).patchMessage,
		"DELETE /channels/{channel_id}/messages/{message_id}":                            (*Server).deleteMessage,
		"POST /channels/{channel_id}/typing":                                             (*Server).postTyping,
		"POST /users/@me/channels":                                                       (*Server).postDM,
		"PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me":    (*Server).putReaction,
		"DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": (*Server).deleteReaction,
	} {
		method, route, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" /api/{version}"+route, func(w http.ResponseWriter, r *http.Request) {
			s.serveRoute(w, r, route, f)
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.violate(Violation{Method: r.Method, Route: r.URL.Path, Reason: "a route that the stand-in does not know"})
		writeJSON(w, http.StatusNotFound, object{"message": "404: Not Found", "code": 0})
	})
	return mux
}

// ServeHTTP serves the gateway and the REST routes.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if websocket.IsWebSocketUpgrade(r) {
		s.serveGateway(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// serveRoute does for every route what Discord does for every route: version,
// token, faults, limits, body; then it calls f.
func (s *Server) serveRoute(w http.ResponseWriter, r *http.Request, route string, f routeFunc) {
	q := &request{Request: r, route: route}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	s.answering.Add(1)
	defer s.answering.Done()
	s.mu.Unlock()
	if v := r.PathValue("version"); v != "v9" && v != "v10" {
		s.fail(w, q, &apiError{status: 400, code: 50041, message: "Invalid API version"})
		return
	}
	fault := s.restFault(r.Method, route)
	if fault != nil && s.strikeBefore(w, r, fault) {
		return
	}
	if e := s.authorize(r, route); e != nil {
		s.fail(w, q, e)
		return
	}
	if !s.throttle(w, r, route) {
		return
	}
	if e := q.read(); e != nil {
		s.fail(w, q, e)
		return
	}
	if s.opts.Check != nil && q.body != nil {
		if err := s.opts.Check(r.Method, route, q.body); err != nil {
			s.violate(Violation{Method: r.Method, Route: route, Reason: "OpenAPI: " + err.Error(), Body: string(q.body)})
		}
	}
	s.mu.Lock()
	a, e := f(s, q)
	if e == nil && fault != nil && (fault.CutAfter || fault.CutBody) {
		if i := s.tokens[r.PathValue("interaction_token")]; i != nil {
			i.excused = true // the bot cannot know that it was heard
		}
	}
	s.mu.Unlock()
	switch {
	case fault != nil && fault.CutAfter:
		panic(http.ErrAbortHandler)
	case fault != nil && fault.CutBody:
		b, _ := json.Marshal(a.body)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(b)+100))
		w.WriteHeader(200)
		_, _ = w.Write(b[:len(b)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case e != nil:
		s.fail(w, q, e)
	case a.body == nil:
		w.WriteHeader(a.status)
		_ = http.NewResponseController(w).Flush()
	default:
		writeJSON(w, a.status, a.body)
	}
}

// authorize checks the token, which interaction routes carry in their path, and
// the user agent.
func (s *Server) authorize(r *http.Request, route string) *apiError {
	if !strings.HasPrefix(r.UserAgent(), "DiscordBot (") {
		s.violate(Violation{Method: r.Method, Route: route, Reason: `a User-Agent that does not begin with "DiscordBot ("`})
	}
	if route == "/gateway" || strings.HasPrefix(route, "/interactions/") || strings.HasPrefix(route, "/webhooks/") {
		return nil
	}
	if r.Header.Get("Authorization") != "Bot "+s.opts.Token {
		// A wrong token is a setting, not a mistake in the bot.
		return &apiError{status: 401, message: "401: Unauthorized", excused: true}
	}
	return nil
}

// maxBody is more than any request without files needs.
const maxBody = 1 << 20

// read takes the JSON out of the body, be it the body itself or the part
// payload_json of a form.
func (q *request) read() *apiError {
	b, err := io.ReadAll(io.LimitReader(q.Body, maxBody+1))
	switch {
	case err != nil:
		return &apiError{status: 400, message: "the body broke off", excused: true}
	case len(b) > maxBody:
		return &apiError{status: 413, code: 40005, message: "Request entity too large"}
	case len(b) == 0:
		return nil
	}
	kind, params, _ := mime.ParseMediaType(q.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		form, err := multipart.NewReader(bytes.NewReader(b), params["boundary"]).ReadForm(maxBody)
		if err != nil || len(form.Value["payload_json"]) != 1 {
			return &apiError{status: 400, code: 50109, message: "a form without payload_json"}
		}
		b = []byte(form.Value["payload_json"][0])
	} else if kind != "application/json" {
		return &apiError{status: 400, code: 50035, message: "Invalid Form Body: Content-Type must be application/json"}
	}
	if !json.Valid(b) {
		return &apiError{status: 400, code: 50109, message: "The request body contains invalid JSON."}
	}
	q.body = b
	return nil
}

// fail answers with an error and keeps it: among the refusals, and among the
// violations unless a careful bot could not have known.
func (s *Server) fail(w http.ResponseWriter, q *request, e *apiError) {
	reason := e.message
	if len(e.fields) > 0 {
		reason = e.fields.String()
	}
	v := Violation{Method: q.Method, Route: q.route, Code: e.code, Reason: reason, Body: string(q.body)}
	s.mu.Lock()
	s.refusals = append(s.refusals, v)
	if !e.excused {
		s.addViolation(v)
	}
	s.mu.Unlock()
	o := object{"message": e.message, "code": e.code}
	if len(e.fields) > 0 {
		o["errors"] = e.fields.nested()
	}
	writeJSON(w, e.status, o)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	b, err := json.Marshal(body)
	if err != nil {
		panic("sandbox: an answer that cannot be JSON: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, _ = w.Write(b)
	_ = http.NewResponseController(w).Flush() // so that Close need not wait for more than the handler
}
