package annotate

import "footnote/answer/words"

// gender is which pronouns stand for somebody in an article.
type gender uint8

const (
	unknown gender = iota
	male
	female
)

var (
	male3   = words.Set(`he him his himself`)
	female3 = words.Set(`she her hers herself`)

	maleWords = words.Set(`mr mister sir king prince duke lord pope father brother imam sheikh spokesman chairman businessman congressman
		policeman fisherman actor son husband grandfather uncle man boy emperor`)
	femaleWords = words.Set(`mrs ms miss madam madame dame lady queen princess duchess sister mother spokeswoman chairwoman businesswoman
		congresswoman policewoman actress daughter wife grandmother aunt woman girl empress`)
)

// genderOf returns the gender of a pronoun.
func genderOf(word string) gender {
	switch {
	case male3[word]:
		return male
	case female3[word]:
		return female
	}
	return unknown
}

// genders tells from the article itself which pronouns stand for whom: from
// titles, and from sentences with one person and pronouns of one gender.
// Those about whom it leaves doubt are not in the result.
func genders(p *Doc) map[int]gender {
	const byTitle, inSentence, inNext = 100, 10, 1 // how much each tells
	votes := map[int][3]int{}
	vote := func(entity int, g gender, n int) {
		v := votes[entity]
		v[g] += n
		votes[entity] = v
	}
	before, passage := -1, -1 // the only person of the sentence before
	for i := range p.Sentences {
		s := &p.Sentences[i]
		if s.Passage != passage {
			before, passage = -1, s.Passage
		}
		only, at, several := -1, 0, false
		for _, m := range s.Mentions {
			if p.Entities[m.Entity].Kind != Person {
				continue
			}
			for k := max(m.First-1, 0); k <= m.Last; k++ {
				switch word := p.Word(s.Tokens[k]); {
				case maleWords[word]:
					vote(m.Entity, male, byTitle)
				case femaleWords[word]:
					vote(m.Entity, female, byTitle)
				}
			}
			if several = several || only >= 0 && only != m.Entity; only < 0 {
				only, at = m.Entity, m.First
			}
		}
		var seen [3]bool
		first := -1
		for k, t := range s.Tokens {
			if g := genderOf(p.Word(t)); g != unknown && !t.Class.Is(Quoted|Named) {
				if seen[g] = true; first < 0 {
					first = k
				}
			}
		}
		if g := only1(seen); g != unknown && !several {
			switch {
			case only >= 0 && first > at:
				vote(only, g, inSentence)
			case only < 0 && before >= 0 && first < 3:
				vote(before, g, inNext)
			}
		}
		if several {
			before = -1
		} else if only >= 0 {
			before = only
		}
	}
	result := map[int]gender{}
	for e, v := range votes {
		switch {
		case v[male] > 2*v[female]:
			result[e] = male
		case v[female] > 2*v[male]:
			result[e] = female
		}
	}
	return result
}

// only1 returns the only gender seen.
func only1(seen [3]bool) gender {
	switch {
	case seen[male] && !seen[female]:
		return male
	case seen[female] && !seen[male]:
		return female
	}
	return unknown
}
