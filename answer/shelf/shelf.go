package shelf

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"

	"footnote/answer/blocks"
	"footnote/answer/vectors"
	"footnote/encoder"
	"footnote/index"
)

// Shelf is the prepared articles of libraries below a folder, or in memory. It is
// safe for concurrent use, and several processes may use one folder.
type Shelf struct {
	root  string // "" in memory
	how   *Preparing
	cache *blocks.Cache

	mu      sync.Mutex
	open    map[string]*segment // that somebody uses, by their keys
	damaged map[string]damage   // what was found in segments that cannot be read, by their keys
}

// damage is something that cannot be read.
type damage struct {
	err error
	tag string // of the vectors in which it is; "" where it is in the segment itself
}

var shelves sync.Map // of *Shelf by their roots

// At returns the shelf of the folder, which need not be there yet: the same for all
// who ask with the same way of preparing. The folder "" stands for no folder; what is built there is kept in memory
// as long as somebody uses it.
func At(root string, how *Preparing) *Shelf {
	if root == "" {
		return newShelf("", how)
	}
	if abs, err := filepath.Abs(root); err == nil {
		root = abs
	}
	type at struct {
		root string
		how  *Preparing
	}
	s, _ := shelves.LoadOrStore(at{root, how}, newShelf(root, how))
	return s.(*Shelf)
}

func newShelf(root string, how *Preparing) *Shelf {
	return &Shelf{root: root, how: how, cache: blocks.NewCache(blocks.DefaultMemory), open: map[string]*segment{}, damaged: map[string]damage{}}
}

// Open opens the collection of the key. Errors wrap [index.ErrMissing] or
// [index.ErrDamaged] where it must be built (again).
func (s *Shelf) Open(key string) (*Collection, error) {
	v, err := readVersion(s.root, key)
	if err != nil {
		return nil, err
	}
	var segments []*segment
	for _, k := range v.segments {
		seg, err := s.use(k)
		if err != nil {
			return nil, errors.Join(err, s.leave(segments...))
		}
		segments = append(segments, seg)
	}
	return s.collect(v, segments)
}

// isSegment matches the names of segments' directories.
var isSegment = regexp.MustCompile(`^[0-9a-f]{32}$`)

// held returns which articles each segment below the root holds. What cannot be
// read holds none.
func (s *Shelf) held(damaged func(error)) map[string][]Key {
	all := map[string][]Key{}
	entries, err := os.ReadDir(s.root)
	if s.root == "" || err != nil {
		return all
	}
	for _, e := range entries {
		if !isSegment.MatchString(e.Name()) {
			continue
		}
		f, err := os.Open(filepath.Join(s.root, e.Name(), blocksFile))
		if err != nil {
			continue
		}
		if info, err := f.Stat(); err == nil {
			b, err := blocks.Open(f, info.Size())
			switch {
			case err == nil:
				for i := range b.Len() {
					all[e.Name()] = append(all[e.Name()], b.Key(i))
				}
			case lost(err): // one of the same name must not be taken for what is made anew
				damaged(err)
				_ = index.Discard(s.root, e.Name())
			}
		}
		f.Close()
	}
	return all
}

// note remembers what is damaged.
func (s *Shelf) note(segment string, err error, tag string) {
	if !lost(err) && !errors.Is(err, vectors.ErrDamaged) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d, ok := s.damaged[segment]; !ok || d.tag != "" {
		s.damaged[segment] = damage{err, tag}
	}
}

// lost reports whether an error says that what was read is not what was written, and
// not that nothing can be read at the moment.
func lost(err error) bool {
	for _, passing := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, fs.ErrPermission} {
		if errors.Is(err, passing) {
			return false
		}
	}
	return errors.Is(err, index.ErrDamaged)
}

// Damaged returns what was found that cannot be read since something was built last;
// nil where nothing was. Building makes it anew.
func (s *Shelf) Damaged() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, d := range s.damaged {
		errs = append(errs, d.err)
	}
	return errors.Join(errs...)
}

// Discard takes away what was found to be damaged, so that building makes it anew.
// Those who read it go on.
func (s *Shelf) Discard() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for key, d := range s.damaged {
		delete(s.damaged, key)
		if d.tag == "" {
			delete(s.open, key) // whoever opens it gets the one that is made
			if s.root != "" {
				errs = append(errs, index.Discard(s.root, key))
			}
			continue
		}
		if seg := s.open[key]; seg != nil {
			delete(seg.vectors, d.tag)
		}
		if err := os.Remove(s.vectorsFile(key, d.tag)); s.root != "" && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Sweep removes what no library of the keys has: libraries, segments that no process
// reads, and vectors that belong to no segment, or that another model than this one,
// which may be nil, made and nobody used of late.
func (s *Shelf) Sweep(m *encoder.Model, keep ...string) error {
	entries, err := os.ReadDir(s.root)
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, key := range keep {
		kept[key] = true
	}
	var segments []string
	var errs []error
	for _, e := range entries {
		key, ok := strings.CutSuffix(e.Name(), versionEnd)
		switch {
		case ok && !kept[key]:
			errs = append(errs, os.Remove(filepath.Join(s.root, e.Name())))
		case ok:
			of, err := segmentsOf(s.root, key)
			if err != nil { // whichever they are, they are not to be swept
				return errors.Join(append(errs, err)...)
			}
			segments = append(segments, of...)
		case strings.HasPrefix(e.Name(), begunPrefix) && old(e):
			errs = append(errs, os.Remove(filepath.Join(s.root, e.Name())))
		}
	}
	tag := ""
	if m != nil {
		tag = vectors.Tag(m)
	}
	errs = append(errs, index.Sweep(s.root, segments...))
	return errors.Join(append(errs, s.sweepVectors(entries, tag))...)
}
