package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// listen opens the addresses that the bot is to be reached on, before anything
// is registered: a port that is taken must not leave half a start behind.
func (b *bot) listen() (err error) {
	for _, a := range []struct {
		env, addr string
		to        *net.Listener
	}{{"HTTP_ADDR", b.c.http, &b.front}, {"METRICS_ADDR", b.c.metrics, &b.ops}} {
		if a.addr == "" {
			continue
		}
		if *a.to, err = net.Listen("tcp", a.addr); err != nil {
			b.hangUp()
			return fmt.Errorf("%s cannot be used: %w; choose another address", a.env, err)
		}
	}
	return nil
}

// hangUp closes what listen opened.
func (b *bot) hangUp() {
	for _, l := range []net.Listener{b.front, b.ops} {
		if l != nil {
			_ = l.Close() // who serves it may have closed it
		}
	}
}

// startHTTP says what is left to do where interactions come over HTTP.
func (b *bot) startHTTP(stdout io.Writer) {
	fmt.Fprintf(stdout, "interactions: over HTTP, POST /interactions on %s\n", b.front.Addr())
	if b.app.Endpoint == "" {
		fmt.Fprintln(stdout, "Discord does not send them yet: once this runs, put its public https address into Interactions Endpoint URL in the developer portal, page General Information")
	} else {
		fmt.Fprintf(stdout, "Discord sends them to %s\n", b.app.Endpoint)
	}
	fmt.Fprintln(stdout, "over HTTP the bot hears no messages: mentions, replies, direct messages and free text in channels need the gateway, which is a start without -http")
}

// pulse looks how the bot is.
func (b *bot) pulse() pulse {
	s := b.wire.Status()
	now := b.live.now.Load()
	read, of := now.reading.far()
	prepared, toPrepare := now.preparing.far()
	return pulse{At: time.Now(), Connected: s.Connected, LastAck: s.LastAck, Index: b.live.answers(), Prepared: prepared, ToPrepare: toPrepare, Read: read, ToRead: of}
}

// operations answers GET /healthz, with 503 and what is wrong where the bot is
// not well, and GET /metrics in Prometheus's text format.
func (b *bot) operations() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		p := b.pulse()
		if fault := p.fault(time.Now()); fault != "" {
			http.Error(w, fault, http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, p.well()+"\n")
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		var out bytes.Buffer
		if err := b.writeMetrics(&out); err != nil {
			http.Error(w, "the metrics cannot be written", http.StatusInternalServerError) // unreachable: a buffer takes everything
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		_, _ = w.Write(out.Bytes())
	})
	return mux
}

// writeMetrics writes what the connection counted, how much is asked, and which
// index answers.
func (b *bot) writeMetrics(w io.Writer) error {
	if err := b.wire.WriteMetrics(w); err != nil {
		return err
	}
	lib, done := b.live.Use()
	articles := lib.Size()
	done()
	load := b.live.Load()
	fmt.Fprintf(w, "# HELP footnote_questions_total Questions by how they fared: worked out, remembered or refused.\n# TYPE footnote_questions_total counter\n"+
		"footnote_questions_total{how=\"worked out\"} %d\nfootnote_questions_total{how=\"remembered\"} %d\nfootnote_questions_total{how=\"refused\"} %d\n", load.Fresh, load.Again, load.Refused)
	fmt.Fprintf(w, "# HELP footnote_questions_working Questions and claims that are worked on.\n# TYPE footnote_questions_working gauge\nfootnote_questions_working %d\n", load.Working)
	fmt.Fprintf(w, "# HELP footnote_questions_waiting Questions and claims that wait for a processor.\n# TYPE footnote_questions_waiting gauge\nfootnote_questions_waiting %d\n", load.Waiting)
	fmt.Fprintf(w, "# HELP footnote_articles Articles that the library holds.\n# TYPE footnote_articles gauge\nfootnote_articles %d\n", articles)
	_, err := fmt.Fprintf(w, "# HELP footnote_index_info 1 for the version of the index that answers.\n# TYPE footnote_index_info gauge\nfootnote_index_info{version=%q} 1\n", b.live.now.Load().key)
	return err
}

// serveOps serves the operations on an address of their own until stop is closed.
func (b *bot) serveOps(stop <-chan struct{}) {
	srv := &http.Server{
		Handler: b.operations(), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(b.log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(b.ops) }()
	b.log.Info("serving /healthz and /metrics", "addr", b.ops.Addr().String())
	select {
	case <-stop:
		_ = srv.Close()
		<-ended
	case err := <-ended:
		if !errors.Is(err, http.ErrServerClosed) {
			b.log.Error("/healthz and /metrics are gone; the bot goes on", "reason", err)
		}
	}
}
