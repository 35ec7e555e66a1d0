package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	uax "github.com/clipperhouse/uax29/v2/sentences"
)

// sentences splits text into sentences. The spans are in order, hold no space
// at their ends, and cover all but the space of the text. Borders are those of
// Unicode's annex 29, with abbreviations, attributions and quotation marks
// repaired; a single line end is a space.
func sentences(text, language string) []Span {
	var spans []Span
	cut := func(from, to int) {
		s := text[from:to]
		start := from + len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
		if end := from + len(strings.TrimRightFunc(s, unicode.IsSpace)); end > start {
			spans = append(spans, Span{start, end})
		}
	}
	start, from := 0, 0 // of the sentence, and of its last segment
	worded := false     // the sentence holds a letter or a digit
	for _, border := range borders(text, language) {
		worded = worded || strings.ContainsFunc(text[from:border], isWordRune)
		from = border
		if worded && !joins(text[start:border], text[border:], language) {
			cut(start, border)
			start, worded = border, false
		}
	}
	cut(start, len(text))
	// Marks that are left over at the end belong to the sentence before.
	if n := len(spans); n > 1 && !strings.ContainsFunc(spans[n-1].Of(text), isWordRune) {
		spans[n-2].End = spans[n-1].End
		spans = spans[:n-1]
	}
	return spans
}

// noteMark matches "[3]" and "[citation needed]" right after a sentence.
var noteMark = regexp.MustCompile(`^(?:\[[^\[\]\s][^\[\]\n]{0,30}\])+\s*`)

// borders returns the offsets at which a sentence may end, in order.
func borders(text, language string) []int {
	var out []int
	add := func(at int) {
		at += closers(text[at:])
		// The annex takes an opening bracket after a full stop for a closing one.
		at -= len(text[:at]) - len(strings.TrimRight(text[:at], "([{„¿¡"))
		if at > 0 && text[at-1] > ' ' {
			at += len(noteMark.FindString(text[at:]))
		}
		if at < len(text) && (len(out) == 0 || at > out[len(out)-1]) {
			out = append(out, at)
		}
	}
	// The annex takes every line end for the end of a paragraph.
	segments := uax.FromString(strings.ReplaceAll(text, "\n", " "))
	for segments.Next() {
		start, end := segments.Start(), segments.End()
		for _, at := range inside(text[start:end], language) {
			add(start + at)
		}
		add(end)
	}
	return out
}

// closers returns the length of closing quotation marks, with the space after
// them, at the start of s: French sets a space before them.
func closers(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !strings.ContainsRune("”’»)]", r) {
			break
		}
		next, _ := utf8.DecodeRuneInString(s[n+size:])
		if n+size < len(s) && !unicode.IsSpace(next) && !isCloser(next) {
			return 0
		}
		n += size
	}
	if n == 0 {
		return 0
	}
	return len(s) - len(strings.TrimLeftFunc(s[n:], unicode.IsSpace))
}

// inside returns borders within a segment that the annex does not see: after
// an ellipsis, the Greek question mark and a full stop without its space, and
// between the clauses of a long Thai text.
func inside(segment, language string) []int {
	var out []int
	if thai := thaiBorders(segment); thai != nil {
		return thai
	}
	for i, r := range segment {
		_, size := utf8.DecodeRuneInString(segment[i:]) // of a broken byte less than of the mark that stands for it
		after := segment[i+size:]
		switch r {
		case '…':
			tail := strings.TrimLeftFunc(after, isCloser)
			if next := strings.TrimLeftFunc(tail, unicode.IsSpace); next != "" && len(next) < len(tail) && startsUpper(next) {
				out = append(out, len(segment)-len(next))
			}
		case ';', '\u037E':
			next := strings.TrimLeftFunc(strings.TrimLeftFunc(after, isCloser), unicode.IsSpace)
			if language == "el" && next != "" && startsUpper(next) {
				out = append(out, len(segment)-len(next))
			}
		case '.', '!', '?':
			if stopWithoutSpace(segment[:i], after) {
				out = append(out, len(segment)-len(after))
			}
		}
	}
	return out
}

// stopWithoutSpace reports whether a full stop between before and after ends a
// sentence though no space follows, as in "at noon.The ferry": a word in small
// letters before it and a capitalised word after it, which a name such as
// "Example.Com" or "U.S." does not have.
func stopWithoutSpace(before, after string) bool {
	word := after[:len(after)-len(strings.TrimLeftFunc(after, unicode.IsLetter))]
	next, _ := utf8.DecodeRuneInString(after[len(word):])
	first, size := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) || !unicode.IsSpace(next) || strings.ContainsFunc(word[size:], unicode.IsUpper) {
		return false
	}
	last := lastToken(before)
	return utf8.RuneCountInString(last) >= 3 && !strings.ContainsFunc(last, func(r rune) bool { return !unicode.IsLower(r) })
}

const (
	thaiLong = 200 // runes that a Thai text may have as one sentence
	thaiPart = 100 // least runes of each part that a longer one is cut into
)

// thaiContinues matches words that go on with a Thai sentence: and, which, by,
// as well as, such as, or, that, in order to, until.
var thaiContinues = regexp.MustCompile(`^(?:และ|ซึ่ง|โดย|รวม|เช่น|หรือ|ที่|เพื่อ|จน|ตาม|ๆ|ต่าง|ของ|ใน|กับ)`)

// thaiBorders cuts a long segment of Thai, which writes no full stops, at the
// spaces between its clauses. It returns nil for anything else.
func thaiBorders(segment string) []int {
	runes, thai := 0, 0
	for _, r := range segment {
		runes++
		if unicode.Is(unicode.Thai, r) {
			thai++
		}
	}
	if runes <= thaiLong || thai*2 < runes {
		return nil
	}
	var out []int
	part, left := 0, runes
	for i, r := range segment {
		part++
		left--
		if r != ' ' || part <= thaiPart || left <= thaiPart {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(segment[:i])
		after, _ := utf8.DecodeRuneInString(segment[i+1:])
		if unicode.Is(unicode.Thai, before) && unicode.Is(unicode.Thai, after) && !thaiContinues.MatchString(segment[i+1:]) {
			out = append(out, i+1)
			part = 0
		}
	}
	return out
}

// joins reports whether the border between before and after is none. Both are
// trimmed here; after goes on to the end of the text.
func joins(before, after, language string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	after = strings.TrimLeftFunc(after, unicode.IsSpace)
	opened := strings.TrimLeftFunc(after, isOpener)
	if first, _ := utf8.DecodeRuneInString(opened); unicode.IsLower(first) {
		return true
	}
	bare := strings.TrimRightFunc(before, isCloser)
	if strings.HasSuffix(before, "...]") || strings.HasSuffix(before, "…]") || strings.HasSuffix(before, "(...)") || strings.HasSuffix(before, "(…)") {
		return true
	}
	if len(bare) < len(before) {
		return (strings.HasSuffix(bare, "?") || strings.HasSuffix(bare, "!")) && attributes(after)
	}
	return strings.HasSuffix(before, ".") && abbreviated(before, after, language)
}

// attributes reports whether s begins with who said it: a name of up to four
// words and a verb of saying.
func attributes(s string) bool {
	for range 5 {
		word := firstWord(s)
		if word == "" {
			return false
		}
		if sayingVerbs[word] {
			return true
		}
		if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) {
			return false
		}
		s = strings.TrimLeft(strings.TrimPrefix(s, word), " .\n")
	}
	return false
}

// firstWord returns the letters, hyphens and apostrophes that s begins with.
func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' && r != '\'' && r != '’'
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// lastToken returns what stands between the last space and the end of s,
// without opening quotation marks and brackets; of a very long one only the end.
func lastToken(s string) string {
	const enough = 64
	if len(s) > enough {
		s = strings.ToValidUTF8(s[len(s)-enough:], "")
	}
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i >= 0 {
		s = strings.TrimLeftFunc(s[i:], unicode.IsSpace)
	}
	return strings.TrimLeftFunc(s, isOpener)
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, isOpener))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isCloser(r rune) bool {
	return strings.ContainsRune("\"'”’“‘»›«)]}」』】》〉", r)
}

func isOpener(r rune) bool {
	return strings.ContainsRune("\"'“‘„‚«‹»([{「『【《〈–—-", r)
}
