package answer

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"footnote/answer/queue"
)

// ErrBusy is wrapped by the Err of an answer or a claim that nobody worked on,
// because too many were asked for at once. Asked again later it is worked on.
var ErrBusy = queue.ErrBusy

// Bounds of what is asked at once and of what is remembered.
const (
	maxWaiting = 128  // questions that wait for a processor; at .1 s each the last waits some seconds
	maxKept    = 1024 // answers, a few kilobytes each
)

// desk is where questions come in. The libraries that a [Live] holds, one after
// another, share it: those who still ask the last one count.
type desk struct {
	*queue.Room
	fresh, again, refused atomic.Int64
}

func newDesk() *desk {
	return &desk{Room: queue.NewRoom(runtime.GOMAXPROCS(0), maxWaiting)}
}

// told is err, counted where it says that somebody was refused.
func (d *desk) told(err error) error {
	if errors.Is(err, ErrBusy) {
		d.refused.Add(1)
	}
	return err
}

// Load is how much is asked.
type Load struct {
	Working, Waiting int   // questions and claims at this moment
	Fresh            int64 // questions worked out since the start
	Again            int64 // those that were known, or that somebody asked at the same moment
	Refused          int64 // questions and claims that met [ErrBusy]
}

// Load returns how much is asked of the libraries that l holds, one after another.
func (l *Live) Load() Load {
	d := l.current.Load().lib.desk
	working, waiting := d.Load()
	return Load{Working: working, Waiting: waiting, Fresh: d.fresh.Load(), Again: d.again.Load(), Refused: d.refused.Load()}
}

// Ask answers a question. What cannot be answered is abstained, an empty
// question too; where nothing could be looked for, Err of the answer says why.
//
// As many questions are worked on at once as there are processors. What was
// asked before is not worked out again, so that answers share what they point
// to: it is not to be changed.
func (l *Library) Ask(ctx context.Context, q Question) Answer {
	begin := time.Now()
	a, fresh, err := l.kept.Get(ctx, q.normal(), func() (Answer, error) {
		if err := l.desk.Enter(ctx); err != nil {
			return Answer{}, err
		}
		defer l.desk.Leave()
		a := l.trace(ctx, q, false).Answer
		return a.apart(), a.Err
	})
	switch {
	case err != nil:
		a = l.nothing(q)
		a.Err = l.desk.told(err)
	case fresh:
		l.desk.fresh.Add(1)
	default:
		l.desk.again.Add(1)
	}
	a.Question, a.TookUS = q.Text, time.Since(begin).Microseconds()
	return a
}

// normal is the question without what says nothing: spaces around it and more
// than one between words. Equal ones have equal answers, for answers are worked
// out from it. Capitals say much, and so does a question mark.
func (q Question) normal() Question {
	for _, s := range []*string{&q.Text, &q.Previous, &q.Earlier} {
		*s = strings.Clone(shorten(strings.Join(strings.Fields(*s), " "), maxQuestion))
	}
	return q
}

// apart returns the answer with strings of its own. Those that are slices of an
// article would hold all of its text in memory for as long as the answer is kept.
func (a Answer) apart() Answer {
	own := func(all ...*string) {
		for _, s := range all {
			*s = strings.Clone(*s)
		}
	}
	own(&a.Answer, &a.Quote, &a.Context, &a.SaidBy, &a.ID, &a.Taken.Word, &a.Taken.As, &a.Taken.Before)
	if c := a.Citation; c != nil {
		own(&c.Article, &c.Title, &c.Source, &c.Author, &c.Published, &c.URL)
	}
	for i := range a.Columns {
		own(&a.Columns[i].Name, &a.Columns[i].Value)
	}
	for i := range a.Others {
		own(&a.Others[i].Article, &a.Others[i].Quote)
	}
	for i := range a.Hints {
		a.Hints[i] = a.Hints[i].apart()
	}
	return a
}

// nothing is the answer to a question before anything was looked for.
func (l *Library) nothing(q Question) Answer {
	a := Answer{Question: q.Text, Status: Abstained, Band: BandNone, Others: []Other{}, Corrected: map[string]string{}, Searched: l.size()}
	if q.Article != "" {
		a.Searched = 1
	}
	return a
}
