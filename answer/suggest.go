package answer

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"footnote/answer/annotate"
	"footnote/corpus"
)

// maxSuggestions bounds the questions kept for one article.
const maxSuggestions = 12

// suggestibleArticles bounds how many articles questions are made for: the
// first ones of a large library stand for it.
const suggestibleArticles = 200

// suggestion is a question that the library can answer.
type suggestion struct {
	article, question string
}

// Suggest returns at most n questions that the library answers and that hold
// every word of the prefix, those of the article if one is given. They are
// made from what the articles hold and asked once to see that they are
// answered.
func (l *Library) Suggest(ctx context.Context, prefix, article string, n int) ([]string, error) {
	l.suggestOnce.Do(l.makeSuggestions)
	words := strings.Fields(strings.ToLower(prefix))
	var questions []string
	for _, s := range l.suggestions {
		if len(questions) == n {
			break
		}
		lower := strings.ToLower(s.question)
		if article != "" && s.article != article || slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(lower, w) }) {
			continue
		}
		if !slices.Contains(questions, s.question) {
			questions = append(questions, s.question)
		}
	}
	return questions, ctx.Err()
}

// Warm works out what is worked out once, so that nobody waits for it later.
func (l *Library) Warm(ctx context.Context) error {
	if _, err := l.Suggest(ctx, "", "", 1); err != nil {
		return err
	}
	_, err := l.Disagreements(ctx, "", 1)
	return err
}

func (l *Library) makeSuggestions() {
	for i, p := range l.docs {
		if i == suggestibleArticles {
			return
		}
		kept := 0
		for _, q := range l.possibleQuestions(p) {
			if kept == maxSuggestions {
				break
			}
			if a := l.trace(context.Background(), Question{Text: q.text, Article: p.Article.ID}).Answer; a.Status == Answered && q.answeredBy(p.Article, a) {
				l.suggestions = append(l.suggestions, suggestion{p.Article.ID, q.text})
				kept++
			}
		}
	}
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
func (l *Library) possibleQuestions(p *annotate.Doc) []possible {
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
		return own[:min(len(own), 2*maxSuggestions)]
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
		found, _ := l.Figures(context.Background(), p.Article.ID, []string{kind})
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
	return all
}
