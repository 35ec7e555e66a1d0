package handlers

import (
	"context"
	"fmt"
	"slices"

	"footnote/answer"
	"footnote/corpus"
)

// relationsOf lists the relations of an article that a command asks for, each
// in the sentence that tells it.
func (p *page) relationsOf(ctx context.Context, head string, of *corpus.Header, asked corpus.Relation) (listing, error) {
	found, err := p.facts.Relations(ctx, answer.RelationQuery{
		Article: of.ID, Kind: answer.RelationKind(asked.Kind), Actor: asked.Actor, Target: asked.Target})
	if err != nil {
		return listing{}, err
	}
	if len(found) == 0 {
		return listing{head: head + "\n" + p.noRelation(asked)}, nil
	}
	var told [][]answer.Relation // by sentence, and by who says so
	for _, r := range found {
		i := slices.IndexFunc(told, func(t []answer.Relation) bool { return t[0].Where == r.Where && t[0].SaidBy == r.SaidBy })
		if i < 0 {
			if i = len(told); i > maxEntries {
				break
			}
			told = append(told, nil)
		}
		told[i] = append(told[i], r)
	}
	article, err := p.lib.Article(of.ID)
	if err != nil {
		return listing{}, err
	}
	return listing{head: head, size: len(told), entry: func(i int) (entry, error) {
		text, err := p.relationBlock(ctx, article, told[i], i+1, len(told), p.roomUnder(head))
		return entry{text: text, first: i + 1, refs: []string{refOf(told[i][0].Where, article)}}, err
	}}, nil
}

// noRelation says that nothing was found, and for whom it was looked.
func (p *page) noRelation(asked corpus.Relation) string {
	parties := slices.DeleteFunc([]string{asked.Actor, asked.Target}, func(s string) bool { return s == "" })
	if len(parties) == 0 {
		return p.NoRelation
	}
	return p.NoRelation + " " + fmt.Sprintf(p.LookedForParties, p.names(parties, 2))
}

// relationBlock writes one sentence with both parties in bold, and under it
// who they are: a sentence may call them "he" and "the two states".
func (p *page) relationBlock(ctx context.Context, article *corpus.Article, relations []answer.Relation, n, of, room int) (string, error) {
	at := relations[0].Where
	said, err := p.speaking(ctx, at, article)
	if err != nil {
		return "", err
	}
	if said.SaidBy != relations[0].SaidBy {
		said = answer.Answer{SaidBy: relations[0].SaidBy}
	}
	var bold []corpus.Span
	for _, r := range relations {
		bold = append(bold, r.ActorAt, r.TargetAt)
	}
	bold = joined(slices.DeleteFunc(bold, func(s corpus.Span) bool { return !at.Sentence.Contains(s) }))
	must := corpus.Span{}
	if len(bold) > 0 {
		must = bold[0]
	}
	lead := p.numberedLead(n, of, p.lead(said, article))
	citation := p.citation(at.Article, at.Paragraph)
	words := upTo(p.parties(relations), "\n", room-runes(lead)-runes(citation)-minListQuote-2)
	return p.quote(article, lead, at.Sentence, must, bold, words+"\n"+citation, room), nil
}

// parties names who stands to whom, a line for each party on the other side:
// those who do the same to the same are told together.
func (p *page) parties(relations []answer.Relation) []string {
	type side struct{ actors, targets []string }
	var sides []side
	for _, r := range relations {
		i := slices.IndexFunc(sides, func(s side) bool { return s.targets[0] == r.Target })
		if i < 0 {
			i, sides = len(sides), append(sides, side{targets: []string{r.Target}})
		}
		if !slices.Contains(sides[i].actors, r.Actor) {
			sides[i].actors = append(sides[i].actors, r.Actor)
		}
	}
	var together []side
	for _, s := range sides {
		i := slices.IndexFunc(together, func(t side) bool { return slices.Equal(t.actors, s.actors) })
		if i < 0 {
			together = append(together, s)
			continue
		}
		together[i].targets = append(together[i].targets, s.targets...)
	}
	var lines []string
	for _, s := range together {
		lines = append(lines, fmt.Sprintf(p.Parties, p.names(s.actors, maxParties), p.names(s.targets, maxParties)))
	}
	return lines
}

// maxParties is how many parties of one side are named; all are in bold.
const maxParties = 12
