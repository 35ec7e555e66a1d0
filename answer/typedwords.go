package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"footnote/answer/annotate"
	"footnote/corpus"
	"footnote/index"
)

// typedWord is a word of a literal search as it was typed. Signs belong to some
// names: C# is not C++, AT&T is no T, and well-known is not well and, elsewhere, known.
type typedWord struct {
	tokens []index.Token
	joints []string // the signs between the tokens
	before string   // ".", as in .NET
	after  string   // "#" or "++"
	letter bool     // one letter alone
}

// typedWords divides a search into its words. Function words alone are left
// out; a name that is made of them with signs is none of them.
func typedWords(language, query string) []typedWord {
	var words []typedWord
	tokens := index.Analyze(language, query)
	for i := 0; i < len(tokens); i++ {
		w := typedWord{tokens: tokens[i : i+1 : i+1], before: dotBefore(query, tokens[i].Start)}
		for ; i+1 < len(tokens) && tokens[i+1].Start > tokens[i].End && joins(query[tokens[i].End:tokens[i+1].Start]); i++ {
			w.tokens = append(w.tokens, tokens[i+1])
			w.joints = append(w.joints, joint(query[tokens[i].End:tokens[i+1].Start]))
		}
		w.after = signsAfter(query, tokens[i].End)
		bare := len(w.tokens) == 1 && w.before+w.after == ""
		w.letter = bare && utf8.RuneCountInString(query[w.tokens[0].Start:w.tokens[0].End]) == 1
		if !bare || !w.tokens[0].Stop {
			words = append(words, w)
		}
	}
	return words
}

// at returns where the word stands that begins with the first of the tokens,
// nothing where it is another.
func (w *typedWord) at(p *annotate.Doc, tokens []annotate.Token) corpus.Span {
	if len(tokens) < len(w.tokens) {
		return corpus.Span{}
	}
	text := p.Article.Text
	for i, t := range w.tokens {
		if p.Strings[tokens[i].Term] != t.Term {
			return corpus.Span{}
		}
		if i == 0 {
			continue
		}
		gap := text[min(tokens[i-1].End, tokens[i].Start):tokens[i].Start]
		if there := joint(gap); there != w.joints[i-1] && (w.joints[i-1] != "-" || there != "" || gap == "") {
			return corpus.Span{} // well-known may be written well known, but AT&T not AT T
		}
	}
	at := corpus.Span{Start: tokens[0].Start, End: tokens[len(w.tokens)-1].End}
	after := signsAfter(text, at.End)
	if w.before != "" {
		if dotBefore(text, at.Start) == "" {
			return corpus.Span{}
		}
		at.Start--
	}
	switch {
	case w.after != "" && norm.NFKC.String(after) != norm.NFKC.String(w.after), w.letter && after != "":
		return corpus.Span{}
	case w.after != "":
		at.End += len(after)
	}
	return at
}

// joins reports whether what stands between two words makes one of them: signs
// without a space, none of which parts sentences or their parts.
func joins(between string) bool {
	return !strings.ContainsFunc(between, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf) || strings.ContainsRune(`,;!?"、。，；！？،؛؟`, r)
	})
}

// joint writes the signs between two words in one way: without spaces, and with
// one hyphen for all dashes.
func joint(between string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case unicode.Is(unicode.Pd, r), r == '−':
			return '-'
		}
		return r
	}, norm.NFKC.String(between))
}

// dotBefore returns the dot that begins a name, as that of .NET; "" where the
// dot ends a word or there is none.
func dotBefore(text string, at int) string {
	if !strings.HasSuffix(text[:at], ".") {
		return ""
	}
	if r, _ := utf8.DecodeLastRuneInString(text[:at-1]); at > 1 && !unicode.IsSpace(r) && !unicode.In(r, unicode.Ps, unicode.Pi) && !strings.ContainsRune(`"'/`, r) {
		return ""
	}
	return "."
}

// signsAfter returns the signs that end a name, as those of C++ and F#.
func signsAfter(text string, at int) string {
	rest := text[at:]
	end := strings.IndexFunc(rest, func(r rune) bool { return !strings.ContainsRune("+#＋＃♯", r) })
	if end < 0 {
		end = len(rest)
	}
	return rest[:end]
}
