package corpus

import (
	"slices"
	"strings"
)

// Relation is what a command asks for that lists relations: of which kind they
// are, from whom, to whom.
type Relation struct {
	Kind   string // one of RelationKinds; "" where the command lists none
	Actor  string // who: a party, or {option} for the name of the chosen value; "" for whoever it is
	Target string // whom, in the same way
}

// RelationKinds are the words that a relation in a header may have. The names
// are those of package answer, which finds the relations.
var RelationKinds = []string{"backs", "allied", "fights", "accuses", "leads", "hosts", "meets"}

// blank are the words for an end of a relation that is left open.
var blank = []string{"who", "whom"}

// readRelation reads "who backs {leader}" or "{leader} backs whom". fault says
// what is wrong with it and how to mend it; "" where nothing is.
func readRelation(text string) (r Relation, fault string) {
	words := strings.Fields(text)
	at := -1
	for i, w := range words {
		switch {
		case !slices.Contains(RelationKinds, w):
		case at >= 0:
			return r, "leave one of " + words[at] + " and " + w + " away, it names two relations"
		default:
			at = i
		}
	}
	if at < 0 {
		return r, "name one of " + strings.Join(RelationKinds, ", ") + " in it, as in: who backs {leader}"
	}
	r.Kind = words[at]
	actor, target := words[:at], words[at+1:]
	if r.Kind == "allied" { // "who is allied with {leader}" is how people say it
		actor, target = withoutLast(actor, "is", "are"), withoutFirst(target, "with", "to")
	}
	if len(actor) == 0 || len(target) == 0 {
		return r, "write who before " + r.Kind + " and whom behind it, as in: who " + r.Kind + " whom"
	}
	for _, end := range []struct {
		words []string
		party *string
	}{{actor, &r.Actor}, {target, &r.Target}} {
		party := strings.Join(end.words, " ")
		if slices.Contains(blank, party) {
			continue
		}
		if m := placeholder.FindString(party); m != "" && m != party {
			return r, "write nothing beside " + brief(m) + ", the option stands for the whole party"
		}
		*end.party = party
	}
	return r, ""
}

func withoutLast(words []string, any ...string) []string {
	if n := len(words); n > 1 && slices.Contains(any, words[n-1]) {
		return words[:n-1]
	}
	return words
}

func withoutFirst(words []string, any ...string) []string {
	if len(words) > 1 && slices.Contains(any, words[0]) {
		return words[1:]
	}
	return words
}

// asks is the text of a command that may hold placeholders, and what it is called.
func (c *Command) asks() (text, what string) {
	if c.Relation.Kind != "" {
		return c.Relation.Actor + " " + c.Relation.Target, "relation"
	}
	return c.Question, "question"
}
