package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"footnote/corpus"
)

// pulse is what a running bot writes down for -health.
type pulse struct {
	At        time.Time `json:"at"`
	Connected bool      `json:"connected"`
	LastAck   time.Time `json:"last_ack"` // of a heartbeat; zero over HTTP, where there is none
	Index     bool      `json:"index"`    // it answers
	Prepared  int       `json:"prepared,omitempty"`
	ToPrepare int       `json:"to_prepare,omitempty"` // articles, while a library is being prepared
	Read      int       `json:"read,omitempty"`
	ToRead    int       `json:"to_read,omitempty"` // passages, while they are read for what they mean
}

const (
	pulseEvery = 10 * time.Second
	pulseIll   = time.Second // while it is not well, so that it is soon known to be
	pulseStale = 3 * pulseEvery
	ackStale   = 2 * time.Minute // Discord wants a heartbeat about every 41 s
)

func (c *config) pulseFile() string { return filepath.Join(c.data, "health.json") }

// write replaces the file at once, so that a reader never sees half of it.
func (p pulse) write(path string) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	tmp := path + ".new"
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

// healthy reads what the bot on this data folder wrote last; the code is 0
// where it is well and 1 where it is not.
func (c *config) healthy(w io.Writer) (int, error) {
	b, err := os.ReadFile(c.pulseFile())
	if errors.Is(err, os.ErrNotExist) {
		fmt.Fprintf(w, "no bot runs on %s\n", corpus.Shown(c.data))
		return 1, nil
	}
	if err != nil {
		return 1, fmt.Errorf("%s cannot be read (%w)", corpus.Shown(c.pulseFile()), cause(err))
	}
	var p pulse
	if err := json.Unmarshal(b, &p); err != nil {
		return 1, fmt.Errorf("%s cannot be read: %w", corpus.Shown(c.pulseFile()), err)
	}
	if fault := p.fault(time.Now()); fault != "" {
		fmt.Fprintln(w, fault)
		return 1, nil
	}
	fmt.Fprintln(w, p.well())
	return 0, nil
}

// well is what is said where no fault is.
func (p pulse) well() string {
	if p.ToPrepare > 0 {
		return fmt.Sprintf("well; %d of %d articles are read, until all are only those can be asked", p.Prepared, p.ToPrepare)
	}
	if p.ToRead > 0 {
		return fmt.Sprintf("well; %d of %d passages are read for what they mean, until then all are found by their words alone", p.Read, p.ToRead)
	}
	return "well"
}

// fault says what is wrong with the bot, "" if nothing is.
func (p pulse) fault(now time.Time) string {
	switch {
	case now.Sub(p.At) > pulseStale:
		return fmt.Sprintf("the bot gave its last sign of life %v ago", now.Sub(p.At).Round(time.Second))
	case !p.Index:
		return "the index does not answer"
	case !p.Connected:
		return "the bot is not connected"
	case !p.LastAck.IsZero() && now.Sub(p.LastAck) > ackStale:
		return fmt.Sprintf("Discord acknowledged the last heartbeat %v ago", now.Sub(p.LastAck).Round(time.Second))
	}
	return ""
}

// beat writes the pulse until stop is closed, and takes it away at the end.
func beat(log *slog.Logger, path string, stop <-chan struct{}, look func() pulse) {
	defer os.Remove(path)
	warned := false
	for {
		p := look()
		if err := p.write(path); err != nil && !warned {
			log.Warn("the sign of life for -health cannot be written", "reason", err)
			warned = true
		}
		next := pulseEvery
		if p.fault(time.Now()) != "" {
			next = pulseIll
		}
		select {
		case <-stop:
			return
		case <-time.After(next):
		}
	}
}
