package page

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
)

// policy lets the page load its own files and nothing else, and lets no other
// page frame it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guard answers only what this page, opened on this computer, asks. The host
// is checked since a foreign site can point its own name at 127.0.0.1, and the
// origin since any site can send requests there.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		switch {
		case !isLoopback(r.Host):
			http.Error(w, "This page answers only to 127.0.0.1 and localhost; open it by one of these names.", http.StatusForbidden)
		case !ownOrigin(r):
			http.Error(w, "Another site asked for this; open the page itself.", http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isLoopback reports whether a host, with a port or without, is this computer.
func isLoopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// ownOrigin reports whether a request comes from this page, from the address
// bar or from no browser at all. A link from elsewhere may open the page.
func ownOrigin(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		return err == nil && u.Scheme == "http" && u.Host == r.Host
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return r.Method == http.MethodGet && r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Mode") == "navigate"
}

// portsToTry is how many ports Listen tries, the wanted one included.
const portsToTry = 20

// Listen listens at a loopback address, or at the next free port if the one
// wanted is taken; port 0 means any. An address that other computers could
// reach is refused.
func Listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	n, errPort := strconv.ParseUint(port, 10, 16)
	if err != nil || errPort != nil {
		return nil, fmt.Errorf("%q is no address; write host and port, such as 127.0.0.1:8080", addr)
	}
	if !isLoopback(host) {
		return nil, fmt.Errorf("the page is for this computer alone and does not listen at %s; take 127.0.0.1:%s", addr, port)
	}
	last := n + portsToTry - 1
	if n == 0 {
		last = 0
	}
	for ; ; n++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(n, 10)))
		if err == nil || !errors.Is(err, syscall.EADDRINUSE) || n >= last || n == 65535 {
			if err != nil {
				err = fmt.Errorf("the page cannot listen at %s: %w; name another address with -addr", addr, err)
			}
			return l, err
		}
	}
}
