package answer

import (
	"context"
	"slices"
	"strings"

	"footnote/answer/annotate"
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
func (l *Library) Suggest(prefix, article string, n int) []string {
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
	return questions
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
			if l.Ask(context.Background(), Question{Text: q, Article: p.Article.ID}).Status == Answered {
				l.suggestions = append(l.suggestions, suggestion{p.Article.ID, q})
				kept++
			}
		}
	}
}

// countable are kinds of figures that news tells of people.
var countable = []string{"killed", "wounded", "injured", "displaced", "arrested", "missing", "rescued", "evacuated", "infected"}

// possibleQuestions makes questions from an article's commands, relations,
// figures, speakers and names, a few of each kind in turn.
func (l *Library) possibleQuestions(p *annotate.Doc) []string {
	if p.Article.Language != "en" {
		return nil
	}
	var commands, relations, figures, speakers, names []string
	for _, c := range p.Article.Commands {
		if c.Question == "" {
			continue
		}
		if len(c.Options) == 0 {
			commands = append(commands, c.Question)
		}
		if len(c.Options) == 1 {
			for _, choice := range c.Options[0].Choices {
				commands = append(commands, strings.ReplaceAll(c.Question, "{"+c.Options[0].Name+"}", choice.Name))
			}
		}
	}
	for _, r := range p.Relations {
		if RelationKind(r.Kind) != Backs || r.Target.Entity < 0 || p.Entities[r.Target.Entity].Counted == 0 || !r.SaidBy.Unknown() {
			continue
		}
		if q := "Who backs " + p.Entities[r.Target.Entity].Name + "?"; !slices.Contains(relations, q) {
			relations = append(relations, q)
		}
	}
	for _, f := range l.Figures(context.Background(), p.Article.ID, countable) {
		q := "How many people were " + f.Kind + "?"
		if f.Kind == "missing" {
			q = "How many people are missing?"
		}
		if !slices.Contains(figures, q) {
			figures = append(figures, q)
		}
	}
	spoke := map[int]bool{}
	for i := range p.Sentences {
		// Speakers without a name ("the union") make no question by themselves.
		if s := &p.Sentences[i]; s.Speaker >= 0 && !spoke[s.Speaker] && p.Entities[s.Speaker].Counted > 0 {
			spoke[s.Speaker] = true
			speakers = append(speakers, "What did "+p.Entities[s.Speaker].Name+" say?")
		}
	}
	for _, e := range p.Entities {
		if e.Kind == annotate.Person && len(e.Roles) > 0 {
			names = append(names, "Who is "+e.Name+"?")
		}
	}
	var all []string
	for i := range maxSuggestions {
		for _, list := range [][]string{commands, relations, figures, names, speakers} {
			if i < len(list) {
				all = append(all, list[i])
			}
		}
	}
	return all
}
