package eval

import (
	"context"
	"fmt"
	"strings"

	"footnote/answer"
)

// ClaimScore is how well claims are compared with the library.
type ClaimScore struct {
	Claims      int                                       `json:"claims"`
	Right       int                                       `json:"right"`
	WronglySame int                                       `json:"wrongly_same"` // confirmed, though the article states something else or only quotes it: the worst that can happen
	NeverSame   int                                       `json:"never_same"`   // claims that could be so confirmed
	Compared    int                                       `json:"compared"`     // claims whose verdict is not absent
	OwnArticle  int                                       `json:"own_article"`  // of those, the ones compared with nothing but the article they are about
	Verdicts    map[answer.Verdict]map[answer.Verdict]int `json:"verdicts"`     // by label, then by verdict
}

// scoreClaims compares every claim with the whole library.
func (s *ClaimScore) scoreClaims(ctx context.Context, lib *answer.Library, labels []ClaimLabel) ([]Miss, error) {
	var misses []Miss
	for _, l := range labels {
		c := lib.CheckClaim(ctx, l.Text, "")
		if c.Err != nil {
			return nil, fmt.Errorf("claim %s: %w", l.ID, c.Err)
		}
		misses = append(misses, s.judge(l, c, func(i answer.ClaimItem) string {
			if a, err := lib.Article(i.Article); err == nil {
				return oneLine(a, i.Found)
			}
			return ""
		})...)
	}
	return misses, nil
}

// judge scores one claim; found returns what the library has in an item's place.
func (s *ClaimScore) judge(l ClaimLabel, c answer.Claim, found func(answer.ClaimItem) string) []Miss {
	if s.Verdicts == nil {
		s.Verdicts = map[answer.Verdict]map[answer.Verdict]int{}
	}
	if s.Verdicts[l.Verdict] == nil {
		s.Verdicts[l.Verdict] = map[answer.Verdict]int{}
	}
	s.Claims++
	s.Verdicts[l.Verdict][c.Verdict]++
	s.Right += bit(c.Verdict == l.Verdict)

	var misses []Miss
	say := func(what string) {
		misses = append(misses, Miss{Sort: "claim", What: what, Article: l.ID + " " + l.Article, Label: string(l.Verdict), Got: verdictText(c, found), Text: l.Text})
	}
	never := l.Verdict == answer.Different || l.Verdict == answer.OnlySaid
	s.NeverSame += bit(never)
	switch {
	case never && c.Verdict == answer.Same:
		s.WronglySame++
		say("wrongly same")
	case c.Verdict != l.Verdict:
		say(string(l.Verdict) + " taken for " + string(c.Verdict))
	}
	if c.Verdict == answer.NotThere {
		return misses
	}
	s.Compared++
	if ownArticle(l, c) {
		s.OwnArticle++
	} else {
		say("compared with another article")
	}
	return misses
}

// ownArticle reports whether a claim was compared with its article and no other.
func ownArticle(l ClaimLabel, c answer.Claim) bool {
	own := false
	for _, i := range c.Items {
		// What is not there, or elsewhere alone, was compared with no sentence.
		if i.Verdict == answer.NotThere || i.Verdict == answer.Elsewhere {
			continue
		}
		if i.Article != l.Article {
			return false
		}
		own = true
	}
	return own
}

// verdictText writes a verdict with the items that led to it.
func verdictText(c answer.Claim, found func(answer.ClaimItem) string) string {
	var items []string
	for _, i := range c.Items {
		text := fmt.Sprintf("%s “%s” %s", i.Kind, i.Claimed, i.Verdict)
		if i.Verdict != answer.NotThere && i.Verdict != answer.Elsewhere {
			text += fmt.Sprintf(" “%s” in %s ¶%d", found(i), i.Article, i.Paragraph)
		}
		if i.SaidBy != "" {
			text += " by " + i.SaidBy
		}
		items = append(items, text)
	}
	if len(items) == 0 {
		return string(c.Verdict)
	}
	return string(c.Verdict) + ": " + strings.Join(items, "; ")
}
