// Package store keeps what must outlive a restart besides the index: which
// channels of a server the bot listens in, which servers it is paused on, which
// channels were told a hint today, what was asked on a server and not answered
// where an admin switched that on, which commands the bot registered, and when it
// logged in to Discord.
//
// Start with [Open], and with [Memory] where nothing can be written. All of it
// is held in memory, because every message that the bot sees asks for it, and
// each change is written to one bbolt file before it counts. The package keeps
// no other questions, no answers and no names or ids of people.
package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Buckets and keys of the file. A server's settings are one JSON value under
// its id, so that leaving the server is deleting one key.
var (
	metaBucket   = []byte("meta")
	schemaKey    = []byte("schema")
	guildsBucket = []byte("guilds")
	loginsBucket = []byte("logins")
	timesKey     = []byte("times")
	namesBucket  = []byte("commands")
)

// schema is the version of the file's layout. A field that a server's settings
// gain is no new one: an older version reads past it, and drops it where it
// writes that server's settings.
const schema = "1"

// maxID bounds the ids that are taken, in bytes; Discord's have up to 20 digits.
const maxID = 64

// Store holds the settings. It is safe for concurrent use.
type Store struct {
	mu     sync.RWMutex
	db     *bolt.DB // nil: memory alone
	path   string   // of the file; db.Path is another after compact
	guilds map[string]guild
	logins []time.Time
	names  map[string][]string // by application, of the commands it registered
}

// guild is what is kept of one server.
type guild struct {
	Paused   bool              `json:"paused,omitempty"`
	Channels []string          `json:"channels,omitempty"` // switched on, sorted
	Hinted   map[string]string `json:"hinted,omitempty"`   // channel and kind to the last day of a hint, "2006-01-02"

	Keeps      bool         `json:"keeps_unanswered,omitempty"`
	Unanswered []Unanswered `json:"unanswered,omitempty"` // the least recent first
}

func (g guild) empty() bool {
	return !g.Paused && len(g.Channels) == 0 && len(g.Hinted) == 0 && !g.Keeps && len(g.Unanswered) == 0
}

// Memory returns a store that forgets everything when the process ends.
func Memory() *Store { return &Store{guilds: map[string]guild{}, names: map[string][]string{}} }

// InMemory reports whether nothing is written to a file.
func (s *Store) InMemory() bool { return s.db == nil }

// Close closes the file. The store must not be used afterwards.
func (s *Store) Close() error {
	if s.db == nil {
		return nil
	}
	return s.db.Close()
}

// ChannelOn reports whether free text is answered in the channel.
func (s *Store) ChannelOn(guildID, channelID string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Contains(s.guilds[guildID].Channels, channelID)
}

// Channels returns the ids of the server's channels in which free text is
// answered, sorted.
func (s *Store) Channels(guildID string) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.guilds[guildID].Channels)
}

// SetChannel switches free text in the channel on or off. The error says why
// it could not be written; then nothing has changed.
func (s *Store) SetChannel(guildID, channelID string, on bool) error {
	if err := checkID("channel", channelID); err != nil {
		return err
	}
	return s.change(guildID, func(g *guild) {
		g.Channels = slices.DeleteFunc(slices.Clone(g.Channels), func(c string) bool { return c == channelID })
		if on {
			g.Channels = append(g.Channels, channelID)
			slices.Sort(g.Channels)
		}
	})
}

// Paused reports whether the bot is paused on the server.
func (s *Store) Paused(guildID string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.guilds[guildID].Paused
}

// SetPaused pauses the bot on the server or lets it go on. The error says why
// it could not be written; then nothing has changed.
func (s *Store) SetPaused(guildID string, paused bool) error {
	return s.change(guildID, func(g *guild) { g.Paused = paused })
}

// Hint is a kind of hint: one does not keep the other from being given.
type Hint string

// The kinds of hints.
const (
	HintReply  Hint = ""        // Discord hides what was replied
	HintPaused Hint = " paused" // an admin paused the bot
	HintSilent Hint = " silent" // silence means that there is no answer
)

// Hint reports whether the channel is to be told a hint: true once a kind,
// channel and day (UTC). A mark that could not be written gives no hint, or a
// full disk would make the bot repeat itself.
func (s *Store) Hint(guildID, channelID string, kind Hint, now time.Time) bool {
	today := now.UTC().Format(time.DateOnly)
	mark := channelID + string(kind)
	s.mu.RLock()
	hinted := s.guilds[guildID].Hinted[mark] == today
	s.mu.RUnlock()
	if hinted || checkID("channel", channelID) != nil {
		return false
	}
	first := false
	err := s.change(guildID, func(g *guild) {
		first = g.Hinted[mark] != today
		g.Hinted = maps.Clone(g.Hinted)
		if g.Hinted == nil {
			g.Hinted = map[string]string{}
		}
		// Marks of other days have done their work.
		maps.DeleteFunc(g.Hinted, func(_, day string) bool { return day != today })
		g.Hinted[mark] = today
	})
	return err == nil && first
}

// Guilds returns the ids of the servers of which something is kept, sorted.
func (s *Store) Guilds() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Sorted(maps.Keys(s.guilds))
}

// Forget deletes all that is kept of a server.
func (s *Store) Forget(guildID string) error {
	return s.erase(guildID, func(g *guild) { *g = guild{} })
}

// Logins returns the times that [Store.SetLogins] was last given.
func (s *Store) Logins() ([]time.Time, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.logins), nil
}

// SetLogins keeps the times at which the bot logged in to Discord.
func (s *Store) SetLogins(times []time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, err := json.Marshal(times)
	if err != nil {
		return fmt.Errorf("the times of logins: %w", err)
	}
	if err := s.write(loginsBucket, timesKey, value); err != nil {
		return err
	}
	s.logins = slices.Clone(times)
	return nil
}

// Commands returns the names that [Store.SetCommands] was last given for the
// application: what is registered under another name is somebody else's.
func (s *Store) Commands(applicationID string) ([]string, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.names[applicationID]), nil
}

// SetCommands keeps the names of the commands that the application registered.
func (s *Store) SetCommands(applicationID string, names []string) error {
	if err := checkID("application", applicationID); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	value, err := json.Marshal(names)
	if err != nil {
		return fmt.Errorf("the names of commands: %w", err)
	}
	if err := s.write(namesBucket, []byte(applicationID), value); err != nil {
		return err
	}
	s.names[applicationID] = slices.Clone(names)
	return nil
}

// change applies f to a copy of the server's settings, writes it, and keeps it
// once it is written. f must not change slices and maps in place.
func (s *Store) change(guildID string, f func(*guild)) error {
	if err := checkID("server", guildID); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.guilds[guildID]
	f(&g)
	var value []byte
	if !g.empty() {
		var err error
		if value, err = json.Marshal(g); err != nil {
			return fmt.Errorf("the settings of server %s: %w", guildID, err)
		}
	}
	if err := s.write(guildsBucket, []byte(guildID), value); err != nil {
		return err
	}
	if value == nil {
		delete(s.guilds, guildID)
	} else {
		s.guilds[guildID] = g
	}
	return nil
}

// erase is change where questions go: they leave the file as well.
func (s *Store) erase(guildID string, f func(*guild)) error {
	s.mu.RLock()
	asked := len(s.guilds[guildID].Unanswered) > 0
	s.mu.RUnlock()
	if err := s.change(guildID, f); err != nil || !asked {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.compact()
}

// write puts the value under the key, or deletes the key where it is nil.
func (s *Store) write(bucket, key, value []byte) (err error) {
	if s.db == nil {
		return nil
	}
	defer guard(&err)()
	err = s.db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucket)
		if value == nil {
			return b.Delete(key)
		}
		return b.Put(key, value)
	})
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", s.path, err)
	}
	return nil
}

var errID = errors.New("ids are 1 to 64 letters, digits and signs")

// checkID refuses what Discord never sends; JSON could not hold all of it.
func checkID(what, id string) error {
	if id == "" || len(id) > maxID {
		return fmt.Errorf("%q is not the id of a %s: %w", id, what, errID)
	}
	for _, c := range []byte(id) {
		if c <= ' ' || c > '~' {
			return fmt.Errorf("%q is not the id of a %s: %w", id, what, errID)
		}
	}
	return nil
}
