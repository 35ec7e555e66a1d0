package answer

import (
	"cmp"
	"slices"

	"footnote/answer/annotate"
)

// Statement is a sentence in which somebody is shown to speak.
type Statement struct {
	Where
	Speaker string // the fullest name that the article gives, or how it describes somebody without a name: "police officials"
	Direct  bool   // words of the speaker stand in quotation marks; else they are reported
}

// Speaker is somebody who speaks in an article.
type Speaker struct {
	Name       string
	Article    string
	Statements int
}

// Speakers lists who speaks in the article, or in all articles when it is "",
// those with most statements first.
func (l *Library) Speakers(article string) []Speaker {
	var speakers []Speaker
	for _, p := range l.docs {
		if article != "" && p.Article.ID != article {
			continue
		}
		at := map[int]int{} // entity → position in speakers
		for _, st := range p.Statements {
			i, ok := at[st.Speaker]
			if !ok {
				i = len(speakers)
				at[st.Speaker] = i
				speakers = append(speakers, Speaker{Name: p.Entities[st.Speaker].Name, Article: p.Article.ID})
			}
			speakers[i].Statements++
		}
	}
	slices.SortStableFunc(speakers, func(a, b Speaker) int { return cmp.Compare(b.Statements, a.Statements) })
	return speakers
}

// Said lists the statements of a speaker, or of everybody when speaker is "",
// in reading order: those of one article, or of all when article is "". With
// about only those are listed that speak of it. A speaker is known by any of
// the names and roles that the article gives.
func (l *Library) Said(speaker, about, article string) []Statement {
	var said []Statement
	who, matter := l.partyAsked(speaker), l.matterAsked(about)
	for _, p := range l.docs {
		if article != "" && p.Article.ID != article || len(p.Statements) == 0 {
			continue
		}
		speaks := who.in(l, p)
		lt := matter.local(p)
		for _, st := range p.Statements {
			if speaks != nil && !speaks[st.Speaker] || !matter.in(lt, p, st) {
				continue
			}
			s := &p.Sentences[st.Sentence]
			said = append(said, Statement{
				Where:   Where{Article: p.Article.ID, Paragraph: s.Passage + 1, Sentence: s.Span},
				Speaker: p.Entities[st.Speaker].Name,
				Direct:  st.Direct,
			})
		}
	}
	return said
}

// matter is what statements shall speak of; one without concepts is spoken of
// in every statement.
type matter struct {
	*matcher
	asked bool
}

// mentioned is how nearly a word must mean what is asked about to count as
// speaking of it; a pronoun or a role does.
const mentioned = 0.5

// matterAsked understands what statements shall be about as a question is
// understood, so that it is found under other words too.
func (l *Library) matterAsked(about string) matter {
	language := l.questionLanguage()
	toks := l.questionTokens(shorten(about, maxQuestion), language, map[string]string{})
	q := &parsed{SaidBy: -1, Doer: -1, Deed: -1, Focus: -1}
	l.concepts(q, toks, language)
	return matter{l.newMatcher(q), len(toks) > 0}
}

// in reports whether a statement speaks of all that is asked about. Where it
// only names its own speaker, it does not speak of him.
func (m matter) in(lt *localTerms, p *annotate.Doc, st annotate.Statement) bool {
	if !m.asked {
		return true
	}
	s := &p.Sentences[st.Sentence]
	self := p.Entities[st.Speaker]
	var best [maxConcepts]float64
	mean := func(term int, weight float64) {
		for _, tm := range lt.of(term).terms {
			best[tm.concept] = max(best[tm.concept], tm.weight*weight)
		}
	}
	for k, t := range s.Tokens {
		if !slices.ContainsFunc(s.Mentions, func(n annotate.Mention) bool {
			return p.FullName(n.Entity) == st.Speaker && n.First <= k && k <= n.Last
		}) {
			mean(t.Term, 1)
		}
	}
	for _, im := range s.Implied {
		if !slices.Contains(self.Terms, im.Term) && !slices.Contains(self.Roles, im.Term) {
			mean(im.Term, im.Weight)
		}
	}
	for i := range m.q.Concepts {
		if best[i] < mentioned {
			return false
		}
	}
	return len(m.q.Concepts) > 0
}
