package answer

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/answer/queue"
	"footnote/answer/shelf"
	"footnote/corpus"
)

// maxSuggestions bounds the questions kept for one article.
const maxSuggestions = 12

// suggestibleArticles bounds how many articles questions are made for: the
// first ones of a large library stand for it.
const suggestibleArticles = 200

// suggested are the questions of articles, by the keys of these: of more than are
// suggestible at once, so that a new article does not push out all others in turn.
type suggested struct {
	*queue.Kept[shelf.Key, []string]
	size int // articles of the library for which the first of them were made
}

// suggestAs takes over the questions of those articles that the library before had as
// well. To ask them again after every edit would cost more than the edit. Where the
// library has become another, by a tenth or by its vectors, they are made anew.
func (l *Library) suggestAs(before *Library) {
	s := before.suggested.Load()
	if change := l.size() - s.size; 10*max(change, -change) <= s.size && l.HasVectors() == before.HasVectors() {
		l.suggested.Store(s)
	}
}

// Suggest returns at most n questions that the library answers and that hold
// every word of the prefix, those of the article if one is given. They are
// made from what the articles hold, of no more articles than are needed, and asked
// once to see that they are answered.
func (l *Library) Suggest(ctx context.Context, prefix, article string, n int) ([]string, error) {
	words := strings.Fields(strings.ToLower(prefix))
	var questions []string
	for doc := range min(l.size(), suggestibleArticles) {
		if article != "" && l.idOf(doc) != article {
			continue
		}
		if len(questions) >= n {
			break
		}
		made, err := l.suggestions(ctx, doc)
		if err != nil {
			return nil, err
		}
		for _, q := range made {
			lower := strings.ToLower(q)
			if len(questions) < n && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(lower, w) }) && !slices.Contains(questions, q) {
				questions = append(questions, q)
			}
		}
	}
	return questions, ctx.Err()
}

// Warm works out what people wait for first, so that nobody does: who speaks, unless
// that is known of a library before, suggestions, and in a small library where its articles disagree. In a large one that
// is begun when somebody asks for it.
func (l *Library) Warm(ctx context.Context) error {
	if l.speakers.known() == nil {
		if _, err := l.Speakers(ctx, ""); err != nil {
			return err
		}
	}
	if l.size() <= fewArticles {
		if _, err := l.Disagreements(ctx, "", 1); err != nil {
			return err
		}
	}
	_, err := l.Suggest(ctx, "", "", math.MaxInt)
	return err
}

// suggestions returns the questions that are suggested for an article.
func (l *Library) suggestions(ctx context.Context, doc int) ([]string, error) {
	made, _, err := l.suggested.Load().Get(ctx, l.articles.ArticleKey(doc), func() ([]string, error) {
		p, err := l.doc(doc)
		if err != nil {
			return nil, err
		}
		possible, err := l.possibleQuestions(ctx, p)
		if err != nil {
			return nil, err
		}
		var kept []string
		for _, q := range possible {
			if len(kept) == maxSuggestions {
				break
			}
			a := l.trace(ctx, Question{Text: q.text, Article: p.Article.ID}, false).Answer
			if err := cmp.Or(a.Err, ctx.Err()); err != nil {
				return nil, err
			}
			if a.Status == Answered && q.answeredBy(p.Article, a) {
				kept = append(kept, q.text)
			}
		}
		return kept, nil
	})
	return made, err
}

// possible is a question that an article may answer.
type possible struct {
	text   string
	holds  []string    // what the quotation must hold: the name as it stands in the question
	saidBy string      // who must be the one who says it; "" for anybody
	under  corpus.Span // what the paragraph that answers must stand under; empty for anything
}

// answeredBy reports whether an answer of an article is of what the question was made from.
func (q possible) answeredBy(article *corpus.Article, a Answer) bool {
	if q.saidBy != "" && a.SaidBy != q.saidBy || q.under.Len() > 0 && article.TopicAt(&article.Passages[a.Citation.Paragraph-1]) != q.under {
		return false
	}
	return !slices.ContainsFunc(q.holds, func(s string) bool { return !strings.Contains(a.Quote, s) })
}

// countable are kinds of figures that news tells of people.
var countable = []string{"killed", "wounded", "injured", "displaced", "arrested", "missing", "rescued", "evacuated", "infected"}

// everybody are words that count people whoever they are.
var everybody = map[string]bool{"people": true, "persons": true, "person": true, "ppl": true, "men": true, "women": true, "others": true}

// longestSuggested is how many letters a question has at most that stands in an article.
const longestSuggested = 100

// possibleQuestions makes questions from an article's commands, its own questions,
// relations, figures, and those who speak in it, a few of each kind in turn. A text
// that holds none, a licence or a manual, gets none: no question beats "Who is Public Licence?".
func (l *Library) possibleQuestions(ctx context.Context, p *annotate.Doc) ([]possible, error) {
	var commands, own, relations, figures, speakers, names []possible
	add := func(list *[]possible, q possible) {
		if !slices.ContainsFunc(*list, func(had possible) bool { return had.text == q.text }) {
			*list = append(*list, q)
		}
	}
	for i := range p.Article.Passages {
		passage := &p.Article.Passages[i]
		if topic := p.Article.Topic(passage); p.Article.Asks(passage) && utf8.RuneCountInString(topic) <= longestSuggested {
			add(&own, possible{text: topic, under: p.Article.TopicAt(passage)})
		}
	}
	if p.Article.Language != "en" {
		return own[:min(len(own), 2*maxSuggestions)], nil
	}
	for _, c := range p.Article.Commands {
		if c.Question == "" {
			continue
		}
		if len(c.Options) == 0 {
			add(&commands, possible{text: c.Question})
		}
		if len(c.Options) == 1 {
			for _, choice := range c.Options[0].Choices {
				add(&commands, possible{text: strings.ReplaceAll(c.Question, "{"+c.Options[0].Name+"}", choice.Name)})
			}
		}
	}
	for _, kind := range countable {
		found, err := l.Figures(ctx, p.Article.ID, []string{kind})
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			counts := strings.ToLower(p.Article.Quote(f.Counts))
			switch {
			case !strings.Contains(strings.ToLower(p.Article.Quote(f.Sentence)), kind): // told in another word, which may make a question of its own
			case !everybody[counts] && (counts != "" || kind == "missing"): // files, say
			case kind == "missing":
				add(&figures, possible{text: "How many people are missing?"})
			default:
				add(&figures, possible{text: "How many people were " + kind + "?"})
			}
		}
	}
	spoke := map[int]bool{}
	for _, st := range p.Statements {
		e := &p.Entities[st.Speaker]
		the, ok := l.speaks(p, st)
		if !ok {
			continue
		}
		spoke[st.Speaker] = true
		add(&speakers, possible{text: "What did " + the + e.Name + " say?", holds: []string{e.Name}, saidBy: e.Name})
		if e.Kind == annotate.Person && len(e.Roles) > 0 {
			add(&names, possible{text: "Who is " + e.Name + "?", holds: []string{e.Name}})
		}
	}
	for _, r := range p.Relations {
		if RelationKind(r.Kind) != Backs || r.Target.Entity < 0 || !r.SaidBy.Unknown() || !l.named(p, r.Target.Entity) {
			continue
		}
		if e := &p.Entities[r.Target.Entity]; e.Kind != annotate.Person || spoke[r.Target.Entity] {
			add(&relations, possible{text: "Who backs " + theBefore(p.Article.Text, e) + e.Name + "?"})
		}
	}
	var all []possible
	for i := range maxSuggestions {
		for _, list := range [][]possible{commands, own, relations, figures, names, speakers} {
			if i < len(list) {
				all = append(all, list[i])
			}
		}
	}
	return all, nil
}
