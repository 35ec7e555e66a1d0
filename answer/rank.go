package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// ranking is what was found for a question, best first.
type ranking struct {
	sentences []*scored
	passages  []int // positions in the library's passages
	hits      []int // the same, as the index alone ranks them by the question's own words
}

// How much of a match counts when it stands beside the sentence, not in it.
const (
	besideBefore = 0.55
	besideLean   = 0.8 // before a sentence that leans on the one before
	besideAfter  = 0.35
	besideFar    = 0.35 // elsewhere in the passage
	besideHead   = 0.45 // in the heading or the title
	besideAsked  = 0.9  // in a question over it that asks much the same
)

// candidates is how many passages are looked at closely.
const candidates = 40

func (l *Library) rank(ctx context.Context, q *parsed, article string) (ranking, error) {
	meant := l.meant(q)
	bm25, found, err := l.candidates(ctx, q, meant, article)
	if err != nil {
		return ranking{}, err
	}
	m, stock := l.newMatcher(q), l.stock(q)
	best := 0.0
	for _, s := range bm25 {
		best = max(best, s)
	}
	var out []*scored
	var matches []match // of the sentences of a passage
	locals := map[int]*localTerms{}
	for _, passage := range found {
		doc, local := l.passageAt(passage)
		p, before, err := l.articles.Passage(doc, local)
		if err != nil {
			return ranking{}, err
		}
		lt := locals[doc]
		if lt == nil {
			lt = m.local(p)
			locals[doc] = lt
		}
		first := p.First[local]
		sents := p.SentencesOf(local)
		matches = slices.Grow(matches[:0], len(sents))[:len(sents)]
		var whole [maxConcepts]float64
		over := l.about(q, p, local, lt)
		vectors, err := l.vectorsAt(meant, passage)
		if err != nil {
			return ranking{}, err
		}
		near, similar := meant.passage(&vectors, len(sents))
		for i := range sents {
			m.sentence(lt, &sents[i], &matches[i])
			for c := range q.Concepts {
				whole[c] = max(whole[c], matches[i].strength[c])
			}
		}
		besideHead := besideHead
		if over.near > 0 && over.asks {
			besideHead = besideAsked
		}
		for i := range sents {
			if !q.mayAnswer(&sents[i]) || l.onlySpeaks(q, p, &sents[i]) || stock.onlyLosses(doc, p, first+i) {
				continue
			}
			s := &scored{q: q, p: p, in: &sents[i], local: lt, doc: doc, passage: passage, sentence: first + i, number: before + first + i, match: matches[i], similar: similar[i], near: near, reads: meant != nil && l.readers != nil}
			for c := range q.Concepts {
				best := matches[i].strength[c]
				if i > 0 {
					beside := besideBefore
					if sents[i].Leans {
						beside = besideLean
					}
					best = max(best, beside*matches[i-1].strength[c])
				}
				if i+1 < len(sents) {
					best = max(best, besideAfter*matches[i+1].strength[c])
				}
				best = max(best, besideFar*whole[c], float64(besideHead*over.head[c]))
				s.cover[c] = best
			}
			if q.Relation.Asked != noSide && q.Relation.Given < 0 && l.fitsTold(q, p, first+i) >= byName {
				c := q.Relation.Deed // "who fights whom": every way of telling it will do
				s.match.strength[c], s.cover[c] = 1, 1
			}
			fit := l.fits(q, p, &sents[i], &s.match)
			if q.Relation.Asked != noSide && l.fitsTold(q, p, first+i) >= byName {
				fit = max(fit, 0.8) // it names whom it is asked about, whatever he is
			}
			q.satisfy(s, fit)
			fit = l.laidOut(q, p, lt, &over, sents, i, s, fit)
			s.fit, s.relation = fit, l.fitsRelation(q, p, s.sentence, &s.match)
			if l.confirms(q, p, s) { // be it by another name: that of who leads them
				s.sure, s.relation = true, byName
			}
			if best > 0 {
				s.bm25 = bm25[passage] / best
			}
			s.talked = p.Article.ID == q.Talked && q.mayConcern(lt)
			s.weigh()
			out = append(out, s)
		}
	}
	if q.err != nil {
		return ranking{}, q.err
	}
	sortScored(out)
	if meant != nil {
		l.reread(q, out)
		for _, s := range out {
			if s.read.done {
				s.weigh()
			}
		}
		sortScored(out)
		preferFitting(q, out)
	}
	hits := slices.DeleteFunc(slices.Clone(found), func(p int) bool { return bm25[p] == 0 })
	slices.SortStableFunc(hits, func(a, b int) int { return cmp.Compare(bm25[b], bm25[a]) })
	return ranking{sentences: out, passages: l.rankPassages(q, out, bm25, best), hits: hits}, nil
}

// whole returns a sentence in the whole of its article.
func (l *Library) whole(s *scored) (*scored, error) {
	p, err := l.doc(s.doc)
	if err != nil {
		return nil, err
	}
	c := *s
	c.p, c.in, c.sentence = p, &p.Sentences[s.number], s.number
	return &c, nil
}

// hair is how much better the best sentence may be and yet stand behind one that fits.
const hair = 1.0

// preferFitting puts a sentence before the best one where that holds nothing of the kind
// that is asked for and is better by a hair alone. As a feature the kind gains nothing
// beside the reader, which takes "sold at $18" for how many were sold all the same.
func preferFitting(q *parsed, all []*scored) {
	if len(all) == 0 || !q.lacks(all[0].fit, all[0]) {
		return
	}
	for i, s := range all {
		if all[0].score-s.score > hair {
			return
		}
		if s.fit >= 0.8 {
			copy(all[1:i+1], all[:i])
			all[0] = s
			return
		}
	}
}

func sortScored(all []*scored) {
	slices.SortFunc(all, func(a, b *scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.passage, b.passage), cmp.Compare(a.sentence, b.sentence))
	})
}

// mayConcern reports whether an article holds all names of the question: one that
// names another article is not about that which was talked about before.
func (q *parsed) mayConcern(lt *localTerms) bool {
	for c := range q.Concepts {
		if q.Concepts[c].Name && lt.best[c] < 0.5 {
			return false
		}
	}
	return true
}

// candidates returns the passages to look at, in order, and their BM25 scores
// by the question's own words.
func (l *Library) candidates(ctx context.Context, q *parsed, meant *meant, article string) (map[int]float64, []int, error) {
	bm25 := map[int]float64{}
	var found []int
	in := []string{article}
	if l.Header(q.Talked) != nil && article == "" {
		in = append(in, q.Talked) // its passages may be far down among all
	}
	widths := []bool{false, true}
	if meant != nil && !l.vectors.Lacking() && !slices.ContainsFunc(l.languages, func(s string) bool { return !l.model.Covers(s) }) { // vectors find what other words mean
		widths = widths[:1]
	}
	for _, in := range in {
		for _, wide := range widths {
			hits, err := l.search(ctx, q, in, wide)
			if err != nil {
				return nil, nil, err
			}
			for _, h := range hits {
				if _, ok := bm25[h.Document]; !ok {
					found = append(found, h.Document)
					bm25[h.Document] = 0
				}
				if !wide {
					bm25[h.Document] = h.Score
				}
			}
		}
	}
	sections, err := l.inSections(ctx, q, article)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range sections {
		if _, ok := bm25[p]; !ok && len(found) < 2*candidates {
			found = append(found, p)
			bm25[p] = 0
		}
	}
	for _, in := range in {
		if meant == nil {
			break
		}
		nearest, err := l.nearestPassages(ctx, meant, in)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range nearest {
			if _, ok := bm25[p]; !ok {
				found = append(found, p)
				bm25[p] = 0
			}
		}
	}
	slices.Sort(found)
	return bm25, found, nil
}

// mayAnswer reports whether a sentence can be an answer: a question of the text
// is none, unless somebody is told to ask it, nor are the names of a table's
// columns; the heading of a version tells no more than its date.
func (q *parsed) mayAnswer(s *annotate.Sentence) bool {
	switch s.Role {
	case corpus.Question:
		return s.Cue >= 0
	case corpus.DatedLine:
		return q.whenReleased()
	}
	return s.Role == corpus.Statement
}

// laidOut sets what the way that an article is laid out says of sentence i of a
// passage, and returns how well it fits.
func (l *Library) laidOut(q *parsed, p *annotate.Doc, lt *localTerms, over *about, sents []annotate.Sentence, i int, s *scored, fit float64) float64 {
	sent := &sents[i]
	answer := func(asked float64, sure bool, span corpus.Span) {
		s.asked = max(s.asked, asked)
		if sure && !s.sure {
			s.sure, s.span = true, span
		}
	}
	if over.near > 0 && sent.Role == corpus.Statement {
		place := over.place(q, sents, i)
		answer(over.near*place, over.answers(fit, place), corpus.Span{})
	}
	if span := l.definition(q, p, sent, lt); span.Len() > 0 {
		whole := span == sent.Span // "A heddle is a loop": as sure as any sentence
		if whole {
			span = corpus.Span{}
		}
		answer(1, !whole || strings.ContainsAny(p.Article.Quote(sent.Span), "\n\t"), span)
		fit = 1
	}
	if span := l.rowAnswers(q, p, sent, lt, over); span.Len() > 0 {
		answer(1, true, span)
		fit = 1
	}
	if in := q.inSection(sents, i); in > 0 {
		if sent.Role == corpus.DatedLine {
			answer(in, true, releaseDate(p, sent))
		} else if q.Asked != aTime || fit >= 0.8 {
			answer(in, (in == 1 || q.meansChange(s)) && q.onlySection(s), corpus.Span{})
		}
	}
	return fit
}

// satisfy counts a noun that only names the kind of thing asked for, as in
// "which countries", as meant by a sentence that holds such a thing.
func (q *parsed) satisfy(s *scored, fit float64) {
	for c := range q.Concepts {
		if q.Concepts[c].Kind && fit >= 0.8 {
			s.match.strength[c] = max(s.match.strength[c], fit)
			s.cover[c] = max(s.cover[c], fit)
		}
	}
}

// rankPassages puts the passages in order: their BM25, helped by the best of
// their sentences.
func (l *Library) rankPassages(q *parsed, sents []*scored, bm25 map[int]float64, best float64) []int {
	score := map[int]float64{}
	var order []int
	for _, s := range sents {
		if _, ok := score[s.passage]; !ok {
			order = append(order, s.passage)
			score[s.passage] = s.score
			if best > 0 {
				score[s.passage] += passageWeight * bm25[s.passage] / best
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case score[a] > score[b]:
			return -1
		case score[a] < score[b]:
			return 1
		}
		return a - b
	})
	return order
}
