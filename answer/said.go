package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"footnote/answer/annotate"
	"footnote/index"
)

// Statement is a sentence in which somebody is shown to speak.
type Statement struct {
	Where
	Speaker string // the fullest name that the article gives, or how it describes somebody without a name: "police officials"
	Direct  bool   // words of the speaker stand in quotation marks; else they are reported
}

// Speaker is somebody who speaks.
type Speaker struct {
	Name       string
	Lower      string // the name in small letters, for looking through many
	Statements int
}

// Speakers lists who speaks in the article, or in all articles when it is "",
// each name once, those with most statements first. The caller must not change
// the list.
func (l *Library) Speakers(ctx context.Context, article string) ([]Speaker, error) {
	if article != "" {
		list, err := ofArticle(l, article, 0, speakersIn)
		return list.Entries, err
	}
	return l.speakers.get(ctx, l)
}

// LikelySpeakers is Speakers for who types a name. It waits for nothing where the
// speakers of a library before this one are known: those serve until these are counted.
func (l *Library) LikelySpeakers(ctx context.Context, article string) ([]Speaker, error) {
	if article == "" {
		l.speakers.begun(l)
		if known := l.speakers.known(); known != nil {
			return known, nil
		}
	}
	return l.Speakers(ctx, article)
}

// speakersIn lists who speaks in an article, those with most statements first.
func speakersIn(p *annotate.Doc) []Speaker {
	var speakers []Speaker
	at := map[string]int{} // entities may share a name
	for _, st := range p.Statements {
		name := p.Entities[st.Speaker].Name
		i, ok := at[name]
		if !ok {
			i = len(speakers)
			at[name] = i
			speakers = append(speakers, Speaker{Name: name, Lower: strings.ToLower(name)})
		}
		speakers[i].Statements++
	}
	slices.SortStableFunc(speakers, func(a, b Speaker) int { return cmp.Compare(b.Statements, a.Statements) })
	return speakers
}

// spoken is a speaker and where he stands in a list: behind those who say more, then
// behind those who say more in one article, then in the order of reading.
type spoken struct {
	Speaker
	most, doc     int // statements in the article where there are most, and the first such article
	passage, rank int // where he speaks there first
}

// allSpeakers lists the speakers of all articles by their marks.
func (l *Library) allSpeakers(ctx context.Context) ([]Speaker, error) {
	var all []spoken
	var at map[int]*spoken // of the name before, by article
	end := func() {
		if len(at) == 0 {
			return
		}
		var s spoken
		for _, here := range at {
			s.Name, s.Statements = here.Name, s.Statements+here.Statements
			if here.Statements > s.most || here.Statements == s.most && here.doc < s.doc {
				s.most, s.doc, s.passage, s.rank = here.Statements, here.doc, here.passage, here.rank
			}
		}
		all = append(all, s)
	}
	last := ""
	for m, err := range l.articles.Index().MarksPlaces(ctx, markSpeaker) {
		if err != nil {
			return nil, err
		}
		name, rank := speakerOf(m.Term)
		if name != last || at == nil {
			end()
			at, last = map[int]*spoken{}, name
		}
		for _, p := range m.Places {
			doc, _ := l.passageAt(p.Number)
			here := at[doc]
			if here == nil {
				here = &spoken{Speaker: Speaker{Name: name}, doc: doc, passage: p.Number, rank: rank}
				at[doc] = here
			}
			if p.Number < here.passage || p.Number == here.passage && rank < here.rank {
				here.passage, here.rank = p.Number, rank
			}
			here.Statements += p.Count
		}
	}
	end()
	slices.SortFunc(all, func(a, b spoken) int {
		return cmp.Or(cmp.Compare(b.Statements, a.Statements), cmp.Compare(b.most, a.most), cmp.Compare(a.doc, b.doc),
			cmp.Compare(a.passage, b.passage), cmp.Compare(a.rank, b.rank), cmp.Compare(a.Name, b.Name))
	})
	speakers := make([]Speaker, len(all))
	for i, s := range all {
		speakers[i] = s.Speaker
		speakers[i].Lower = strings.ToLower(s.Name)
	}
	return speakers, nil
}

// Said lists the statements of a speaker, or of everybody when speaker is "",
// in reading order: those of one article, or of all when article is "". With
// about only those are listed that speak of it. A speaker is known by any of
// the names and roles that the article gives. At most limit are listed; 0 for all.
func (l *Library) Said(ctx context.Context, speaker, about, article string, limit int) (List[Statement], error) {
	who := l.partyAsked(speaker)
	matter, err := l.matterAsked(about)
	if err != nil {
		return List[Statement]{}, err
	}
	of := func(p *annotate.Doc) []Statement { return l.statements(p, who, matter) }
	if article != "" {
		return ofArticle(l, article, limit, of)
	}
	return keep(ctx, l, listed{"said", speaker, about, article, limit}, func() (List[Statement], error) {
		c := collector[Statement]{limit: limit}
		if who == nil && !matter.asked {
			said, err := l.articles.Index().Marked(ctx, markSaid, anyMark)
			if err == nil {
				err = c.gather(ctx, l, numbers(said), true, of)
			}
			c.list.Total, c.list.Articles = countOf(said), l.articlesOf(numbers(said))
			return c.list, err
		}
		passages, err := l.maySay(ctx, who, matter)
		if err == nil {
			err = c.gather(ctx, l, passages, false, of)
		}
		return c.list, err
	})
}

// statements lists what somebody says in an article of a matter.
func (l *Library) statements(p *annotate.Doc, who *party, matter matter) []Statement {
	if len(p.Statements) == 0 {
		return nil
	}
	var said []Statement
	speaks, lt := who.in(l, p), matter.local(p)
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
	return said
}

// maySay returns the passages where the one may say something of the matter: all
// where he does, and few where he does not.
func (l *Library) maySay(ctx context.Context, who *party, matter matter) ([]int, error) {
	passages, err := l.maySpeak(ctx, who)
	if err != nil {
		return nil, err
	}
	for i := range matter.q.Concepts {
		if l.articlesOf(passages) <= maxOpened {
			break
		}
		means, all, err := l.mayMean(ctx, &matter.q.Concepts[i])
		if err != nil {
			return nil, err
		}
		if !all {
			passages = both(passages, means)
		}
	}
	return passages, nil
}

// mayMean returns the passages in which a statement may mean a concept; all where the
// index cannot tell, since it leaves out one of the words.
func (l *Library) mayMean(ctx context.Context, c *concept) (passages []int, all bool, err error) {
	var terms []string
	for term, weight := range c.Terms {
		if weight >= mentioned {
			terms = append(terms, term)
		}
	}
	slices.Sort(terms)
	if passages, err = l.bearing(ctx, markMeans, terms...); err != nil {
		return nil, false, err
	}
	for _, language := range l.languages {
		if slices.ContainsFunc(terms, func(t string) bool { return leftOut(language, t) }) {
			return nil, true, nil
		}
		with, err := l.withTerms(ctx, language, terms, false)
		if err != nil {
			return nil, false, err
		}
		passages = either(passages, with)
	}
	return passages, false, nil
}

// leftOut reports whether the index of a language leaves a term out, as it does
// with function words.
func leftOut(language, term string) bool {
	toks := index.Analyze(language, term)
	return slices.ContainsFunc(toks, func(t index.Token) bool { return t.Stop })
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
// understood, so that it is found under other words too. An error wraps [index.ErrDamaged].
func (l *Library) matterAsked(about string) (matter, error) {
	language := l.questionLanguage()
	toks := l.questionTokens(shorten(about, maxQuestion), language, map[string]string{})
	q := &parsed{SaidBy: -1, Doer: -1, Deed: -1, Focus: -1}
	l.concepts(q, toks, language)
	return matter{l.newMatcher(q), len(toks) > 0}, q.err
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
