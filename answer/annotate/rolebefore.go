package annotate

import (
	"strings"

	"footnote/answer/words"
)

// roleBefore reads what somebody is called before the name: "The mayor of
// Brookfield, *Anna Kessler*, …" and "Myriad's president, *Peter Meldrum*, …".
func (p *Doc) roleBefore(s *Sentence, n nameSpan, e *Entity, w *words.Words) {
	const most = 8 // words from the role to the name
	toks := s.Tokens
	if e.Kind != Person || n.first < 2 || strings.TrimSpace(p.Gap(toks[n.first-1], toks[n.first])) != "," {
		return
	}
	if n.last+1 < len(toks) && !strings.HasPrefix(strings.TrimSpace(p.Gap(toks[n.last], toks[n.last+1])), ",") && !Speaks(p.Word(toks[n.last+1]), w) {
		return // one of a list
	}
	for i := n.first - 1; i >= 1 && i > n.first-most; i-- {
		if i < n.first-1 && strings.ContainsAny(p.Gap(toks[i], toks[i+1]), ",;:.") {
			return
		}
		if !IsTitle(p.Word(toks[i]), w) || i < n.first-1 && !Prepositions[p.Word(toks[i+1])] {
			continue
		}
		for k := i; k >= 0 && k > i-3; k-- {
			if k < i && (toks[k].Class.Is(Stop|Quoted) || strings.TrimSpace(p.Gap(toks[k], toks[k+1])) != "") {
				return
			}
			e.addRole(toks[k])
		}
		return
	}
}
