package store

import (
	"errors"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"
)

// compact writes the file anew without what was deleted: bbolt leaves deleted
// values where they were until something else is written there, and what people
// wrote shall be gone when they are told so. The new file takes the place of the
// old one by renaming, so that a process killed in between leaves one of them.
// The caller holds the lock.
func (s *Store) compact() (err error) {
	if s.db == nil {
		return nil
	}
	defer guard(&err)()
	path := s.path + ".new"
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s cannot be written anew: %w", s.path, err)
	}
	fresh, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: lockWait})
	if err != nil {
		return fmt.Errorf("%s cannot be written anew: %w", s.path, err)
	}
	err = bolt.Compact(fresh, s.db, 0)
	if err == nil {
		err = os.Rename(path, s.path)
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written anew: %w", s.path, errors.Join(err, fresh.Close(), os.Remove(path)))
	}
	old := s.db
	s.db = fresh
	return old.Close()
}
