package answer

import (
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/answer/words"
	"footnote/corpus"
)

// about is how what a passage stands under goes with a question.
type about struct {
	head [maxConcepts]float64 // how nearly headings, title and the text's own question mean each concept
	near float64              // how nearly the nearest of them asks the same, 0 to 1
	sure bool                 // it asks the same
	asks bool                 // it is a question
	kind bool                 // it asks for the same kind of thing, as far as can be told
	next bool                 // the passage before stands under it too
}

// How near a heading must come to a question.
const (
	nearAt = 0.5 // to count at all, where it is a question
	sameAt = 0.8 // to be taken for the same
)

// about compares a question with what a passage stands under: the share of the
// question that is meant there, by rarity, times the share of the heading that
// the question means. So "Refunds" is near "Can I get a refund?", and "Refunds
// of season tickets bought abroad" is less.
func (l *Library) about(q *parsed, p *annotate.Doc, passage int, lt *localTerms) about {
	var a about
	lt.add(p.Heading[passage], &a.head)
	lt.add(p.Title, &a.head)
	topic := p.Topic[passage]
	for _, t := range topic {
		lt.add([]int{t.Term}, &a.head)
		for c := range q.Concepts {
			if l.heads(q.Concepts[c].Word, p.Strings[t.Word]) {
				a.head[c] = 1
			}
		}
	}
	if len(topic) == 0 {
		return a
	}
	meant, content := 0.0, 0.0
	for _, t := range topic {
		if word := p.Strings[t.Word]; light[word] || isLight(word) || asksIn(p.Article.Language, word) {
			continue
		}
		content++
		best := 0.0
		for _, tm := range lt.of(t.Term).terms {
			best = max(best, tm.weight)
		}
		if slices.ContainsFunc(q.Concepts, func(c concept) bool { return l.heads(c.Word, p.Strings[t.Word]) }) {
			best = 1
		}
		meant += best
	}
	covered, total := 0.0, 0.0
	for c := range q.Concepts {
		if !q.Concepts[c].Kind && !isLight(q.Concepts[c].Word) {
			covered += float64(q.Concepts[c].Weight * a.head[c]) // not fused, so that it rounds alike everywhere
			total += q.Concepts[c].Weight
		}
	}
	if content == 0 || total == 0 { // all is light: "Who does it?"
		return a
	}
	a.near = float64(covered / total * meant / content)
	at := &p.Article.Passages[passage]
	a.asks = p.Article.Asks(at)
	if a.near < nearAt || !a.asks && a.near < sameAt {
		a.near = 0
		return a
	}
	a.next = passage > 0 && p.Article.TopicAt(&p.Article.Passages[passage-1]) == p.Article.TopicAt(at)
	a.kind = l.sameKind(q, p.Article.Topic(at), p.Article.Language, a.asks)
	a.sure = a.near >= sameAt && q.Denies == l.denies(p.Article.Topic(at), p.Article.Language) && !q.Another
	return a
}

// heads reports whether a word is the first of a concept of several: "paid" of "pay for".
func (l *Library) heads(concept, word string) bool {
	return strings.Contains(concept, " ") && strings.HasPrefix(concept, l.words.Lemma(word)+" ")
}

// denies reports whether a heading holds a negation.
func (l *Library) denies(topic, language string) bool {
	return slices.ContainsFunc(l.questionTokens(topic, language, map[string]string{}), func(t qtoken) bool { return l.words.Negation(t.lower) })
}

// lightVerbs tell little about what is done: one may bring a dog or take it.
var lightVerbs = words.Set(`bring brings take takes taken use uses used need needs make makes made want wants keep keeps put like offer offers
	allow allowed possible`)

// asksIn reports whether a word only asks in a language other than English.
func asksIn(language, word string) bool {
	_, asks := questionWords[language][word]
	return asks || wordsThatAsk[language][word]
}

func isLight(word string) bool { return lightVerbs[word] || annotate.Auxiliary[word] }

// vague are the kinds of question that one and the same passage may answer.
var vague = map[asked]bool{anything: true, yesNo: true, aManner: true, aDefinition: true, aQuote: true}

// sameKind reports whether a heading asks for what the question asks for. One
// that is no question stands over what something is and how it is done.
func (l *Library) sameKind(q *parsed, topic, language string, asks bool) bool {
	if !asks {
		return vague[q.Asked]
	}
	t := &parsed{Text: topic}
	toks := l.questionTokens(topic, language, map[string]string{})
	if language == "en" {
		t.kind(toks, l.words)
	} else {
		t.foreignKind(toks, language)
	}
	return t.Asked == q.Asked || vague[t.Asked] && vague[q.Asked]
}

// bareWords is how many words a sentence has at most that says no more than yes
// or no.
const bareWords = 2

// isBare reports whether a sentence says next to nothing by itself: "Yes."
func isBare(s *annotate.Sentence) bool { return len(s.Tokens) <= bareWords }

// place returns how much of the nearness of a heading falls to sentence i of
// a passage below it: the first one answers, and behind a bare yes or no to a
// question the second.
func (a *about) place(q *parsed, sents []annotate.Sentence, i int) float64 {
	first := 0
	for first < len(sents) && sents[first].Role == corpus.Question {
		first++
	}
	if first+1 < len(sents) && isBare(&sents[first]) && vague[q.Asked] && sents[first+1].Role == corpus.Statement {
		first++
	}
	switch {
	case a.next:
		return 0.5
	case i == first:
		return 1
	}
	return 0.6
}

// answers reports whether a sentence answers because what it stands under
// asks the same.
func (a *about) answers(fit, place float64) bool {
	return a.sure && (a.kind && place == 1 || fit >= 0.8)
}
