package answer

import (
	"slices"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// weighed is one thing that speaks for something or against it.
type weighed[T any] struct {
	name   string
	weight float64 // where the reader has its say
	alone  float64 // where it has none: words are compared, and vectors where there are any
	value  func(T) float64
}

// weigh returns what it counts.
func (f *weighed[T]) weigh(read bool) float64 {
	if read {
		return f.weight
	}
	return f.alone
}

// features are all that ranks sentences. What is sure by the way that an article is
// laid out outweighs what a sentence does not repeat of the question, and what was
// talked about before weighs as much as costs next to nothing where something else
// is meant (answer/eval's talk.golden); the other weights were fitted as a softmax
// over the candidate sentences of the questions that are tuned on, by
//
//	go test ./answer/eval -run TestWeights -fit -v
//
// and rounded. Those that have no weight where the reader has its say gained
// nothing beside it.
var features = []weighed[*scored]{
	{"coverage", 3.3, 1.9, (*scored).coverage},
	{"context", 5.5, 2.0, (*scored).context},
	{"passage", 0, 0.2, func(s *scored) float64 { return s.bm25 }},
	{"topic", 0, 0.5, (*scored).topic},
	{"exact", 0, 0.6, (*scored).exact},
	{"pairs", 0, 0.4, (*scored).pairs},
	{"fits", 0, 0.7, func(s *scored) float64 { return s.fit }},
	{"names", 0, 0.15, (*scored).names},
	{"deed", 0, 0.4, (*scored).deed},
	{"relation", 0.9, 0.3, func(s *scored) float64 { return s.relation }},
	{"lead", 0, 0.05, func(s *scored) float64 { return indicator(s.number == 0) }},
	{"meaning", 18.4, 14, func(s *scored) float64 { return s.similar }},
	{"near", 6.1, 3, func(s *scored) float64 { return s.near }},
	{"asked", 1.0, 1.5, func(s *scored) float64 { return s.asked }},
	{"sure", 8.0, 0, func(s *scored) float64 { return indicator(s.sure) }},
	{"short", 0, -0.5, (*scored).short},
	{"talked", 1.2, 0.6, func(s *scored) float64 { return indicator(s.talked) }},
	{"read", 2.7, 0, func(s *scored) float64 { return s.read.found() }},
	{"answers", -0.8, 0, func(s *scored) float64 { return s.read.answered() }},
}

// passageWeight is what a passage's BM25 counts beside its best sentence.
const passageWeight = 1.0

// weigh works out the features and the score.
func (s *scored) weigh() {
	s.parts, s.score = s.parts[:0], 0
	for i := range features {
		v := features[i].value(s)
		s.parts = append(s.parts, v)
		s.score += float64(features[i].weigh(s.reads) * v) // not fused, so that it rounds alike everywhere
	}
}

// share returns the sum of what each concept of a sort gives, by its weight, of
// the weight of all of that sort.
func (s *scored) share(of func(*concept) bool, gives func(c int) float64) float64 {
	sum, total := 0.0, 0.0
	for c := range s.q.Concepts {
		if k := &s.q.Concepts[c]; of == nil || of(k) {
			sum += float64(k.Weight * gives(c))
			total += k.Weight
		}
	}
	if total == 0 {
		return 0
	}
	return sum / total
}

// coverage is the share of the question, by rarity, that the sentence means.
func (s *scored) coverage() float64 {
	return s.share(nil, func(c int) float64 { return s.match.strength[c] })
}

// context is what the sentences around it, the heading and the title mean besides.
func (s *scored) context() float64 {
	return s.share(nil, func(c int) float64 { return max(s.cover[c]-s.match.strength[c], 0) })
}

// topic is what the rest of the article means besides.
func (s *scored) topic() float64 {
	return s.share(nil, func(c int) float64 { return max(s.local.best[c]-s.cover[c], 0) })
}

// exact is the share that stands there word for word.
func (s *scored) exact() float64 {
	return s.share(nil, func(c int) float64 { return indicator(s.match.exact[c] || s.q.Concepts[c].Kind && s.fit >= 0.8) })
}

// names is the share of the question's names that is meant at or beside it.
func (s *scored) names() float64 {
	return s.share(func(c *concept) bool { return c.Name }, func(c int) float64 { return s.cover[c] })
}

// deed is the share of the question's other words that the sentence means.
func (s *scored) deed() float64 {
	return s.share(func(c *concept) bool { return !c.Name }, func(c int) float64 { return s.match.strength[c] })
}

// pairs is the share of the question's neighbouring words that are neighbours
// in the sentence as well, up to 1 for four of them.
func (s *scored) pairs() float64 {
	n := 0
	for i := 1; i < len(s.in.Tokens); i++ {
		x, y := s.in.Tokens[i-1], s.in.Tokens[i]
		if x.Class.Is(annotate.Stop) && y.Class.Is(annotate.Stop) {
			continue
		}
		if slices.Contains(s.q.Pairs, [2]string{s.p.Word(x), s.p.Word(y)}) {
			n++
		}
	}
	return min(float64(n)/4, 1)
}

// speaks tells whether the sentence is what the one says whose words are asked
// for, 1, or somebody else, -1; 0 where neither.
func (s *scored) speaks() int {
	if s.q.SaidBy < 0 || s.in.Speaker < 0 {
		return 0
	}
	e := &s.p.Entities[s.in.Speaker]
	for _, t := range slices.Concat(e.Terms, e.Roles) {
		if s.q.Concepts[s.q.SaidBy].Terms[s.p.Strings[t]] >= 0.8 {
			return 1
		}
	}
	return -1
}

// short is more the shorter it is, where it is too short to say much.
func (s *scored) short() float64 { return float64(max(6-len(s.in.Tokens), 0)) / 6 }

// scored is one sentence with what it is judged by.
type scored struct {
	q        *parsed
	p        *annotate.Doc // with the sentences of the passage, at least
	in       *annotate.Sentence
	local    *localTerms
	doc      int // article, as a position in the library
	passage  int // position in the library's passages
	sentence int // position in the sentences of p
	number   int // position in the article's sentences

	match    match
	cover    [maxConcepts]float64 // match with context
	bm25     float64              // of the passage, as a share of the best one's
	fit      float64              // something of the kind that is asked for
	relation float64              // the deed asked about, the right way round; negative the wrong way round
	similar  float64              // how nearly it means what the question does, whatever words it uses
	near     float64              // the same of its passage as a whole
	asked    float64              // answers what it stands under, where that asks the same; defines what is asked for; is the row or the clause
	read     read                 // what the reader makes of it
	reads    bool                 // the reader has its say, of this sentence or others
	talked   bool                 // it is of the article that was talked about before

	parts []float64 // by feature
	score float64

	sure bool        // the way that the article is laid out says that it answers, or a relation to a yes or no
	span corpus.Span // what answers then; empty where the sentence does
}
