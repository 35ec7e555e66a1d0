package eval

import (
	"context"
	"errors"
	"hash/fnv"
	"time"

	"footnote/answer"
	"footnote/corpus"
	"footnote/encoder"
)

// Outcome is what became of one question.
type Outcome struct {
	Case       Case
	Answer     answer.Answer
	Shown      bool    // answered, not abstained
	Right      bool    // the answer that was shown is right
	Confidence float64 //
	Found              // by the bot, forced to answer
	EM, F1     float64 // of the forced span against the best gold answer
	Sure       float64 // how sure the forced span is, the sentence included
	Took       time.Duration
	Baselines  [baselineCount]Found // what simpler methods would have found
	Signals    []answer.Part        // what decided whether to answer
	Missed     *Missed              // why it was not answered rightly; nil where it was
}

// Found is how far down a method finds what is right.
type Found struct {
	Sentence int // rank of the first right sentence, from 1; 0 when none of the first ten is right
	Passage  int // rank of the first right passage, from 1; 0 when not found
}

// ranked is how deep sentences are looked at for their rank.
const ranked = 10

// Options say how a set is asked.
type Options struct {
	OwnPassage bool           // ask each SQuAD question of its own paragraph alone
	Model      *encoder.Model // that reads the paragraph; may be nil
	Talked     Talk           // which article was talked about before each question
}

// Talk says which article was talked about before a question is asked.
type Talk int

// The values of Talk.
const (
	TalkNone  Talk = iota
	TalkOwn        // the question's own
	TalkLast       // that of the last answer to a question of the set, none before the first
	TalkOther      // one that is not the question's own
)

// talked returns the id of the article that was talked about before a question.
func (t Talk) talked(lib *answer.Library, c Case, last string) string {
	switch t {
	case TalkOwn:
		return c.Article
	case TalkLast:
		return last
	case TalkOther:
		var others []string
		for _, a := range lib.Headers() {
			if a.ID != c.Article {
				others = append(others, a.ID)
			}
		}
		if len(others) > 0 {
			h := fnv.New32a()
			h.Write([]byte(c.ID)) // never fails
			return others[h.Sum32()%uint32(len(others))]
		}
	}
	return ""
}

// Run asks every question of the set, one after the other, and tells what
// became of each.
func Run(ctx context.Context, lib *answer.Library, set *Set, opts Options) ([]Outcome, error) {
	var out []Outcome
	err := each(ctx, lib, set, opts, func(o Outcome, _ answer.Trace) { out = append(out, o) })
	return out, err
}

// each asks every question of the set and hands on what became of it and how.
func each(ctx context.Context, lib *answer.Library, set *Set, opts Options, use func(Outcome, answer.Trace)) error {
	alone := map[string]*answer.Library{}
	defer func() {
		for _, l := range alone {
			l.Close()
		}
	}()
	views := map[*answer.Library]*simple{}
	view := func(lib *answer.Library) *simple {
		if views[lib] == nil {
			views[lib] = newSimple(lib)
		}
		return views[lib]
	}
	last := ""
	for _, c := range set.Cases {
		if err := ctx.Err(); err != nil {
			return err
		}
		ask, asked := lib, c
		article, err := lib.Article(c.Article)
		if err != nil && !errors.Is(err, answer.ErrNotFound) {
			return err
		}
		if opts.OwnPassage {
			if ask, article, asked, err = ownPassage(ctx, alone, set, c, opts.Model); err != nil {
				return err
			}
		}
		begin := time.Now()
		t := ask.Trace(ctx, answer.Question{Text: c.Question, Talked: opts.Talked.talked(ask, c, last)})
		if t.Answer.Citation != nil {
			last = t.Answer.Citation.Article
		}
		o := Outcome{Case: asked, Answer: t.Answer, Took: time.Since(begin), Shown: t.Answer.Status == answer.Answered, Confidence: t.Answer.Confidence, Signals: t.Signals}
		o.Sure = o.Confidence * t.ForcedSure
		if article != nil {
			o.judge(t, article)
			o.Baselines = view(ask).find(asked, article, t.Hits)
			if o.Missed, err = o.missed(t, ask, article); err != nil {
				return err
			}
		}
		o.Case = c
		use(o, t)
	}
	return nil
}

// judge compares a trace with what the case holds right.
func (o *Outcome) judge(t answer.Trace, article *corpus.Article) {
	c := o.Case
	if c.None {
		return
	}
	o.Found = c.find(t.Sentences, t.Passages, article)
	o.Right = o.Shown && o.Sentence == 1
	for _, g := range c.Gold {
		o.F1 = max(o.F1, f1(t.Forced, g.Text))
		if exact(t.Forced, g.Text) {
			o.EM = 1
		}
	}
}

// find returns where in a ranking the first right sentence and passage stand.
func (c Case) find(sentences, passages []answer.Place, article *corpus.Article) Found {
	var f Found
	for i, s := range sentences {
		if i == ranked {
			break
		}
		if c.right(s.Article, article.ID, s.Span, article) {
			f.Sentence = i + 1
			break
		}
	}
	for i, p := range passages {
		if p.Article == article.ID && p.Passage <= len(article.Passages) && c.right(p.Article, article.ID, article.Passages[p.Passage-1].Span, article) {
			f.Passage = i + 1
			break
		}
	}
	return f
}

// right reports whether a span of an article answers the case.
func (c Case) right(article, want string, s corpus.Span, a *corpus.Article) bool {
	if article != want {
		return false
	}
	if c.Pattern != nil {
		return c.Pattern.MatchString(a.Quote(s))
	}
	for _, g := range c.Gold {
		if s.Contains(g.Span) {
			return true
		}
	}
	return false
}

// ownPassage makes, once, a library of the case's own paragraph and moves its
// gold spans there.
func ownPassage(ctx context.Context, made map[string]*answer.Library, set *Set, c Case, m *encoder.Model) (*answer.Library, *corpus.Article, Case, error) {
	for _, a := range set.Library {
		if a.ID != c.Article {
			continue
		}
		p := a.Passages[c.Passage-1]
		key := a.ID + "\x00" + a.Quote(p.Span)
		lib := made[key]
		if lib == nil {
			src, err := answer.From([]*corpus.Article{corpus.FromParagraphs(a.Title, a.Language, []string{a.Quote(p.Span)})})
			if err != nil {
				return nil, nil, c, err
			}
			if lib, err = src.InMemory(); err != nil {
				return nil, nil, c, err
			}
			if m != nil {
				words := lib
				if lib, err = words.Encode(ctx, answer.Encoding{Model: m}); err != nil {
					return nil, nil, c, err
				}
				words.Close()
			}
			made[key] = lib
		}
		own := lib.Articles()[0]
		c.Article, c.Passage = own.ID, 1
		gold := make([]Gold, len(c.Gold))
		for i, g := range c.Gold {
			shift := own.Passages[0].Start - p.Start
			gold[i] = Gold{Span: corpus.Span{Start: g.Span.Start + shift, End: g.Span.End + shift}, Text: g.Text}
		}
		c.Gold = gold
		return lib, own, c, nil
	}
	return nil, nil, c, nil
}
