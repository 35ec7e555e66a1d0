package corpus

import (
	"slices"
	"time"
)

// maxWatching bounds what watching costs: of so many parts of a core's time it
// takes one.
const maxWatching = 20

// Watch tells when something else lies in a library's folder than a catalogue
// says. It may be asked as often as one likes: a folder that takes long to look
// through is looked at seldom. One goroutine at a time may use it.
type Watch struct {
	Path      string     // as for [Look]; "" never changes
	Catalogue *Catalogue // what is known; whoever takes a change over sets it

	next   time.Time // not to be looked at before
	failed string    // what was wrong at the last look
}

// Changed returns what lies there now, where that is something else, or why
// nothing can be a library there; an error is told once. Where nothing changed,
// or it is too early to look, it returns neither. It goes on telling of a change
// until Catalogue is set.
func (w *Watch) Changed() (*Listing, error) {
	began := time.Now()
	if w.Path == "" || began.Before(w.next) {
		return nil, nil
	}
	l, err := w.look(began)
	end := time.Now()
	w.next = end.Add((maxWatching - 1) * end.Sub(began))
	return l, err
}

func (w *Watch) look(began time.Time) (*Listing, error) {
	l, err := look(w.Path, w.Catalogue, 1)
	if err != nil {
		if err.Error() == w.failed {
			return nil, nil
		}
		w.failed = err.Error()
		return nil, err
	}
	w.failed = ""
	if l.differs() || w.proved(l, began) {
		return l, nil
	}
	return nil, l.Close()
}

// differs reports whether something lies there otherwise than in the catalogue
// before.
func (l *Listing) differs() bool {
	same := slices.EqualFunc(l.files, l.before.Files(), func(a, b File) bool { return a.Name == b.Name && a.stat == b.stat })
	return !same || l.before != nil && !slices.Equal(l.problems, l.before.problems)
}

// proved reads those files that were read too soon after a change, once they lie
// there long enough to be believed, and reports whether one is another.
func (w *Watch) proved(l *Listing, now time.Time) bool {
	read := false
	for n, s := range l.states {
		files := l.files[l.begins[n]:l.begins[n+1]]
		if s == known || !slices.ContainsFunc(files, func(f File) bool { return f.young && !f.stat.young(now) }) {
			continue
		}
		was := slices.Clone(files)
		l.Read(n)
		read = true
		if !slices.EqualFunc(was, files, func(a, b File) bool { return a.Sum == b.Sum && a.stat == b.stat }) {
			return true
		}
	}
	if read {
		w.Catalogue = l.Catalogue()
	}
	return false
}
