package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
)

// bothWays are verbs of what two do to one another, whoever is named first.
var bothWays = words.Set(`marry wed date divorce meet face play fight join resemble equal border match`)

// reversed reports whether a sentence tells the deed of a question for a yes or no, "did
// the dog bite the boy", with the two the other way round and them next to it: "the
// boy bit the dog". Unlike [Library.turnedRound] it holds of any verb and of whatever has no name.
func (l *Library) reversed(q *parsed, p *annotate.Doc, best *scored) bool {
	if !q.Whether {
		return false
	}
	for c := 1; c+1 < len(q.Concepts); c++ {
		deed, v := &q.Concepts[c], best.match.at[c]
		lemma := l.words.Lemma(deed.Word)
		if deed.named() || v < 0 || bothWays[lemma] || l.words.Lemma(p.Word(best.in.Tokens[v])) != lemma || v > 0 && determiners[p.Word(best.in.Tokens[v-1])] {
			continue
		}
		doer, target := c-1, c+1
		switch by, ok := q.toObject(c); {
		case !ok:
			continue
		case by:
			doer, target = target, doer
		}
		if passive(p, best.in, v) {
			by := slices.IndexFunc(best.in.Tokens[v:], func(t annotate.Token) bool { return p.Word(t) == "by" })
			v, doer, target = v+max(by, 0), target, doer
		}
		if best.beside(target, v, -1) && best.beside(doer, v, 1) && !best.beside(doer, v, -1) {
			return true
		}
	}
	return false
}

// toObject reports whether what follows a concept of the question can be its object, and
// whether that stands behind "by": "bite the boy", "bitten by the boy".
func (q *parsed) toObject(c int) (by, ok bool) {
	if q.Concepts[c+1].Position > len(q.Pairs) || len(q.Pairs) == 0 { // taken from the question before
		return false, false
	}
	for at := q.Concepts[c].Position + 1; at < q.Concepts[c+1].Position; at++ {
		switch word := q.Pairs[at][0]; {
		case word == "by":
			by = true
		case !determiners[word] && !annotate.ArabicArticle[word]:
			return by, false
		}
	}
	return by, by == (isBe(q.Pairs[0][0]) && !strings.HasSuffix(q.Concepts[c].Word, "ing"))
}

// beside reports whether a concept stands next to token v of a sentence, before it (-1)
// or behind it (1), with no more between them than belongs to a name or is done as well.
func (s *scored) beside(c, v, way int) bool {
	for k := v + way; k >= 0 && k < len(s.in.Tokens) && (k-v)*way <= 5; k += way {
		between := s.p.Gap(s.in.Tokens[min(k, k-way)], s.in.Tokens[max(k, k-way)])
		if strings.ContainsAny(between, ",;:") || annotate.Prepositions[s.p.Word(s.in.Tokens[k])] {
			return false
		}
		if s.match.at[c] == k {
			return true
		}
	}
	return false
}
