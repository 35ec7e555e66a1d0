package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// lockWait is how long Open waits for another process to let go of the file.
const lockWait = 2 * time.Second

// errDamaged says that a file is no store or that part of it cannot be read.
var errDamaged = errors.New("the file is damaged")

// errUnwritable says that the operating system does not let the file be opened.
var errUnwritable = errors.New("choose a data folder that can be written")

// Open opens the store in the file at path and makes it, and its folder, where
// there is none. A damaged file is renamed to path.damaged-TIME and a fresh one
// takes its place; where nothing can be written the store is in memory, so that
// a bot on a read-only disk still answers. The log says both. The error says
// that another process holds the file or that a newer version wrote it.
func Open(log *slog.Logger, path string) (*Store, error) {
	s, err := open(path)
	if errors.Is(err, errUnwritable) {
		log.Warn("settings are kept in memory and lost at the next start", "reason", err)
		return Memory(), nil
	}
	if !errors.Is(err, errDamaged) {
		return s, err
	}
	aside := path + ".damaged-" + time.Now().UTC().Format("20060102-150405.000000000")
	if renameErr := os.Rename(path, aside); renameErr != nil {
		return nil, fmt.Errorf("%w, and it cannot be renamed; move it away: %w", err, renameErr)
	}
	log.Warn("the settings could not be read; starting with fresh ones", "err", err, "kept as", aside)
	return open(path)
}

func open(path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnwritable, err)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: %s is not a file", errUnwritable, path)
	}
	db, err := openDB(path)
	if err != nil {
		return nil, err
	}
	s := Memory()
	s.db, s.path = db, path
	if err := s.load(); err != nil {
		if errors.Is(err, errDamaged) {
			return nil, err // after a panic in bbolt its Close may hang
		}
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func openDB(path string) (db *bolt.DB, err error) {
	defer guard(&err)()
	db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: lockWait})
	var system *fs.PathError
	switch {
	case err == nil:
		return db, nil
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("%s is held by another process; stop that one or choose another data folder", path)
	case errors.As(err, &system):
		return nil, fmt.Errorf("%w: %w", errUnwritable, err)
	}
	return nil, fmt.Errorf("%s: %w: %w", path, errDamaged, err)
}

// load makes the buckets and reads everything.
func (s *Store) load() (err error) {
	defer guard(&err)()
	err = s.db.Update(func(tx *bolt.Tx) error {
		for _, name := range [][]byte{metaBucket, guildsBucket, loginsBucket, namesBucket} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		meta := tx.Bucket(metaBucket)
		switch got := string(meta.Get(schemaKey)); got {
		case schema:
		case "":
			if err := meta.Put(schemaKey, []byte(schema)); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s has schema %q and this version knows %q; use the version that wrote it, or move the file away", s.path, got, schema)
		}
		if err := tx.Bucket(guildsBucket).ForEach(func(id, value []byte) error {
			var g guild
			if err := json.Unmarshal(value, &g); err != nil {
				return fmt.Errorf("%w: server %q: %w", errDamaged, id, err)
			}
			s.guilds[string(id)] = g
			return nil
		}); err != nil {
			return err
		}
		if err := tx.Bucket(namesBucket).ForEach(func(id, value []byte) error {
			var names []string
			if err := json.Unmarshal(value, &names); err != nil {
				return fmt.Errorf("%w: commands of application %q: %w", errDamaged, id, err)
			}
			s.names[string(id)] = names
			return nil
		}); err != nil {
			return err
		}
		if value := tx.Bucket(loginsBucket).Get(timesKey); value != nil {
			if err := json.Unmarshal(value, &s.logins); err != nil {
				return fmt.Errorf("%w: times of logins: %w", errDamaged, err)
			}
		}
		return nil
	})
	return err
}

// guard returns a function to defer, which turns a panic of bbolt, which trusts
// the pages it reads, into an error. Reading behind the end of a file that was
// cut short is a fault of memory; until the deferred call it panics too.
func guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if r := recover(); r != nil {
			*err = fmt.Errorf("%w: %v", errDamaged, r)
		}
	}
}
