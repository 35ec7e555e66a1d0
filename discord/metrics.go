package discord

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// firstWithin are the upper bounds of the histogram of first responses, in
// seconds. Discord's patience ends at 3.
var firstWithin = [...]float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3}

// metrics counts what came in since the start and how it ended. The zero value
// is ready.
type metrics struct {
	mu     sync.Mutex
	events map[event]int
	first  [len(firstWithin) + 1]int // first responses that took at most firstWithin[i], the last one longer
	sum    time.Duration             // of all first responses
}

// event is a kind of event and an outcome.
type event struct{ kind, outcome string }

// count notes how an event ended.
func (m *metrics) count(kind, outcome string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.events == nil {
		m.events = map[event]int{}
	}
	m.events[event{kind, outcome}]++
}

// response notes how long a first response took.
func (m *metrics) response(took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := 0
	for i < len(firstWithin) && took.Seconds() > firstWithin[i] {
		i++
	}
	m.first[i]++
	m.sum += took
}

// WriteMetrics writes what the bot counted and how it is connected, in the text
// format of Prometheus (Content-Type "text/plain; version=0.0.4"): events by
// kind and outcome, in the words of the log, a histogram of the time from an
// interaction's arrival to its first response, and the Status as gauges.
func (b *Bot) WriteMetrics(w io.Writer) error {
	var out bytes.Buffer
	b.metrics.write(&out)
	s := b.Status()
	gauge := func(name, help string, v any) {
		fmt.Fprintf(&out, "# HELP %s %s\n# TYPE %s gauge\n%s %v\n", name, help, name, name, v)
	}
	gauge("footnote_connected", "1 if every connection to Discord is up, or Discord may send over HTTP.", bit(s.Connected))
	gauge("footnote_shards", "Connections that this process holds.", s.Shards)
	gauge("footnote_shards_up", "Those of them that are up.", s.Up)
	gauge("footnote_heartbeat_seconds", "Latency of the last acknowledged heartbeat.", s.Latency.Seconds())
	gauge("footnote_servers", "Servers that the bot is in.", s.Guilds)
	gauge("footnote_logins", "Logins at the gateway in the last 24 hours.", s.Logins)
	gauge("footnote_message_content", "1 if free text in channels is heard.", bit(s.MessageContent && s.Shards > 0))
	_, err := w.Write(out.Bytes())
	return err
}

func (m *metrics) write(out *bytes.Buffer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out.WriteString("# HELP footnote_events_total Interactions and messages by kind and outcome.\n# TYPE footnote_events_total counter\n")
	var keys []event
	for k := range m.events {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b event) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.outcome, b.outcome)) })
	for _, k := range keys {
		fmt.Fprintf(out, "footnote_events_total{kind=%q,outcome=%q} %d\n", k.kind, k.outcome, m.events[k])
	}
	const name = "footnote_first_response_seconds"
	fmt.Fprintf(out, "# HELP %s From the arrival of an interaction to its first response.\n# TYPE %s histogram\n", name, name)
	n := 0
	for i, bound := range firstWithin {
		n += m.first[i]
		fmt.Fprintf(out, "%s_bucket{le=\"%g\"} %d\n", name, bound, n)
	}
	n += m.first[len(firstWithin)]
	fmt.Fprintf(out, "%s_bucket{le=\"+Inf\"} %d\n%s_sum %d.%06d\n%s_count %d\n", name, n, name, m.sum/time.Second, m.sum%time.Second/time.Microsecond, name, n)
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
